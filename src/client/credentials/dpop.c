// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/dpop.h"
#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

/** Bytes of a coordinate of P-256, and of each half of a signature. */
#define COORDINATE_SIZE 32
#define GROUP_NAME_SIZE 64

static void free_key(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}
#define KEY_AUTO __attribute__((cleanup(free_key))) EVP_PKEY

/** No terminal is asked for the password of an encrypted key. */
static int no_password(char *buffer, int size, int writing, void *context)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)context;
    return -1;
}

static EVP_PKEY *read_key(struct slice pem, struct error *error)
{
    BIO *source = pem.size <= INT_MAX ? BIO_new_mem_buf(pem.data, (int)pem.size) : NULL;
    EVP_PKEY *key = source == NULL ? NULL : PEM_read_bio_PrivateKey(source, NULL, no_password, NULL);
    (void)BIO_free(source);
    char group[GROUP_NAME_SIZE] = "";
    if (key != NULL && EVP_PKEY_get_group_name(key, group, sizeof group, NULL) == 1 &&
        slice_is(slice_of(group), SN_X9_62_prime256v1))
        return key;
    EVP_PKEY_free(key);
    (void)error_set(error, ERROR_INTERNAL, NULL, "The key is no private key on the curve P-256 in PEM form");
    return NULL;
}

static json_t *coordinate(const EVP_PKEY *key, const char *name)
{
    BIGNUM *value = NULL;
    unsigned char bytes[COORDINATE_SIZE];
    BUFFER_AUTO text = {0};
    if (EVP_PKEY_get_bn_param(key, name, &value) == 1 && BN_bn2binpad(value, bytes, sizeof bytes) == sizeof bytes)
        text_base64url_encode(&text, bytes, sizeof bytes);
    BN_free(value);
    return json_string(buffer_text(&text));
}

/** Appends a JSON object as a part of the JWS. @param part a reference that ends here. */
static void append_part(struct buffer *out, json_t *part)
{
    BUFFER_AUTO text = {0};
    json_write(&text, part, 0);
    json_decref(part);
    text_base64url_encode(out, text.data, text.size);
}

/** A signature in the form of a JWS (RFC 7518, section 3.4): both halves one after the other. */
static bool append_signature(struct buffer *out, const unsigned char *der, size_t size)
{
    unsigned char both[2 * COORDINATE_SIZE];
    ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &der, (long)size);
    bool good = signature != NULL &&
                BN_bn2binpad(ECDSA_SIG_get0_r(signature), both, COORDINATE_SIZE) == COORDINATE_SIZE &&
                BN_bn2binpad(ECDSA_SIG_get0_s(signature), both + COORDINATE_SIZE, COORDINATE_SIZE) == COORDINATE_SIZE;
    ECDSA_SIG_free(signature);
    if (good)
        text_base64url_encode(out, both, sizeof both);
    return good;
}

static bool sign(struct buffer *out, EVP_PKEY *key, struct slice message)
{
    unsigned char der[128];
    size_t size = sizeof der;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = context != NULL && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestSign(context, der, &size, (const unsigned char *)message.data, message.size) == 1;
    EVP_MD_CTX_free(context);
    return good && append_signature(out, der, size);
}

bool dpop_write(struct buffer *out, const struct dpop *dpop, struct error *error)
{
    KEY_AUTO *key = read_key(dpop->key, error);
    if (key == NULL)
        return false;
    BUFFER_AUTO message = {0};
    append_part(&message, json_pack("{ss, ss, s{ss, so, so, ss}}", "typ", "dpop+jwt", "alg", "ES256", "jwk", "kty",
                                    "EC", "x", coordinate(key, OSSL_PKEY_PARAM_EC_PUB_X), "y",
                                    coordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y), "crv", "P-256"));
    buffer_append_char(&message, '.');
    append_part(&message, json_pack("{ss, ss, ss, sI}", "jti", dpop->id, "htm", dpop->method, "htu", dpop->url, "iat",
                                    (json_int_t)(dpop->now / TIMESTAMP_SECOND)));
    BUFFER_AUTO signature = {0};
    if (!sign(&signature, key, buffer_slice(&message)))
        return error_set(error, ERROR_INTERNAL, NULL, "The key does not sign");
    buffer_append_slice(out, buffer_slice(&message));
    buffer_append_char(out, '.');
    buffer_append_slice(out, buffer_slice(&signature));
    return true;
}
