// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/identity_cache.h"

#include "base/secret.h"

#include <stdint.h>
#include <stdlib.h>

struct place {
    struct identity *identity;
    uint64_t hash;
    uint64_t used; // the tick of the last use
};

struct identity_cache {
    struct place *places;
    size_t sets;
    size_t filled;
    uint64_t tick;
    uint64_t seed; // random, so that nobody can choose names that share a set
};

struct identity_cache *identity_cache_new(size_t sets)
{
    struct identity_cache *cache = memory_new(1, sizeof *cache);
    cache->places = memory_new(sets * IDENTITY_CACHE_WAYS, sizeof *cache->places);
    cache->sets = sets;
    (void)secret_random((unsigned char *)&cache->seed, sizeof cache->seed);
    return cache;
}

void identity_cache_clear(struct identity_cache *cache)
{
    for (size_t i = 0; cache->filled > 0 && i < cache->sets * IDENTITY_CACHE_WAYS; i++) {
        if (cache->places[i].identity == NULL)
            continue;
        identity_free(cache->places[i].identity);
        cache->places[i] = (struct place){0};
        cache->filled--;
    }
}

void identity_cache_free(struct identity_cache *cache)
{
    if (cache == NULL)
        return;
    identity_cache_clear(cache);
    free(cache->places);
    free(cache);
}

/** FNV-1a over the seed and the name, its high bits folded in. */
static uint64_t hash_of(const struct identity_cache *cache, struct slice name)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ cache->seed;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

static struct place *set_of(const struct identity_cache *cache, uint64_t hash)
{
    return &cache->places[(hash & (cache->sets - 1)) * IDENTITY_CACHE_WAYS];
}

struct identity *identity_cache_find(struct identity_cache *cache, struct slice name)
{
    uint64_t hash = hash_of(cache, name);
    struct place *set = set_of(cache, hash);
    for (size_t i = 0; i < IDENTITY_CACHE_WAYS; i++) {
        if (set[i].identity == NULL || set[i].hash != hash || !slice_equal(set[i].identity->name, name))
            continue;
        set[i].used = ++cache->tick;
        return set[i].identity;
    }
    return NULL;
}

void identity_cache_put(struct identity_cache *cache, struct identity *identity)
{
    uint64_t hash = hash_of(cache, identity->name);
    struct place *set = set_of(cache, hash);
    struct place *chosen = &set[0];
    for (size_t i = 0; i < IDENTITY_CACHE_WAYS; i++)
        if (set[i].used < chosen->used)
            chosen = &set[i];
    if (chosen->identity == NULL)
        cache->filled++;
    identity_free(chosen->identity);
    *chosen = (struct place){.identity = identity, .hash = hash, .used = ++cache->tick};
}
