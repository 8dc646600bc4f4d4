// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/transfer_parts.h"

#include "base/memory.h"

#include <stdlib.h>

static void lock(struct transfer *transfer)
{
    (void)pthread_mutex_lock(&transfer->mutex);
}

static void unlock(struct transfer *transfer)
{
    (void)pthread_mutex_unlock(&transfer->mutex);
}

// ------------------------------------------------------------------ beginning and end

struct transfer *transfer_start(struct carrier *carrier, const struct transfer_order *order)
{
    struct transfer *transfer = memory_new(1, sizeof *transfer);
    transfer->carrier = carrier;
    transfer->upstream = order->upstream;
    buffer_append_slice(&transfer->method, order->method);
    buffer_append_slice(&transfer->target, order->target);
    buffer_append_slice(&transfer->headers, order->headers);
    buffer_append_slice(&transfer->prefix, order->prefix);
    transfer->size = order->size;
    transfer->expect = order->expect;
    transfer->bodiless = slice_is(order->method, "HEAD");
    transfer->rest = order->rest;
    transfer->wake = order->wake;
    transfer->data = order->data;
    transfer->owners = 2;
    (void)pthread_mutex_init(&transfer->mutex, NULL);
    if (!carrier_take(carrier, transfer)) {
        transfer->owners = 1;
        transfer_fail(transfer, 503, "ServiceEnding", "The service is ending; try again", "");
    }
    return transfer;
}

void transfer_drop(struct transfer *transfer)
{
    lock(transfer);
    bool last = --transfer->owners == 0;
    unlock(transfer);
    if (!last)
        return;
    (void)pthread_mutex_destroy(&transfer->mutex);
    buffer_free(&transfer->method);
    buffer_free(&transfer->target);
    buffer_free(&transfer->headers);
    buffer_free(&transfer->prefix);
    buffer_free(&transfer->head_text);
    buffer_free(&transfer->failure_text);
    headers_answer_free(&transfer->answer);
    ring_free(&transfer->up);
    ring_free(&transfer->down);
    free(transfer);
}

void transfer_release(struct transfer *transfer)
{
    if (transfer == NULL)
        return;
    struct carrier *carrier = transfer->carrier;
    lock(transfer);
    transfer->abandoned = true;
    transfer->resting = false;
    bool busy = !transfer->done && !transfer->failed;
    unlock(transfer);
    transfer_drop(transfer);
    if (busy)
        carrier_nudge(carrier);
}

// ------------------------------------------------------------------ waiting

void transfer_wake(struct transfer *transfer)
{
    if (!transfer->resting)
        return;
    transfer->resting = false;
    transfer->wake(transfer->data);
}

void transfer_fail(struct transfer *transfer, int status, const char *code, const char *reason, const char *detail)
{
    lock(transfer);
    if (!transfer->failed && !transfer->done) {
        buffer_append_text(&transfer->failure_text, detail);
        transfer->failure = (struct transfer_failure){status, code, reason, buffer_text(&transfer->failure_text)};
        transfer->failed = true;
        transfer->up_refused = true;
    }
    transfer_wake(transfer);
    unlock(transfer);
}

/** The lock is held. */
static void rest(struct transfer *transfer)
{
    transfer->resting = true;
    transfer->rest(transfer->data);
}

static enum transfer_state await(struct transfer *transfer, bool taking)
{
    enum transfer_state state = TRANSFER_REST;
    lock(transfer);
    if (transfer->headed)
        state = TRANSFER_HEADED;
    else if (transfer->failed)
        state = TRANSFER_FAILED;
    else if (taking && transfer->taking)
        state = TRANSFER_TAKING;
    else
        rest(transfer);
    unlock(transfer);
    return state;
}

enum transfer_state transfer_await_taking(struct transfer *transfer)
{
    return await(transfer, true);
}

enum transfer_state transfer_await_head(struct transfer *transfer)
{
    return await(transfer, false);
}

// ------------------------------------------------------------------ the bodies

size_t transfer_give(struct transfer *transfer, const char *data, size_t size)
{
    lock(transfer);
    size_t taken = transfer->up_refused ? size : ring_put(&transfer->up, data, size);
    bool nudge = transfer->up_paused && transfer->up.fill > 0;
    if (taken < size)
        rest(transfer);
    unlock(transfer);
    if (nudge)
        carrier_nudge(transfer->carrier);
    return taken;
}

void transfer_finish(struct transfer *transfer)
{
    lock(transfer);
    transfer->up_complete = true;
    bool nudge = transfer->up_paused;
    unlock(transfer);
    if (nudge)
        carrier_nudge(transfer->carrier);
}

ssize_t transfer_take(struct transfer *transfer, char *out, size_t size)
{
    lock(transfer);
    ssize_t got = (ssize_t)ring_take(&transfer->down, out, size);
    bool nudge = transfer->down_paused && ring_room(&transfer->down) >= RING_SIZE / 2;
    if (got == 0 && transfer->failed)
        got = TRANSFER_BROKEN;
    else if (got == 0 && transfer->done)
        got = TRANSFER_END;
    else if (got == 0)
        rest(transfer);
    unlock(transfer);
    if (nudge)
        carrier_nudge(transfer->carrier);
    return got;
}

// ------------------------------------------------------------------ what came of it

void transfer_read_head(struct transfer *transfer, struct transfer_head *out)
{
    lock(transfer);
    *out = transfer->head;
    unlock(transfer);
}

void transfer_read_failure(struct transfer *transfer, struct transfer_failure *out)
{
    lock(transfer);
    *out = transfer->failure;
    unlock(transfer);
}
