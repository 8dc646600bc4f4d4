// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/helpers/repetition.h"
#include "base/timestamp.h"
#include "client/cli/output.h"

#include <errno.h>
#include <time.h>

static struct timespec later(int64_t microseconds)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t fraction = now.tv_nsec / 1000 + microseconds;
    now.tv_sec += (time_t)(fraction / TIMESTAMP_SECOND);
    now.tv_nsec = (long)(fraction % TIMESTAMP_SECOND * 1000);
    return now;
}

/** Waits for the end, an interval at most. @return whether it has come. */
static bool wait_for_end(struct repetition *repetition)
{
    const struct timespec until = later(repetition->interval);
    int result = 0;
    (void)pthread_mutex_lock(&repetition->lock);
    while (!repetition->over && result != ETIMEDOUT)
        result = pthread_cond_clockwait(&repetition->ended, &repetition->lock, CLOCK_MONOTONIC, &until);
    bool over = repetition->over;
    (void)pthread_mutex_unlock(&repetition->lock);
    return over;
}

/** Who cannot be told any more is gone: the one that writes the answer will see it too. */
static void *repeat(void *context)
{
    struct repetition *repetition = context;
    while (!wait_for_end(repetition) && output_send(repetition->output, repetition->line, NULL))
        continue;
    return NULL;
}

void repetition_begin(struct repetition *repetition, int output, struct slice line, int64_t interval)
{
    *repetition = (struct repetition){.output = output,
                                      .line = line,
                                      .interval = interval,
                                      .lock = PTHREAD_MUTEX_INITIALIZER,
                                      .ended = PTHREAD_COND_INITIALIZER};
    repetition->running = pthread_create(&repetition->thread, NULL, repeat, repetition) == 0;
}

void repetition_end(struct repetition *repetition)
{
    if (!repetition->running)
        return;
    (void)pthread_mutex_lock(&repetition->lock);
    repetition->over = true;
    (void)pthread_cond_signal(&repetition->ended);
    (void)pthread_mutex_unlock(&repetition->lock);
    (void)pthread_join(repetition->thread, NULL);
    repetition->running = false;
}
