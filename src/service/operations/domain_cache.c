// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/domain_cache.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 1024
#define OWNER_SIZE 12
#define NAME_SIZE 50

/** One domain; the limits are those of the operation table. */
struct place {
    unsigned char owner_size;
    unsigned char name_size;
    char owner[OWNER_SIZE];
    char name[NAME_SIZE];
};

struct domain_cache {
    struct place places[PLACES];
};

struct domain_cache *domain_cache_new(void)
{
    return memory_new(1, sizeof(struct domain_cache));
}

void domain_cache_free(struct domain_cache *cache)
{
    free(cache);
}

void domain_cache_clear(struct domain_cache *cache)
{
    memset(cache, 0, sizeof *cache);
}

/** FNV-1a over both; each domain has one place. */
static size_t place_of(struct slice owner, struct slice name)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < owner.size; i++)
        hash = (hash ^ (unsigned char)owner.data[i]) * UINT64_C(1099511628211);
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * UINT64_C(1099511628211);
    return (size_t)((hash ^ hash >> 32) % PLACES);
}

bool domain_cache_has(const struct domain_cache *cache, struct slice owner, struct slice name)
{
    if (name.size == 0)
        return false;
    const struct place *place = &cache->places[place_of(owner, name)];
    return slice_equal((struct slice){place->owner, place->owner_size}, owner) &&
           slice_equal((struct slice){place->name, place->name_size}, name);
}

void domain_cache_put(struct domain_cache *cache, struct slice owner, struct slice name)
{
    if (owner.size == 0 || owner.size > OWNER_SIZE || name.size == 0 || name.size > NAME_SIZE)
        return;
    struct place *place = &cache->places[place_of(owner, name)];
    memcpy(place->owner, owner.data, owner.size);
    memcpy(place->name, name.data, name.size);
    place->owner_size = (unsigned char)owner.size;
    place->name_size = (unsigned char)name.size;
}
