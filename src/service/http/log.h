// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The request log: one JSON object a line. Lines are gathered by each worker and written by one other thread,
 * so that a request costs no system call and never waits for whoever reads the log: when the reader falls too
 * far behind, whole lines are left out, and one line {"time":...,"lost_lines":N} says how many. What is to be told
 * beside requests is a line {"time":...,"notice":TEXT}.
 * Never a secret, a token, a signature or a query.
 */
#ifndef JETON_SERVICE_HTTP_LOG_H
#define JETON_SERVICE_HTTP_LOG_H

#include "base/bytes.h"
#include "service/http/http.h"

#include <poll.h>
#include <pthread.h>
#include <stdint.h>

struct log_buffer;

/** Where the lines of all workers go. All but the buffers belongs to the thread that flushes. */
struct log_sink {
    int descriptor;           /**< -1: nowhere. Not closed by us. */
    int wake;                 /**< An eventfd that a worker raises when it has gathered much. */
    size_t step;              /**< Bytes of one write. */
    struct log_buffer *first; /**< The buffers that are open on it. */
    struct buffer gathered;   /**< Lines that have left their buffers, not sorted yet. */
    struct buffer pending;    /**< Sorted lines that are being written, from WRITTEN on. */
    size_t written;
    uint64_t lost; /**< Lines that were left out and not reported yet. */
    bool full;     /**< The reader has to make room before more can be written. */
};

/** The lines of one worker, or of others who have something to tell, that are not written yet. */
struct log_buffer {
    struct log_sink *sink;
    struct log_buffer *next;
    struct buffer lines;
    struct buffer time; /**< SECOND as it is written. */
    int64_t second;
    uint64_t lost;         /**< Lines that there was no room for. */
    pthread_mutex_t mutex; /**< log_sink_flush() comes by some times a second; else nobody competes. */
};

void log_sink_open(struct log_sink *sink, int descriptor);
/** Writes what is left, for half a second at most. All buffers must have been closed. */
void log_sink_close(struct log_sink *sink);
/**
 * Writes what all buffers have gathered, in the order of time, as far as it can be written without waiting.
 * By one thread at a time, and not while a buffer is opened or closed.
 */
void log_sink_flush(struct log_sink *sink);
/** What to wait for before the next flush, for poll(): much was gathered, or there is room again. */
#define LOG_SINK_EVENTS 2
void log_sink_watch(const struct log_sink *sink, struct pollfd out[static LOG_SINK_EVENTS]);

void log_buffer_open(struct log_buffer *log, struct log_sink *sink);
/** Leaves what is left to the sink's next flush, and frees. */
void log_buffer_close(struct log_buffer *log);

/** What is said of one request. Texts may be NULL or empty, and are then left out. */
struct log_entry {
    const struct http_request *request;
    const struct http_response *response;
    const char *operation;     /**< "GetAuthorizationToken" */
    const char *caller;        /**< The caller's ARN, when it was recognised. */
    struct slice access_key;   /**< As the caller claims it. */
    struct slice asked_method; /**< At the gate: what was asked about, without its query. */
    struct slice asked_path;
    const char *action;   /**< "codeartifact:ReadFromRepository" */
    const char *resource; /**< Its ARN. */
    struct slice token;   /**< The id of the token; never the token. */
    const char *error_code;
    const char *detail;   /**< Of an internal failure, for the operator only. */
    int64_t microseconds; /**< Our own time for it. */
};

/** Adds a line, or counts it as lost when too many wait already. */
void log_request(struct log_buffer *log, const struct log_entry *entry);

/**
 * The same for what is not of one request: {"time":...,"notice":TEXT}. By any thread; TEXT is cut, as all that may come
 * from outside.
 * @param when a timestamp.
 */
void log_notice(struct log_buffer *log, int64_t when, const char *text);

#endif
