// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The request log: one JSON object a line. Lines are gathered by each worker and written in pieces, so that
 * a request costs no system call. Never a secret, a token, a signature or a query.
 */
#ifndef JETON_SERVICE_HTTP_LOG_H
#define JETON_SERVICE_HTTP_LOG_H

#include "base/bytes.h"
#include "service/http/http.h"

#include <pthread.h>
#include <stdint.h>

struct log_buffer;

/** Where the lines of all workers go. */
struct log_sink {
    int descriptor;           /**< -1: nowhere. Not closed by us. */
    struct log_buffer *first; /**< The buffers that are open on it. */
    pthread_mutex_t mutex;    /**< Held while writing, so that lines of several workers stay whole. */
};

/** The lines of one worker that are not written yet. */
struct log_buffer {
    struct log_sink *sink;
    struct log_buffer *next;
    struct buffer lines;
    struct buffer time; /**< SECOND as it is written. */
    int64_t second;
    pthread_mutex_t mutex; /**< log_sink_flush() comes by ten times a second; else nobody competes. */
};

void log_sink_open(struct log_sink *sink, int descriptor);
/** All buffers must have been closed. */
void log_sink_close(struct log_sink *sink);
/** Writes what all buffers have gathered, in the order of time. Not while a buffer is opened or closed. */
void log_sink_flush(struct log_sink *sink);

void log_buffer_open(struct log_buffer *log, struct log_sink *sink);
/** Writes what is left, and frees. */
void log_buffer_close(struct log_buffer *log);

/** What is said of one request. Texts may be NULL or empty, and are then left out. */
struct log_entry {
    const struct http_request *request;
    const struct http_response *response;
    const char *operation;   /**< "GetAuthorizationToken" */
    const char *caller;      /**< The caller's ARN, when it was recognised. */
    struct slice access_key; /**< As the caller claims it. */
    const char *error_code;
    const char *detail;   /**< Of an internal failure, for the operator only. */
    int64_t microseconds; /**< Our own time for it. */
};

/** Adds a line; writes when enough have gathered. */
void log_request(struct log_buffer *log, const struct log_entry *entry);

#endif
