// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The session token: temporary credentials that carry all that is needed to check them, sealed in the same
 * envelope as the authorization token, so that nothing is stored per session and any node that has the
 * keys accepts them. One kind never opens as the other. Pure.
 */
#ifndef JETON_SERVICE_TOKEN_SESSION_H
#define JETON_SERVICE_TOKEN_SESSION_H

#include "service/token/token.h"

/** Characters; with SCOPE_PACKED_MAX and what else is in it, a session token is always shorter. */
#define SESSION_SIZE_MAX ((size_t)8192)

/** What a session token says. Slices are the caller's when sealing, the arena's when opened. */
struct session_claims {
    struct slice access_key_id;     /**< "ASIA..." */
    struct slice secret_access_key; /**< Signs the requests of this session. */
    struct slice principal;         /**< The unique id of whose session it is: "AIDA...", "AROA...", an account. */
    struct slice account;
    int64_t issued;  /**< Seconds since 1970. */
    int64_t expires; /**< Seconds since 1970; at that second it is over. */
    struct session_scope scope;
};

/** Appends the session token; ENTROPY->id is not used. ERROR_INTERNAL when it cannot be made. */
bool session_seal(const struct token_ring *ring, struct token_cipher *cipher, const struct session_claims *claims,
                  const struct token_entropy *entropy, struct buffer *out, struct error *error);

/** Opens one, expired or not: the caller compares EXPIRES. ERROR_PARAMETER as token_open(). */
bool session_open(const struct token_ring *ring, struct token_cipher *cipher, struct slice token, struct arena *arena,
                  struct session_claims *out, struct error *error);

#endif
