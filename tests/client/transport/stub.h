// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A server on a free loopback port that answers by a script, in a thread of its own. */
#ifndef JETON_TESTS_CLIENT_TRANSPORT_STUB_H
#define JETON_TESTS_CLIENT_TRANSPORT_STUB_H

#include "base/bytes.h"

/** One step of the script: a request is read whole, then this is sent. The last step repeats. */
struct stub_step {
    const char *answer; /**< The raw bytes of the answer; NULL: none. */
    size_t filler;      /**< As many bytes of "x" after it. */
    bool close;         /**< Then the connection is closed. */
    bool hasty;         /**< All this happens at the first bytes, which need be no request. */
    bool dripping;      /**< The answer goes out a byte at a time. */
    bool silent;        /**< Nothing is sent, and the connection held until the client leaves. */
};

struct stub;

/** Starts; STEPS ends with an all-zero step that is not part of it. */
struct stub *stub_start(const struct stub_step *steps);
unsigned stub_port(const struct stub *stub);
/** Stops, and gives what was received: the requests one after the other, as they came. */
void stub_stop(struct stub *stub, struct buffer *received, size_t *connections);

#endif
