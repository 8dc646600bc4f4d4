// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whether and when to try again: the AWS SDKs' standard mode. Pure. Behaviour document, section 7. */
#ifndef JETON_CLIENT_TRANSPORT_RETRY_H
#define JETON_CLIENT_TRANSPORT_RETRY_H

#include "client/transport/http.h"

#include <stdbool.h>
#include <stdint.h>

/** How one attempt ended. */
struct retry_outcome {
    enum http_result result;
    long status;      /**< With HTTP_ANSWERED. */
    const char *code; /**< The service's error code, or NULL. */
};

/** What may still be spent on retries; starts at RETRY_QUOTA and lives as long as the connection. */
#define RETRY_QUOTA 500
struct retry_quota {
    long left;
};

/** Whether the outcome is one that another attempt may mend. */
bool retry_is_transient(const struct retry_outcome *outcome);

/**
 * Whether to try again after ATTEMPT attempts of at most MAX_ATTEMPTS; takes the price from the quota.
 */
bool retry_decide(const struct retry_outcome *outcome, long attempt, long max_attempts, struct retry_quota *quota);

/** Microseconds to wait after ATTEMPT; CHANCE is from 0 to below 1. */
int64_t retry_delay(long attempt, double chance);

#endif
