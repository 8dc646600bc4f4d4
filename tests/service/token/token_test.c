// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The authorization token and the session token: their shape, and all that must not open. */
#include "fixture.h"

#include "base/text.h"
#include "service/token/cipher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void seal(struct token_fixture *fixture, struct buffer *token)
{
    char id[23];
    if (!token_seal(fixture->ring, fixture->cipher, &fixture->claims, &fixture->entropy, token, id, &fixture->error))
        fail_msg("%s", fixture->error.message);
    assert_string_equal(id, "RERERERERERERERERERERA");
}

static bool open_token(struct token_fixture *fixture, struct slice token, int64_t now, struct token_claims *out)
{
    error_free(&fixture->error);
    return token_open(fixture->ring, fixture->cipher, token, now, fixture->arena, out, &fixture->error);
}

static void assert_refused(struct token_fixture *fixture, struct slice token, const char *code)
{
    struct token_claims claims;
    assert_false(open_token(fixture, token, FIXTURE_NOW, &claims));
    assert_int_equal(fixture->error.class, ERROR_PARAMETER);
    if (strcmp(fixture->error.code, code) != 0)
        fail_msg("%.*s: %s (%s), expected %s", SLICE_ARGS(token), fixture->error.code, fixture->error.message, code);
}

static void assert_same_claims(const struct token_claims *a, const struct token_claims *b)
{
    assert_true(slice_equal(a->principal, b->principal));
    assert_true(slice_equal(a->account, b->account));
    assert_true(slice_equal(a->domain, b->domain));
    assert_int_equal(a->issued, b->issued);
    assert_int_equal(a->expires, b->expires);
}

static void test_round_trip(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    buffer_append_text(&token, "before ");
    seal(fixture, &token);
    assert_true(slice_starts_with(buffer_slice(&token), SLICE("before eyJ2ZX")));
    struct token_claims claims;
    assert_true(open_token(fixture, slice_part(buffer_slice(&token), 7, token.size), FIXTURE_NOW, &claims));
    assert_same_claims(&claims, &fixture->claims);
    assert_true(slice_is(claims.id, "RERERERERERERERERERERA"));
}

static void test_header(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    seal(fixture, &token);
    struct slice rest = buffer_slice(&token);
    struct slice part;
    static const size_t sizes[] = {0, 22, 16, 0, 22};
    for (size_t i = 0; i < 5; i++) {
        assert_true(slice_cut(&rest, '.', &part));
        if (sizes[i] > 0)
            assert_int_equal(part.size, sizes[i]);
    }
    rest = buffer_slice(&token);
    assert_true(slice_cut(&rest, '.', &part));
    BUFFER_AUTO header = {0};
    assert_true(text_base64url_decode(part, &header));
    // The tag is that of AES-128-GCM over the fixture's content key.
    struct slice start = SLICE("{\"ver\":1,\"isu\":1788093360,\"enc\":\"A128GCM\",\"tag\":\"");
    struct slice end =
        SLICE("\",\"exp\":1788136560,\"alg\":\"A128GCMKW\",\"iv\":\"IiIiIiIiIiIiIiIi\",\"kid\":\"key-one_\"}");
    assert_int_equal(header.size, start.size + 22 + end.size);
    assert_true(slice_starts_with(buffer_slice(&header), start));
    assert_true(slice_ends_with(buffer_slice(&header), end));
}

/** Each bit of each character, those that base64 leaves over included. */
static void test_every_bit(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    BUFFER_AUTO session = {0};
    seal(fixture, &token);
    assert_true(session_seal(fixture->ring, fixture->cipher, &fixture->session, &fixture->entropy, &session, NULL));
    struct session_claims opened;
    struct token_claims claims;
    for (size_t i = 0; i < token.size * 8; i++) {
        token.data[i / 8] = (char)(token.data[i / 8] ^ (1 << i % 8));
        arena_reset(fixture->arena);
        if (open_token(fixture, buffer_slice(&token), FIXTURE_NOW, &claims))
            fail_msg("opened with bit %zu of character %zu turned", i % 8, i / 8);
        token.data[i / 8] = (char)(token.data[i / 8] ^ (1 << i % 8));
    }
    for (size_t i = 0; i < session.size * 8; i++) {
        session.data[i / 8] = (char)(session.data[i / 8] ^ (1 << i % 8));
        arena_reset(fixture->arena);
        if (session_open(fixture->ring, fixture->cipher, buffer_slice(&session), fixture->arena, &opened, NULL))
            fail_msg("session opened with bit %zu of character %zu turned", i % 8, i / 8);
        session.data[i / 8] = (char)(session.data[i / 8] ^ (1 << i % 8));
    }
    assert_true(open_token(fixture, buffer_slice(&token), FIXTURE_NOW, &claims));
}

static void test_cut_and_longer(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    seal(fixture, &token);
    struct token_claims claims;
    for (size_t i = 0; i < token.size; i++) {
        arena_reset(fixture->arena);
        assert_false(open_token(fixture, slice_part(buffer_slice(&token), 0, i), FIXTURE_NOW, &claims));
        assert_false(open_token(fixture, slice_part(buffer_slice(&token), i + 1, token.size), FIXTURE_NOW, &claims));
    }
    static const char *const ends[] = {".", "A", "AA", "=", "\n", " ", ".AAAA"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t size = token.size;
        buffer_append_text(&token, ends[i]);
        assert_false(open_token(fixture, buffer_slice(&token), FIXTURE_NOW, &claims));
        buffer_cut(&token, size);
    }
    BUFFER_AUTO long_one = {0};
    for (int i = 0; i < TOKEN_SIZE_MAX; i++)
        buffer_append_char(&long_one, 'A');
    assert_refused(fixture, buffer_slice(&long_one), "malformed");
}

static void test_expiry(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    seal(fixture, &token);
    struct token_claims claims;
    assert_true(open_token(fixture, buffer_slice(&token), FIXTURE_NOW + 43199, &claims));
    assert_false(open_token(fixture, buffer_slice(&token), FIXTURE_NOW + 43200, &claims));
    assert_string_equal(fixture->error.code, "expired");
    // Issued in the future: the clocks of two nodes differ.
    assert_true(open_token(fixture, buffer_slice(&token), FIXTURE_NOW - 60, &claims));
}

static void test_keys(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    seal(fixture, &token);
    // A key of the same name with other bytes, then a ring without the key.
    const struct token_key same_name = fixture_key("key-one_", 1);
    const struct token_key turned[] = {fixture_key("key-two_", 100), fixture_key("key-one_", 0)};
    struct token_ring *whole = fixture->ring;
    fixture->ring = token_ring_new(&same_name, 1);
    assert_refused(fixture, buffer_slice(&token), "forged");
    token_ring_free(fixture->ring);
    fixture->ring = token_ring_new(turned, 1);
    assert_refused(fixture, buffer_slice(&token), "unknown key");
    token_ring_free(fixture->ring);
    // After a turn of the keys the old one still opens, and the new one seals.
    fixture->ring = token_ring_new(turned, 2);
    struct token_claims claims;
    assert_true(open_token(fixture, buffer_slice(&token), FIXTURE_NOW, &claims));
    BUFFER_AUTO next = {0};
    seal(fixture, &next);
    assert_false(slice_equal(buffer_slice(&next), buffer_slice(&token)));
    token_ring_free(fixture->ring);
    fixture->ring = whole;
    assert_true(open_token(fixture, buffer_slice(&next), FIXTURE_NOW, &claims));
}

static void test_longest(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    // AROA and 17 more, ":" and 64 of a session's name; the longest region, 12 digits, 50 of a domain's name.
    fixture->claims.principal =
        SLICE("AROAEXAMPLEEXAMPLE123:0123456789012345678901234567890123456789012345678901234567890123");
    fixture->claims.domain = SLICE("arn:aws-us-gov:codeartifact:ap-southeast-1:123456789012:domain/"
                                   "01234567890123456789012345678901234567890123456789");
    seal(fixture, &token);
    assert_true(token.size < TOKEN_SIZE_MAX);
    struct token_claims claims;
    assert_true(open_token(fixture, buffer_slice(&token), FIXTURE_NOW, &claims));
    assert_same_claims(&claims, &fixture->claims);
}

static void test_too_long(void **state)
{
    struct token_fixture *fixture = *state;
    char name[1000];
    char id[23];
    // What repeats itself would be packed small.
    uint32_t noise = 1;
    for (size_t i = 0; i < sizeof name; i++) {
        noise = noise * 1664525U + 1013904223U;
        name[i] = (char)('0' + (noise >> 24) % 64);
    }
    bool sealed_one = false;
    bool refused_one = false;
    for (size_t size = 300; size < sizeof name; size++) {
        BUFFER_AUTO token = {0};
        buffer_append_text(&token, "kept");
        fixture->claims.principal = (struct slice){name, size};
        error_free(&fixture->error);
        bool sealed = token_seal(fixture->ring, fixture->cipher, &fixture->claims, &fixture->entropy, &token, id,
                                 &fixture->error);
        sealed_one = sealed_one || sealed;
        refused_one = refused_one || !sealed;
        assert_true(sealed ? token.size - 4 < TOKEN_SIZE_MAX : slice_is(buffer_slice(&token), "kept"));
        if (!sealed)
            assert_string_equal(fixture->error.code, "too large");
        assert_false(sealed && refused_one);
    }
    assert_true(sealed_one && refused_one);
}

static void test_impossible_times(void **state)
{
    struct token_fixture *fixture = *state;
    static const int64_t times[][2] = {{-1, 5}, {5, 5}, {6, 5}, {5, INT64_MAX}};
    char id[23];
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        BUFFER_AUTO token = {0};
        fixture->claims.issued = times[i][0];
        fixture->claims.expires = times[i][1];
        assert_false(token_seal(fixture->ring, fixture->cipher, &fixture->claims, &fixture->entropy, &token, id, NULL));
        assert_int_equal(token.size, 0);
    }
}

static void test_awkward_names(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    fixture->claims.principal = SLICE("a\"b\\c\n\x01\xc3\xa9");
    seal(fixture, &token);
    struct token_claims claims;
    assert_true(open_token(fixture, buffer_slice(&token), FIXTURE_NOW, &claims));
    assert_same_claims(&claims, &fixture->claims);
}

/** Seals CLAIMS under HEADER with the ring's own key, as only who has the key could. */
static void seal_by_hand(struct token_fixture *fixture, const char *header, const char *claims, struct buffer *out)
{
    unsigned char wrapped[16];
    unsigned char tag[16];
    unsigned char sealed[512];
    const struct token_key key = fixture_key("key-one_", 0);
    struct slice content_key = {(const char *)fixture->entropy.content_key, 16};
    assert_true(cipher_seal(fixture->cipher, key.key, fixture->entropy.wrap_iv, (struct slice){NULL, 0}, content_key,
                            wrapped, tag));
    BUFFER_AUTO tag_text = {0};
    text_base64url_encode(&tag_text, tag, sizeof tag);
    BUFFER_AUTO whole = {0};
    struct slice rest = slice_of(header);
    struct slice part;
    for (bool first = true; slice_cut(&rest, '#', &part); first = false) {
        if (!first)
            buffer_append_slice(&whole, buffer_slice(&tag_text));
        buffer_append_slice(&whole, part);
    }
    text_base64url_encode(out, whole.data, whole.size);
    struct slice aad = {arena_copy(fixture->arena, out->data, out->size), out->size};
    assert_true(cipher_seal(fixture->cipher, fixture->entropy.content_key, fixture->entropy.content_iv, aad,
                            slice_of(claims), sealed, tag));
    const struct slice parts[] = {{(const char *)wrapped, 16},
                                  {(const char *)fixture->entropy.content_iv, 12},
                                  {(const char *)sealed, strlen(claims)},
                                  {(const char *)tag, 16}};
    for (size_t i = 0; i < 4; i++) {
        buffer_append_char(out, '.');
        text_base64url_encode(out, parts[i].data, parts[i].size);
    }
}

#define IV "\"iv\":\"IiIiIiIiIiIiIiIi\""
#define TAIL "\"alg\":\"A128GCMKW\"," IV ",\"kid\":\"key-one_\"}"
#define HEAD "{\"ver\":1,\"isu\":1788093360,\"enc\":\"A128GCM\",\"tag\":\"#\",\"exp\":1788136560,"
#define TIMES "\"iat\":1788093360,\"exp\":1788136560"
#define NAMES "\"jti\":\"RERERERERERERERERERERA\",\"sub\":\"s\",\"acc\":\"a\",\"dom\":\"d\"}"
#define CLAIMS "{\"typ\":\"authorization\"," TIMES "," NAMES

/** Even with the right key, only what this service would have written opens. */
static void test_strict_shape(void **state)
{
    struct token_fixture *fixture = *state;
    static const struct {
        const char *header;
        const char *claims;
        const char *code; /**< NULL: opens. */
    } cases[] = {
        {HEAD TAIL, CLAIMS, NULL},
        {"{\"ver\":2,\"isu\":1788093360,\"enc\":\"A128GCM\",\"tag\":\"#\",\"exp\":1788136560," TAIL, CLAIMS,
         "malformed"},
        {"{\"ver\":1,\"isu\":1788093360,\"enc\":\"A256GCM\",\"tag\":\"#\",\"exp\":1788136560," TAIL, CLAIMS,
         "malformed"},
        {HEAD "\"alg\":\"dir\"," IV ",\"kid\":\"key-one_\"}", CLAIMS, "malformed"},
        {HEAD "\"alg\":\"A128GCMKW\"," IV "}", CLAIMS, "malformed"},
        {HEAD "\"alg\":\"A128GCMKW\"," IV ",\"kid\":\"key\"}", CLAIMS, "malformed"},
        {HEAD "\"alg\":\"A128GCMKW\"," IV ",\"kid\":\"key-ten_\"}", CLAIMS, "unknown key"},
        {HEAD "\"alg\":\"A128GCMKW\",\"iv\":\"IiIiIiIiIiIiIi\",\"kid\":\"key-one_\"}", CLAIMS, "malformed"},
        {"{\"isu\":1788093360,\"ver\":1,\"enc\":\"A128GCM\",\"tag\":\"#\",\"exp\":1788136560," TAIL, CLAIMS,
         "malformed"},
        {"{ \"ver\":1,\"isu\":1788093360,\"enc\":\"A128GCM\",\"tag\":\"#\",\"exp\":1788136560," TAIL, CLAIMS,
         "malformed"},
        {HEAD "\"exp\":1788136560," TAIL, CLAIMS, "malformed"},
        {HEAD "\"zip\":\"DEF\"," TAIL, CLAIMS, "malformed"},
        {"{\"ver\":1,\"isu\":\"1788093360\",\"enc\":\"A128GCM\",\"tag\":\"#\",\"exp\":1788136560," TAIL, CLAIMS,
         "malformed"},
        {"{\"ver\":1,\"isu\":1788093360,\"enc\":\"A128GCM\",\"tag\":\"#\",\"exp\":1788136561," TAIL, CLAIMS, "forged"},
        {"{\"ver\":1,\"isu\":1788093359,\"enc\":\"A128GCM\",\"tag\":\"#\",\"exp\":1788136560," TAIL, CLAIMS, "forged"},
        {"[]", CLAIMS, "malformed"},
        {"", CLAIMS, "malformed"},
        {HEAD TAIL, "", "malformed"},
        {HEAD TAIL, "[]", "malformed"},
        {HEAD TAIL, "{\"typ\":\"session\"," TIMES "," NAMES, "malformed"},
        {HEAD TAIL, "{" TIMES "," NAMES, "malformed"},
        {HEAD TAIL, "{\"typ\":\"authorization\"," NAMES, "forged"},
        {HEAD TAIL, "{\"typ\":\"authorization\"," TIMES ",\"jti\":\"x\",\"sub\":\"s\",\"acc\":\"a\"}", "malformed"},
        {HEAD TAIL, "{\"typ\":\"authorization\"," TIMES ",\"jti\":\"x\",\"sub\":1,\"acc\":\"a\",\"dom\":\"d\"}",
         "malformed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BUFFER_AUTO token = {0};
        seal_by_hand(fixture, cases[i].header, cases[i].claims, &token);
        struct token_claims claims;
        if (cases[i].code != NULL)
            assert_refused(fixture, buffer_slice(&token), cases[i].code);
        else
            assert_true(open_token(fixture, buffer_slice(&token), FIXTURE_NOW, &claims));
    }
}

static void test_session(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    assert_true(session_seal(fixture->ring, fixture->cipher, &fixture->session, &fixture->entropy, &token, NULL));
    assert_true(token.size < TOKEN_SIZE_MAX);
    struct session_claims claims;
    assert_true(session_open(fixture->ring, fixture->cipher, buffer_slice(&token), fixture->arena, &claims, NULL));
    assert_true(slice_equal(claims.access_key_id, fixture->session.access_key_id));
    assert_true(slice_equal(claims.secret_access_key, fixture->session.secret_access_key));
    assert_true(slice_equal(claims.principal, fixture->session.principal));
    assert_true(slice_equal(claims.account, fixture->session.account));
    assert_int_equal(claims.issued, fixture->session.issued);
    assert_int_equal(claims.expires, fixture->session.expires);
}

static void test_kinds(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO session = {0};
    assert_true(session_seal(fixture->ring, fixture->cipher, &fixture->session, &fixture->entropy, &session, NULL));
    assert_refused(fixture, buffer_slice(&session), "malformed");
    BUFFER_AUTO token = {0};
    seal(fixture, &token);
    struct session_claims claims;
    error_free(&fixture->error);
    assert_false(
        session_open(fixture->ring, fixture->cipher, buffer_slice(&token), fixture->arena, &claims, &fixture->error));
    assert_string_equal(fixture->error.code, "malformed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_header, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_every_bit, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_cut_and_longer, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_expiry, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_keys, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_longest, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_too_long, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_impossible_times, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_awkward_names, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_strict_shape, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_session, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_kinds, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
