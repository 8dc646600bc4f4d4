// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What helpers read and write on descriptors: a request to its end, or a conversation line by line. */
#ifndef JETON_CLIENT_HELPERS_CHANNEL_H
#define JETON_CLIENT_HELPERS_CHANNEL_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/** The longest line or request; more is no package manager's. */
#define CHANNEL_LIMIT ((size_t)1 << 20)

/** A conversation. All zero but for the descriptors is new; channel_close() ends it. */
struct channel {
    int input;
    int output;
    int watched;        /**< A descriptor of the other side's process; 0: none. See channel_watch(). */
    struct buffer read; /**< What came and was not handed out yet. */
    size_t taken;       /**< How much at its start was. */
};

/** How channel_next() ended. */
enum channel_result {
    CHANNEL_LINE,
    CHANNEL_END,    /**< The other side has closed, or its process is gone. */
    CHANNEL_FAILED, /**< It cannot be read, or the line is too long. */
};

/**
 * Waits for a line.
 * @param line without its end; valid until the next call. What stands before the other side's end counts as a line.
 */
enum channel_result channel_next(struct channel *channel, struct slice *line, struct error *error);

/** Sends TEXT and a line feed. */
bool channel_send(struct channel *channel, struct slice text, struct error *error);

/** Ends the conversation with that process too; one that cannot be watched is not. */
void channel_watch(struct channel *channel, pid_t process);

/** Frees what the conversation owns; the descriptors of input and output stay open. */
void channel_close(struct channel *channel);
#define CHANNEL_AUTO __attribute__((cleanup(channel_close))) struct channel

/** Appends all that comes until the other side closes. */
bool channel_read_all(int input, struct buffer *out, struct error *error);

#endif
