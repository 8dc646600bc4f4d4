// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The form of tokens, their claims, and what keys say of them. */
#include "fixture.h"
#include "vectors.h"

#include "base/text.h"
#include "service/jwt/claims.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define NOW 1700000000

static void encode(const char *header, const char *claims, const char *signature, struct buffer *out)
{
    text_base64url_encode(out, header, strlen(header));
    buffer_append_char(out, '.');
    text_base64url_encode(out, claims, strlen(claims));
    buffer_append_format(out, ".%s", signature);
}

static void expect_refused(struct slice token)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct jwt jwt;
    if (jwt_parse(token, arena, &jwt, &error))
        fail_msg("taken: %.*s", SLICE_ARGS(token));
    assert_string_equal(error.code, "InvalidIdentityToken");
    assert_true(slice_starts_with(slice_of(error.message), SLICE("The ID Token provided is not a valid JWT. (You may "
                                                                 "see this error if you sent an Access Token)")));
    assert_null(jwt.header);
    assert_null(jwt.claims);
}

static void test_headers(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "{}",
        "{\"alg\":\"none\"}",
        "{\"alg\":\"HS256\"}",
        "{\"alg\":[\"RS256\"]}",
        "{\"alg\":\"RS256\",\"alg\":\"none\"}",
        "{\"alg\":\"RS256\",\"alg\":\"RS256\"}",
        "{\"alg\":\"RS256\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"RS256\",\"crit\":[]}",
        "{\"alg\":\"RS256\",\"b64\":false}",
        "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
        "{\"alg\":\"RS256\",\"typ\":\"logout+jwt\"}",
        "{\"alg\":\"RS256\",\"typ\":7}",
        "{\"alg\":\"RS256\",\"kid\":7}",
        "{\"alg\":\"RS256\"} ,",
        "[\"RS256\"]",
        "\"RS256\"",
        "",
        "{\"alg\":\"RS256\",\"kid\":\"\xff\"}",
    };
    static const char *const taken[] = {
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"ES512\",\"kid\":\"\",\"typ\":\"jwt\",\"x5t\":\"a\"}",
        " { \"typ\" : \"application/jwt\" , \"alg\" : \"PS384\" , \"jku\" : \"https://evil.example\", \"jwk\": {} } ",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        BUFFER_AUTO token = {0};
        encode(refused[i], "{}", "AAAA", &token);
        expect_refused(buffer_slice(&token));
    }
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        ARENA_AUTO *arena = arena_new();
        BUFFER_AUTO token = {0};
        JWT_AUTO jwt = {0};
        encode(taken[i], "{\"a\":1}", "AAAA", &token);
        assert_true(jwt_parse(buffer_slice(&token), arena, &jwt, NULL));
        assert_int_equal(jwt.signature.size, 3);
        assert_int_equal(jwt.content.size, token.size - 5);
    }
    for (size_t i = 0; i < sizeof refused_vectors / sizeof *refused_vectors; i++)
        expect_refused(slice_of(refused_vectors[i]));
}

static void test_form(void **state)
{
    (void)state;
    static const char *const claims[] = {"", "7", "[]", "{\"sub\":\"a\",\"sub\":\"b\"}", "{\"a\":{\"b\":1,\"b\":1}}",
                                         "{"};
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        BUFFER_AUTO token = {0};
        encode("{\"alg\":\"RS256\"}", claims[i], "AAAA", &token);
        expect_refused(buffer_slice(&token));
    }
    static const char *const header = "eyJhbGciOiJSUzI1NiJ9";
    static const char *const forms[] = {
        "%s",       "%s.e30",       "%s.e30.AAAA.AAAA", ".%s.e30.AAAA", "%s.e30.AA==", "%s.e30.AB",   "%s.e30=.AAAA",
        "%s.e30.A", "%s .e30.AAAA", "%s.e30.AA\n",      "%s..AAAA",     "..",          "%s.e30.AA+A", "%s.e30.AAAA."};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        BUFFER_AUTO token = {0};
        struct slice form = slice_of(forms[i]);
        size_t mark = slice_find(form, '%', 0);
        buffer_append_slice(&token, slice_part(form, 0, mark));
        buffer_append_text(&token, mark < form.size ? header : "");
        buffer_append_slice(&token, slice_part(form, mark + 2, form.size));
        expect_refused(buffer_slice(&token));
    }
    expect_refused((struct slice){NULL, 0});
    BUFFER_AUTO large = {0};
    encode("{\"alg\":\"RS256\"}", "{}", "", &large);
    while (large.size < JWT_SIZE_MAX + 1)
        buffer_append_char(&large, 'A');
    expect_refused(buffer_slice(&large));
}

// ------------------------------------------------------------------ claims

static const struct slice client_ids[] = {{"sts.amazonaws.com", 17}, {"other", 5}};

struct claims_case {
    const char *claims;
    const char *code;  // NULL: taken
    const char *start; // of the message, or the audience that is found
};

static bool check(const char *claims, struct jwt_identity *out, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO token = {0};
    JWT_AUTO jwt = {0};
    encode("{\"alg\":\"RS256\"}", claims, "AAAA", &token);
    const struct jwt_expectation expected = {SLICE("https://issuer.example"), client_ids, 2};
    if (!jwt_parse(buffer_slice(&token), arena, &jwt, error) || !jwt_check_times(&jwt, NOW, error))
        return false;
    struct jwt_identity identity;
    if (!jwt_check_identity(&jwt, &expected, &identity, error))
        return false;
    assert_true(slice_is(identity.issuer, "https://issuer.example"));
    assert_true(slice_is(identity.subject, "me"));
    out->audience = slice_is(identity.audience, "other") ? client_ids[1] : client_ids[0];
    return true;
}

#define TIMES "\"iat\":1699999990,\"exp\":1700000600"
#define WHO "\"iss\":\"https://issuer.example\",\"sub\":\"me\""
#define AUD "\"aud\":\"sts.amazonaws.com\""
#define INVALID "InvalidIdentityToken"

static const struct claims_case claims_cases[] = {
    {"{" WHO "," AUD "," TIMES "}", NULL, "sts.amazonaws.com"},
    {"{" WHO ",\"aud\":[\"x\",\"other\"]," TIMES "}", NULL, "other"},
    {"{" WHO ",\"aud\":[\"other\",\"sts.amazonaws.com\"]," TIMES "}", NULL, "other"},
    {"{" WHO "," AUD ",\"azp\":\"other\"," TIMES "}", NULL, "sts.amazonaws.com"},
    // 5 minutes after its end, to the second, and 5 minutes before its beginning
    {"{" WHO "," AUD ",\"iat\":1,\"exp\":1699999701}", NULL, "sts.amazonaws.com"},
    {"{" WHO "," AUD ",\"iat\":1,\"exp\":1699999700}", "ExpiredTokenException",
     "Token expired: current date/time 1700000000 must be before the expiration date/time 1699999700"},
    {"{" WHO "," AUD ",\"iat\":1700000300,\"exp\":1700000600}", NULL, "sts.amazonaws.com"},
    {"{" WHO "," AUD ",\"iat\":1700000301,\"exp\":1700000600}", INVALID, "Token is not valid yet"},
    {"{" WHO "," AUD ",\"nbf\":1700000300," TIMES "}", NULL, "sts.amazonaws.com"},
    {"{" WHO "," AUD ",\"nbf\":1700000301," TIMES "}", INVALID, "Token is not valid yet"},
    {"{" WHO "," AUD ",\"nbf\":\"1\"," TIMES "}", INVALID, "The claim nbf must be an integer"},
    {"{" WHO "," AUD ",\"iat\":1,\"exp\":1700000600.5}", INVALID, "The claim exp must be an integer"},
    {"{" WHO "," AUD ",\"iat\":1,\"exp\":\"1700000600\"}", INVALID, "The claim exp must be an integer"},
    {"{" WHO "," AUD ",\"iat\":1,\"exp\":9223372036854775807}", INVALID, "The claim exp must be an integer"},
    {"{" WHO "," AUD ",\"iat\":-9223372036854775808,\"exp\":1700000600}", INVALID, "The claim iat must be an integer"},
    {"{" WHO "," AUD ",\"iat\":1}", INVALID, "Missing a required claim: exp"},
    {"{" WHO "," AUD ",\"exp\":1700000600}", INVALID, "Missing a required claim: iat"},
    {"{" WHO "," TIMES "}", INVALID, "Missing a required claim: aud"},
    {"{\"sub\":\"me\"," AUD "," TIMES "}", INVALID, "Missing a required claim: iss"},
    {"{\"iss\":\"https://issuer.example\"," AUD "," TIMES "}", INVALID, "Missing a required claim: sub"},
    {"{\"iss\":\"https://issuer.example\",\"sub\":\"\"," AUD "," TIMES "}", INVALID, "The claim sub must be a text"},
    {"{\"iss\":\"https://issuer.example\",\"sub\":\"a\\u0000b\"," AUD "," TIMES "}", INVALID,
     "The claim sub must be a text"},
    {"{\"iss\":\"https://issuer.example/\",\"sub\":\"me\"," AUD "," TIMES "}", INVALID, "Incorrect token issuer"},
    {"{\"iss\":\"https://ISSUER.example\",\"sub\":\"me\"," AUD "," TIMES "}", INVALID, "Incorrect token issuer"},
    {"{\"iss\":[\"https://issuer.example\"],\"sub\":\"me\"," AUD "," TIMES "}", INVALID,
     "The claim iss must be a text"},
    {"{" WHO ",\"aud\":\"x\"," TIMES "}", INVALID, "Incorrect token audience"},
    {"{" WHO ",\"aud\":\"STS.amazonaws.com\"," TIMES "}", INVALID, "Incorrect token audience"},
    {"{" WHO ",\"aud\":[]," TIMES "}", INVALID, "Incorrect token audience"},
    {"{" WHO ",\"aud\":[7,\"other\"]," TIMES "}", INVALID, "The claim aud must be a text or a list of texts"},
    {"{" WHO ",\"aud\":{\"other\":1}," TIMES "}", INVALID, "The claim aud must be a text"},
    {"{" WHO "," AUD ",\"azp\":\"x\"," TIMES "}", INVALID, "Incorrect token audience"},
    {"{" WHO "," AUD ",\"azp\":7," TIMES "}", INVALID, "The claim azp must be a text"},
};

static void test_claims(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof claims_cases / sizeof *claims_cases; i++) {
        const struct claims_case *test = &claims_cases[i];
        ERROR_AUTO error = {0};
        struct jwt_identity identity = {0};
        bool good = check(test->claims, &identity, &error);
        if (good != (test->code == NULL))
            fail_msg("%s: %s", test->claims, good ? "taken" : error.message);
        if (good) {
            assert_true(slice_is(identity.audience, test->start));
            continue;
        }
        assert_string_equal(error.code, test->code);
        if (!slice_starts_with(slice_of(error.message), slice_of(test->start)))
            fail_msg("%s: %s", test->claims, error.message);
    }
}

// ------------------------------------------------------------------ keys

static enum jwt_verdict judge(const char *token, const char *keys_text)
{
    ARENA_AUTO *arena = arena_new();
    JWT_AUTO jwt = {0};
    ERROR_AUTO error = {0};
    if (!jwt_parse(slice_of(token), arena, &jwt, &error))
        fail_msg("%s", error.message);
    struct jwt_keys *keys = jwt_keys_parse(slice_of(keys_text), NULL);
    assert_non_null(keys);
    enum jwt_verdict verdict = jwt_verify(&jwt, keys);
    jwt_keys_free(keys);
    return verdict;
}

static void test_verdicts(void **state)
{
    (void)state;
    EVP_PKEY *key = fixture_make_key("P-256");
    EVP_PKEY *stranger = fixture_make_key("P-256");
    BUFFER_AUTO keys = {0};
    buffer_append_text(&keys, "{\"keys\":[");
    fixture_write_jwk(key, ",\"kid\":\"a\"", &keys);
    buffer_append_text(&keys, "]}");
    const struct {
        EVP_PKEY *signer;
        const char *header;
        enum jwt_verdict verdict;
    } cases[] = {
        {key, "{\"alg\":\"ES256\",\"kid\":\"a\"}", JWT_SIGNED},
        {key, "{\"alg\":\"ES256\"}", JWT_SIGNED},
        {key, "{\"alg\":\"ES256\",\"kid\":\"b\"}", JWT_UNKNOWN_KEY},
        {key, "{\"alg\":\"RS256\",\"kid\":\"a\"}", JWT_UNKNOWN_KEY},
        {key, "{\"alg\":\"ES512\",\"kid\":\"a\"}", JWT_UNKNOWN_KEY},
        {stranger, "{\"alg\":\"ES256\",\"kid\":\"a\"}", JWT_FORGED},
        {stranger, "{\"alg\":\"ES256\"}", JWT_UNKNOWN_KEY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO token = {0};
        fixture_sign(cases[i].signer, "ES256", cases[i].header, "{}", &token);
        assert_int_equal(judge(buffer_text(&token), buffer_text(&keys)), cases[i].verdict);
    }
    BUFFER_AUTO token = {0};
    fixture_sign(key, "ES256", "{\"alg\":\"ES256\",\"kid\":\"a\"}", "{\"sub\":\"me\"}", &token);
    // Other claims under the same signature.
    MEMORY_AUTO char *changed = memory_copy(token.data, token.size);
    size_t claims = slice_find(buffer_slice(&token), '.', 0) + 1;
    memcpy(changed + claims, "eyJzdWIiOiJ1cyJ9", 16);
    assert_int_equal(judge(changed, buffer_text(&keys)), JWT_FORGED);
    EVP_PKEY_free(key);
    EVP_PKEY_free(stranger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headers), cmocka_unit_test(test_form),
                                       cmocka_unit_test(test_claims), cmocka_unit_test(test_verdicts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
