// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** One HTTP/1.1 request over libcurl, on a connection that is kept for the next. Behaviour document, sections 6, 11. */
#ifndef JETON_CLIENT_TRANSPORT_HTTP_H
#define JETON_CLIENT_TRANSPORT_HTTP_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/settings.h"

#include <stdbool.h>

/** An answer larger than this is refused. */
#define HTTP_ANSWER_LIMIT ((size_t)16 << 20)

/** A header to send. The value must hold no line break (HTTP_INVALID otherwise). */
struct http_header {
    const char *name;
    struct slice value;
};

/** A request. Everything is borrowed. */
struct http_request {
    const char *method;
    const char *url;
    const char *authority; /**< The URL's host and port, for no_proxy. */
    bool https;
    const struct http_header *headers; /**< Sent in this order; Host among them. */
    size_t header_count;
    struct slice body; /**< Sent with POST and PUT, even when empty. */
};

/** An answer; http_answer_free() wipes it. The header values are NULL when the answer did not have them. */
struct http_answer {
    long status;
    struct buffer body;
    char *error_type;      /**< x-amzn-errortype */
    char *date;            /**< Date */
    char *retry_after;     /**< Retry-After */
    char *amz_retry_after; /**< x-amz-retry-after */
    char *request_id;      /**< x-amzn-requestid */
    struct buffer head;    /**< The header lines as they came. */
};

/** How a request ended. Everything but HTTP_ANSWERED comes with an error. */
enum http_result {
    HTTP_ANSWERED,
    HTTP_NO_CONNECTION,
    HTTP_CONNECT_TIMEOUT,
    HTTP_READ_TIMEOUT,
    HTTP_CLOSED,    /**< The connection ended before a whole answer. */
    HTTP_NO_TLS,    /**< The TLS handshake broke off, for another reason than trust. */
    HTTP_UNTRUSTED, /**< The certificate is not trusted, or what is to be trusted cannot be read. */
    HTTP_NO_PROXY,  /**< The proxy could not be reached or trusted, or refused. */
    HTTP_TOO_LARGE,
    HTTP_INVALID, /**< The request itself cannot be sent. */
};

struct http;

/**
 * Makes a client; no network, and no TLS set-up before it is needed. Never NULL.
 * @param settings borrowed as long as the client. It asks for the time-outs, the proxies, `verify` and the bundle: who
 *                 wants others, as for an endpoint that only gives metadata, gives a copy that says so.
 */
struct http *http_new(const struct settings *settings);
void http_free(struct http *http);

/**
 * Sends and receives, once. Redirects are not followed and contents not decoded.
 * @param answer starts all zero or freed.
 * @param error  ERROR_TRANSPORT in the AWS CLI's words, with the URL.
 */
enum http_result http_perform(struct http *http, const struct http_request *request, struct http_answer *answer,
                              struct error *error);

/** Wipes and frees what the answer owns and makes it empty again. */
void http_answer_free(struct http_answer *answer);

#endif
