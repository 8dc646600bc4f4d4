// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The domains that one thread knows to exist, so that issuing a token needs no store. Bounded; of one
 * thread; cleared whenever the store has changed.
 */
#ifndef JETON_SERVICE_OPERATIONS_DOMAIN_CACHE_H
#define JETON_SERVICE_OPERATIONS_DOMAIN_CACHE_H

#include "base/bytes.h"

#include <stdbool.h>

struct domain_cache;

struct domain_cache *domain_cache_new(void);
/** NULL is fine. */
void domain_cache_free(struct domain_cache *cache);

/** Whether the domain is known to exist; false says nothing. */
bool domain_cache_has(const struct domain_cache *cache, struct slice owner, struct slice name);
/** Remembers that it exists; another domain may be forgotten for it. */
void domain_cache_put(struct domain_cache *cache, struct slice owner, struct slice name);
/** Forgets all. */
void domain_cache_clear(struct domain_cache *cache);

#endif
