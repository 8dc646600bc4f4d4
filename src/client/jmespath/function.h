// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * JMESPath's functions: one table says their names, what they take and what they do (functions.c); what they do stands
 * in functions_*.c, by what they do it to.
 */
#ifndef JETON_CLIENT_JMESPATH_FUNCTION_H
#define JETON_CLIENT_JMESPATH_FUNCTION_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/jmespath/node.h"

/** A value (owned), or an expression to apply. */
struct argument {
    json_t *value;
    const struct node *expression;
};

/**
 * Calls the function NAME; the arguments are checked first.
 * @param error ERROR_INTERNAL, in the words of Python's jmespath.
 * @return a new reference, or NULL.
 */
json_t *function_call(struct slice name, const struct argument *arguments, size_t count, struct error *error);

/** A function's own part, with arguments of the right number and types. As function_call(). */
typedef json_t *function_body(const struct argument *arguments, size_t count, struct error *error);

function_body function_abs, function_avg, function_ceil, function_contains, function_ends_with, function_floor,
    function_join, function_keys, function_length, function_map, function_max, function_max_by, function_merge,
    function_min, function_min_by, function_not_null, function_reverse, function_sort, function_sort_by,
    function_starts_with, function_sum, function_to_array, function_to_number, function_to_string, function_type,
    function_values;

/** What an argument has to be. The last ones are lists of which every element has to be something. */
enum wanted {
    WANTED_NOTHING, /**< Ends a list. */
    WANTED_NUMBER,
    WANTED_STRING,
    WANTED_ARRAY,
    WANTED_OBJECT,
    WANTED_EXPRESSION,
    WANTED_ARRAY_OF_NUMBERS,
    WANTED_ARRAY_OF_STRINGS,
    WANTED_KINDS
};

/**
 * Fills in "In function F(), invalid type for value: V, expected one of: [...], received: ...".
 * @param wanted ends with WANTED_NOTHING.
 * @return false always.
 */
bool function_refuse(const char *function, const struct argument *argument, const enum wanted *wanted,
                     const char *received, struct error *error);

/** A real number as a value; ERROR_INTERNAL when there is none, because FUNCTION's result is out of range. */
json_t *function_real(const char *function, double number, struct error *error);

#endif
