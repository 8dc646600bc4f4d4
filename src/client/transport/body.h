// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An answer's body as JSON. Pure. Behaviour document, section 6. */
#ifndef JETON_CLIENT_TRANSPORT_BODY_H
#define JETON_CLIENT_TRANSPORT_BODY_H

#include "base/bytes.h"

#include <jansson.h>

/**
 * Reads a body.
 * @param reason appended to, when it is none: "it is no JSON: line 1, column 1: ..."; NULL drops it.
 * @return a new reference, or NULL: it is no JSON.
 */
json_t *body_read(struct slice body, struct buffer *reason);

/** Appends the reason against a value that should be an object: "it is a JSON list instead of an object". */
void body_refuse_type(const json_t *value, struct buffer *reason);

#endif
