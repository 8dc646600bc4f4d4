// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One request on its way to an upstream, and its answer on the way back, between two threads: one that serves the
 * client, and one that serves the upstream by libcurl (carrier.h). Each way holds RING_SIZE bytes at most; who finds
 * no room, or nothing there, is told to rest and is woken when that has changed.
 *
 * These are the calls of the client's thread.
 */
#ifndef JETON_SERVICE_UPSTREAM_TRANSFER_H
#define JETON_SERVICE_UPSTREAM_TRANSFER_H

#include "base/bytes.h"
#include "service/upstream/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** A request without a body, or with one whose size is not known before its end. */
#define TRANSFER_NO_BODY INT64_C(-1)
#define TRANSFER_SIZE_UNKNOWN INT64_C(-2)

/** What is to be sent. Copied. */
struct transfer_order {
    const struct upstream *upstream;
    struct slice method;
    struct slice target;  /**< The path at the upstream, and the query: the request line has exactly this. */
    struct slice headers; /**< A list (headers.h): all that are sent but those for the body's size. */
    struct slice prefix;  /**< See location_rewrite(). */
    int64_t size;         /**< Of the body, or one of the two above. */
    bool expect;          /**< The client waits for leave to send the body: the upstream is asked for it. */
    /** Called in the client's thread, within a call below that says TRANSFER_REST. */
    void (*rest)(void *data);
    /** Called once after each REST, by any thread, when the call is worth repeating. Neither may call this room. */
    void (*wake)(void *data);
    void *data;
};

struct carrier;
struct transfer;

/** Begins. @return owned; never NULL: what cannot be begun has failed. transfer_release() ends it. */
struct transfer *transfer_start(struct carrier *carrier, const struct transfer_order *order);
/** The client needs it no more: a request that is not done is broken off. NULL is fine. */
void transfer_release(struct transfer *transfer);

/** How far it is. */
enum transfer_state {
    TRANSFER_REST,   /**< Nothing yet: rest() has been called. */
    TRANSFER_TAKING, /**< The upstream takes the body. */
    TRANSFER_HEADED, /**< The head of the answer is there. */
    TRANSFER_FAILED, /**< There will be no answer: transfer_failure(). */
};

/** Waits until the upstream takes the body, or there is an answer before that. */
enum transfer_state transfer_await_taking(struct transfer *transfer);
/** Waits for the head of the answer. */
enum transfer_state transfer_await_head(struct transfer *transfer);

/**
 * Gives of the body what there is room for, and everything once the upstream wants no more of it.
 * @return how much was taken; when it is less than SIZE, rest() has been called.
 */
size_t transfer_give(struct transfer *transfer, const char *data, size_t size);
/** The body is complete. */
void transfer_finish(struct transfer *transfer);

/** The head of the answer, once TRANSFER_HEADED was said; valid until transfer_release(). */
struct transfer_head {
    int status;
    struct slice headers; /**< A list, ready for the client. */
    int64_t length;       /**< Of the body, also of one that is not sent (HEAD, 304); TRANSFER_SIZE_UNKNOWN. */
};
void transfer_read_head(struct transfer *transfer, struct transfer_head *out);

/** Why there is no answer, once TRANSFER_FAILED was said; valid until transfer_release(). */
struct transfer_failure {
    int status;         /**< 502 or 504; 503 when the service is ending. */
    const char *code;   /**< "UpstreamUnreachable" */
    const char *reason; /**< A sentence for the client, which names no host. */
    const char *detail; /**< What libcurl says, for the log alone; may be empty. */
};
void transfer_read_failure(struct transfer *transfer, struct transfer_failure *out);

/** The body of the answer has no more bytes, or it broke off. */
#define TRANSFER_END ((ssize_t)-1)
#define TRANSFER_BROKEN ((ssize_t)-2)
/** Takes of the answer's body. @return how many bytes; 0: rest() has been called; or one of the two above. */
ssize_t transfer_take(struct transfer *transfer, char *out, size_t size);

#endif
