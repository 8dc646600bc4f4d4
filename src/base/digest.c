// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// OpenSSL 3 has the plain functions of SHA-256 for as long as its version 3 lives, but calls them old. Its newer ones
// ask a provider for a context at every hash.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/digest.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/sha.h>

#include <stdlib.h>

struct digest {
    EVP_MAC *hmac;
    struct digest_key *mac; // keyed anew at every use
};

/** An EVP_MAC_CTX by another name: it goes back to its key when it is initialised without one. */
struct digest_key {
    EVP_MAC_CTX *context;
};

void digest_start_lean(void)
{
    // The system's OpenSSL file sets nothing that is needed, no cipher is looked up by an old name, and what is held at
    // the end the kernel takes back sooner.
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ATEXIT,
                              NULL);
}

struct digest *digest_new(void)
{
    struct digest *digest = memory_new(1, sizeof *digest);
    digest->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    // OpenSSL without HMAC or memory is no OpenSSL: nothing here can go on.
    if (digest->hmac == NULL)
        abort();
    digest->mac = digest_key_new(digest);
    return digest;
}

void digest_free(struct digest *digest)
{
    if (digest == NULL)
        return;
    digest_key_free(digest->mac);
    EVP_MAC_free(digest->hmac);
    free(digest);
}

void digest_sha256(struct slice data, unsigned char out[static DIGEST_SIZE])
{
    // Most requests have no body, and each is asked for its hash.
    static const unsigned char of_nothing[DIGEST_SIZE] = {
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
        0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    };
    if (data.size == 0) {
        memcpy(out, of_nothing, sizeof of_nothing);
        return;
    }
    SHA256_CTX context;
    if (SHA256_Init(&context) != 1 || SHA256_Update(&context, data.data, data.size) != 1 ||
        SHA256_Final(out, &context) != 1)
        abort();
    secret_wipe(&context, sizeof context);
}

void digest_sha256_hex(struct slice data, char out[static DIGEST_HEX_SIZE])
{
    unsigned char hash[DIGEST_SIZE];
    digest_sha256(data, hash);
    text_hex_write(out, hash, sizeof hash);
}

/** Ends what an initialisation has begun. */
static void code(struct digest_key *key, struct slice data, unsigned char out[static DIGEST_SIZE])
{
    size_t size = 0;
    if (EVP_MAC_update(key->context, (const unsigned char *)data.data, data.size) != 1 ||
        EVP_MAC_final(key->context, out, &size, DIGEST_SIZE) != 1 || size != DIGEST_SIZE)
        abort();
}

void digest_hmac_sha256(struct digest *digest, struct slice key, struct slice data,
                        unsigned char out[static DIGEST_SIZE])
{
    digest_key_set(digest->mac, key);
    code(digest->mac, data, out);
}

// ------------------------------------------------------------------ keys made ready

struct digest_key *digest_key_new(const struct digest *digest)
{
    struct digest_key *key = memory_new(1, sizeof *key);
    key->context = EVP_MAC_CTX_new(digest->hmac);
    char name[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                     OSSL_PARAM_construct_end()};
    if (key->context == NULL || EVP_MAC_CTX_set_params(key->context, parameters) != 1)
        abort();
    return key;
}

void digest_key_free(struct digest_key *key)
{
    if (key != NULL)
        EVP_MAC_CTX_free(key->context); // which wipes what it holds
    free(key);
}

void digest_key_set(struct digest_key *key, struct slice bytes)
{
    // An empty key must still be given as one, or the context keeps the key before it.
    const unsigned char *data = bytes.size == 0 ? (const unsigned char *)"" : (const unsigned char *)bytes.data;
    if (EVP_MAC_init(key->context, data, bytes.size, NULL) != 1)
        abort();
}

void digest_key_hmac_sha256(struct digest_key *key, struct slice data, unsigned char out[static DIGEST_SIZE])
{
    if (EVP_MAC_init(key->context, NULL, 0, NULL) != 1)
        abort();
    code(key, data, out);
}

void digest_key_free_at(struct digest_key **key)
{
    digest_key_free(*key);
}
