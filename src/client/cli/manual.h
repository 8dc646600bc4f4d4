// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The manual page of an operation's command, from the table of operations; source text for man(7). */
#ifndef JETON_CLIENT_CLI_MANUAL_H
#define JETON_CLIENT_CLI_MANUAL_H

#include "api/api.h"
#include "base/bytes.h"
#include "client/cli/own_command.h"

/** Appends the page jeton-OPERATION(1). */
void manual_write(struct buffer *out, const struct api_operation *operation);

/** Appends the page jeton-COMMAND(1) of a command of our own. */
void manual_write_own(struct buffer *out, const struct own_command *command);

#endif
