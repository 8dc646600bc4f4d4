// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Fuzzes packed claims: what is packed opens to itself, and what opens is within its bound. */
#include "service/token/pack.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO *arena = arena_new();
    const struct slice text = {(const char *)data, size};
    BUFFER_AUTO packed = {0};
    struct slice opened;
    if (size > 0 && pack_open_claims(text, arena, &opened, NULL) && opened.size > PACK_SIZE_MAX)
        abort();
    if (!pack_claims(text, &packed))
        return 0;
    if (!pack_is_packed(buffer_slice(&packed)) || !pack_open_claims(buffer_slice(&packed), arena, &opened, NULL) ||
        !slice_equal(opened, text))
        abort();
    return 0;
}
