// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The options of a subcommand of jetond as a table: parsed and explained from the same lines.
 *
 * Options stand as `--name value` or `--name=value`; there is at most one other word, where the table has one. What
 * stands twice is refused, because the person meant one of the two and we cannot know which.
 */
#ifndef JETON_SERVICE_COMMAND_ARGUMENTS_H
#define JETON_SERVICE_COMMAND_ARGUMENTS_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/** The values of an option that may stand several times. */
struct argument_list {
    const char **items; /**< They live as long as argv; the array is freed by argument_list_free(). */
    size_t count;
};
void argument_list_free(struct argument_list *list);

/** One option. Exactly one of TEXT, LIST and FLAG is set. */
struct argument_option {
    const char *name;  /**< Without the dashes: "data". */
    const char *value; /**< What the help calls the value: "DIR"; NULL for a flag. */
    const char *help;  /**< One line of help; may hold line breaks, which are indented. */
    const char **text; /**< Gets the value, which lives as long as argv; untouched when the option is absent. */
    struct argument_list *list; /**< Gets the values of each time that it stands. */
    bool *flag;                 /**< Becomes true when the option is there. */
    bool required;
};

/** The row of `--data DIR`, for a directory that is there already. */
#define ARGUMENT_DATA(place)                                                                                           \
    {                                                                                                                  \
        .name = "data", .value = "DIR", .text = (place), .required = true,                                             \
        .help = "The directory that jetond init has made."                                                             \
    }

/** A subcommand. `--help` and `-h` need no entry in the table. */
struct argument_command {
    const char *name;    /**< "jetond init" */
    const char *summary; /**< What it does, ready to print; ends without a line break. */
    const char *word;    /**< What the help calls the word beside the options, which must be there: "FILE"; or NULL. */
    const char **word_text; /**< Gets it. */
    const struct argument_option *options;
    size_t option_count;
};

/**
 * Reads the words after the subcommand into the places that the table names.
 * @param help becomes true when the person asks for help; nothing is missing then.
 * @param error ERROR_USAGE: the word, and how to see the help.
 */
bool arguments_parse(const struct argument_command *command, int argc, char *const *argv, bool *help,
                     struct error *error);

/**
 * The same, and prints on standard output the help when it is asked for, or what `--options` alone asks for, which
 * completion does: a line an option, with what its value is called, and "- WORD" for the word beside them.
 * @param help also becomes true for that.
 */
bool arguments_read(const struct argument_command *command, int argc, char *const *argv, bool *help,
                    struct error *error);

/** Appends the help: usage line, summary, one entry an option. */
void arguments_help(const struct argument_command *command, struct buffer *out);

/** Appends what `--options` prints. */
void arguments_list(const struct argument_command *command, struct buffer *out);

#endif
