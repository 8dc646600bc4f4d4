// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/role_cache.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define PLACES 256

struct place {
    struct role role;
    struct policy *trust;
    struct arena *arena; // NULL: the place is empty
};

struct role_cache {
    struct place places[PLACES];
};

static void empty(struct place *place)
{
    policy_free(place->trust);
    arena_free(place->arena);
    *place = (struct place){0};
}

struct role_cache *role_cache_new(void)
{
    return memory_new(1, sizeof(struct role_cache));
}

void role_cache_clear(struct role_cache *cache)
{
    for (size_t i = 0; i < PLACES; i++)
        if (cache->places[i].arena != NULL)
            empty(&cache->places[i]);
}

void role_cache_free(struct role_cache *cache)
{
    if (cache == NULL)
        return;
    role_cache_clear(cache);
    free(cache);
}

/** FNV-1a; each role has one place. */
static size_t place_of(struct slice arn)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < arn.size; i++)
        hash = (hash ^ (unsigned char)arn.data[i]) * UINT64_C(1099511628211);
    return (size_t)((hash ^ hash >> 32) % PLACES);
}

const struct role *role_cache_find(const struct role_cache *cache, struct slice arn)
{
    const struct place *place = &cache->places[place_of(arn)];
    return place->arena != NULL && slice_is(arn, place->role.arn) ? &place->role : NULL;
}

static const char *copy(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text));
}

static struct role copy_role(struct arena *arena, struct slice arn, const struct store_entity *entity)
{
    struct store_tag *tags = arena_allocate(arena, entity->tag_count + 1, sizeof *tags);
    for (size_t i = 0; i < entity->tag_count; i++)
        tags[i] = (struct store_tag){copy(arena, entity->tags[i].key), copy(arena, entity->tags[i].value)};
    return (struct role){
        .arn = arena_copy(arena, arn.data, arn.size),
        .id = copy(arena, entity->id),
        .account = copy(arena, entity->account),
        .name = copy(arena, entity->name),
        .max_session = entity->max_session,
        .tags = tags,
        .tag_count = entity->tag_count,
    };
}

const struct role *role_cache_put(struct role_cache *cache, struct slice arn, const struct store_entity *entity,
                                  struct error *error)
{
    ERROR_AUTO reason = {0};
    struct policy *trust = policy_parse(POLICY_TRUST, slice_of(entity->trust), POLICY_SIZE_MAX, &reason);
    if (trust == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "the trust policy of %.*s in the store cannot be used: %s",
                        SLICE_ARGS(arn), reason.message == NULL ? "" : reason.message);
        return NULL;
    }
    struct place *place = &cache->places[place_of(arn)];
    empty(place);
    place->arena = arena_new();
    place->role = copy_role(place->arena, arn, entity);
    place->role.trust = place->trust = trust;
    return &place->role;
}
