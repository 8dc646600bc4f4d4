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

/** The slot of the name, or the free one where it belongs. */
static uint32_t *slot_of(const struct names *names, const void *scope, const char *name, uint32_t hash)
{
    for (size_t at = hash & (names->capacity - 1);; at = (at + 1) & (names->capacity - 1)) {
        if (names->slots[at] == 0)
            return &names->slots[at];
        const struct name_item *item = &names->items[names->slots[at] - 1];
        if (item->hash == hash && item->scope == scope && strcmp(item->name, name) == 0)
            return &names->slots[at];
    }
}

void *names_find(const struct names *names, const void *scope, const char *name)
{
    if (names->capacity == 0)
        return NULL;
    uint32_t number = *slot_of(names, scope, name, hash_of(scope, name));
    return number == 0 ? NULL : names->items[number - 1].value;
}

/** Keeps the table at most half full. */
static void grow(struct names *names)
{
    if (names->count < names->capacity / 2)
        return;
    struct names larger = {.arena = names->arena, .count = names->count};
    larger.capacity = names->capacity == 0 ? FIRST_CAPACITY : 4 * names->capacity;
    larger.slots = arena_allocate(names->arena, larger.capacity, sizeof *larger.slots);
    larger.items = arena_allocate(names->arena, larger.capacity / 2, sizeof *larger.items);
    for (size_t i = 0; i < names->count; i++) {
        const struct name_item *item = &names->items[i];
        larger.items[i] = *item;
        *slot_of(&larger, item->scope, item->name, item->hash) = (uint32_t)i + 1;
    }
    *names = larger;
}

void *names_put(struct names *names, const void *scope, const char *name, void *value)
{
    grow(names);
    uint32_t hash = hash_of(scope, name);
    uint32_t *slot = slot_of(names, scope, name, hash);
    if (*slot == 0) {
        names->items[names->count++] = (struct name_item){scope, name, value, hash};
        *slot = (uint32_t)names->count;
        return NULL;
    }
    struct name_item *item = &names->items[*slot - 1];
    void *before = item->value;
    *item = (struct name_item){scope, name, value, hash};
    return before;
}
