// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/jwt/keys.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <stdlib.h>

#define RSA_BITS_MIN 2048
/** A signature costs with the cube of it, and nobody asks for more. */
#define RSA_BITS_MAX 8192
/** Bytes of an RSA key's public exponent. */
#define EXPONENT_MAX ((size_t)8)
/** What an uncompressed point begins with (SEC 1 section 2.3.3). */
#define POINT_UNCOMPRESSED '\x04'

struct key {
    struct slice id; // data NULL: it has none; the set's document holds it
    enum jwt_key_type type;
    const struct jwt_curve *curve;
    const struct jwt_algorithm *algorithm; // NULL: any that fits
    EVP_PKEY *key;
};

struct jwt_keys {
    json_t *document;
    struct key *keys;
    size_t count;
};

void jwt_keys_free(struct jwt_keys *keys)
{
    if (keys == NULL)
        return;
    for (size_t i = 0; i < keys->count; i++)
        EVP_PKEY_free(keys->keys[i].key);
    json_decref(keys->document);
    free(keys->keys);
    free(keys);
}

size_t jwt_keys_count(const struct jwt_keys *keys)
{
    return keys->count;
}

// ------------------------------------------------------------------ making OpenSSL's keys

static EVP_PKEY *make(const char *type, OSSL_PARAM_BLD *builder)
{
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *key = NULL;
    bool good = parameters != NULL && context != NULL && EVP_PKEY_fromdata_init(context) == 1 &&
                EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1;
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    if (good)
        return key;
    EVP_PKEY_free(key);
    return NULL;
}

/** A number in base64url (RFC 7518 section 2), as a BIGNUM that the caller frees; NULL when it is none. */
static BIGNUM *read_number(const json_t *jwk, const char *name, size_t size_max)
{
    BUFFER_AUTO bytes = {0};
    struct slice text = json_member_text(jwk, name);
    if (text.size == 0 || text.size > 2 * size_max || !text_base64url_decode(text, &bytes) || bytes.size > size_max)
        return NULL;
    return BN_bin2bn((const unsigned char *)bytes.data, (int)bytes.size, NULL);
}

/** An even exponent is none, and with 1 a signature is its own content. */
static bool are_sane(const BIGNUM *modulus, const BIGNUM *exponent)
{
    return modulus != NULL && exponent != NULL && BN_num_bits(modulus) >= RSA_BITS_MIN &&
           BN_num_bits(modulus) <= RSA_BITS_MAX && BN_is_odd(modulus) && BN_is_odd(exponent) && !BN_is_one(exponent);
}

static EVP_PKEY *make_rsa(const json_t *jwk)
{
    BIGNUM *modulus = read_number(jwk, "n", RSA_BITS_MAX / 8 + 1);
    BIGNUM *exponent = read_number(jwk, "e", EXPONENT_MAX);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    if (builder != NULL && are_sane(modulus, exponent) &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent) == 1)
        key = make("RSA", builder);
    OSSL_PARAM_BLD_free(builder);
    BN_free(modulus);
    BN_free(exponent);
    return key;
}

/** A coordinate has the curve's full size, zeros included (RFC 7518 section 6.2.1.2). */
static bool append_coordinate(const json_t *jwk, const char *name, size_t size, struct buffer *point)
{
    size_t before = point->size;
    struct slice text = json_member_text(jwk, name);
    return text.size == (size * 8 + 5) / 6 && text_base64url_decode(text, point) && point->size == before + size;
}

static EVP_PKEY *make_ec(const json_t *jwk, const struct jwt_curve *curve)
{
    BUFFER_AUTO point = {0};
    buffer_append_char(&point, POINT_UNCOMPRESSED);
    if (!append_coordinate(jwk, "x", curve->size, &point) || !append_coordinate(jwk, "y", curve->size, &point))
        return NULL;
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    // A point that is not on the curve makes no key.
    if (builder != NULL && OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, curve->group, 0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data, point.size) == 1)
        key = make("EC", builder);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

// ------------------------------------------------------------------ what a key is for

static bool lists(const json_t *array, const char *text)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *item = json_string_value(json_array_get(array, i));
        if (item != NULL && slice_is(slice_of(item), text))
            return true;
    }
    return false;
}

static bool has_private_part(const json_t *jwk)
{
    return json_object_get(jwk, "d") != NULL || json_object_get(jwk, "k") != NULL;
}

/** `use` and `key_ops`, RFC 7517 sections 4.2 and 4.3. */
static bool is_for_verifying(const json_t *jwk)
{
    const json_t *operations = json_object_get(jwk, "key_ops");
    return (json_object_get(jwk, "use") == NULL || slice_is(json_member_text(jwk, "use"), "sig")) &&
           (operations == NULL || lists(operations, "verify")) && !has_private_part(jwk);
}

/** `kid`, and `alg`, which must be one that goes with the key. */
static bool read_names(const json_t *jwk, struct key *key)
{
    if (json_object_get(jwk, "kid") != NULL) {
        key->id = json_member_text(jwk, "kid");
        if (key->id.data == NULL)
            return false;
    }
    if (json_object_get(jwk, "alg") == NULL)
        return true;
    key->algorithm = jwt_find_algorithm(json_member_text(jwk, "alg"));
    return key->algorithm != NULL && key->algorithm->type == key->type && key->algorithm->curve == key->curve;
}

/** False when the key is to be left aside. */
static bool read_key(const json_t *jwk, struct key *key)
{
    struct slice type = json_member_text(jwk, "kty");
    bool rsa = slice_is(type, "RSA");
    key->type = rsa ? JWT_RSA : JWT_EC;
    if (!rsa) {
        key->curve = slice_is(type, "EC") ? jwt_find_curve(json_member_text(jwk, "crv")) : NULL;
        if (key->curve == NULL)
            return false;
    }
    if (!is_for_verifying(jwk) || !read_names(jwk, key))
        return false;
    key->key = rsa ? make_rsa(jwk) : make_ec(jwk, key->curve);
    ERR_clear_error();
    return key->key != NULL;
}

// ------------------------------------------------------------------ the set

static bool refuse(struct error *error, const char *reason)
{
    return error_set(error, ERROR_PARAMETER, NULL, "the key set %s", reason);
}

static json_t *parse(struct slice text, struct error *error)
{
    if (text.size > JWT_KEYS_SIZE_MAX) {
        (void)refuse(error, "is larger than 256 KiB");
        return NULL;
    }
    JSON_AUTO *document = json_parse_unique(text, error);
    if (document == NULL) {
        (void)error_prefix(error, "the key set is no JSON");
        return NULL;
    }
    const json_t *array = json_object_get(document, "keys");
    if (!json_is_array(array)) {
        (void)refuse(error, "has no list \"keys\"");
        return NULL;
    }
    if (json_array_size(array) > JWT_KEYS_MAX) {
        (void)refuse(error, "has more than 100 keys");
        return NULL;
    }
    return json_incref(document);
}

struct jwt_keys *jwt_keys_parse(struct slice text, struct error *error)
{
    json_t *document = parse(text, error);
    if (document == NULL)
        return NULL;
    const json_t *array = json_object_get(document, "keys");
    struct jwt_keys *keys = memory_new(1, sizeof *keys);
    keys->document = document;
    keys->keys = memory_new(json_array_size(array) + 1, sizeof *keys->keys);
    for (size_t i = 0; i < json_array_size(array); i++) {
        struct key key = {0};
        if (read_key(json_array_get(array, i), &key))
            keys->keys[keys->count++] = key;
    }
    return keys;
}

static bool fits(const struct key *key, const struct jwt_algorithm *algorithm, struct slice id)
{
    return key->type == algorithm->type && key->curve == algorithm->curve &&
           (key->algorithm == NULL || key->algorithm == algorithm) &&
           (id.data == NULL || (key->id.data != NULL && slice_equal(key->id, id)));
}

EVP_PKEY *jwt_keys_find(const struct jwt_keys *keys, const struct jwt_algorithm *algorithm, struct slice id)
{
    EVP_PKEY *found = NULL;
    for (size_t i = 0; i < keys->count; i++) {
        if (!fits(&keys->keys[i], algorithm, id))
            continue;
        if (found != NULL)
            return NULL;
        found = keys->keys[i].key;
    }
    return found;
}
