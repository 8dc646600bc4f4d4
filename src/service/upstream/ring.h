// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A bounded queue of bytes: what comes in faster than it goes out has to wait. For one thread at a time. */
#ifndef JETON_SERVICE_UPSTREAM_RING_H
#define JETON_SERVICE_UPSTREAM_RING_H

#include <stddef.h>

/** All zero is empty and costs nothing; the room is taken at the first write. */
struct ring {
    char *data;
    size_t start; /**< Where the oldest byte is. */
    size_t fill;
};

/** Most bytes in a ring. */
#define RING_SIZE ((size_t)64 * 1024)

/** How many bytes can be put in. */
size_t ring_room(const struct ring *ring);
/** Puts in what there is room for. @return how many bytes that was. */
size_t ring_put(struct ring *ring, const char *data, size_t size);
/** Takes out SIZE bytes at most. @return how many. */
size_t ring_take(struct ring *ring, char *out, size_t size);
/** Wipes and frees. */
void ring_free(struct ring *ring);

#endif
