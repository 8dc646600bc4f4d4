// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Results and errors in the form of the protocol: JSON with `x-amzn-errortype`, or the XML of the query
 * protocol. Pure.
 */
#ifndef JETON_SERVICE_HTTP_RENDER_H
#define JETON_SERVICE_HTTP_RENDER_H

#include "api/api.h"
#include "base/error.h"
#include "service/http/http.h"

#include <jansson.h>

/**
 * Fills in the answer 200 of an operation; OUT->request_id is there already.
 * @param output as operation_function() returns it: with json_null() the body is there already too.
 */
void render_result(const struct api_operation *operation, const json_t *output, struct http_response *out);

/** What an error is called on the wire. */
struct render_code {
    const char *code;
    int status;
    const char *message;
};

/**
 * The name, status and sentence for the wire: a code that the operation declares, a neutral common code, or
 * else InternalFailure, which says nothing of what happened inside.
 * @param operation NULL when none was recognised.
 */
struct render_code render_find_code(const struct api_operation *operation, enum api_protocol protocol,
                                    const struct error *error);

/**
 * Fills in the answer of a failure.
 * @param xml_namespace with the query protocol: the service's.
 */
void render_error(const struct render_code *code, enum api_protocol protocol, const char *xml_namespace,
                  const struct error *error, struct http_response *out);

#endif
