// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/cipher.h"

#include "base/secret.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

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

/** A context of its own for each use, set up once: setting one up costs as much as sealing a token. */
struct token_cipher {
    EVP_CIPHER_CTX *sealing;
    EVP_CIPHER_CTX *opening;
    EVP_CIPHER_CTX *wrapping; // keeps its key
    unsigned char wrapping_key[TOKEN_KEY_SIZE];
    bool has_wrapping_key;
};

static EVP_CIPHER_CTX *context_new(const EVP_CIPHER *gcm, bool seals)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    // OpenSSL without AES or memory is no OpenSSL: nothing here can go on.
    if (gcm == NULL || context == NULL || EVP_CipherInit_ex2(context, gcm, NULL, NULL, seals ? 1 : 0, NULL) != 1)
        abort();
    return context;
}

struct token_cipher *token_cipher_new(void)
{
    struct token_cipher *cipher = memory_new(1, sizeof *cipher);
    EVP_CIPHER *gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
    cipher->sealing = context_new(gcm, true);
    cipher->opening = context_new(gcm, false);
    cipher->wrapping = context_new(gcm, true);
    EVP_CIPHER_free(gcm); // the contexts hold it
    return cipher;
}

void token_cipher_free(struct token_cipher *cipher)
{
    if (cipher == NULL)
        return;
    EVP_CIPHER_CTX_free(cipher->sealing);
    EVP_CIPHER_CTX_free(cipher->opening);
    EVP_CIPHER_CTX_free(cipher->wrapping);
    secret_wipe(cipher, sizeof *cipher);
    free(cipher);
}

/** Seals in a context that has its key and IV. */
static bool seal(EVP_CIPHER_CTX *context, struct slice aad, struct slice data, unsigned char *out,
                 unsigned char tag[static CIPHER_TAG_SIZE])
{
    int size = 0;
    OSSL_PARAM wanted[] = {OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag, CIPHER_TAG_SIZE),
                           OSSL_PARAM_construct_end()};
    return (aad.size == 0 ||
            EVP_EncryptUpdate(context, NULL, &size, (const unsigned char *)aad.data, (int)aad.size) == 1) &&
           EVP_EncryptUpdate(context, out, &size, (const unsigned char *)data.data, (int)data.size) == 1 &&
           EVP_EncryptFinal_ex(context, out + data.size, &size) == 1 && EVP_CIPHER_CTX_get_params(context, wanted) == 1;
}

bool cipher_seal(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], struct slice aad, struct slice data, unsigned char *out,
                 unsigned char tag[static CIPHER_TAG_SIZE])
{
    return aad.size <= INT_MAX && data.size <= INT_MAX &&
           EVP_EncryptInit_ex2(cipher->sealing, NULL, key, iv, NULL) == 1 && seal(cipher->sealing, aad, data, out, tag);
}

bool cipher_wrap(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], const unsigned char data[static TOKEN_KEY_SIZE],
                 unsigned char out[static TOKEN_KEY_SIZE], unsigned char tag[static CIPHER_TAG_SIZE])
{
    bool kept =
        cipher->has_wrapping_key && secret_equal((struct slice){(const char *)key, TOKEN_KEY_SIZE},
                                                 (struct slice){(const char *)cipher->wrapping_key, TOKEN_KEY_SIZE});
    cipher->has_wrapping_key = false;
    if (EVP_EncryptInit_ex2(cipher->wrapping, NULL, kept ? NULL : key, iv, NULL) != 1 ||
        !seal(cipher->wrapping, (struct slice){NULL, 0}, (struct slice){(const char *)data, TOKEN_KEY_SIZE}, out, tag))
        return false;
    memcpy(cipher->wrapping_key, key, TOKEN_KEY_SIZE);
    cipher->has_wrapping_key = true;
    return true;
}

bool cipher_open(struct token_cipher *cipher, const unsigned char key[static TOKEN_KEY_SIZE],
                 const unsigned char iv[static CIPHER_IV_SIZE], struct slice aad, struct slice data,
                 const unsigned char tag[static CIPHER_TAG_SIZE], unsigned char *out)
{
    int size = 0;
    unsigned char expected[CIPHER_TAG_SIZE];
    memcpy(expected, tag, sizeof expected); // the call takes no const memory
    bool opened =
        aad.size <= INT_MAX && data.size <= INT_MAX && EVP_DecryptInit_ex2(cipher->opening, NULL, key, iv, NULL) == 1 &&
        (aad.size == 0 ||
         EVP_DecryptUpdate(cipher->opening, NULL, &size, (const unsigned char *)aad.data, (int)aad.size) == 1) &&
        EVP_DecryptUpdate(cipher->opening, out, &size, (const unsigned char *)data.data, (int)data.size) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher->opening, EVP_CTRL_AEAD_SET_TAG, CIPHER_TAG_SIZE, expected) == 1 &&
        EVP_DecryptFinal_ex(cipher->opening, out + data.size, &size) == 1;
    if (!opened)
        secret_wipe(out, data.size);
    return opened;
}
