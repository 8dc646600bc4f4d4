// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The global options: one table of them, for parsing and for help. */
#ifndef JETON_CLIENT_CLI_GLOBALS_H
#define JETON_CLIENT_CLI_GLOBALS_H

#include "client/cli/arguments.h"
#include "client/cli/options.h"

/** A global option as a person sees it. */
struct global_option {
    const char *name;  /**< "--region" */
    const char *value; /**< What stands for its value in help, NULL for a flag. */
    const char *text;  /**< One line of help. */
    const char *const *choices;
    size_t offset; /**< Of its field in struct options: a bool for a flag, else a const char *. */
};

/** In the AWS CLI's order, which its messages show. */
extern const struct global_option global_options[];
extern const size_t global_option_count;

/**
 * Takes the global options from LINE, and the first word that is no option: the command.
 * @param commands the words that the command may be, NULL-terminated.
 * @param out      on failure it holds the profile, when that was found.
 * @param command  out; NULL when --version ended the line.
 * @param rest     the words that are left, for the command.
 * @param error    ERROR_USAGE; code "FirstPass" when the early look for --profile and --debug refused the
 *                 line, which the AWS CLI reports with a usage text of its own.
 */
bool globals_parse(struct words line, const char *const *commands, struct arena *arena, struct options *out,
                   const char **command, struct words *rest, struct error *error);

/** The same without the early look, and so without its code: for the words of an alias. */
bool globals_take(struct words line, const char *const *commands, struct arena *arena, struct options *out,
                  const char **command, struct words *rest, struct error *error);

#endif
