// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A proof that the caller holds a key, for one request. Source: RFC 9449, section 4.2. */
#ifndef JETON_CLIENT_CREDENTIALS_DPOP_H
#define JETON_CLIENT_CREDENTIALS_DPOP_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/** What the proof is for. */
struct dpop {
    struct slice key; /**< PEM of a private key on the curve P-256. */
    const char *method;
    const char *url; /**< Of the request, without query. */
    const char *id;  /**< Unique. */
    int64_t now;
};

/**
 * Appends the proof: a compact JWS by ES256.
 * @param error ERROR_INTERNAL: the key cannot be used.
 */
bool dpop_write(struct buffer *out, const struct dpop *dpop, struct error *error);

#endif
