// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What standard output is, as far as what is written to it depends on that. */
#ifndef JETON_CLIENT_COMMAND_TERMINAL_H
#define JETON_CLIENT_COMMAND_TERMINAL_H

#include "base/memory.h"
#include "client/cli/output.h"

#include <stdbool.h>

/**
 * How a table looks there: as wide as the terminal, or 80 columns where there is none.
 * @param color "on", "off", or "auto" and NULL for colour on a terminal alone.
 * @param paged whether the output goes to a pager, or to another descriptor.
 */
struct output_style terminal_style(const char *color, bool paged);

/** What comes at the very end, after the pager too: on a terminal a coloured table is followed by a reset. */
const char *terminal_trailer(const struct output_style *style);

/** COMMAND, copied, when it is none that is empty and standard output is a terminal; else NULL. */
const char *terminal_pager(const char *command, struct arena *arena);

#endif
