// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Whether what a thread remembers of the store still holds.
 *
 * A change by this process shows at the next request of every thread (a counter in the site); one by
 * another process within FRESHNESS_INTERVAL, because the store itself is asked no more often than that.
 */
#ifndef JETON_SERVICE_CALLER_FRESHNESS_H
#define JETON_SERVICE_CALLER_FRESHNESS_H

#include "base/error.h"
#include "service/caller/site.h"
#include "service/store/store.h"

#include <stdbool.h>
#include <stdint.h>

/** Nanoseconds between two questions to the store. */
#define FRESHNESS_INTERVAL INT64_C(100000000)

/** One thread's view; all zero at the start. */
struct freshness {
    uint64_t generation;
    uint64_t version;
    int64_t next_question; /**< On the coarse monotonic clock. */
};

/** How freshness_check() ended. */
enum freshness_result {
    FRESHNESS_KEPT,
    FRESHNESS_LOST,   /**< Something has changed: forget everything. */
    FRESHNESS_FAILED, /**< The store did not answer; the error says why. */
};

/** Called at the start of a request, before anything is remembered or used. */
enum freshness_result freshness_check(struct freshness *freshness, struct site *site, struct store *store,
                                      struct error *error);

/** Tells every thread of the site that the store has changed. Called after the change is durable. */
void freshness_announce(struct site *site);

#endif
