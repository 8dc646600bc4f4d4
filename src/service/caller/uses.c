// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/uses.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** Seconds between two writings. */
#define ROUND 60

struct uses {
    const char *store_path;
    pthread_mutex_t lock; /**< Over all below. */
    pthread_cond_t ending;
    pthread_t writer;
    bool writing; /**< The writer runs. */
    bool ended;
    struct arena *arena; /**< Holds the texts of the items. */
    struct store_use *items;
    size_t count;
};

struct uses *uses_new(const char *store_path)
{
    struct uses *uses = memory_new(1, sizeof *uses);
    pthread_condattr_t attributes;
    uses->store_path = store_path;
    uses->arena = arena_new();
    uses->items = memory_new(USES_MAX, sizeof *uses->items);
    (void)pthread_mutex_init(&uses->lock, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&uses->ending, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    return uses;
}

// ------------------------------------------------------------------ the writer

/** A connection of its own for each writing: one a minute costs nothing, and none lies idle. */
static void write_items(const char *store_path, const struct store_use *items, size_t count)
{
    struct store *store = count == 0 ? NULL : store_open(store_path, NULL);
    if (store != NULL)
        (void)store_record_uses(store, items, count, NULL);
    store_close(store);
}

/** Takes all items away and writes them, without the lock: notes may be made meanwhile. */
static void drain(struct uses *uses)
{
    struct store_use *items = uses->items;
    struct arena *arena = uses->arena;
    size_t count = uses->count;
    uses->items = memory_new(USES_MAX, sizeof *uses->items);
    uses->arena = arena_new();
    uses->count = 0;
    (void)pthread_mutex_unlock(&uses->lock);
    write_items(uses->store_path, items, count);
    arena_free(arena);
    free(items);
    (void)pthread_mutex_lock(&uses->lock);
}

static void *keep_writing(void *context)
{
    struct uses *uses = context;
    (void)pthread_mutex_lock(&uses->lock);
    do {
        struct timespec end;
        (void)clock_gettime(CLOCK_MONOTONIC, &end);
        end.tv_sec += ROUND;
        while (!uses->ended && pthread_cond_timedwait(&uses->ending, &uses->lock, &end) == 0)
            continue;
        drain(uses);
    } while (!uses->ended);
    (void)pthread_mutex_unlock(&uses->lock);
    return NULL;
}

void uses_free(struct uses *uses)
{
    if (uses == NULL)
        return;
    (void)pthread_mutex_lock(&uses->lock);
    uses->ended = true;
    (void)pthread_cond_signal(&uses->ending);
    bool writing = uses->writing;
    (void)pthread_mutex_unlock(&uses->lock);
    if (writing)
        (void)pthread_join(uses->writer, NULL);
    (void)pthread_cond_destroy(&uses->ending);
    (void)pthread_mutex_destroy(&uses->lock);
    arena_free(uses->arena);
    free(uses->items);
    free(uses);
}

// ------------------------------------------------------------------ notes

static struct store_use *find(const struct uses *uses, struct slice key)
{
    for (size_t i = uses->count; i-- > 0;)
        if (slice_is(key, uses->items[i].key))
            return &uses->items[i];
    return NULL;
}

static struct store_use copy(struct arena *arena, struct slice key, int64_t when, struct slice service,
                             struct slice region)
{
    return (struct store_use){
        .key = arena_copy(arena, key.data, key.size),
        .when = when,
        .service = arena_copy(arena, service.data, service.size),
        .region = arena_copy(arena, region.data, region.size),
    };
}

void uses_note(struct uses *uses, struct slice key, int64_t when, struct slice service, struct slice region)
{
    (void)pthread_mutex_lock(&uses->lock);
    if (!uses->writing)
        uses->writing = pthread_create(&uses->writer, NULL, keep_writing, uses) == 0;
    if (uses->writing && uses->count < USES_MAX)
        uses->items[uses->count++] = copy(uses->arena, key, when, service, region);
    (void)pthread_mutex_unlock(&uses->lock);
}

bool uses_find(struct uses *uses, struct slice key, struct arena *arena, struct store_use *out)
{
    (void)pthread_mutex_lock(&uses->lock);
    const struct store_use *found = find(uses, key);
    if (found != NULL)
        *out = copy(arena, slice_of(found->key), found->when, slice_of(found->service), slice_of(found->region));
    (void)pthread_mutex_unlock(&uses->lock);
    return found != NULL;
}
