// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/ring.h"

#include "base/memory.h"
#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

size_t ring_room(const struct ring *ring)
{
    return RING_SIZE - ring->fill;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t ring_put(struct ring *ring, const char *data, size_t size)
{
    size = smaller(size, ring_room(ring));
    if (size == 0)
        return 0;
    if (ring->data == NULL)
        ring->data = memory_allocate(RING_SIZE);
    size_t at = (ring->start + ring->fill) % RING_SIZE;
    size_t first = smaller(size, RING_SIZE - at);
    memcpy(ring->data + at, data, first);
    memcpy(ring->data, data + first, size - first);
    ring->fill += size;
    return size;
}

size_t ring_take(struct ring *ring, char *out, size_t size)
{
    size = smaller(size, ring->fill);
    if (size == 0)
        return 0;
    size_t first = smaller(size, RING_SIZE - ring->start);
    memcpy(out, ring->data + ring->start, first);
    memcpy(out + first, ring->data, size - first);
    ring->start = (ring->start + size) % RING_SIZE;
    ring->fill -= size;
    return size;
}

void ring_free(struct ring *ring)
{
    if (ring->data != NULL)
        secret_wipe(ring->data, RING_SIZE);
    free(ring->data);
    *ring = (struct ring){0};
}
