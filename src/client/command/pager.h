// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The person's pager (section 2.3 of the reference). */
#ifndef JETON_CLIENT_COMMAND_PAGER_H
#define JETON_CLIENT_COMMAND_PAGER_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>

/**
 * Runs COMMAND, split into words as a shell would but without one, with TEXT on its standard input, and waits for
 * its end. It gets our environment, with LESS=FRX when LESS is not set. How it ends does not matter, nor whether it
 * reads all; while it runs, Ctrl-C is for it alone. A command of blanks is none: the text is written as it is.
 * @param error ERROR_CONFIGURATION, code "Pager", when there is no such program; ERROR_INTERNAL when the command
 *              cannot be split or started.
 */
bool pager_show(const char *command, struct slice text, struct arena *arena, struct error *error);

#endif
