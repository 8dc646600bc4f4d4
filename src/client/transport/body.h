// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An answer's body as JSON, with the failures that the AWS CLI knows. Pure. Behaviour document, section 6. */
#ifndef JETON_CLIENT_TRANSPORT_BODY_H
#define JETON_CLIENT_TRANSPORT_BODY_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Reads a body.
 * @param value a new reference; NULL when the body is empty or no JSON, which is no failure.
 * @param error ERROR_TRANSPORT in Python's words when the body is not UTF-8.
 */
bool body_read(struct slice body, json_t **value, struct error *error);

/**
 * Looks again at a body that body_read() found no value in: true when that is no JSON.
 * @param error ERROR_TRANSPORT when it is JSON, which the AWS CLI would read, beyond what is read here.
 */
bool body_check_limits(struct slice body, struct error *error);

/** The failure of a value that should be an object: "'list' object has no attribute 'get'". @return false always. */
bool body_refuse_type(const json_t *value, struct error *error);

#endif
