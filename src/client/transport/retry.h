// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whether and when to try again: the AWS SDKs' standard mode. Pure. Behaviour document, section 7. */
#ifndef JETON_CLIENT_TRANSPORT_RETRY_H
#define JETON_CLIENT_TRANSPORT_RETRY_H

#include "client/transport/http.h"

#include <stdbool.h>
#include <stdint.h>

/** What holds for every attempt. */
struct retry_rules {
    long max_attempts;
    bool renewed; /**< The rules that AWS_NEW_RETRIES_2026 asks for: other prices, and shorter waits. */
};

/** How one attempt ended. */
struct retry_outcome {
    enum http_result result;
    long status;           /**< With HTTP_ANSWERED. */
    const char *code;      /**< The service's error code, or NULL. */
    const char *service;   /**< By its signing name; NULL: of none by name. */
    int64_t after;         /**< What Retry-After asks to wait, in microseconds; 0: nothing. */
    int64_t renewed_after; /**< What x-amz-retry-after asks, which only the renewed rules hear; 0: nothing. */
};

/** What may still be spent on retries; starts at RETRY_QUOTA and lives as long as the connection. */
#define RETRY_QUOTA 500
struct retry_quota {
    long left;
};

enum retry_verdict {
    RETRY_AGAIN,
    RETRY_USELESS,    /**< Another attempt would not mend it. */
    RETRY_NO_ATTEMPT, /**< That was the last. */
    RETRY_NO_QUOTA,   /**< Too much was tried again already. */
};

/** Whether the outcome is one that another attempt may mend. */
bool retry_is_transient(const struct retry_outcome *outcome);

/** Whether the service says that there were too many requests. */
bool retry_is_throttling(const struct retry_outcome *outcome);

/**
 * Whether to try again after ATTEMPT attempts; takes the price from the quota.
 * @param price gets it, with RETRY_AGAIN.
 */
enum retry_verdict retry_decide(const struct retry_rules *rules, const struct retry_outcome *outcome, long attempt,
                                struct retry_quota *quota, long *price);

/** Gives quota back after a success. @param price the last that this call paid, 0: none. */
void retry_reward(struct retry_quota *quota, long price);

/** Microseconds to wait after ATTEMPT; CHANCE is from 0 to below 1. */
int64_t retry_delay(const struct retry_rules *rules, const struct retry_outcome *outcome, long attempt, double chance);

/**
 * Reads a Retry-After header: seconds, or an HTTP date.
 * @param now by the service's clock.
 * @return microseconds from NOW; 0 when it is neither, or not to come.
 */
int64_t retry_read_after(const char *text, int64_t now);

/** Reads an x-amz-retry-after header: milliseconds. @return microseconds; 0 when it is none. */
int64_t retry_read_renewed_after(const char *text);

#endif
