// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "fixture.h"

#include "base/text.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <stdlib.h>

static void must(int good)
{
    if (good != 1)
        abort();
}

EVP_PKEY *fixture_make_key(const char *kind)
{
    EVP_PKEY *key = kind[0] == 'P' ? EVP_EC_gen(kind) : EVP_RSA_gen((unsigned)strtoul(kind, NULL, 10));
    must(key != NULL);
    return key;
}

static void write_number(EVP_PKEY *key, const char *parameter, const char *name, size_t size, struct buffer *out)
{
    unsigned char bytes[2048];
    BIGNUM *number = NULL;
    must(EVP_PKEY_get_bn_param(key, parameter, &number));
    size = size == 0 ? (size_t)BN_num_bytes(number) : size;
    must(BN_bn2binpad(number, bytes, (int)size) == (int)size);
    BN_free(number);
    buffer_append_format(out, ",\"%s\":\"", name);
    text_base64url_encode(out, bytes, size);
    buffer_append_char(out, '"');
}

void fixture_write_jwk(EVP_PKEY *key, const char *more, struct buffer *out)
{
    if (EVP_PKEY_is_a(key, "RSA")) {
        buffer_append_text(out, "{\"kty\":\"RSA\"");
        write_number(key, OSSL_PKEY_PARAM_RSA_N, "n", 0, out);
        write_number(key, OSSL_PKEY_PARAM_RSA_E, "e", 0, out);
    } else {
        int bits = EVP_PKEY_get_bits(key);
        size_t size = ((size_t)bits + 7) / 8;
        buffer_append_format(out, "{\"kty\":\"EC\",\"crv\":\"P-%d\"", bits);
        write_number(key, OSSL_PKEY_PARAM_EC_PUB_X, "x", size, out);
        write_number(key, OSSL_PKEY_PARAM_EC_PUB_Y, "y", size, out);
    }
    buffer_append_format(out, "%s}", more);
}

/** ECDSA's two numbers side by side. */
static void write_pair(const unsigned char *der, size_t der_size, size_t size, struct buffer *out)
{
    unsigned char bytes[2 * 66];
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &der, (long)der_size);
    must(pair != NULL);
    must(BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes, (int)size) == (int)size);
    must(BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes + size, (int)size) == (int)size);
    ECDSA_SIG_free(pair);
    text_base64url_encode(out, bytes, 2 * size);
}

void fixture_sign(EVP_PKEY *key, const char *algorithm, const char *header, const char *claims, struct buffer *out)
{
    unsigned char bytes[2048];
    size_t size = sizeof bytes;
    BUFFER_AUTO content = {0};
    text_base64url_encode(&content, header, strlen(header));
    buffer_append_char(&content, '.');
    text_base64url_encode(&content, claims, strlen(claims));
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *parameters = NULL;
    BUFFER_AUTO digest = {0};
    buffer_append_format(&digest, "SHA%s", algorithm + 2);
    must(EVP_DigestSignInit_ex(context, &parameters, buffer_text(&digest), NULL, NULL, key, NULL));
    if (algorithm[0] == 'P') {
        must(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING));
        must(EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST));
    }
    must(EVP_DigestSign(context, bytes, &size, (const unsigned char *)content.data, content.size));
    EVP_MD_CTX_free(context);
    buffer_append_slice(out, buffer_slice(&content));
    buffer_append_char(out, '.');
    if (algorithm[0] == 'E')
        write_pair(bytes, size, ((size_t)EVP_PKEY_get_bits(key) + 7) / 8, out);
    else
        text_base64url_encode(out, bytes, size);
}
