// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The options of an operation's command, made from the operation table. */
#ifndef JETON_CLIENT_CLI_OPERATION_OPTIONS_H
#define JETON_CLIENT_CLI_OPERATION_OPTIONS_H

#include "api/api.h"
#include "client/cli/arguments.h"

/** The rows of one member. */
struct member_rows {
    struct argument *set;   /**< `--name` */
    struct argument *unset; /**< `--no-name` of a boolean, else NULL. */
};

/** The parsed command of an operation. Rows are NULL when the operation does not have them. */
struct operation_options {
    const struct api_operation *operation;
    struct member_rows *members; /**< By the input's member index. */
    struct argument *starting_token;
    struct argument *page_size;
    struct argument *max_items;
    struct argument *input_json;
    struct argument *input_yaml;
    struct argument *skeleton;
    bool help; /**< The word `help` stood among them. */
};

/**
 * Reads the words of an operation.
 * @param arena for OUT's tables.
 * @param error ERROR_USAGE; code "UnknownOptions" when words are left over.
 */
bool operation_options_parse(const struct api_operation *operation, struct words line, struct arena *arena,
                             struct operation_options *out, struct error *error);

/** Whether an option stands among the words that only api_widest() of the operation has. */
bool operation_options_need_wider(const struct api_operation *operation, struct words line);

/**
 * Looks for a word of the person's own making among the words of an operation, before these are read: the first that
 * is no option and no option's value.
 * @param choices what it may be, NULL-terminated.
 * @param word    out; NULL when there is none.
 * @param error   ERROR_USAGE, also for another word than these; `help` by itself is none.
 */
bool operation_options_find_word(const struct api_operation *operation, struct words line, const char *const *choices,
                                 struct arena *arena, const char **word, struct error *error);

#endif
