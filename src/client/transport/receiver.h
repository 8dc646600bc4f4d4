// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An answer on its way in: libcurl's callbacks, which fill in a `struct http_answer` and watch for silence. */
#ifndef JETON_CLIENT_TRANSPORT_RECEIVER_H
#define JETON_CLIENT_TRANSPORT_RECEIVER_H

#include "base/curl_library.h"
#include "client/transport/http.h"

#include <stdbool.h>
#include <stdint.h>

struct receiver {
    const struct curl_library *curl;
    CURL *easy;
    long read_timeout; /**< Seconds; 0: none. */
    struct http_answer *answer;
    int64_t heard;   /**< When something last came or went, by the monotonic clock in milliseconds. */
    curl_off_t sent; /**< Bytes of the request's body. */
    bool silent;     /**< Out: nothing has for as long as the read time-out. */
    bool headed;     /**< Out: the head came to its end, which libcurl takes the connection's end for too. */
    bool too_large;  /**< Out: the body is beyond HTTP_ANSWER_LIMIT. */
};

/**
 * Makes ready for one transfer, and has EASY call back. Everything is borrowed until the transfer has ended.
 * @param answer all zero or freed.
 */
void receiver_start(struct receiver *receiver, const struct curl_library *curl, CURL *easy, long read_timeout,
                    struct http_answer *answer);

#endif
