// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a command of the table in client/cli/own_command.h is called with, and the reading of its words. */
#ifndef JETON_CLIENT_COMMAND_OWN_CALL_H
#define JETON_CLIENT_COMMAND_OWN_CALL_H

#include "client/cli/own_command.h"
#include "client/cli/query.h"
#include "client/command/line.h"

struct own_call {
    const struct own_command *command;
    struct line *line;             /**< Names the program, and takes the exit code, the pager and the trailer. */
    const struct options *options; /**< The global options, those of an alias among them. */
    const struct query *query;     /**< --query; NULL: not given. */
    struct words words;            /**< What follows the command's name; global options are taken out. */
    struct words behind;           /**< What stood behind `--`, when the command runs another. */

    const char *word;       /**< Out of own_call_read(): which of the command's words was given. */
    struct argument *table; /**< Out: the options, in the order of the command's rows. */
};

/**
 * Reads the words by the command's row.
 * @param error ERROR_USAGE in argparse's words; code "UnknownOptions" when words are left over.
 */
bool own_call_read(struct own_call *call, struct error *error);

/** The value of an option after that, the last one given; NULL: not given. @param name "--domain", of the row. */
const char *own_call_value(const struct own_call *call, const char *name);

/** The row of an option after that, for flags and for options with many values. */
const struct argument *own_call_option(const struct own_call *call, const char *name);

#endif
