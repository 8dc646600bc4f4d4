// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations of STS by whole requests, signed as a client would, and what the sessions may do. */
#include "base/text.h"
#include "service/http/ground.h"
#include "service/store/iam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ROLE "arn:aws:iam::123456789012:role/ops/deploy"
#define ROLE_ID "AROAFIXTUREDEPLOY0001"
#define TRUST                                                                                                          \
    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":["                         \
    "\"AIDAFIXTUREADMIN0001\","                                                                                        \
    "\"" ROLE_ID "\"]},\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\",\"sts:SetSourceIdentity\"]}}"
#define ALLOW_ALL "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"

static void need(enum store_result result)
{
    assert_int_equal(result, STORE_OK);
}

static int set_up(void **state)
{
    int failed = ground_set_up(state);
    struct ground *ground = *state;
    ERROR_AUTO error = {0};
    const struct store_entity role = {.id = ROLE_ID,
                                      .kind = STORE_ROLE,
                                      .account = FIXTURE_ACCOUNT,
                                      .path = "/ops/",
                                      .name = "deploy",
                                      .created = FIXTURE_NOW,
                                      .trust = TRUST,
                                      .max_session = 7200};
    struct store *store = store_open(ground->fixture.site->store_path, &error);
    assert_non_null(store);
    need(store_add_entity(store, &role, &error));
    need(store_put_policy(store, ROLE_ID, "all", SLICE(ALLOW_ALL), &error));
    store_close(store);
    freshness_announce(ground->fixture.site);
    return failed;
}

/** Credentials of a session, in the ground's arena. */
struct credentials {
    const char *key;
    const char *secret;
    const char *token;
};

/** What stands in the element of that name of the last answer. */
static const char *element(struct ground *ground, const char *name)
{
    const char *start = strstr(ground_body(ground), arena_format(ground->arena, "<%s>", name));
    assert_non_null(start);
    start += strlen(name) + 2;
    return arena_copy(ground->arena, start, strcspn(start, "<"));
}

/** Asks STS with a form. */
static int ask(struct ground *ground, const struct credentials *by, const char *action, const char *more)
{
    return ground_ask(ground, (struct fixture_request){
                                  .key = by == NULL ? KEY_ADMIN : by->key,
                                  .secret = by == NULL ? NULL : by->secret,
                                  .session_token = by == NULL ? NULL : by->token,
                                  .method = "POST",
                                  .path = "/",
                                  .service = "sts",
                                  .content_type = "application/x-www-form-urlencoded",
                                  .body = arena_format(ground->arena, "Action=%s&Version=2011-06-15%s", action, more)});
}

#define ASSUME "&RoleArn=arn:aws:iam::123456789012:role/ops/deploy&RoleSessionName=work"

static struct credentials assume(struct ground *ground, const struct credentials *by, const char *more)
{
    int status = ask(ground, by, "AssumeRole", arena_format(ground->arena, ASSUME "%s", more));
    if (status != 200)
        fail_msg("%d: %s", status, ground_body(ground));
    return (struct credentials){element(ground, "AccessKeyId"), element(ground, "SecretAccessKey"),
                                element(ground, "SessionToken")};
}

static void expect_error(const struct ground *ground, const char *code, const char *message)
{
    assert_non_null(strstr(ground_body(ground), code));
    if (message != NULL && strstr(ground_body(ground), message) == NULL)
        fail_msg("not \"%s\": %s", message, ground_body(ground));
}

static void test_assume_role(void **state)
{
    struct ground *ground = *state;
    struct credentials session = assume(ground, NULL, "");
    assert_true(slice_starts_with(slice_of(session.key), SLICE("ASIA")));
    assert_int_equal(strlen(session.key), 20);
    assert_int_equal(strlen(session.secret), 40);
    assert_string_equal(element(ground, "AssumedRoleId"), ROLE_ID ":work");
    assert_string_equal(element(ground, "Arn"), "arn:aws:sts::123456789012:assumed-role/deploy/work");
    assert_string_equal(element(ground, "Expiration"), "2026-08-30T13:36:00Z");
    // Twice: the second time it is remembered.
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ask(ground, &session, "GetCallerIdentity", ""), 200);
        assert_string_equal(element(ground, "UserId"), ROLE_ID ":work");
        assert_string_equal(element(ground, "Account"), FIXTURE_ACCOUNT);
        assert_string_equal(element(ground, "Arn"), "arn:aws:sts::123456789012:assumed-role/deploy/work");
    }
    // A remembered session does not lend itself to another key or another token.
    struct credentials other = assume(ground, NULL, "");
    struct credentials mixed = {other.key, other.secret, session.token};
    assert_int_equal(ask(ground, &mixed, "GetCallerIdentity", ""), 403);
    expect_error(ground, "<Code>InvalidClientTokenId</Code>", NULL);
    mixed = (struct credentials){session.key, other.secret, session.token};
    assert_int_equal(ask(ground, &mixed, "GetCallerIdentity", ""), 403);
    expect_error(ground, "<Code>SignatureDoesNotMatch</Code>", NULL);
    char *changed = memory_copy(session.token, strlen(session.token));
    changed[300] = changed[300] == 'A' ? 'B' : 'A';
    mixed = (struct credentials){session.key, session.secret, changed};
    assert_int_equal(ask(ground, &mixed, "GetCallerIdentity", ""), 403);
    expect_error(ground, "<Code>InvalidClientTokenId</Code>", NULL);
    free(changed);
}

static void test_refused(void **state)
{
    struct ground *ground = *state;
    static const struct {
        const char *more;
        int status;
        const char *code;
        const char *message;
    } refused[] = {
        {ASSUME "&DurationSeconds=899", 400, "ValidationError",
         "1 validation error detected: Value &#39;899&#39; at &#39;durationSeconds&#39; failed to satisfy constraint: "
         "Member must have "
         "value greater than or equal to 900"},
        {ASSUME "&DurationSeconds=43201", 400, "ValidationError", "less than or equal to 43200"},
        {ASSUME "&DurationSeconds=7201", 400, "ValidationError",
         "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."},
        {ASSUME "&Policy=x", 400, "MalformedPolicyDocument", NULL},
        {ASSUME "&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/None", 400, "ValidationError",
         "Policy arn:aws:iam::aws:policy/None was not found."},
        {ASSUME "&PolicyArns.member.1.arn=arn:aws:iam::123456789012:user/admin", 400, "ValidationError",
         "ARN arn:aws:iam::123456789012:user/admin is not valid."},
        {ASSUME "&TransitiveTagKeys.member.1=a", 400, "InvalidParameterValue",
         "The specified transitive tag key must be included in the requested tags."},
        {ASSUME "&Tags.member.1.Key=aws:a&Tags.member.1.Value=b", 400, "InvalidParameterValue", NULL},
        {ASSUME "&ProvidedContexts.member.1.ContextAssertion=abcd", 400, "InvalidParameterValue", NULL},
        {ASSUME "&TokenCode=123456", 403, "AccessDenied", "MultiFactorAuthentication failed"},
        // Without its path it is another ARN.
        {"&RoleArn=arn:aws:iam::123456789012:role/deploy&RoleSessionName=work", 403, "AccessDenied",
         "not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deploy because no role "
         "trust policy allows the sts:AssumeRole action"},
        {"&RoleArn=arn:aws:iam::123456789012:user/ops/admin&RoleSessionName=work", 403, "AccessDenied", NULL},
        {"&RoleSessionName=work", 400, "ValidationError", "Value null at &#39;roleArn&#39;"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int status = ask(ground, NULL, "AssumeRole", refused[i].more);
        expect_error(ground, arena_format(ground->arena, "<Code>%s</Code>", refused[i].code), NULL);
        expect_error(ground, refused[i].code, refused[i].message);
        assert_int_equal(status, refused[i].status);
    }
}

static void test_chain(void **state)
{
    struct ground *ground = *state;
    struct credentials first =
        assume(ground, NULL,
               "&Tags.member.1.Key=team&Tags.member.1.Value=build&Tags.member.2.Key=own&Tags.member.2.Value=x"
               "&TransitiveTagKeys.member.1=TEAM&SourceIdentity=ann");
    assert_string_equal(element(ground, "SourceIdentity"), "ann");
    assert_string_equal(element(ground, "PackedPolicySize"), "2");
    struct credentials second = assume(ground, &first, "");
    assert_string_equal(element(ground, "SourceIdentity"), "ann");
    assert_string_equal(element(ground, "PackedPolicySize"), "1");
    (void)assume(ground, &second, "");
    assert_int_equal(ask(ground, &first, "AssumeRole", ASSUME "&DurationSeconds=3601"), 400);
    expect_error(ground, "ValidationError",
                 "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
    assert_int_equal(ask(ground, &first, "AssumeRole", ASSUME "&SourceIdentity=bob"), 400);
    assert_int_equal(ask(ground, &first, "AssumeRole", ASSUME "&Tags.member.1.Key=Team&Tags.member.1.Value=x"), 400);
    expect_error(ground, "InvalidParameterValue", "conflicts with a transitive tag key");
    assert_int_equal(ask(ground, &first, "GetSessionToken", ""), 403);
}

static void test_role_that_is_gone(void **state)
{
    struct ground *ground = *state;
    ERROR_AUTO error = {0};
    struct credentials session = assume(ground, NULL, "");
    assert_int_equal(ask(ground, &session, "GetCallerIdentity", ""), 200);
    struct store *store = ground->worker.desk.store;
    need(store_delete_inline_policy(store, ROLE_ID, SLICE("all"), &error));
    need(store_delete_entity(store, ROLE_ID, &error));
    freshness_announce(ground->fixture.site);
    assert_int_equal(ask(ground, &session, "GetCallerIdentity", ""), 403);
    expect_error(ground, "<Code>InvalidClientTokenId</Code>", NULL);
    assert_int_equal(ask(ground, NULL, "AssumeRole", ASSUME), 403);
}

static void test_session_token(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ask(ground, NULL, "GetSessionToken", "&DurationSeconds=900"), 200);
    assert_string_equal(element(ground, "Expiration"), "2026-08-30T12:51:00Z");
    const struct credentials session = {element(ground, "AccessKeyId"), element(ground, "SecretAccessKey"),
                                        element(ground, "SessionToken")};
    assert_int_equal(ask(ground, &session, "GetCallerIdentity", ""), 200);
    assert_string_equal(element(ground, "UserId"), PRINCIPAL_ADMIN);
    assert_int_equal(ask(ground, &session, "GetSessionToken", ""), 403);
    expect_error(ground, "<Code>AccessDenied</Code>", "Cannot call GetSessionToken with session credentials");
    assert_int_equal(
        ask(ground, &(struct credentials){KEY_ROOT, NULL, NULL}, "GetSessionToken", "&DurationSeconds=7200"), 200);
    assert_string_equal(element(ground, "Expiration"), "2026-08-30T13:36:00Z");
    assert_int_equal(ask(ground, &(struct credentials){KEY_ROOT, NULL, NULL}, "AssumeRole", ASSUME), 403);
    expect_error(ground, "<Code>AccessDenied</Code>", "Roles may not be assumed by root accounts.");
}

static void test_access_key_info(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ask(ground, NULL, "GetAccessKeyInfo", "&AccessKeyId=" KEY_STRANGER), 200);
    assert_string_equal(element(ground, "Account"), FIXTURE_OTHER_ACCOUNT);
    assert_int_equal(ask(ground, NULL, "GetAccessKeyInfo", "&AccessKeyId=ASIAABCDEFGHIJKLMNOP"), 200);
    assert_string_equal(element(ground, "Account"), FIXTURE_ACCOUNT);
    assert_int_equal(ask(ground, NULL, "GetAccessKeyInfo", "&AccessKeyId=AKIAABCDEFGHIJKLMNOP"), 400);
    assert_int_equal(
        ask(ground, &(struct credentials){KEY_READER, NULL, NULL}, "GetAccessKeyInfo", "&AccessKeyId=" KEY_STRANGER),
        403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_assume_role, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_chain, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_role_that_is_gone, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_session_token, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_access_key_info, set_up, ground_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
