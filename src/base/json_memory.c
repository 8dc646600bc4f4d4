// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json_memory.h"
#include "base/memory.h"
#include "base/secret.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/** Stands before each piece and says how large it is; keeps the alignment of malloc(). */
struct header {
    _Alignas(max_align_t) size_t size;
};

static void *allocate(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct header))
        return NULL;
    struct header *header = memory_allocate(sizeof *header + size);
    header->size = size;
    return header + 1;
}

static void release(void *piece)
{
    if (piece == NULL)
        return;
    struct header *header = (struct header *)piece - 1;
    secret_wipe(piece, header->size);
    free(header);
}

void json_memory_install(void)
{
    json_set_alloc_funcs(allocate, release);
}
