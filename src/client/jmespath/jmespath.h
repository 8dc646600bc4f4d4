// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * JMESPath: an expression that is searched for in a JSON value. Pure.
 *
 * The whole language of the specification, with the readings and the error texts of Python's jmespath, because the
 * AWS CLI's --query is that. What goes beyond JSON has no place in a result: an expression reference is an argument
 * of a function and nothing else; a whole number beyond 64 bits becomes a real one; NaN and the infinities do not
 * exist.
 *
 * Values are shared, not copied: a result may hold parts of the document, which nobody may change afterwards.
 * Sources: the JMESPath specification (jmespath.org) and its compliance tests; Python's jmespath 1.0.
 */
#ifndef JETON_CLIENT_JMESPATH_JMESPATH_H
#define JETON_CLIENT_JMESPATH_JMESPATH_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>

/** How deep an expression may be nested, and how many levels it may add to what it is given. */
#define JMESPATH_NESTING_MAX 1000
#define JMESPATH_GROWTH_MAX 2048

struct jmespath;

/**
 * Reads an expression; jmespath_free() ends it.
 * @param error ERROR_PARAMETER: what is wrong, the expression and a caret under the place, over several lines.
 * @return NULL with the error.
 */
struct jmespath *jmespath_compile(struct slice text, struct error *error);

/**
 * Evaluates it.
 * @param value may be part of the result; it is not changed.
 * @param error ERROR_INTERNAL: a function that does not exist or does not take what it is given.
 * @return a new reference, JSON null when nothing matches; NULL with the error.
 */
json_t *jmespath_search(const struct jmespath *expression, json_t *value, struct error *error);

/** Frees it; NULL is fine. */
void jmespath_free(struct jmespath *expression);

#endif
