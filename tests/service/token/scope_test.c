// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a session carries: through both kinds of tokens and back, its size, and what is no scope. */
#include "base/json.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEXT(literal)                                                                                                  \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

static const struct slice arns[] = {TEXT("arn:aws:iam::aws:policy/A"), TEXT("arn:aws:iam::123456789012:policy/b")};
static const struct scope_tag tags[] = {{TEXT("team"), TEXT("build \"x\""), true},
                                        {TEXT("own"), TEXT(""), false},
                                        {TEXT("\xc3\xa4"), TEXT("\xc3\xb6"), true}};
static const struct session_scope whole = {
    .name = TEXT("job@ci"),
    .policy = TEXT("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"),
    .policy_arns = arns,
    .policy_arn_count = 2,
    .tags = tags,
    .tag_count = 3,
    .source_identity = TEXT("ann"),
    .provider = TEXT("arn:aws:iam::123456789012:oidc-provider/issuer.example"),
};

static bool has_tag(const struct session_scope *scope, const struct scope_tag *tag)
{
    for (size_t i = 0; i < scope->tag_count; i++)
        if (slice_equal(scope->tags[i].key, tag->key))
            return slice_equal(scope->tags[i].value, tag->value) && scope->tags[i].transitive == tag->transitive;
    return false;
}

static void assert_same(const struct session_scope *a, const struct session_scope *b)
{
    assert_true(slice_equal(a->name, b->name));
    assert_true(slice_equal(a->policy, b->policy));
    assert_true(slice_equal(a->source_identity, b->source_identity));
    assert_true(slice_equal(a->provider, b->provider));
    assert_int_equal(a->policy_arn_count, b->policy_arn_count);
    for (size_t i = 0; i < a->policy_arn_count; i++)
        assert_true(slice_equal(a->policy_arns[i], b->policy_arns[i]));
    assert_int_equal(a->tag_count, b->tag_count);
    for (size_t i = 0; i < a->tag_count; i++)
        assert_true(has_tag(b, &a->tags[i]));
}

static void test_session(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    struct session_claims opened;
    fixture->session.scope = whole;
    assert_true(session_seal(fixture->ring, fixture->cipher, &fixture->session, &fixture->entropy, &token, NULL));
    assert_true(session_open(fixture->ring, fixture->cipher, buffer_slice(&token), fixture->arena, &opened, NULL));
    assert_same(&opened.scope, &whole);
    assert_true(slice_equal(opened.secret_access_key, fixture->session.secret_access_key));
}

static void test_authorization(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO token = {0};
    char id[23];
    struct token_claims opened;
    fixture->claims.session = whole;
    // A long-term key has no session: nothing of it goes in.
    assert_true(token_seal(fixture->ring, fixture->cipher, &fixture->claims, &fixture->entropy, &token, id, NULL));
    assert_true(
        token_open(fixture->ring, fixture->cipher, buffer_slice(&token), FIXTURE_NOW, fixture->arena, &opened, NULL));
    assert_int_equal(opened.session_issued, 0);
    assert_int_equal(opened.session.tag_count, 0);
    fixture->claims.session_issued = FIXTURE_NOW - 5;
    buffer_clear(&token);
    assert_true(token_seal(fixture->ring, fixture->cipher, &fixture->claims, &fixture->entropy, &token, id, NULL));
    assert_true(token.size < TOKEN_SIZE_MAX);
    assert_true(
        token_open(fixture->ring, fixture->cipher, buffer_slice(&token), FIXTURE_NOW, fixture->arena, &opened, NULL));
    assert_int_equal(opened.session_issued, FIXTURE_NOW - 5);
    assert_same(&opened.session, &whole);
}

/** The fullest session that may be made still fits into its token. */
static void test_fullest(void **state)
{
    struct token_fixture *fixture = *state;
    char text[SCOPE_PACKED_MAX];
    char name[64];
    char provider[512];
    memset(text, 'p', sizeof text);
    memset(name, 'n', sizeof name);
    memset(provider, 'i', sizeof provider);
    struct session_scope scope = {.name = {name, sizeof name},
                                  .source_identity = {name, sizeof name},
                                  .provider = {provider, sizeof provider},
                                  .policy = {text, sizeof text - 9}};
    assert_int_equal(scope_packed_size(&scope), SCOPE_PACKED_MAX);
    fixture->session.scope = scope;
    BUFFER_AUTO token = {0};
    assert_true(session_seal(fixture->ring, fixture->cipher, &fixture->session, &fixture->entropy, &token, NULL));
    assert_true(token.size < SESSION_SIZE_MAX);
    assert_int_equal(scope_packed_size(&(struct session_scope){.name = scope.name}), 0);
}

static void test_what_is_no_scope(void **state)
{
    struct token_fixture *fixture = *state;
    static const char *const wrong[] = {
        "{\"name\":1}", "{\"pol\":{}}",   "{\"arns\":\"a\"}",     "{\"arns\":[1]}",         "{\"tags\":[]}",
        "{\"src\":[]}", "{\"idp\":null}", "{\"tags\":{\"a\":1}}", "{\"ttags\":{\"a\":[]}}", "{\"ttags\":\"a\"}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        JSON_AUTO *claims = json_parse(slice_of(wrong[i]), NULL);
        struct session_scope scope;
        error_free(&fixture->error);
        assert_false(scope_read(claims, fixture->arena, &scope, &fixture->error));
        assert_string_equal(fixture->error.code, "malformed");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_session, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_authorization, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_fullest, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_no_scope, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
