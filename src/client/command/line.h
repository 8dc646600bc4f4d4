// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A whole command line: what it asks for, done into a buffer. */
#ifndef JETON_CLIENT_COMMAND_LINE_H
#define JETON_CLIENT_COMMAND_LINE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "client/cli/arguments.h"
#include "client/cli/output.h"
#include "client/settings.h"

/** The line, and how it was called. */
struct line {
    const char *program; /**< The name that messages show; see line_is_aws(). */
    struct words words;  /**< Without the program, and without what line_run() puts in BEHIND. */
    struct words behind; /**< The words behind `--`, where those are for a command that runs another program. */
    environment_function *environment;
    struct arena *arena;
    const char *error_format;        /**< Out: how to show an error, when there was one. */
    struct output_style error_style; /**< Out: how an error looks as a table. */
    const char *pager;      /**< Out: the command line of the pager that the output goes through; NULL: none. */
    bool pager_is_optional; /**< Out: whether the output is shown without the pager when that cannot be run. */
    int exit_code;          /**< Out: the exit code of a line that succeeded; a shell's may be other than 0. */
    const char *trailer;    /**< Out: what goes to standard output after all. */
};

/** Whether we were called by the AWS CLI's name, and behave as it does even where we know better. */
bool line_is_aws(const struct line *line);

/** Lets the output go through the person's pager for manual pages, when standard output is a terminal. */
void line_page_help(struct line *line);

/**
 * Does it.
 * @param out   what goes to standard output.
 * @param error why not.
 */
bool line_run(struct line *line, struct buffer *out, struct error *error);

#endif
