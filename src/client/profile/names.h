// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A table of names, each in a scope, that costs the same however many there are. Pure; everything in an arena. */
#ifndef JETON_CLIENT_PROFILE_NAMES_H
#define JETON_CLIENT_PROFILE_NAMES_H

#include "base/memory.h"

#include <stddef.h>
#include <stdint.h>

/** One name, in the order in which they came. */
struct name_item {
    const void *scope;
    const char *name;
    void *value;
    uint32_t hash;
};

/** All zero is an empty table, but for the arena, which the first names_put() needs. */
struct names {
    struct arena *arena;
    struct name_item *items;
    size_t count;
    uint32_t
        *slots; /**< Numbers of items from 1, by their hash; 0 is free. Twice as many as there is room for items. */
    size_t capacity; /**< Of the slots. */
};

/** The value of NAME in SCOPE (any address, or NULL), or NULL. */
void *names_find(const struct names *names, const void *scope, const char *name);

/**
 * Stores VALUE under NAME, which stays the caller's, in the place of what was there.
 * @return what was there, or NULL.
 */
void *names_put(struct names *names, const void *scope, const char *name, void *value);

#endif
