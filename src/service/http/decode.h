// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * From a request to an operation's input, by the operation table: query, headers, JSON body or form are
 * read into a JSON object keyed by member names, and that is validated. Pure.
 */
#ifndef JETON_SERVICE_HTTP_DECODE_H
#define JETON_SERVICE_HTTP_DECODE_H

#include "api/api.h"
#include "base/error.h"
#include "service/http/http.h"

#include <jansson.h>

/**
 * Decodes and validates the input.
 *
 * Parameters that the operation does not have are ignored, as AWS does; one that stands twice is refused,
 * because nobody can know which was meant.
 * @return a new reference; NULL with "ValidationError" in AWS's words and the detail `reason`.
 */
json_t *decode_input(const struct api_operation *operation, const struct http_request *request, struct error *error);

/**
 * Where a request of the query protocol has its parameters: a POST in its form, a GET in its query.
 * @param is_form whether `+` stands for a blank there: in a form it does, in a query that is signed it is a plus.
 */
struct slice decode_query_parameters(const struct http_request *request, bool *is_form);

/**
 * The decoded value of a parameter of a query string or form, in VALUE.
 * @param error "ValidationError" when it stands twice or its escapes are broken.
 * @return false with the error, or with none when the parameter is absent.
 */
bool decode_parameter(struct slice parameters, const char *name, bool is_form, struct buffer *value,
                      struct error *error);

#endif
