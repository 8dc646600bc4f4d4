// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The authorization token: a compact JWE (RFC 7516) in CodeArtifact's own shape.
 *
 * Header: {"ver":1,"isu":...,"enc":"A128GCM","tag":"...","exp":...,"alg":"A128GCMKW","iv":"...","kid":"..."}
 * in that order. A fresh content key is wrapped by the sealing key (A128GCMKW, RFC 7518 section 4.7) and
 * seals the claims (A128GCM, section 5.3). The claims name the caller, and what narrows it if it is a session, never
 * rights; the first of them,
 * "typ":"authorization", keeps a session token (session.h) from passing for one.
 *
 * Pure: time and randomness are arguments. A token is under TOKEN_SIZE_MAX characters, whatever the names in
 * it, because Windows' credential store holds 1,280 and no more.
 */
#ifndef JETON_SERVICE_TOKEN_TOKEN_H
#define JETON_SERVICE_TOKEN_TOKEN_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "service/token/scope.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_SIZE_MAX 1200
#define TOKEN_KEY_SIZE 16
/** Characters of a key's id, without the NUL: base64url of 6 random bytes. */
#define TOKEN_KEY_ID_SIZE 8

/** A sealing key; wiped by its owner. */
struct token_key {
    char id[TOKEN_KEY_ID_SIZE + 1];
    unsigned char key[TOKEN_KEY_SIZE];
};

/** What a token says. Slices are the caller's when sealing, the arena's when opened. */
struct token_claims {
    struct slice id;        /**< "jti": unique, 22 base64url characters (16 random bytes). */
    struct slice principal; /**< "sub": the unique id ("AIDA...", or "AROA...:SESSION"). */
    struct slice account;   /**< "acc": the caller's account, 12 digits. */
    struct slice domain;    /**< "dom": the domain's ARN. */
    int64_t issued;         /**< "iat", and "isu" of the header: seconds since 1970. */
    int64_t expires;        /**< "exp": seconds since 1970. */
    int64_t session_issued; /**< "sit": when the session began that asked for the token; 0: a long-term key did. */
    struct session_scope session; /**< Of that session; its name is in the principal's id. */
    struct slice narrowing;       /**< "lim": what it was narrowed to (narrowing.h); empty: nothing. */
};

/** The randomness of one token: content key, both IVs, id. Never used twice. */
struct token_entropy {
    unsigned char content_key[16];
    unsigned char wrap_iv[12];
    unsigned char content_iv[12];
    unsigned char id[16];
};

/** The sealing keys of a service: one that seals, all that open. Immutable once made; shared by threads. */
struct token_ring;

/** Takes a copy of the keys; the first seals. At least one. @return owned, token_ring_free() ends it. */
struct token_ring *token_ring_new(const struct token_key *keys, size_t count);
void token_ring_free(struct token_ring *ring);

/** The cipher contexts of one thread. */
struct token_cipher;
struct token_cipher *token_cipher_new(void);
void token_cipher_free(struct token_cipher *cipher);

/**
 * Appends the token. CLAIMS->id is not read: the id is made of ENTROPY and written to ID_OUT (22 characters
 * and a NUL).
 * @param error ERROR_PARAMETER with the code "too large" when the claims are too long for TOKEN_SIZE_MAX.
 */
bool token_seal(const struct token_ring *ring, struct token_cipher *cipher, const struct token_claims *claims,
                const struct token_entropy *entropy, struct buffer *out, char id_out[static 23], struct error *error);

/**
 * Opens a token: shape, key id, both tags, header and claims that agree, not expired at NOW (seconds).
 * @param error ERROR_PARAMETER: "malformed", "unknown key", "forged" or "expired" as the code, and a sentence;
 *              never any part of the token.
 */
bool token_open(const struct token_ring *ring, struct token_cipher *cipher, struct slice token, int64_t now,
                struct arena *arena, struct token_claims *out, struct error *error);

#endif
