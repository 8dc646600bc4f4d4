// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Key sets and signatures: published vectors, which keys are left aside, and how one is chosen. */
#include "fixture.h"
#include "vectors.h"

#include "base/memory.h"
#include "base/text.h"
#include "service/jwt/keys.h"

#include <openssl/rsa.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct jwt_keys *read_set(const char *list)
{
    ERROR_AUTO error = {0};
    MEMORY_AUTO char *text = memory_format("{\"keys\":[%s]}", list);
    struct jwt_keys *keys = jwt_keys_parse(slice_of(text), &error);
    if (keys == NULL)
        fail_msg("%s", error.message);
    return keys;
}

/** How many of the keys in the list can be used. */
static size_t count_usable(const char *list)
{
    struct jwt_keys *keys = read_set(list);
    size_t count = jwt_keys_count(keys);
    jwt_keys_free(keys);
    return count;
}

static void split(const char *token, struct slice *content, struct buffer *signature)
{
    struct slice whole = slice_of(token);
    size_t first = slice_find(whole, '.', 0);
    size_t second = slice_find(whole, '.', first + 1);
    *content = slice_part(whole, 0, second);
    assert_true(text_base64url_decode(slice_part(whole, second + 1, whole.size), signature));
}

static void test_vectors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const struct vector *vector = &vectors[i];
        const struct jwt_algorithm *algorithm = jwt_find_algorithm(slice_of(vector->algorithm));
        struct jwt_keys *keys = read_set(vector->key);
        EVP_PKEY *key = jwt_keys_find(keys, algorithm, (struct slice){NULL, 0});
        BUFFER_AUTO signature = {0};
        struct slice content;
        split(vector->token, &content, &signature);
        assert_non_null(key);
        if (!jwt_verify_signature(algorithm, key, content, buffer_slice(&signature)))
            fail_msg("%s", vector->source);
        // Any bit of it, and any length but its own.
        for (size_t at = 0; at < signature.size; at += 13) {
            signature.data[at] ^= 0x10;
            assert_false(jwt_verify_signature(algorithm, key, content, buffer_slice(&signature)));
            signature.data[at] ^= 0x10;
        }
        for (size_t size = 0; size < signature.size; size += 7)
            assert_false(jwt_verify_signature(algorithm, key, content, slice_part(buffer_slice(&signature), 0, size)));
        assert_false(
            jwt_verify_signature(algorithm, key, slice_part(content, 1, content.size), buffer_slice(&signature)));
        buffer_append_char(&signature, '\0');
        assert_false(jwt_verify_signature(algorithm, key, content, buffer_slice(&signature)));
        jwt_keys_free(keys);
    }
}

static void test_algorithms(void **state)
{
    (void)state;
    static const char *const refused[] = {"none",  "None",   "NONE",  "HS256", "HS384",  "HS512",  "",     "rs256",
                                          "RS257", "ES256K", "EdDSA", "RS1",   "A128KW", "RS256 ", "ES521"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_null(jwt_find_algorithm(slice_of(refused[i])));
    assert_null(jwt_find_algorithm((struct slice){NULL, 0}));
    assert_null(jwt_find_algorithm((struct slice){"RS256\0", 6}));
}

static void test_each_algorithm(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"RS256", "2048"},  {"RS384", "2048"},  {"RS512", "2048"},
                                           {"PS256", "2048"},  {"PS384", "2048"},  {"PS512", "2048"},
                                           {"ES256", "P-256"}, {"ES384", "P-384"}, {"ES512", "P-521"}};
    EVP_PKEY *rsa = fixture_make_key("2048");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        // One RSA key will do: to make them takes long.
        bool is_rsa = cases[i][1][0] != 'P';
        EVP_PKEY *private = is_rsa ? rsa : fixture_make_key(cases[i][1]);
        BUFFER_AUTO jwk = {0};
        BUFFER_AUTO token = {0};
        BUFFER_AUTO signature = {0};
        struct slice content;
        fixture_write_jwk(private, "", &jwk);
        fixture_sign(private, cases[i][0], "{}", "{}", &token);
        split(buffer_text(&token), &content, &signature);
        struct jwt_keys *keys = read_set(buffer_text(&jwk));
        for (size_t j = 0; j < sizeof cases / sizeof *cases; j++) {
            const struct jwt_algorithm *algorithm = jwt_find_algorithm(slice_of(cases[j][0]));
            EVP_PKEY *key = jwt_keys_find(keys, algorithm, (struct slice){NULL, 0});
            // A key goes with the algorithms of its type and curve, and only the one that signed verifies.
            assert_int_equal(key != NULL, slice_is(slice_of(cases[i][1]), cases[j][1]));
            if (key != NULL)
                assert_int_equal(jwt_verify_signature(algorithm, key, content, buffer_slice(&signature)), i == j);
        }
        jwt_keys_free(keys);
        if (!is_rsa)
            EVP_PKEY_free(private);
    }
    EVP_PKEY_free(rsa);
}

/** RFC 7518 section 3.5: the salt is as long as the digest, and no other. */
static void test_salt(void **state)
{
    (void)state;
    EVP_PKEY *key = fixture_make_key("2048");
    const struct slice content = SLICE("content");
    for (int size = 0; size <= 64; size += 8) {
        unsigned char signature[256];
        size_t signature_size = sizeof signature;
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        EVP_PKEY_CTX *parameters = NULL;
        assert_int_equal(EVP_DigestSignInit_ex(context, &parameters, "SHA256", NULL, NULL, key, NULL), 1);
        assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING), 1);
        assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, size), 1);
        assert_int_equal(
            EVP_DigestSign(context, signature, &signature_size, (const unsigned char *)content.data, content.size), 1);
        EVP_MD_CTX_free(context);
        assert_int_equal(jwt_verify_signature(jwt_find_algorithm(SLICE("PS256")), key, content,
                                              (struct slice){(const char *)signature, signature_size}),
                         size == 32);
    }
    EVP_PKEY_free(key);
}

static void test_left_aside(void **state)
{
    (void)state;
    static const char *const more[] = {
        ",\"use\":\"enc\"",   ",\"use\":7",           ",\"key_ops\":[\"sign\"]", ",\"key_ops\":\"verify\"",
        ",\"alg\":\"HS256\"", ",\"alg\":\"ES384\"",   ",\"alg\":\"RS256\"",      ",\"alg\":\"none\"",
        ",\"alg\":null",      ",\"kid\":7",           ",\"kid\":null",           ",\"d\":\"AQAB\"",
        ",\"k\":\"AQAB\"",    ",\"alg\":\"ECDH-ES\"", ",\"use\":null",
    };
    static const char *const fine[] = {"",
                                       ",\"use\":\"sig\"",
                                       ",\"key_ops\":[\"encrypt\",\"verify\"]",
                                       ",\"alg\":\"ES256\"",
                                       ",\"kid\":\"\"",
                                       ",\"x5t\":\"abc\",\"unknown\":{}"};
    EVP_PKEY *key = fixture_make_key("P-256");
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        BUFFER_AUTO jwk = {0};
        fixture_write_jwk(key, more[i], &jwk);
        if (count_usable(buffer_text(&jwk)) != 0)
            fail_msg("%s", buffer_text(&jwk));
    }
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        BUFFER_AUTO jwk = {0};
        fixture_write_jwk(key, fine[i], &jwk);
        assert_int_equal(count_usable(buffer_text(&jwk)), 1);
    }
    EVP_PKEY_free(key);
}

static void test_bad_keys(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "{}",
        "7",
        "null",
        "[]",
        "{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}",
        "{\"kty\":\"RSA\",\"n\":\"!!!!\",\"e\":\"AQAB\"}",
        "{\"kty\":\"EC\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
        // Neither is on the curve; the second is the point of another one.
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
        "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4\"}",
        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
        "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
        "\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (count_usable(keys[i]) != 0)
            fail_msg("%s", keys[i]);
}

static void test_rsa_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *bits;
        size_t usable;
    } cases[] = {{"1024", 0}, {"2040", 0}, {"2048", 1}, {"3072", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        EVP_PKEY *key = fixture_make_key(cases[i].bits);
        BUFFER_AUTO jwk = {0};
        fixture_write_jwk(key, "", &jwk);
        assert_int_equal(count_usable(buffer_text(&jwk)), cases[i].usable);
        EVP_PKEY_free(key);
    }
    // With an exponent of 1, of 2, of 16 bytes, and a modulus of 16384 bits.
    static const char *const exponents[] = {"AQ", "Ag", "AA", "AQAAAAAAAAAAAAAAAAAAAQ"};
    MEMORY_AUTO char *modulus = memory_new(2731 + 1, 1);
    memset(modulus, '_', 2731);
    for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++) {
        MEMORY_AUTO char *jwk = memory_format("{\"kty\":\"RSA\",\"n\":\"%.342s\",\"e\":\"%s\"}", modulus, exponents[i]);
        assert_int_equal(count_usable(jwk), 0);
    }
    MEMORY_AUTO char *huge = memory_format("{\"kty\":\"RSA\",\"n\":\"%.2728s\",\"e\":\"AQAB\"}", modulus);
    assert_int_equal(count_usable(huge), 0);
}

static void test_sets(void **state)
{
    (void)state;
    static const char *const broken[] = {"",
                                         "{",
                                         "7",
                                         "[]",
                                         "{}",
                                         "{\"keys\":{}}",
                                         "{\"keys\":[],\"keys\":[]}",
                                         "{\"keys\":[{\"kty\":\"RSA\",\"kty\":\"EC\"}]}",
                                         "{\"keys\":[]} x"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        ERROR_AUTO error = {0};
        assert_null(jwt_keys_parse(slice_of(broken[i]), &error));
        assert_int_equal(error.class, ERROR_PARAMETER);
    }
    ERROR_AUTO error = {0};
    BUFFER_AUTO many = {0};
    buffer_append_text(&many, "{\"keys\":[{}");
    for (size_t i = 1; i < JWT_KEYS_MAX; i++)
        buffer_append_text(&many, ",{}");
    buffer_append_text(&many, "]}");
    struct jwt_keys *keys = jwt_keys_parse(buffer_slice(&many), &error);
    assert_int_equal(jwt_keys_count(keys), 0);
    jwt_keys_free(keys);
    buffer_cut(&many, many.size - 2);
    buffer_append_text(&many, ",{}]}");
    assert_null(jwt_keys_parse(buffer_slice(&many), &error));
    buffer_clear(&many);
    buffer_append_text(&many, "{\"keys\":[]}");
    while (many.size <= JWT_KEYS_SIZE_MAX)
        buffer_append_char(&many, ' ');
    assert_null(jwt_keys_parse(buffer_slice(&many), &error));
}

static void test_choice(void **state)
{
    (void)state;
    EVP_PKEY *first = fixture_make_key("P-256");
    EVP_PKEY *second = fixture_make_key("P-256");
    EVP_PKEY *rsa = fixture_make_key("2048");
    BUFFER_AUTO list = {0};
    fixture_write_jwk(first, ",\"kid\":\"a\"", &list);
    buffer_append_char(&list, ',');
    fixture_write_jwk(second, ",\"kid\":\"b\"", &list);
    buffer_append_char(&list, ',');
    fixture_write_jwk(rsa, ",\"kid\":\"a\",\"alg\":\"PS256\"", &list);
    buffer_append_char(&list, ',');
    fixture_write_jwk(second, ",\"kid\":\"c\"", &list);
    buffer_append_char(&list, ',');
    fixture_write_jwk(first, ",\"kid\":\"c\"", &list);
    struct jwt_keys *keys = read_set(buffer_text(&list));
    const struct jwt_algorithm *es256 = jwt_find_algorithm(SLICE("ES256"));
    const struct slice none = {NULL, 0};
    assert_int_equal(EVP_PKEY_eq(jwt_keys_find(keys, es256, SLICE("a")), first), 1);
    assert_int_equal(EVP_PKEY_eq(jwt_keys_find(keys, es256, SLICE("b")), second), 1);
    assert_null(jwt_keys_find(keys, es256, SLICE("c"))); // two of that name
    assert_null(jwt_keys_find(keys, es256, SLICE("A")));
    assert_null(jwt_keys_find(keys, es256, SLICE("")));
    assert_null(jwt_keys_find(keys, es256, none)); // four fit
    assert_null(jwt_keys_find(keys, jwt_find_algorithm(SLICE("ES384")), SLICE("a")));
    assert_null(jwt_keys_find(keys, jwt_find_algorithm(SLICE("RS256")), SLICE("a"))); // it is for PS256
    assert_int_equal(EVP_PKEY_eq(jwt_keys_find(keys, jwt_find_algorithm(SLICE("PS256")), SLICE("a")), rsa), 1);
    assert_int_equal(EVP_PKEY_eq(jwt_keys_find(keys, jwt_find_algorithm(SLICE("PS256")), none), rsa), 1);
    jwt_keys_free(keys);
    EVP_PKEY_free(first);
    EVP_PKEY_free(second);
    EVP_PKEY_free(rsa);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),    cmocka_unit_test(test_algorithms), cmocka_unit_test(test_each_algorithm),
        cmocka_unit_test(test_left_aside), cmocka_unit_test(test_bad_keys),   cmocka_unit_test(test_rsa_sizes),
        cmocka_unit_test(test_sets),       cmocka_unit_test(test_choice),     cmocka_unit_test(test_salt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
