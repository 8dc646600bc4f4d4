// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A shell's command, run as a child in the place of ours: what an alias that begins with `!` is. */
#ifndef JETON_CLIENT_COMMAND_SHELL_H
#define JETON_CLIENT_COMMAND_SHELL_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/cli/arguments.h"

/**
 * Runs `sh -c COMMAND` with WORDS, quoted, behind it, with our own standard descriptors, and waits for it.
 * @param exit_code gets its exit code; 256 less the signal's number when a signal ended it, as from Python.
 * @param error     ERROR_INTERNAL when there is no shell.
 */
bool shell_run(const char *command, struct words words, int *exit_code, struct error *error);

#endif
