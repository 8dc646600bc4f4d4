// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/jwt/algorithm.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

static const struct jwt_curve p256 = {"P-256", "prime256v1", 32};
static const struct jwt_curve p384 = {"P-384", "secp384r1", 48};
static const struct jwt_curve p521 = {"P-521", "secp521r1", 66};
static const struct jwt_curve *const curves[] = {&p256, &p384, &p521};

static const struct jwt_algorithm algorithms[] = {
    {"RS256", JWT_RSA, "SHA256", false, NULL}, {"RS384", JWT_RSA, "SHA384", false, NULL},
    {"RS512", JWT_RSA, "SHA512", false, NULL}, {"PS256", JWT_RSA, "SHA256", true, NULL},
    {"PS384", JWT_RSA, "SHA384", true, NULL},  {"PS512", JWT_RSA, "SHA512", true, NULL},
    {"ES256", JWT_EC, "SHA256", false, &p256}, {"ES384", JWT_EC, "SHA384", false, &p384},
    {"ES512", JWT_EC, "SHA512", false, &p521},
};

const struct jwt_algorithm *jwt_find_algorithm(struct slice name)
{
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (slice_is(name, algorithms[i].name))
            return &algorithms[i];
    return NULL;
}

const struct jwt_curve *jwt_find_curve(struct slice name)
{
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++)
        if (slice_is(name, curves[i]->name))
            return curves[i];
    return NULL;
}

// ------------------------------------------------------------------ signatures

/** OpenSSL wants an ECDSA signature in DER, a token has both numbers side by side (RFC 7518 section 3.4). */
static bool write_der(const struct jwt_curve *curve, struct slice signature, struct buffer *out)
{
    if (signature.size != 2 * curve->size)
        return false;
    const unsigned char *bytes = (const unsigned char *)signature.data;
    BIGNUM *r = BN_bin2bn(bytes, (int)curve->size, NULL);
    BIGNUM *s = BN_bin2bn(bytes + curve->size, (int)curve->size, NULL);
    ECDSA_SIG *pair = ECDSA_SIG_new();
    if (r == NULL || s == NULL || pair == NULL || ECDSA_SIG_set0(pair, r, s) != 1) {
        BN_free(r);
        BN_free(s);
        ECDSA_SIG_free(pair);
        return false;
    }
    unsigned char *der = NULL;
    int size = i2d_ECDSA_SIG(pair, &der);
    if (size > 0)
        buffer_append(out, der, (size_t)size);
    OPENSSL_free(der);
    ECDSA_SIG_free(pair);
    return size > 0;
}

static bool set_padding(const struct jwt_algorithm *algorithm, EVP_PKEY_CTX *context)
{
    if (algorithm->type != JWT_RSA)
        return true;
    if (!algorithm->pss)
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    // The mask is made with the same digest, which is OpenSSL's own choice too.
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

static bool verify(const struct jwt_algorithm *algorithm, EVP_PKEY *key, struct slice content, struct slice signature)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *parameters = NULL; // the context's
    bool good = context != NULL &&
                EVP_DigestVerifyInit_ex(context, &parameters, algorithm->digest, NULL, NULL, key, NULL) == 1 &&
                set_padding(algorithm, parameters) &&
                EVP_DigestVerify(context, (const unsigned char *)signature.data, signature.size,
                                 (const unsigned char *)content.data, content.size) == 1;
    EVP_MD_CTX_free(context);
    // What did not fit is no error of this thread's next use of OpenSSL.
    ERR_clear_error();
    return good;
}

bool jwt_verify_signature(const struct jwt_algorithm *algorithm, EVP_PKEY *key, struct slice content,
                          struct slice signature)
{
    if (signature.size == 0)
        return false;
    if (algorithm->curve == NULL)
        return verify(algorithm, key, content, signature);
    BUFFER_AUTO der = {0};
    return write_der(algorithm->curve, signature, &der) && verify(algorithm, key, content, buffer_slice(&der));
}
