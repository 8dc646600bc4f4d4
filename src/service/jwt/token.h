// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A JSON Web Token (RFC 7519) as an OpenID Connect provider signs it: a JWS in compact form (RFC 7515) whose payload is
 * an object of claims. Pure.
 *
 * What two readers could read differently is refused: a member that stands twice, padding or stray bits in base64url,
 * a `crit` that nobody here understands, a `typ` other than JWT (RFC 8725 section 3.11: an access or logout token is no
 * identity token). Keys that the header itself brings (`jwk`, `jku`, `x5c`, `x5u`) are never looked at.
 */
#ifndef JETON_SERVICE_JWT_TOKEN_H
#define JETON_SERVICE_JWT_TOKEN_H

#include "base/error.h"
#include "base/memory.h"
#include "service/jwt/keys.h"

#include <jansson.h>

/** As AWS STS has it. */
#define JWT_SIZE_MAX ((size_t)20000)

/** A token, read but not yet believed. */
struct jwt {
    const struct jwt_algorithm *algorithm;
    struct slice key_id;    /**< Data NULL: the header names no key. */
    struct slice content;   /**< What is signed; the token's own characters. */
    struct slice signature; /**< Decoded, in the arena. */
    json_t *header;         /**< Owned. */
    json_t *claims;         /**< Owned; an object. */
};

/**
 * Reads a token's form, and trusts it in nothing.
 * @param token must outlive OUT.
 * @param out   jwt_free() ends it; all zero after a failure.
 * @param error ERROR_PARAMETER "InvalidIdentityToken", AWS's sentence and what is wrong; never a part of the token.
 */
bool jwt_parse(struct slice token, struct arena *arena, struct jwt *out, struct error *error);
void jwt_free(struct jwt *jwt);
/** A scope-bound token, to be zeroed first. */
#define JWT_AUTO __attribute__((cleanup(jwt_free))) struct jwt

/** What keys say of a token. */
enum jwt_verdict {
    JWT_SIGNED,
    JWT_FORGED, /**< The key that the header names has not signed it. */
    /** No key fits, or several do; or the header names none, and the one that fits has not signed it. Newer keys may
     * say more. */
    JWT_UNKNOWN_KEY,
};

/** Holds a token's signature against an issuer's keys. */
enum jwt_verdict jwt_verify(const struct jwt *jwt, const struct jwt_keys *keys);

#endif
