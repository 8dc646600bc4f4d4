// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile/names.h"

#include <string.h>

#define FIRST_CAPACITY ((size_t)64)

/** FNV-1a; the names are a person's own, so nobody gains by making them meet. */
static uint32_t hash_of(const void *scope, const char *name)
{
    uint32_t hash = 2166136261U ^ (uint32_t)((uintptr_t)scope >> 4);
    for (const char *at = name; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619U;
    return hash;
}

/** The slot of the name, or the empty one where it belongs. */
static struct name_slot *slot_of(const struct names *names, const void *scope, const char *name, uint32_t hash)
{
    size_t at = hash & (names->capacity - 1);
    while (names->slots[at].name != NULL && (names->slots[at].hash != hash || names->slots[at].scope != scope ||
                                             strcmp(names->slots[at].name, name) != 0))
        at = (at + 1) & (names->capacity - 1);
    return &names->slots[at];
}

void *names_find(const struct names *names, const void *scope, const char *name)
{
    return names->capacity == 0 ? NULL : slot_of(names, scope, name, hash_of(scope, name))->value;
}

/** Keeps the table at most half full. */
static void grow(struct names *names)
{
    if (names->count < names->capacity / 2)
        return;
    struct names larger = {.arena = names->arena, .count = names->count};
    larger.capacity = names->capacity == 0 ? FIRST_CAPACITY : 2 * names->capacity;
    larger.slots = arena_allocate(names->arena, larger.capacity, sizeof *larger.slots);
    for (size_t i = 0; i < names->capacity; i++) {
        const struct name_slot *slot = &names->slots[i];
        if (slot->name != NULL)
            *slot_of(&larger, slot->scope, slot->name, slot->hash) = *slot;
    }
    *names = larger;
}

void *names_put(struct names *names, const void *scope, const char *name, void *value)
{
    grow(names);
    uint32_t hash = hash_of(scope, name);
    struct name_slot *slot = slot_of(names, scope, name, hash);
    void *before = slot->value;
    names->count += slot->name == NULL ? 1 : 0;
    *slot = (struct name_slot){scope, name, value, hash};
    return before;
}
