// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The roles that one thread has seen assumed, with their trust policies parsed, so that a session needs no store.
 * Bounded; of one thread; cleared whenever the store has changed.
 */
#ifndef JETON_SERVICE_OPERATIONS_ROLE_CACHE_H
#define JETON_SERVICE_OPERATIONS_ROLE_CACHE_H

#include "base/error.h"
#include "service/policy/policy.h"
#include "service/store/iam.h"

/** What is needed of a role to give its credentials. */
struct role {
    const char *arn;
    const char *id; /**< "AROA..." */
    const char *account;
    const char *name;
    int64_t max_session; /**< Seconds. */
    const struct policy *trust;
    const struct store_tag *tags;
    size_t tag_count;
};

struct role_cache;

struct role_cache *role_cache_new(void);
/** NULL is fine. */
void role_cache_free(struct role_cache *cache);

/** The role of that ARN, borrowed until the next role_cache_put() or role_cache_clear(); or NULL, which says nothing.
 */
const struct role *role_cache_find(const struct role_cache *cache, struct slice arn);
/**
 * Remembers a copy of a role; another one may be forgotten for it.
 * @param error ERROR_INTERNAL: the trust policy cannot be understood, so nobody is trusted.
 * @return it, borrowed as role_cache_find() lends it; NULL with the error.
 */
const struct role *role_cache_put(struct role_cache *cache, struct slice arn, const struct store_entity *entity,
                                  struct error *error);
/** Forgets all. */
void role_cache_clear(struct role_cache *cache);

#endif
