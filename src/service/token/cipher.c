// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/cipher.h"

#include "base/secret.h"

#include <openssl/evp.h>

#include <limits.h>
#include <stdlib.h>

struct token_ring {
    size_t count;
    struct token_key keys[];
};

struct token_ring *token_ring_new(const struct token_key *keys, size_t count)
{
    struct token_ring *ring = memory_new(1, sizeof *ring + count * sizeof *keys);
    ring->count = count;
    memcpy(ring->keys, keys, count * sizeof *keys);
    return ring;
}

void token_ring_free(struct token_ring *ring)
{
    if (ring == NULL)
        return;
    secret_wipe(ring->keys, ring->count * sizeof ring->keys[0]);
    free(ring);
}

const struct token_key *token_ring_sealing_key(const struct token_ring *ring)
{
    return &ring->keys[0];
}

const struct token_key *token_ring_find_key(const struct token_ring *ring, struct slice id)
{
    for (size_t i = 0; i < ring->count; i++)
        if (slice_equal(id, (struct slice){ring->keys[i].id, TOKEN_KEY_ID_SIZE}))
            return &ring->keys[i];
    return NULL;
}

struct token_cipher {
    EVP_CIPHER *gcm;
    EVP_CIPHER_CTX *context;
};

struct token_cipher *token_cipher_new(void)
{
    struct token_cipher *cipher = memory_new(1, sizeof *cipher);
    cipher->gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
    cipher->context = EVP_CIPHER_CTX_new();
    // OpenSSL without AES or memory is no OpenSSL: nothing here can go on.
    if (cipher->gcm == NULL || cipher->context == NULL)
        abort();
    return cipher;
}

void token_cipher_free(struct token_cipher *cipher)
{
    if (cipher == NULL)
        return;
    EVP_CIPHER_CTX_free(cipher->context);
    EVP_CIPHER_free(cipher->gcm);
    free(cipher);
}

bool cipher_seal(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], struct slice aad, struct slice data, unsigned char *out,
                 unsigned char tag[static CIPHER_TAG_SIZE])
{
    int size = 0;
    if (aad.size > INT_MAX || data.size > INT_MAX)
        return false;
    return EVP_EncryptInit_ex2(cipher->context, cipher->gcm, key, iv, NULL) == 1 &&
           (aad.size == 0 ||
            EVP_EncryptUpdate(cipher->context, NULL, &size, (const unsigned char *)aad.data, (int)aad.size) == 1) &&
           EVP_EncryptUpdate(cipher->context, out, &size, (const unsigned char *)data.data, (int)data.size) == 1 &&
           EVP_EncryptFinal_ex(cipher->context, out + data.size, &size) == 1 &&
           EVP_CIPHER_CTX_ctrl(cipher->context, EVP_CTRL_AEAD_GET_TAG, CIPHER_TAG_SIZE, tag) == 1;
}

bool cipher_open(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], struct slice aad, struct slice data,
                 const unsigned char tag[static CIPHER_TAG_SIZE], unsigned char *out)
{
    int size = 0;
    unsigned char expected[CIPHER_TAG_SIZE];
    memcpy(expected, tag, sizeof expected); // the call takes no const memory
    bool opened =
        aad.size <= INT_MAX && data.size <= INT_MAX &&
        EVP_DecryptInit_ex2(cipher->context, cipher->gcm, key, iv, NULL) == 1 &&
        (aad.size == 0 ||
         EVP_DecryptUpdate(cipher->context, NULL, &size, (const unsigned char *)aad.data, (int)aad.size) == 1) &&
        EVP_DecryptUpdate(cipher->context, out, &size, (const unsigned char *)data.data, (int)data.size) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher->context, EVP_CTRL_AEAD_SET_TAG, CIPHER_TAG_SIZE, expected) == 1 &&
        EVP_DecryptFinal_ex(cipher->context, out + data.size, &size) == 1;
    if (!opened)
        secret_wipe(out, data.size);
    return opened;
}
