// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/transfer_parts.h"

#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

/** Idle connections that are kept. */
#define CONNECTIONS_KEPT 32L
/** Milliseconds between two looks at what has not moved. */
#define ROUND_MS 500

struct carrier {
    const struct curl_library *curl;
    struct carrier_options options;
    CURLM *multi;
    pthread_t thread;
    bool running; /**< The thread is to be joined. */
    struct transfer *active;

    pthread_mutex_t mutex;
    struct transfer *arrived;
    bool stopping;
};

int64_t carrier_clock(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool carrier_take(struct carrier *carrier, struct transfer *transfer)
{
    (void)pthread_mutex_lock(&carrier->mutex);
    bool taken = !carrier->stopping;
    if (taken) {
        transfer->next = carrier->arrived;
        carrier->arrived = transfer;
    }
    (void)pthread_mutex_unlock(&carrier->mutex);
    if (taken)
        carrier_nudge(carrier);
    return taken;
}

void carrier_nudge(struct carrier *carrier)
{
    (void)carrier->curl->multi_wakeup(carrier->multi);
}

// ------------------------------------------------------------------ the thread

static void begin(struct carrier *carrier, struct transfer *transfer)
{
    if (exchange_open(carrier->curl, &carrier->options, transfer)) {
        transfer->next = carrier->active;
        carrier->active = transfer;
        (void)carrier->curl->multi_add_handle(carrier->multi, transfer->easy);
        return;
    }
    exchange_close(carrier->curl, transfer);
    transfer_drop(transfer);
}

/** @return whether the carrier is to stop. */
static bool adopt(struct carrier *carrier)
{
    (void)pthread_mutex_lock(&carrier->mutex);
    struct transfer *arrived = carrier->arrived;
    carrier->arrived = NULL;
    bool stopping = carrier->stopping;
    (void)pthread_mutex_unlock(&carrier->mutex);
    while (arrived != NULL) {
        struct transfer *next = arrived->next;
        begin(carrier, arrived);
        arrived = next;
    }
    return stopping;
}

/** Takes it out of the list, in which PLACE points to it. */
static void end(struct carrier *carrier, struct transfer **place)
{
    struct transfer *transfer = *place;
    *place = transfer->next;
    (void)carrier->curl->multi_remove_handle(carrier->multi, transfer->easy);
    exchange_close(carrier->curl, transfer);
    transfer_drop(transfer);
}

/** Nothing but the end is to come, after which the connection can serve another request. */
static bool is_nearly_done(const struct transfer *transfer)
{
    const struct headers_answer *answer = &transfer->answer;
    if (!answer->complete)
        return false;
    return transfer->bodiless || answer->status == 204 || answer->status == 304 ||
           (answer->has_length && !answer->chunked && transfer->received == answer->length);
}

/** Whether a transfer is to be ended before libcurl has done with it. */
static bool is_over(struct carrier *carrier, struct transfer *transfer, int64_t now, bool stopping)
{
    (void)pthread_mutex_lock(&transfer->mutex);
    bool abandoned = transfer->abandoned;
    // Its thread rests when it has done all that it can.
    bool client_is_late = (transfer->up_paused || transfer->down_paused) && !transfer->resting;
    (void)pthread_mutex_unlock(&transfer->mutex);
    transfer->expired = !client_is_late && now - transfer->moved > carrier->options.patience;
    if (stopping)
        transfer_fail(transfer, 503, "ServiceEnding", "The service is ending; try again", "");
    else if (transfer->expired)
        exchange_finish(carrier->curl, transfer, CURLE_OPERATION_TIMEDOUT);
    return stopping || transfer->expired || (abandoned && !is_nearly_done(transfer));
}

static void look(struct carrier *carrier, bool stopping)
{
    int64_t now = carrier_clock();
    struct transfer **place = &carrier->active;
    while (*place != NULL) {
        // First, because what has waited for the client until now has not been late.
        exchange_go_on(carrier->curl, *place);
        if (is_over(carrier, *place, now, stopping))
            end(carrier, place);
        else
            place = &(*place)->next;
    }
}

static void finish(struct carrier *carrier, CURL *easy, CURLcode code)
{
    char *found = NULL;
    (void)carrier->curl->easy_getinfo(easy, CURLINFO_PRIVATE, &found);
    for (struct transfer **place = &carrier->active; *place != NULL; place = &(*place)->next)
        if ((char *)*place == found) {
            exchange_finish(carrier->curl, *place, code);
            end(carrier, place);
            return;
        }
}

static void *carry(void *context)
{
    struct carrier *carrier = context;
    const struct curl_library *curl = carrier->curl;
    bool stopping = false;
    while (!stopping) {
        int left;
        const CURLMsg *message;
        stopping = adopt(carrier);
        look(carrier, stopping);
        (void)curl->multi_perform(carrier->multi, &left);
        while ((message = curl->multi_info_read(carrier->multi, &left)) != NULL)
            if (message->msg == CURLMSG_DONE)
                finish(carrier, message->easy_handle, message->data.result);
        if (!stopping)
            (void)curl->multi_poll(carrier->multi, NULL, 0, ROUND_MS, NULL);
    }
    return NULL;
}

// ------------------------------------------------------------------ beginning and end

static bool start(struct carrier *carrier, struct error *error)
{
    carrier->curl = curl_library_load(error);
    if (carrier->curl == NULL)
        return false;
    if (carrier->curl->global_init(CURL_GLOBAL_SSL) != CURLE_OK)
        return error_set(error, ERROR_CONFIGURATION, NULL, "libcurl cannot be set up");
    carrier->multi = carrier->curl->multi_init();
    if (carrier->multi == NULL)
        return error_set(error, ERROR_CONFIGURATION, NULL, "libcurl cannot be set up");
    (void)carrier->curl->multi_setopt(carrier->multi, CURLMOPT_MAXCONNECTS, CONNECTIONS_KEPT);
    carrier->running = pthread_create(&carrier->thread, NULL, carry, carrier) == 0;
    return carrier->running || error_set(error, ERROR_INTERNAL, NULL, "a thread could not be started");
}

struct carrier *carrier_new(const struct carrier_options *options, struct error *error)
{
    struct carrier *carrier = memory_new(1, sizeof *carrier);
    carrier->options = *options;
    (void)pthread_mutex_init(&carrier->mutex, NULL);
    if (start(carrier, error))
        return carrier;
    carrier_free(carrier);
    return NULL;
}

void carrier_stop(struct carrier *carrier)
{
    (void)pthread_mutex_lock(&carrier->mutex);
    carrier->stopping = true;
    (void)pthread_mutex_unlock(&carrier->mutex);
    if (!carrier->running)
        return;
    carrier_nudge(carrier);
    (void)pthread_join(carrier->thread, NULL);
    carrier->running = false;
}

void carrier_free(struct carrier *carrier)
{
    if (carrier == NULL)
        return;
    carrier_stop(carrier);
    if (carrier->multi != NULL)
        (void)carrier->curl->multi_cleanup(carrier->multi);
    (void)pthread_mutex_destroy(&carrier->mutex);
    free(carrier);
}
