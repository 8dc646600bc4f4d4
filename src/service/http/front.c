// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/front.h"

#include "base/memory.h"
#include "base/text.h"
#include "service/http/front_request.h"
#include "service/upstream/headers.h"
#include "service/upstream/transfer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/** Most bytes of a body, announced or not: CodeArtifact's quota for the size of an asset. */
#define BODY_MAX (UINT64_C(5) * 1024 * 1024 * 1024)
/** A body that is refused is read and thrown away up to this, so that a client that sends first sees the refusal. */
#define DISCARDED_MAX (UINT64_C(64) * 1024 * 1024)
/** Bytes that have to pass in the patience that is had with a connection. */
#define PROGRESS ((uint64_t)4096)
/** Bytes that are handed to libmicrohttpd at once. */
#define BLOCK ((size_t)16 * 1024)
/** Bytes that the system may hold unsent, so that a slow client is seen to move. */
#define UNSENT_MAX (64 * 1024)

/** What is done next. */
enum phase {
    PHASE_OPENING,  /**< Its body waits until the upstream takes it. */
    PHASE_SENDING,  /**< Its body is passed on. */
    PHASE_WAITING,  /**< The answer is waited for. */
    PHASE_ANSWERED, /**< The answer is passed on. */
    PHASE_REFUSED,  /**< The answer is our own; what comes of the body is thrown away. */
};

struct front {
    struct bridge *bridge;
    struct MHD_Connection *mhd;
    struct connection *connection;
    struct http_request request; /**< For the log. */
    enum phase phase;
    struct transfer *transfer; /**< NULL: refused. */
    struct front_names names;
    uint64_t body;   /**< Bytes of it that have come. */
    uint64_t passed; /**< Bytes that have passed since the deadline was set, either way. */
    bool held;       /**< There is no deadline: it rests. */
    bool last;       /**< The connection serves no other request. */
    bool broken;     /**< The answer broke off. */
    int status;      /**< Of the answer that is passed on. */
    int64_t start;   /**< worker_clock() */
};

// ------------------------------------------------------------------ resting, and deadlines

static void rest(void *data)
{
    const struct front *front = data;
    MHD_suspend_connection(front->mhd);
}

/** Called by another thread. */
static void wake(void *data)
{
    const struct front *front = data;
    MHD_resume_connection(front->mhd);
}

/** It waits for the upstream, which has deadlines of its own. */
static enum MHD_Result hold(struct front *front)
{
    front->held = true;
    connection_hold(front->connection);
    return MHD_YES;
}

/** It is the client's turn: it may take long as long as it moves. */
static void pass(struct front *front, size_t bytes)
{
    front->passed += bytes;
    if (!front->held && front->passed < PROGRESS)
        return;
    front->held = false;
    front->passed = 0;
    connection_renew(&front->bridge->connections, front->connection);
}

// ------------------------------------------------------------------ the answer

/** An end that no client takes for the end of the answer, whatever its version of HTTP. */
static void break_off(struct front *front)
{
    const struct linger reset = {1, 0};
    front->broken = true;
    (void)setsockopt(front->connection->descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

static ssize_t read_body(void *context, uint64_t position, char *out, size_t size)
{
    (void)position;
    struct front *front = context;
    ssize_t got = transfer_take(front->transfer, out, size);
    if (got > 0)
        pass(front, (size_t)got);
    if (got == 0)
        (void)hold(front);
    if (got == TRANSFER_BROKEN)
        break_off(front);
    return got == TRANSFER_END ? MHD_CONTENT_READER_END_OF_STREAM
                               : (got == TRANSFER_BROKEN ? MHD_CONTENT_READER_END_WITH_ERROR : got);
}

static void add_headers(struct MHD_Response *out, struct slice headers)
{
    struct header_pair pair;
    while (headers_next(&headers, &pair))
        (void)MHD_add_response_header(out, pair.name, pair.value);
}

static enum MHD_Result pass_answer(struct front *front)
{
    struct transfer_head head;
    transfer_read_head(front->transfer, &head);
    bool known = head.length != TRANSFER_SIZE_UNKNOWN;
    struct MHD_Response *out = MHD_create_response_from_callback(known ? (uint64_t)head.length : MHD_SIZE_UNKNOWN,
                                                                 BLOCK, read_body, front, NULL);
    if (out == NULL)
        return MHD_NO;
    // Not every client knows that no chunks follow upon this status, whatever its headers say.
    if (head.status == MHD_HTTP_NOT_MODIFIED && !known)
        (void)MHD_set_response_options(out, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
    add_headers(out, head.headers);
    if (front->last || atomic_load_explicit(front->bridge->stopping, memory_order_relaxed))
        (void)MHD_add_response_header(out, "Connection", "close");
    front->phase = PHASE_ANSWERED;
    front->status = head.status;
    enum MHD_Result result = MHD_queue_response(front->mhd, (unsigned)head.status, out);
    MHD_destroy_response(out);
    return result;
}

static enum MHD_Result answer_failure(struct front *front)
{
    struct http_response *response = &front->connection->response;
    struct transfer_failure failure;
    transfer_read_failure(front->transfer, &failure);
    response->status = failure.status;
    response->content_type = "text/plain";
    response->error_type = NULL;
    buffer_clear(&response->fields);
    http_add_field(response, "X-Jeton-Reason", slice_of(failure.reason));
    buffer_clear(&response->body);
    buffer_append_format(&response->body, "%s\n", failure.reason);
    front->phase = PHASE_REFUSED;
    front->status = failure.status;
    return bridge_answer(front->bridge, front->mhd, front->connection, front->last);
}

// ------------------------------------------------------------------ the way of a request

static enum MHD_Result await_head(struct front *front)
{
    front->phase = PHASE_WAITING;
    switch (transfer_await_head(front->transfer)) {
    case TRANSFER_REST:
        return hold(front);
    case TRANSFER_HEADED:
        return pass_answer(front);
    default:
        return answer_failure(front);
    }
}

/** The body is not asked for before the upstream takes it; what is answered before that needs none. */
static enum MHD_Result await_taking(struct front *front)
{
    front->phase = PHASE_OPENING;
    enum transfer_state state = transfer_await_taking(front->transfer);
    if (state == TRANSFER_REST)
        return hold(front);
    front->phase = PHASE_SENDING;
    // Who waits for leave has it now, or the answer at once; who does not sends on, and hears the answer then.
    if (state == TRANSFER_TAKING || !front->names.expect)
        return MHD_YES;
    front->last = true;
    return await_head(front);
}

static enum MHD_Result pass_body(struct front *front, const char *data, size_t *size)
{
    size_t taken = transfer_give(front->transfer, data, *size);
    front->body += taken;
    *size -= taken;
    pass(front, taken);
    if (front->body > BODY_MAX)
        return MHD_NO;
    return *size == 0 ? MHD_YES : hold(front);
}

static enum MHD_Result discard(struct front *front, size_t *size)
{
    front->body += *size;
    pass(front, *size);
    *size = 0;
    return front->body > DISCARDED_MAX ? MHD_NO : MHD_YES;
}

enum MHD_Result front_go_on(struct bridge *bridge, struct MHD_Connection *mhd, struct connection *connection,
                            const char *data, size_t *size)
{
    struct front *front = connection->front;
    pass(front, 0);
    switch (front->phase) {
    case PHASE_OPENING:
        return await_taking(front);
    case PHASE_SENDING:
        if (*size > 0)
            return pass_body(front, data, size);
        transfer_finish(front->transfer);
        return await_head(front);
    case PHASE_WAITING:
        return await_head(front);
    case PHASE_REFUSED:
        return *size > 0 ? discard(front, size) : bridge_answer(bridge, mhd, connection, front->last);
    default:
        return MHD_NO;
    }
}

// ------------------------------------------------------------------ the beginning and the end

/** The answer is in the connection's response. A body that may still come is waited for, unless that takes too long. */
static enum MHD_Result refuse(struct front *front)
{
    front->phase = PHASE_REFUSED;
    if (front->names.size == TRANSFER_NO_BODY)
        return MHD_YES;
    if (!front->names.expect && front->names.size <= (int64_t)DISCARDED_MAX)
        return MHD_YES;
    return bridge_answer(front->bridge, front->mhd, front->connection, true);
}

bool front_is_asked(const struct bridge *bridge, const struct http_request *request, struct slice target)
{
    return bridge->upstreams != NULL && slice_starts_with(target, SLICE("/")) &&
           front_request_is_for_repository(&bridge->worker, request->message.path);
}

enum MHD_Result front_begin(struct bridge *bridge, struct MHD_Connection *mhd, struct connection *connection,
                            const struct http_request *request)
{
    const int unsent = UNSENT_MAX;
    struct front *front = memory_new(1, sizeof *front);
    *front = (struct front){
        .bridge = bridge, .mhd = mhd, .connection = connection, .request = *request, .start = worker_clock()};
    connection->front = front;
    (void)setsockopt(connection->descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
    struct transfer_order order = {.rest = rest, .wake = wake, .data = front};
    const struct front_site site = {&bridge->worker, bridge->upstreams, bridge->public_base, BODY_MAX};
    bool allowed = front_request_prepare(&site, request, &front->names, &order, &connection->response);
    // What hides in or behind the chunks of a body cannot pass for another request where none is read.
    front->last = front->names.size == TRANSFER_SIZE_UNKNOWN;
    if (allowed)
        front->transfer = transfer_start(bridge->carrier, &order);
    arena_reset(bridge->worker.arena);
    if (!allowed) {
        front->last |= connection->response.status == MHD_HTTP_BAD_REQUEST;
        return refuse(front);
    }
    front->phase = PHASE_WAITING;
    return front->names.size == TRANSFER_NO_BODY ? MHD_YES : await_taking(front);
}

static void log_end(struct front *front, bool whole)
{
    struct transfer_failure failure = {0};
    transfer_read_failure(front->transfer, &failure);
    front->connection->response.status = front->status;
    struct log_entry entry = {
        .request = &front->request,
        .response = &front->connection->response,
        .operation = "Forward",
        .error_code = failure.code != NULL ? failure.code : (whole ? NULL : "ClientGone"),
        .detail = failure.detail,
        .microseconds = worker_clock() - front->start,
    };
    front_names_log(&front->names, &entry);
    log_request(&front->bridge->worker.log, &entry);
}

void front_end(struct connection *connection, bool whole)
{
    struct front *front = connection->front;
    connection->front = NULL;
    if (front->transfer != NULL)
        log_end(front, whole && !front->broken);
    transfer_release(front->transfer);
    front_names_free(&front->names);
    free(front);
}
