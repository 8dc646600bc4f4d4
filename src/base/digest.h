// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * SHA-256, and HMAC-SHA-256 with an algorithm that is fetched once: OpenSSL 3 looks it up by name at every use of its
 * one-shot function, which costs more than the code itself.
 * One `struct digest` serves one thread.
 */
#ifndef JETON_BASE_DIGEST_H
#define JETON_BASE_DIGEST_H

#include "base/bytes.h"

#define DIGEST_SIZE 32
/** 64 hexadecimal digits and a NUL. */
#define DIGEST_HEX_SIZE 65

struct digest;

/** Has OpenSSL make ready only what a short program needs; before all other use of it, and as often as one likes. */
void digest_start_lean(void);

/** Never NULL; digest_free() ends it. */
struct digest *digest_new(void);
void digest_free(struct digest *digest);

/**
 * SHA-256 (FIPS 180-4), without `struct digest` and so without OpenSSL's providers, whose setting up takes longer than
 * all else that a credential helper does.
 */
void digest_sha256(struct slice data, unsigned char out[static DIGEST_SIZE]);
/** SHA-256 as lower-case hexadecimal digits. */
void digest_sha256_hex(struct slice data, char out[static DIGEST_HEX_SIZE]);
/** HMAC-SHA-256 (RFC 2104). */
void digest_hmac_sha256(struct digest *digest, struct slice key, struct slice data,
                        unsigned char out[static DIGEST_SIZE]);

/** A key of HMAC-SHA-256 made ready, for one that is used again and again: each use costs a third less. Of one thread.
 */
struct digest_key;

/** Has no key until digest_key_set(). Never NULL; digest_key_free() ends it, DIGEST may end before. */
struct digest_key *digest_key_new(const struct digest *digest);
/** Wipes and frees; NULL is fine. */
void digest_key_free(struct digest_key *key);
/** Makes BYTES the key, in place of the one before. */
void digest_key_set(struct digest_key *key, struct slice bytes);
/** HMAC-SHA-256 under the key that was set. */
void digest_key_hmac_sha256(struct digest_key *key, struct slice data, unsigned char out[static DIGEST_SIZE]);

void digest_key_free_at(struct digest_key **key);
/** A scope-bound key. */
#define DIGEST_KEY_AUTO __attribute__((cleanup(digest_key_free_at))) struct digest_key

#endif
