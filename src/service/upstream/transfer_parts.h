// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the client's side (transfer.c) and the upstream's (carrier.c, exchange.c) of a transfer share. */
#ifndef JETON_SERVICE_UPSTREAM_TRANSFER_PARTS_H
#define JETON_SERVICE_UPSTREAM_TRANSFER_PARTS_H

#include "base/curl_library.h"
#include "service/upstream/carrier.h"
#include "service/upstream/headers.h"
#include "service/upstream/ring.h"
#include "service/upstream/transfer.h"

#include <pthread.h>

struct transfer {
    // Set at the start, and never changed.
    struct carrier *carrier;
    const struct upstream *upstream;
    struct buffer method;
    struct buffer target;
    struct buffer headers;
    struct buffer prefix;
    int64_t size;
    bool expect;
    bool bodiless; /**< The answer has no body whatever its head says: the method is HEAD. */
    void (*rest)(void *data);
    void (*wake)(void *data);
    void *data;

    // Of the carrier's thread alone.
    struct transfer *next;
    CURL *easy;
    struct curl_slist *list;
    struct headers_answer answer;
    const char *malformed; /**< What is wrong with the answer. */
    bool expired;          /**< The upstream has not moved for too long. */
    int64_t moved;         /**< When it last did: milliseconds of the monotonic clock. */
    uint64_t received;     /**< Bytes of the answer's body. */
    char reason[CURL_ERROR_SIZE];

    // Of both, under the lock.
    pthread_mutex_t mutex;
    unsigned owners;
    struct ring up;
    struct ring down;
    bool up_complete; /**< The client has given all of its body. */
    bool up_paused;   /**< libcurl waits for more of it. */
    bool up_refused;  /**< The upstream wants no more of it. */
    bool down_paused; /**< libcurl waits for room. */
    bool taking;      /**< The upstream has begun to take the body. */
    bool headed;
    bool done; /**< All of the answer is there. */
    bool failed;
    bool resting;   /**< The client's thread is to be woken. */
    bool abandoned; /**< The client has gone, or has all that it wants. */
    struct transfer_failure failure;
    struct transfer_head head;
    struct buffer head_text;
    struct buffer failure_text;
};

/** Hands a transfer over to the carrier's thread. @return false when that has ended: it is not taken. */
bool carrier_take(struct carrier *carrier, struct transfer *transfer);
/** Tells the carrier's thread that a transfer has something for it. */
void carrier_nudge(struct carrier *carrier);

/** One of its two owners lets it go; the last one frees it. */
void transfer_drop(struct transfer *transfer);
/** The lock is held: wakes the client's thread if it rests. */
void transfer_wake(struct transfer *transfer);
/** There will be no answer, or no more of it. @param detail copied. */
void transfer_fail(struct transfer *transfer, int status, const char *code, const char *reason, const char *detail);

/** Makes the request for libcurl. @return false with the transfer failed. */
bool exchange_open(const struct curl_library *curl, const struct carrier_options *options, struct transfer *transfer);
/** Frees what exchange_open() made. */
void exchange_close(const struct curl_library *curl, struct transfer *transfer);
/** Lets libcurl go on where it waits for something that is there now. */
void exchange_go_on(const struct curl_library *curl, struct transfer *transfer);
/** libcurl has done with it. */
void exchange_finish(const struct curl_library *curl, struct transfer *transfer, CURLcode code);

/** Milliseconds of the monotonic clock. */
int64_t carrier_clock(void);

#endif
