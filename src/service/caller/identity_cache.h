// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The identities that one thread has met, by access key id or principal id. Bounded: a table of small
 * sets, in which the one used longest ago gives way. Of one thread; no locks.
 */
#ifndef JETON_SERVICE_CALLER_IDENTITY_CACHE_H
#define JETON_SERVICE_CALLER_IDENTITY_CACHE_H

#include "base/bytes.h"
#include "service/caller/identity.h"

#include <stddef.h>

/** Places in one set. */
#define IDENTITY_CACHE_WAYS 4

struct identity_cache;

/** @param sets a power of two; the cache holds up to IDENTITY_CACHE_WAYS times as many identities. */
struct identity_cache *identity_cache_new(size_t sets);
/** Wipes and frees; NULL is fine. */
void identity_cache_free(struct identity_cache *cache);

/** The identity of that name, or NULL. Valid until the next put or clear. */
struct identity *identity_cache_find(struct identity_cache *cache, struct slice name);
/** Takes the identity, whose name must not be in the cache yet. */
void identity_cache_put(struct identity_cache *cache, struct identity *identity);
/** Wipes and frees all identities. */
void identity_cache_clear(struct identity_cache *cache);

#endif
