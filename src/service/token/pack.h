// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Claims made small, for tokens that would pass TOKEN_SIZE_MAX otherwise: raw deflate (RFC 1951) over a dictionary of
 * what claims and policies mostly consist of, behind one byte that is no claim's. Pure.
 */
#ifndef JETON_SERVICE_TOKEN_PACK_H
#define JETON_SERVICE_TOKEN_PACK_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

/** The most bytes of claims that are packed or unpacked. */
#define PACK_SIZE_MAX ((size_t)16384)

/** Appends the packed claims. @return false when they are longer than PACK_SIZE_MAX; OUT is as it was. */
bool pack_claims(struct slice claims, struct buffer *out);

/** Whether content is packed. */
bool pack_is_packed(struct slice content);

/** Unpacks into the arena. @param error "malformed": nothing that pack_claims() wrote, or more than PACK_SIZE_MAX. */
bool pack_open_claims(struct slice content, struct arena *arena, struct slice *out, struct error *error);

#endif
