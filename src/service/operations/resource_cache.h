// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The domains and repositories that one thread knows to exist, with their permissions policies, parsed, so that issuing
 * or checking a token needs no store and no policy is parsed at every request. Bounded; of one thread; cleared whenever
 * the store has changed.
 */
#ifndef JETON_SERVICE_OPERATIONS_RESOURCE_CACHE_H
#define JETON_SERVICE_OPERATIONS_RESOURCE_CACHE_H

#include "service/policy/policy.h"
#include "service/store/store.h"

#include <stdbool.h>

struct resource_cache;

struct resource_cache *resource_cache_new(void);
/** NULL is fine. */
void resource_cache_free(struct resource_cache *cache);

/**
 * Whether the resource is remembered, and so exists; false says nothing.
 * @param policy its permissions policy, or NULL when it has none; borrowed until the second resource_cache_put() after
 *               this or resource_cache_clear(), so that a domain's and a repository's can be used together.
 */
bool resource_cache_find(struct resource_cache *cache, const struct store_resource *resource,
                         const struct policy **policy);
/**
 * Remembers one that exists and is not remembered yet; another one may be forgotten for it.
 * @param policy taken over, or NULL.
 * @return POLICY, borrowed as resource_cache_find() lends it.
 */
const struct policy *resource_cache_put(struct resource_cache *cache, const struct store_resource *resource,
                                        struct policy *policy);
/** Forgets all. */
void resource_cache_clear(struct resource_cache *cache);

#endif
