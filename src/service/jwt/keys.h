// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The public keys of an issuer: a JWK Set (RFC 7517), read into what can verify signatures. Pure.
 *
 * A key that is not understood, or not for verifying, is left aside (RFC 7517 section 5): another type or curve, a
 * `use` other than "sig", `key_ops` without "verify", an `alg` that is not accepted, RSA below 2048 or above 8192 bits,
 * and a key whose private part is published, which anybody may sign with.
 */
#ifndef JETON_SERVICE_JWT_KEYS_H
#define JETON_SERVICE_JWT_KEYS_H

#include "base/error.h"
#include "service/jwt/algorithm.h"

#include <stddef.h>

#define JWT_KEYS_SIZE_MAX ((size_t)256 << 10)
#define JWT_KEYS_MAX ((size_t)100)

/** Immutable once read; threads may share it. */
struct jwt_keys;

/**
 * Reads a set.
 * @return owned, jwt_keys_free() ends it; NULL with ERROR_PARAMETER when the text is no set, a member stands twice in
 *         an object, or it is larger than JWT_KEYS_SIZE_MAX or has more than JWT_KEYS_MAX keys. A set of which no key
 *         can be used is one all the same.
 */
struct jwt_keys *jwt_keys_parse(struct slice text, struct error *error);
void jwt_keys_free(struct jwt_keys *keys);

/** How many keys can be used. */
size_t jwt_keys_count(const struct jwt_keys *keys);

/**
 * The one key that fits: of the algorithm's type and curve, of no other algorithm, and of that id. Without an id
 * (data NULL) any id will do, but only one key may fit.
 * @return the set's; NULL when none fits, or several do.
 */
EVP_PKEY *jwt_keys_find(const struct jwt_keys *keys, const struct jwt_algorithm *algorithm, struct slice id);

#endif
