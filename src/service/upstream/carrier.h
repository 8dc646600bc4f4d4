// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A thread that carries requests to upstreams by libcurl: any number at a time, over connections that are kept for the
 * next.
 */
#ifndef JETON_SERVICE_UPSTREAM_CARRIER_H
#define JETON_SERVICE_UPSTREAM_CARRIER_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdint.h>

struct carrier_options {
    struct slice trusted; /**< Certificates in PEM that upstreams are held against; empty: those of the system. */
    int64_t patience;     /**< Milliseconds in which an upstream has to move, from one byte to the next. */
};

struct carrier;

/**
 * Loads libcurl and starts the thread; not for two threads at a time. Signals are to be blocked.
 * @param options copied; its text is borrowed.
 * @return owned; NULL with ERROR_CONFIGURATION or ERROR_INTERNAL.
 */
struct carrier *carrier_new(const struct carrier_options *options, struct error *error);
/** Breaks off all that is under way, within a second; what is begun from then on fails. May be called again. */
void carrier_stop(struct carrier *carrier);
/** Stops it, and frees. Every transfer has been released. NULL is fine. */
void carrier_free(struct carrier *carrier);

#endif
