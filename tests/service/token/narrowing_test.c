// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Scopes of tokens: the grammar, the form that a token carries, the policy that says the same. */
#include "fixture.h"
#include "service/policy/policy.h"
#include "service/token/narrowing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DOMAIN "arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain"
#define REPOSITORY "arn:aws:codeartifact:us-west-2:123456789012:repository/my-domain/"
#define PACKAGE "arn:aws:codeartifact:us-west-2:123456789012:package/my-domain/"
#define READ "codeartifact:ReadFromRepository"
#define PUBLISH "codeartifact:PublishPackageVersion"

static const struct {
    const char *text;
    const char *written; /**< NULL: refused. */
} cases[] = {
    {"read", "read"},
    {"  read\t", "read"},
    {"repository:a1", "repository:a1"},
    {"repository:a1,B.c_d-e", "repository:a1,B.c_d-e"},
    {"repository:a1   read", "read repository:a1"},
    {"policy: {\"a\": 1} ", "policy:{\"a\": 1}"},
    {"policy:read", "policy:read"},
    {"", NULL},
    {" ", NULL},
    {"READ", NULL},
    {"reads", NULL},
    {"read,repository:a1", NULL},
    {"read read", NULL},
    {"repository:", NULL},
    {"repository:a", NULL},
    {"repository:a1,", NULL},
    {"repository:,a1", NULL},
    {"repository:a1, a2", NULL},
    {"repository:a1 repository:a2", NULL},
    {"repository:*", NULL},
    {"repository:a1*", NULL},
    {"repository:a1/b2", NULL},
    {"repository:.a", NULL},
    {"repository:a\"b", NULL},
    {"policy:", NULL},
    {"policy: ", NULL},
    {"read policy:{}", NULL},
    {"write", NULL},
    {"read\x01", NULL},
};

static void scopes_are_read_or_refused(void **state)
{
    struct token_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct narrowing narrowing;
        ERROR_AUTO error = {0};
        BUFFER_AUTO written = {0};
        bool read = narrowing_parse(slice_of(cases[i].text), fixture->arena, &narrowing, &error);
        if (read != (cases[i].written != NULL))
            fail_msg("\"%s\" was %s", cases[i].text, read ? "read" : error.message);
        if (!read) {
            assert_string_equal(error.code, "ValidationError");
            continue;
        }
        narrowing_write(&written, &narrowing);
        assert_string_equal(buffer_text(&written), cases[i].written);
    }
}

static void repositories_are_bounded(void **state)
{
    struct token_fixture *fixture = *state;
    struct narrowing narrowing;
    BUFFER_AUTO text = {0};
    buffer_append_text(&text, "repository:aa");
    for (size_t i = 1; i < NARROWING_REPOSITORIES_MAX; i++)
        buffer_append_text(&text, ",aa");
    assert_true(narrowing_parse(buffer_slice(&text), fixture->arena, &narrowing, NULL));
    buffer_append_text(&text, ",aa");
    assert_false(narrowing_parse(buffer_slice(&text), fixture->arena, &narrowing, NULL));
}

static const struct {
    const char *scope;
    const char *action;
    const char *resource;
    bool allowed;
} decisions[] = {
    {"read", READ, REPOSITORY "a1", true},
    {"read", "codeartifact:DescribePackageVersion", PACKAGE "a1/npm//x", true},
    {"read", PUBLISH, PACKAGE "a1/npm//x", false},
    {"read", "codeartifact:PutRepositoryPermissionsPolicy", REPOSITORY "a1", false},
    {"repository:a1", READ, REPOSITORY "a1", true},
    {"repository:a1", PUBLISH, PACKAGE "a1/npm//x", true},
    {"repository:a1", READ, REPOSITORY "a12", false},
    {"repository:a1", READ, REPOSITORY "b", false},
    {"repository:a1", PUBLISH, PACKAGE "a12/npm//x", false},
    {"repository:a1", PUBLISH, PACKAGE "b2/npm/a1/x", false},
    {"repository:a1", READ, "arn:aws:codeartifact:us-west-2:123456789012:repository/other/a1", false},
    {"repository:a1", "codeartifact:GetAuthorizationToken", DOMAIN, false},
    {"repository:a1,b2 read", READ, REPOSITORY "b2", true},
    {"repository:a1,b2 read", PUBLISH, PACKAGE "b2/npm//x", false},
    {"policy:{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"codeartifact:P*\",\"Resource\":\"*\"}}", PUBLISH,
     PACKAGE "b2/npm//x", true},
    {"policy:{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"codeartifact:P*\",\"Resource\":\"*\"}}", READ,
     REPOSITORY "b2", false},
};

/** Whoever asks may do everything, and the repository's policy allows it too: only the scope is left to say no. */
static bool is_allowed(struct slice document, struct slice action, struct slice resource, struct arena *arena)
{
    struct policy *everything = policy_parse(
        POLICY_IDENTITY, SLICE("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"),
        POLICY_SIZE_MAX, NULL);
    struct policy *everyone = policy_parse(
        POLICY_RESOURCE,
        SLICE("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}"),
        POLICY_SIZE_MAX, NULL);
    struct policy *scope = policy_parse(POLICY_TOKEN, document, POLICY_SIZE_MAX, NULL);
    assert_true(everything != NULL && everyone != NULL && scope != NULL);
    const struct policy *const sets_of[] = {everything, everyone, scope};
    const struct policy_sets sets = {.of = {[POLICY_IDENTITY] = {&sets_of[0], 1},
                                            [POLICY_RESOURCE] = {&sets_of[1], 1},
                                            [POLICY_TOKEN] = {&sets_of[2], 1}}};
    const struct policy_principal principal = {.kind = POLICY_PRINCIPAL_USER,
                                               .account = SLICE("123456789012"),
                                               .arn = SLICE("arn:aws:iam::123456789012:user/ann"),
                                               .entity_id = SLICE("AIDAANN")};
    const struct policy_request request = {
        .action = action, .resource = resource, .principal = &principal, .arena = arena};
    const struct policy_verdict verdict = policy_decide(&sets, &request);
    if (verdict.outcome != POLICY_ALLOWED)
        assert_int_equal(verdict.kind, POLICY_TOKEN);
    policy_free(everything);
    policy_free(everyone);
    policy_free(scope);
    return verdict.outcome == POLICY_ALLOWED;
}

static void scopes_decide_whatever_others_allow(void **state)
{
    struct token_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof decisions / sizeof decisions[0]; i++) {
        struct narrowing narrowing;
        BUFFER_AUTO document = {0};
        assert_true(narrowing_parse(slice_of(decisions[i].scope), fixture->arena, &narrowing, NULL));
        narrowing_write_policy(&document, &narrowing, SLICE(DOMAIN));
        if (is_allowed(buffer_slice(&document), slice_of(decisions[i].action), slice_of(decisions[i].resource),
                       fixture->arena) != decisions[i].allowed)
            fail_msg("%s: %s on %s", decisions[i].scope, decisions[i].action, decisions[i].resource);
    }
}

static void a_token_carries_its_scope(void **state)
{
    struct token_fixture *fixture = *state;
    struct token_claims opened;
    char id[23];
    BUFFER_AUTO token = {0};
    fixture->claims.narrowing = SLICE("read repository:a1,b2");
    assert_true(token_seal(fixture->ring, fixture->cipher, &fixture->claims, &fixture->entropy, &token, id, NULL));
    assert_true(
        token_open(fixture->ring, fixture->cipher, buffer_slice(&token), FIXTURE_NOW, fixture->arena, &opened, NULL));
    assert_true(slice_is(opened.narrowing, "read repository:a1,b2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(scopes_are_read_or_refused, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(repositories_are_bounded, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(scopes_decide_whatever_others_allow, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_token_carries_its_scope, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
