// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which headers pass the front, and which it sets itself. Pure.
 *
 * What is meant for one connection alone stays behind (RFC 9110 section 7.6.1), what the Connection header names too;
 * so does every credential of the caller, what claims to come from a front, and what would let the upstream read
 * another request than the one that was allowed.
 */
#ifndef JETON_SERVICE_UPSTREAM_HEADERS_H
#define JETON_SERVICE_UPSTREAM_HEADERS_H

#include "base/bytes.h"
#include "service/upstream/location.h"
#include "sigv4/sigv4.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A list of headers in one buffer: "Name", NUL, "value", NUL, and so on. */
struct header_pair {
    const char *name;
    const char *value;
};
/** Takes the next pair off REST. @return false at the end. */
bool headers_next(struct slice *rest, struct header_pair *out);

/** What the front says of a request. Texts may be empty, and are then left out. */
struct headers_said {
    struct slice authority;    /**< Of the upstream, for Host. */
    const char *authorization; /**< For the upstream; NULL: none. */
    const char *api_key;       /**< X-NuGet-ApiKey, likewise. */
    struct slice client;       /**< X-Forwarded-For: the address of the client. */
    struct slice scheme;       /**< X-Forwarded-Proto: "https", as the client sees it. */
    struct slice host;         /**< X-Forwarded-Host, likewise. */
    struct slice prefix;       /**< X-Forwarded-Prefix: where the client sees the upstream's root. */
    struct slice names;        /**< A list of X-Jeton-...: who it is, and what was allowed. */
};

/** Appends the headers of the request to the upstream, as a list. */
void headers_write_request(const struct sigv4_header *headers, size_t count, const struct headers_said *said,
                           struct buffer *out);

/** Whether the client waits for leave before it sends its body (RFC 9110 section 10.1.1). */
bool headers_expect_continue(const struct sigv4_header *headers, size_t count);

/** The head of an answer, as its lines come. All zero at first. */
struct headers_answer {
    int status;
    uint64_t length; /**< Of the body, when HAS_LENGTH. */
    bool has_length;
    bool chunked;  /**< It has a Transfer-Encoding, so that a length means nothing. */
    bool complete; /**< The final answer's head has been read. */
    bool interim;  /**< It is of a 1xx answer, which is not passed on. */
    size_t count;
    struct buffer lines; /**< All as they came: a list. */
};

/** Most bytes of a head that is passed on: libmicrohttpd has to hold it beside the request's. */
#define HEADERS_ANSWER_MAX ((size_t)8 * 1024)

void headers_answer_free(struct headers_answer *answer);
/**
 * Reads one line with its end: the status line, a header, or the empty line. What comes behind a complete head is a
 * trailer, and is dropped.
 * @return NULL, or what is wrong with the answer.
 */
const char *headers_read_line(struct headers_answer *answer, struct slice line);

/** Appends the headers that the client is to see, as a list. PREFIX as location_rewrite(). */
void headers_write_answer(const struct headers_answer *answer, const struct upstream_address *upstream,
                          struct slice prefix, struct buffer *out);

#endif
