// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The envelope of both kinds of tokens: a compact JWE (RFC 7516) whose header says issue and expiry, and
 * around what is inside a mark of its kind, which is sealed too. One kind never opens as the other.
 */
#ifndef JETON_SERVICE_TOKEN_ENVELOPE_H
#define JETON_SERVICE_TOKEN_ENVELOPE_H

#include "service/token/token.h"

#include <jansson.h>

/** The claim "typ" of each kind. */
#define ENVELOPE_AUTHORIZATION "authorization"
#define ENVELOPE_SESSION "session"

/** When a token was issued and when it ends; seconds since 1970. */
struct envelope_times {
    int64_t issued;
    int64_t expires;
};

/**
 * Starts the claims with kind and times: {"typ":"...","iat":...,"exp":...  The caller goes on with
 * envelope_claim() and ends them with a brace.
 */
void envelope_begin_claims(struct buffer *claims, const char *kind, const struct envelope_times *times);
/** Appends one more text claim. */
void envelope_claim(struct buffer *claims, const char *name, struct slice value);

/**
 * Seals CONTENT and appends the token.
 * @param error ERROR_INTERNAL when the times cannot be (OUT is as it was), or when OpenSSL fails.
 */
bool envelope_seal(const struct token_ring *ring, struct token_cipher *cipher, const struct envelope_times *times,
                   struct slice content, const struct token_entropy *entropy, struct buffer *out, struct error *error);
/** Takes back the token that begins at START if it has LIMIT characters or more, with the code "too large". */
bool envelope_check_size(struct buffer *out, size_t start, size_t limit, struct error *error);

/**
 * Opens a token: five parts of canonical base64url, a header exactly as envelope_seal() writes it, a key of
 * the ring, both tags. Expired or not. The caller bounds its size.
 * @param content in the arena.
 * @param error   as token_open().
 */
bool envelope_open(const struct token_ring *ring, struct token_cipher *cipher, struct slice token, struct arena *arena,
                   struct envelope_times *times, struct slice *content, struct error *error);

/**
 * Parses claims and checks that they are of KIND and that their times are those of the header.
 * @return a new reference, or NULL with "malformed" (another kind, no claims) or "forged".
 */
json_t *envelope_read_claims(struct slice claims, const char *kind, const struct envelope_times *times,
                             struct error *error);
/** A text claim, copied to the arena; "malformed" when there is none. */
bool envelope_text(const json_t *claims, const char *name, struct arena *arena, struct slice *out, struct error *error);

#endif
