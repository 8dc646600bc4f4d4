// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The parameters of the query protocol, whose names say where in the input a value stands: `Tags.member.1.Key=team`.
 * And what decode.c has for it. Pure; only for the decoders of this room.
 */
#ifndef JETON_SERVICE_HTTP_DECODE_FORM_H
#define JETON_SERVICE_HTTP_DECODE_FORM_H

#include "api/api.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Adds what SHAPE knows of PARAMETERS to INPUT, in one pass however deep; the rest is ignored. A list is numbered
 * from 1 without gaps, in any order of the parameters; one without entries is sent as `Tags=`.
 * @param is_form as decode_query_parameters() says.
 * @param error   "ValidationError" as decode_input().
 */
bool decode_form(json_t *input, const struct api_shape *shape, struct slice parameters, bool is_form,
                 struct error *error);

/** The request cannot be read at all; the sentence says what of it, and of which NAME (NULL: of none). @return false */
bool decode_refuse(struct error *error, const char *what, const char *name);

/** A value that came as text, in the type of its shape. @return a new reference, or NULL when it has no such form. */
json_t *decode_text(const struct api_shape *shape, struct slice text);

#endif
