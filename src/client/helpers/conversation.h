// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The protocols that hold a conversation in lines of JSON, one line at a time: what came, and what is said to it. So
 * they can be tested and fuzzed without descriptors.
 */
#ifndef JETON_CLIENT_HELPERS_CONVERSATION_H
#define JETON_CLIENT_HELPERS_CONVERSATION_H

#include "client/helpers/helper.h"

#include <stdint.h>
#include <sys/types.h>

/** Appends cargo's answer to one request, without a line feed. A request that cannot be read is answered by an error.
 */
void cargo_answer(struct helper_call *call, struct slice line, struct buffer *out);

/** Where a conversation with NuGet stands. All zero is new. */
struct nuget_state {
    int log_level; /**< From 1, Debug; 0: nothing may be logged yet. */
    pid_t process; /**< The process with which we have to end; 0: not told. */
    int64_t
        progress_interval; /**< How often it must hear that an answer takes its time, in microseconds; 0: not told. */
    bool closed;           /**< It has said goodbye. */
};

/** Appends what we say first: our half of the symmetric handshake, a line. */
bool nuget_begin(struct buffer *out, struct error *error);

/**
 * Appends the lines that answer one message, each with its line feed; none for what wants no answer.
 * @param error the message is none of the protocol.
 */
bool nuget_answer(struct helper_call *call, struct nuget_state *state, struct slice line, struct buffer *out,
                  struct error *error);

/**
 * Appends the line that makes NuGet go on waiting for the answer to a request, if LINE is one that may take its time.
 * It is to be said again and again until the answer is there.
 */
void nuget_announce(struct slice line, struct buffer *out);

#endif
