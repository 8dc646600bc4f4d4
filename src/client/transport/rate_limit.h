// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * How fast requests may follow each other once the service has throttled: retry mode `adaptive`. Pure: the clock is an
 * argument, in seconds. Source: botocore/retries/adaptive.py, bucket.py and throttling.py; behaviour document,
 * section 7.
 */
#ifndef JETON_CLIENT_TRANSPORT_RATE_LIMIT_H
#define JETON_CLIENT_TRANSPORT_RATE_LIMIT_H

#include <stdbool.h>

/** What is remembered between requests; rate_limit_start() makes one. */
struct rate_limit {
    bool enabled; /**< The service has throttled: every request takes a token. */
    // The token bucket.
    double fill_rate; /**< Tokens a second. */
    double capacity;
    double capacity_max;
    double filled_at;
    // The rate at which requests went out.
    double measured_rate;
    double bucket; /**< The start of the half second that is being counted. */
    double count;
    // The cubic growth of the rate after a throttling.
    double rate_max;
    double zero_point;
    double throttled_at;
};

/** A limit that does not limit yet. */
void rate_limit_start(struct rate_limit *limit, double now);

/** Takes a token for a request. @return 0 when it was taken, else the seconds to wait before asking again. */
double rate_limit_acquire(struct rate_limit *limit, double now);

/** Learns how a request ended. */
void rate_limit_record(struct rate_limit *limit, double now, bool throttled);

#endif
