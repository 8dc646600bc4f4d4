// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What stands behind the global options, done: an operation, `help`, or an alias that leads to one or to a shell. */
#ifndef JETON_CLIENT_COMMAND_DISPATCH_H
#define JETON_CLIENT_COMMAND_DISPATCH_H

#include "client/cli/query.h"
#include "client/command/alias.h"
#include "client/command/line.h"

/** A command line on its way to its command. */
struct dispatch {
    struct line *line;
    struct options *options; /**< The line's; an alias adds its own. */
    const struct aliases *aliases;
    const char *command; /**< The word of the first place, as an alias has it when one stood there. */
    struct query *query; /**< Used by dispatch_run() alone. */
    unsigned depth;      /**< How many aliases led here. */
};

/** The words that the first place may hold: services, aliases, `help`, and under our own name operations and commands.
 */
const char *const *dispatch_list_commands(const struct dispatch *dispatch);

/**
 * Does COMMAND with the words that are left.
 * @param out   what goes to standard output.
 * @param error why not.
 */
bool dispatch_run(struct dispatch *dispatch, const char *command, struct words rest, struct buffer *out,
                  struct error *error);

#endif
