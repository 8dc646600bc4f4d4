// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A request as it came off the wire and the response to it, whatever carries them: libmicrohttpd in the
 * service (server.h), a test or a fuzzer otherwise.
 */
#ifndef JETON_SERVICE_HTTP_HTTP_H
#define JETON_SERVICE_HTTP_HTTP_H

#include "api/api.h"
#include "base/bytes.h"
#include "sigv4/sigv4.h"

#include <stdbool.h>
#include <stdint.h>

/** Most bytes of a body. */
#define HTTP_BODY_MAX ((size_t)256 * 1024)
/** Most headers of a request. */
#define HTTP_HEADERS_MAX ((size_t)64)
/** "0f8fad5b-d9cb-469f-a165-70867728950e" and its NUL. */
#define HTTP_REQUEST_ID_SIZE 37

/** A request. Everything is borrowed; nothing has been decoded. */
struct http_request {
    struct sigv4_request message; /**< Method, path, query, headers and body as they were sent. */
    const char *client;           /**< The peer's address, for the log. */
    bool tls;
    int64_t now; /**< A timestamp, the only reading of the clock for this request. */
};

/** The first header of that name (in any case), or the empty slice with data NULL. */
struct slice http_header(const struct http_request *request, const char *name);

/** A response. All zero before it is filled; the caller frees FIELDS and BODY. */
struct http_response {
    int status;
    const char *content_type;
    const char *error_type; /**< The value of x-amzn-errortype, or NULL. */
    char request_id[HTTP_REQUEST_ID_SIZE];
    /** It is one that is given again and again: it has no body, and goes without its request's id. */
    bool common;
    struct buffer fields; /**< More headers: names and values in turn, each with a NUL behind it; http_add_field(). */
    struct buffer body;   /**< May hold a token: buffer_free() and buffer_clear() wipe it. */
};

/** Adds a header. What is not printable ASCII in the value becomes `?`. */
void http_add_field(struct http_response *response, const char *name, struct slice value);

#endif
