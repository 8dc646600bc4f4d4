// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/rate_limit.h"

#include <math.h>

#define FILL_RATE_MIN 0.5
#define CAPACITY_MIN 1.0
#define BUCKETS_A_SECOND 2.0
#define SMOOTHING 0.8
#define SCALE 0.4
#define BETA 0.7
/** The rate may not grow beyond so many times what was measured. */
#define GROWTH_MAX 2.0

static void fill(struct rate_limit *limit, double now)
{
    limit->capacity = fmin(limit->capacity_max, limit->capacity + (now - limit->filled_at) * limit->fill_rate);
    limit->filled_at = now;
}

/** What was filled until now was filled at the old rate. */
static void set_rate(struct rate_limit *limit, double now, double rate)
{
    fill(limit, now);
    limit->fill_rate = fmax(rate, FILL_RATE_MIN);
    limit->capacity_max = fmax(rate, CAPACITY_MIN);
    limit->capacity = fmin(limit->capacity, limit->capacity_max);
}

static void measure(struct rate_limit *limit, double now)
{
    double bucket = floor(now * BUCKETS_A_SECOND) / BUCKETS_A_SECOND;
    limit->count++;
    if (bucket <= limit->bucket)
        return;
    double rate = limit->count / (bucket - limit->bucket);
    limit->measured_rate = rate * SMOOTHING + limit->measured_rate * (1 - SMOOTHING);
    limit->count = 0;
    limit->bucket = bucket;
}

static double rate_after_throttling(struct rate_limit *limit, double now)
{
    double rate = limit->enabled ? fmin(limit->measured_rate, limit->fill_rate) : limit->measured_rate;
    limit->rate_max = rate;
    limit->zero_point = cbrt(rate * (1 - BETA) / SCALE);
    limit->throttled_at = now;
    limit->enabled = true;
    return rate * BETA;
}

static double rate_after_success(const struct rate_limit *limit, double now)
{
    double since = now - limit->throttled_at - limit->zero_point;
    return SCALE * since * since * since + limit->rate_max;
}

void rate_limit_start(struct rate_limit *limit, double now)
{
    *limit = (struct rate_limit){
        .fill_rate = 1, .capacity_max = CAPACITY_MIN, .filled_at = now, .bucket = floor(now), .throttled_at = now};
}

double rate_limit_acquire(struct rate_limit *limit, double now)
{
    if (!limit->enabled)
        return 0;
    fill(limit, now);
    if (limit->capacity < 1)
        return (1 - limit->capacity) / limit->fill_rate;
    limit->capacity--;
    return 0;
}

void rate_limit_record(struct rate_limit *limit, double now, bool throttled)
{
    measure(limit, now);
    double rate = throttled ? rate_after_throttling(limit, now) : rate_after_success(limit, now);
    set_rate(limit, now, fmin(rate, GROWTH_MAX * limit->measured_rate));
}
