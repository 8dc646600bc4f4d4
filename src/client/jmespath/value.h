// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Values as JMESPath compares them, with Python's readings of numbers and truth. */
#ifndef JETON_CLIENT_JMESPATH_VALUE_H
#define JETON_CLIENT_JMESPATH_VALUE_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/** "null", "boolean", "number", "string", "array" or "object". */
const char *value_type(const json_t *value);

/** A string's bytes. */
static inline struct slice value_text(const json_t *string)
{
    return (struct slice){json_string_value(string), json_string_length(string)};
}

/** Null, false, and what is empty; a number never is, not even 0. */
bool value_is_false(const json_t *value);

/** Python's ==, by which true is 1 and false is 0: so are elements found and lists compared. */
bool value_is_same(const json_t *a, const json_t *b);

/** The operator ==: as value_is_same(), but a number is never a boolean. */
bool value_is_equal(const json_t *a, const json_t *b);

/** The exact order of two numbers or of two strings (by character): below, at or above 0. */
int value_compare(const json_t *a, const json_t *b);

/** Whether value_compare() may be asked: two numbers or two strings. */
bool value_is_comparable(const json_t *a, const json_t *b);

/**
 * Fills in what Python says of an order that does not exist: "'<' not supported between instances of ...".
 * @return NULL always.
 */
json_t *value_refuse_order(const json_t *a, const char *sign, const json_t *b, struct error *error);

#endif
