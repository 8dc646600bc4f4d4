// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/freshness.h"

#include <time.h>

static int64_t coarse_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

enum freshness_result freshness_check(struct freshness *freshness, struct site *site, struct store *store,
                                      struct error *error)
{
    enum freshness_result result = FRESHNESS_KEPT;
    uint64_t generation = atomic_load_explicit(&site->generation, memory_order_acquire);
    if (generation != freshness->generation)
        result = FRESHNESS_LOST;
    freshness->generation = generation;

    int64_t now = coarse_now();
    if (now < freshness->next_question)
        return result;
    uint64_t version = 0;
    if (!store_version(store, &version, error))
        return FRESHNESS_FAILED;
    if (version != freshness->version)
        result = FRESHNESS_LOST;
    freshness->version = version;
    freshness->next_question = now + FRESHNESS_INTERVAL;
    return result;
}

void freshness_announce(struct site *site)
{
    (void)atomic_fetch_add_explicit(&site->generation, 1, memory_order_release);
}
