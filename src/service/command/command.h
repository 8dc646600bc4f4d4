// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The subcommands of jetond. Each takes the words after its name, prints what the person asked for on
 * standard output, and leaves the error to its caller.
 */
#ifndef JETON_SERVICE_COMMAND_COMMAND_H
#define JETON_SERVICE_COMMAND_COMMAND_H

#include "base/error.h"

#include <stdbool.h>

/** `jetond init`: makes the data directory of a new service. */
bool command_init(int argc, char **argv, struct error *error);

/** `jetond serve`: serves until SIGTERM or SIGINT. */
bool command_serve(int argc, char **argv, struct error *error);

/** `jetond export`: writes what the store holds, but no secret, as JSON. */
bool command_export(int argc, char **argv, struct error *error);

/** `jetond import`: makes the store like such a document. */
bool command_import(int argc, char **argv, struct error *error);

/** `jetond check`: says what is wrong with a data directory. Fails when there is anything. */
bool command_check(int argc, char **argv, struct error *error);

/** `jetond backup`: copies the store while it is used. */
bool command_backup(int argc, char **argv, struct error *error);

/** `jetond tokens`: lists the tokens that are alive, where they are recorded. */
bool command_tokens(int argc, char **argv, struct error *error);

/** `jetond revoke`: ends tokens before they expire. */
bool command_revoke(int argc, char **argv, struct error *error);

/** `jetond completion`: prints what makes a shell complete all of these. */
bool command_completion(int argc, char **argv, struct error *error);

#endif
