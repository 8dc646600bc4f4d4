// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Help in our own words, one screen of plain text, made from the tables of options and operations. */
#ifndef JETON_CLIENT_CLI_HELP_H
#define JETON_CLIENT_CLI_HELP_H

#include "api/api.h"
#include "base/bytes.h"
#include "client/cli/arguments.h"
#include "client/cli/own_command.h"

/** Appends what the program is for, its commands and the global options. */
void help_write_program(struct buffer *out, const char *program);

/** Appends a service's commands. */
void help_write_service(struct buffer *out, const char *program, const struct api_service *service);

/** Appends what an operation does and its options. */
void help_write_operation(struct buffer *out, const char *program, const struct api_operation *operation);

/** Appends what a command of our own does and its options. */
void help_write_own(struct buffer *out, const char *program, const struct own_command *command);

/** Appends the help for the service and operation that WORDS name, as far as they name any. */
void help_write(struct buffer *out, const char *program, struct words words);

/** Whether `--help` or `-h` stands among the words as an option, that is before any `--`. */
bool help_is_asked(struct words words);

#endif
