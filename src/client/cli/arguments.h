// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The words of a command line against a table of options, by the rules of Python's argparse, because those are
 * the AWS CLI's: unique prefixes, `--option=value`, negative numbers as values, `--`, the last repetition wins.
 * One line goes through several tables; each takes what it knows and hands on the rest (parse_known_args).
 * Source: the reference's section 5.2, and Python 3.11's argparse.
 */
#ifndef JETON_CLIENT_CLI_ARGUMENTS_H
#define JETON_CLIENT_CLI_ARGUMENTS_H

#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

/** How many words follow an option. */
enum argument_arity {
    ARGUMENT_ONE,
    ARGUMENT_NONE,     /**< A flag. */
    ARGUMENT_OPTIONAL, /**< One or none. */
    ARGUMENT_MANY,     /**< Any number, none too. */
};

/** One row of a table, and what the line said of it. */
struct argument {
    const char *name; /**< "--domain"; without dashes a positional word, at most one a table ("command"). */
    enum argument_arity arity;
    bool integer;               /**< Values are read as Python's int() does and stored in plain decimal. */
    const char *const *choices; /**< NULL-terminated, or NULL: anything. */
    const char *constant;       /**< ARGUMENT_OPTIONAL: the value when none follows. */
    bool required;
    bool stops;   /**< Parsing ends, well, when this one is met (--version). */
    bool repeats; /**< Each repetition adds its values, where else the last one wins. */

    bool given;                /**< Out. */
    const char *const *values; /**< Out: in the arena or the line. */
    size_t value_count;        /**< Out. */
};

/** Words, borrowed. */
struct words {
    const char *const *items;
    size_t count;
};

/**
 * Takes from LINE what TABLE knows.
 * @param rest  the words that are left, in order; in the arena.
 * @param error ERROR_USAGE in argparse's words.
 */
bool arguments_parse(struct argument *table, size_t count, struct words line, struct arena *arena, struct words *rest,
                     struct error *error);

/** The row of that name, or NULL. */
struct argument *arguments_find(struct argument *table, size_t count, const char *name);

/** The one value of a row, or NULL when it was not given. */
const char *argument_value(const struct argument *argument);

/** Whether WORD is among WORDS, before any `--` or after it. */
bool words_contain(struct words words, const char *word);

#endif
