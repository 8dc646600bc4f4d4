// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An operation's input as query, headers and body, by the operation table. Pure. Behaviour document, section 1. */
#ifndef JETON_CLIENT_TRANSPORT_REQUEST_H
#define JETON_CLIENT_TRANSPORT_REQUEST_H

#include "api/api.h"
#include "base/bytes.h"

#include <jansson.h>

/** A header that is a member of the input. */
struct request_header {
    const char *name; /**< Of the operation table. */
    char *value;      /**< Owned. */
};

/** What the input makes of a request; request_free() wipes it. */
struct request {
    struct buffer query;
    struct buffer body;
    const char *content_type; /**< NULL: no body. */
    struct request_header *headers;
    size_t header_count;
};

/** Makes the request of INPUT (keyed by member names; the query keeps its order). OUT starts all zero. */
void request_build(const struct api_operation *operation, const json_t *input, struct request *out);
void request_free(struct request *request);

#endif
