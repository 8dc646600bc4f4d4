// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/audit/recorder.h"

#include "base/memory.h"
#include "base/timestamp.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MILLISECOND 1000000L
#define SECOND 1000000000L

/** Records that wait to be written. */
struct load {
    struct store_issued *items;
    size_t count;
    size_t room;
    struct arena *arena; /**< Holds the texts. */
};

struct recorder_lane {
    pthread_mutex_t lock; /**< Held by the thread for one record, and by the writer for an exchange of loads. */
    struct load load;
    struct recorder_lane *next;
};

struct recorder {
    struct store *store; /**< Of the writer. */
    pthread_mutex_t lock;
    pthread_cond_t ending;
    pthread_t writer;
    bool ended;
    struct recorder_lane *lanes;
};

// ------------------------------------------------------------------ loads

static void load_free(struct load *load)
{
    arena_free(load->arena);
    free(load->items);
    *load = (struct load){0};
}

static struct slice keep(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

static void load_add(struct load *load, const struct store_issued *item)
{
    if (load->arena == NULL)
        load->arena = arena_new();
    if (load->count == load->room) {
        load->room = load->room == 0 ? 64 : load->room * 2;
        load->items = memory_resize(load->items, load->room, sizeof *load->items);
    }
    struct store_issued *kept = &load->items[load->count++];
    *kept = *item;
    kept->id = keep(load->arena, item->id);
    kept->principal = keep(load->arena, item->principal);
    kept->caller = keep(load->arena, item->caller);
    kept->domain = keep(load->arena, item->domain);
    kept->scope = keep(load->arena, item->scope);
}

bool recorder_note(struct recorder_lane *lane, const struct store_issued *item, struct error *error)
{
    if (lane == NULL)
        return true;
    (void)pthread_mutex_lock(&lane->lock);
    bool room = lane->load.count < RECORDER_LANE_MAX;
    if (room)
        load_add(&lane->load, item);
    (void)pthread_mutex_unlock(&lane->lock);
    return room || error_set(error, ERROR_CONFIGURATION, STORE_BUSY,
                             "No token can be given out now, because its record cannot be written; try again");
}

// ------------------------------------------------------------------ the writer

/** Writes a lane's load and empties it; what cannot be written stays in the lane, if it is not refilled by then. */
static void drain(struct recorder *recorder, struct recorder_lane *lane)
{
    struct load load = {0};
    (void)pthread_mutex_lock(&lane->lock);
    struct load taken = lane->load;
    lane->load = load;
    (void)pthread_mutex_unlock(&lane->lock);
    if (taken.count == 0)
        return;
    if (!store_add_issued(recorder->store, taken.items, taken.count, timestamp_now() / TIMESTAMP_SECOND, NULL)) {
        // Back behind nothing: what was noted meanwhile goes after it, and the lane is as full as it is.
        (void)pthread_mutex_lock(&lane->lock);
        for (size_t i = 0; i < lane->load.count; i++)
            load_add(&taken, &lane->load.items[i]);
        load = lane->load;
        lane->load = taken;
        (void)pthread_mutex_unlock(&lane->lock);
        taken = load;
    }
    load_free(&taken);
}

static void drain_all(struct recorder *recorder)
{
    (void)pthread_mutex_lock(&recorder->lock);
    struct recorder_lane *lanes = recorder->lanes;
    (void)pthread_mutex_unlock(&recorder->lock);
    for (struct recorder_lane *lane = lanes; lane != NULL; lane = lane->next)
        drain(recorder, lane);
}

static struct timespec next_round(void)
{
    struct timespec end;
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += RECORDER_INTERVAL * MILLISECOND;
    end.tv_sec += end.tv_nsec / SECOND;
    end.tv_nsec %= SECOND;
    return end;
}

static void *keep_writing(void *context)
{
    struct recorder *recorder = context;
    bool ended = false;
    while (!ended) {
        const struct timespec end = next_round();
        (void)pthread_mutex_lock(&recorder->lock);
        while (!recorder->ended && pthread_cond_timedwait(&recorder->ending, &recorder->lock, &end) == 0)
            continue;
        ended = recorder->ended;
        (void)pthread_mutex_unlock(&recorder->lock);
        drain_all(recorder);
    }
    return NULL;
}

// ------------------------------------------------------------------ its life

static bool start_writer(struct recorder *recorder)
{
    pthread_condattr_t attributes;
    sigset_t all;
    sigset_t before;
    (void)pthread_mutex_init(&recorder->lock, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&recorder->ending, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    bool started = pthread_create(&recorder->writer, NULL, keep_writing, recorder) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static void destroy(struct recorder *recorder)
{
    (void)pthread_cond_destroy(&recorder->ending);
    (void)pthread_mutex_destroy(&recorder->lock);
    store_close(recorder->store);
    free(recorder);
}

struct recorder *recorder_new(const char *path, struct error *error)
{
    struct store *store = store_open_issued(path, true, error);
    if (store == NULL)
        return NULL;
    struct recorder *recorder = memory_new(1, sizeof *recorder);
    recorder->store = store;
    if (start_writer(recorder))
        return recorder;
    (void)error_set(error, ERROR_INTERNAL, NULL, "a thread could not be started");
    destroy(recorder);
    return NULL;
}

void recorder_free(struct recorder *recorder)
{
    if (recorder == NULL)
        return;
    (void)pthread_mutex_lock(&recorder->lock);
    recorder->ended = true;
    (void)pthread_cond_signal(&recorder->ending);
    (void)pthread_mutex_unlock(&recorder->lock);
    (void)pthread_join(recorder->writer, NULL);
    for (struct recorder_lane *lane = recorder->lanes; lane != NULL;) {
        struct recorder_lane *next = lane->next;
        load_free(&lane->load);
        (void)pthread_mutex_destroy(&lane->lock);
        free(lane);
        lane = next;
    }
    destroy(recorder);
}

struct recorder_lane *recorder_join(struct recorder *recorder)
{
    if (recorder == NULL)
        return NULL;
    struct recorder_lane *lane = memory_new(1, sizeof *lane);
    (void)pthread_mutex_init(&lane->lock, NULL);
    (void)pthread_mutex_lock(&recorder->lock);
    lane->next = recorder->lanes;
    recorder->lanes = lane;
    (void)pthread_mutex_unlock(&recorder->lock);
    return lane;
}
