// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/digest.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <stdlib.h>

struct digest {
    EVP_MD *sha256;
    EVP_MD_CTX *hash;
    EVP_MAC *hmac;
    EVP_MAC_CTX *mac;
};

struct digest *digest_new(void)
{
    struct digest *digest = memory_new(1, sizeof *digest);
    digest->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    digest->hash = EVP_MD_CTX_new();
    digest->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    digest->mac = EVP_MAC_CTX_new(digest->hmac);
    char name[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                     OSSL_PARAM_construct_end()};
    // OpenSSL without SHA-256 or memory is no OpenSSL: nothing here can go on.
    if (digest->sha256 == NULL || digest->hash == NULL || digest->mac == NULL ||
        EVP_MAC_CTX_set_params(digest->mac, parameters) != 1)
        abort();
    return digest;
}

void digest_free(struct digest *digest)
{
    if (digest == NULL)
        return;
    EVP_MAC_CTX_free(digest->mac);
    EVP_MAC_free(digest->hmac);
    EVP_MD_CTX_free(digest->hash);
    EVP_MD_free(digest->sha256);
    free(digest);
}

void digest_sha256(struct digest *digest, struct slice data, unsigned char out[static DIGEST_SIZE])
{
    if (EVP_DigestInit_ex2(digest->hash, digest->sha256, NULL) != 1 ||
        EVP_DigestUpdate(digest->hash, data.data, data.size) != 1 || EVP_DigestFinal_ex(digest->hash, out, NULL) != 1)
        abort();
}

void digest_sha256_hex(struct digest *digest, struct slice data, char out[static DIGEST_HEX_SIZE])
{
    // Most requests have no body, and each is asked for its hash.
    static const char of_nothing[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    if (data.size == 0) {
        memcpy(out, of_nothing, sizeof of_nothing);
        return;
    }
    unsigned char hash[DIGEST_SIZE];
    digest_sha256(digest, data, hash);
    text_hex_write(out, hash, sizeof hash);
}

void digest_hmac_sha256(struct digest *digest, struct slice key, struct slice data,
                        unsigned char out[static DIGEST_SIZE])
{
    size_t size = 0;
    // An empty key must still be given as one, or the context keeps the key before it.
    const unsigned char *bytes = key.size == 0 ? (const unsigned char *)"" : (const unsigned char *)key.data;
    if (EVP_MAC_init(digest->mac, bytes, key.size, NULL) != 1 ||
        EVP_MAC_update(digest->mac, (const unsigned char *)data.data, data.size) != 1 ||
        EVP_MAC_final(digest->mac, out, &size, DIGEST_SIZE) != 1 || size != DIGEST_SIZE)
        abort();
}
