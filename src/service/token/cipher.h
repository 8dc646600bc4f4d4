// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The key ring as the envelope sees it, and AES-128-GCM with contexts that are made once. */
#ifndef JETON_SERVICE_TOKEN_CIPHER_H
#define JETON_SERVICE_TOKEN_CIPHER_H

#include "service/token/token.h"

#define CIPHER_IV_SIZE 12
#define CIPHER_TAG_SIZE 16

/** The key that seals. */
const struct token_key *token_ring_sealing_key(const struct token_ring *ring);
/** The key of that id, or NULL. */
const struct token_key *token_ring_find_key(const struct token_ring *ring, struct slice id);

/**
 * Seals DATA under KEY and IV, binding AAD, into OUT (as many bytes) and TAG.
 * @return false when OpenSSL fails.
 */
bool cipher_seal(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], struct slice aad, struct slice data, unsigned char *out,
                 unsigned char tag[static CIPHER_TAG_SIZE]);

/** Seals another key, with nothing bound: as cipher_seal(), but KEY is kept ready, since it is the same nearly always.
 */
bool cipher_wrap(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], const unsigned char data[static TOKEN_KEY_SIZE],
                 unsigned char out[static TOKEN_KEY_SIZE], unsigned char tag[static CIPHER_TAG_SIZE]);

/** Opens DATA into OUT (as many bytes). @return false, with OUT wiped, when anything was changed. */
bool cipher_open(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], struct slice aad, struct slice data,
                 const unsigned char tag[static CIPHER_TAG_SIZE], unsigned char *out);

#endif
