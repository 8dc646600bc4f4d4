// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The AWS CLI's shorthand for structures and lists: `key=a,value=b`, `list=a,b`, `list=[a,b]`,
 * `inner={x=1,y=2}`, quotes, `\,`.
 * Source: the AWS CLI user guide, "shorthand syntax", and its behaviour.
 */
#ifndef JETON_CLIENT_CLI_SHORTHAND_H
#define JETON_CLIENT_CLI_SHORTHAND_H

#include "api/api.h"
#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>

/**
 * Reads one shorthand text. Every scalar comes out as a string.
 * @return a new object, or NULL with ERROR_PARAMETER: what was expected, and where.
 */
json_t *shorthand_parse(struct slice text, struct error *error);

/**
 * Gives the PARSED value the types of SHAPE, in place: numbers and booleans from their text, one value where a
 * list belongs becomes a list of one.
 * @param error ERROR_INTERNAL for a number that is none (the AWS CLI's class).
 */
bool shorthand_apply_types(json_t *parsed, const struct api_shape *shape, struct error *error);

#endif
