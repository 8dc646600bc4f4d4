// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/resource_cache.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SETS ((size_t)512)
#define WAYS 2
/** What the operation table lets through: 12 digits, and names of at most 50 and 100 characters. */
#define NAMES_SIZE (12 + 50 + 100)

/** One resource: its owner, domain and repository, one after the other. */
struct place {
    struct policy *policy;
    bool used;
    unsigned char owner_size;
    unsigned char domain_size;
    unsigned char repository_size;
    char names[NAMES_SIZE];
};

/** The one that was used last is not the next to give way. */
struct set {
    struct place places[WAYS];
    unsigned char last;
};

struct resource_cache {
    struct set sets[SETS];
    struct place spare; /**< For what has a name that is too long for any place. */
};

static void empty(struct place *place)
{
    policy_free(place->policy);
    place->policy = NULL;
    place->used = false;
}

struct resource_cache *resource_cache_new(void)
{
    return memory_new(1, sizeof(struct resource_cache));
}

void resource_cache_clear(struct resource_cache *cache)
{
    for (size_t i = 0; i < (size_t)SETS * WAYS; i++) {
        struct place *place = &cache->sets[i / WAYS].places[i % WAYS];
        if (place->used)
            empty(place);
    }
    empty(&cache->spare);
}

void resource_cache_free(struct resource_cache *cache)
{
    if (cache == NULL)
        return;
    resource_cache_clear(cache);
    free(cache);
}

static uint64_t hash_of(uint64_t hash, struct slice name)
{
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * UINT64_C(1099511628211);
    return hash;
}

/** FNV-1a over all names; each resource has one set. */
static struct set *set_of(struct resource_cache *cache, const struct store_resource *resource)
{
    uint64_t hash = hash_of(UINT64_C(14695981039346656037), resource->owner);
    hash = hash_of(hash_of(hash, resource->domain), resource->repository);
    return &cache->sets[(hash ^ hash >> 32) % SETS];
}

static bool is_at(const struct place *place, const struct store_resource *resource)
{
    const char *domain = place->names + place->owner_size;
    return place->used && slice_equal((struct slice){place->names, place->owner_size}, resource->owner) &&
           slice_equal((struct slice){domain, place->domain_size}, resource->domain) &&
           slice_equal((struct slice){domain + place->domain_size, place->repository_size}, resource->repository);
}

bool resource_cache_find(struct resource_cache *cache, const struct store_resource *resource,
                         const struct policy **policy)
{
    struct set *set = set_of(cache, resource);
    for (unsigned char i = 0; i < WAYS; i++) {
        if (!is_at(&set->places[i], resource))
            continue;
        set->last = i;
        *policy = set->places[i].policy;
        return true;
    }
    return false;
}

static bool fits(const struct store_resource *resource)
{
    return resource->owner.size <= NAMES_SIZE && resource->domain.size <= NAMES_SIZE - resource->owner.size &&
           resource->repository.size <= NAMES_SIZE - resource->owner.size - resource->domain.size;
}

static char *append(char *to, struct slice name)
{
    if (name.size > 0)
        memcpy(to, name.data, name.size);
    return to + name.size;
}

const struct policy *resource_cache_put(struct resource_cache *cache, const struct store_resource *resource,
                                        struct policy *policy)
{
    struct set *set = set_of(cache, resource);
    struct place *place = &cache->spare;
    if (fits(resource)) {
        set->last = (unsigned char)((set->last + 1) % WAYS);
        place = &set->places[set->last];
    }
    empty(place);
    place->policy = policy;
    if (place == &cache->spare)
        return policy;
    (void)append(append(append(place->names, resource->owner), resource->domain), resource->repository);
    place->owner_size = (unsigned char)resource->owner.size;
    place->domain_size = (unsigned char)resource->domain.size;
    place->repository_size = (unsigned char)resource->repository.size;
    place->used = true;
    return policy;
}
