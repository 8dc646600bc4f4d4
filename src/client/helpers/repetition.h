// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Says one thing again and again while something else takes its time, for who would lose patience. */
#ifndef JETON_CLIENT_HELPERS_REPETITION_H
#define JETON_CLIENT_HELPERS_REPETITION_H

#include "base/bytes.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/** All zero is none. It must stay where it is between begin and end. */
struct repetition {
    int output;        /**< The descriptor. */
    struct slice line; /**< With its line feed; borrowed. */
    int64_t interval;  /**< In microseconds. */
    bool running;
    bool over;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
};

/**
 * Begins: from now on LINE goes to OUTPUT every INTERVAL, and nobody else may write there, until repetition_end().
 * Where the system has no thread for it nothing is said, and nothing else is lost by that.
 */
void repetition_begin(struct repetition *repetition, int output, struct slice line, int64_t interval);

/** Ends it: when this returns, the last line is out whole. */
void repetition_end(struct repetition *repetition);

#endif
