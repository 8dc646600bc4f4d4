// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whole questions at the gate, as nginx asks them, and what is answered. */
#include "service/http/ground.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW (FIXTURE_NOW / TIMESTAMP_SECOND)
#define DOMAIN_ARN "arn:aws:codeartifact:eu-west-1:123456789012:domain/my-domain"
#define FRONT "/npm/d/my-domain-123456789012/repo/"
#define IN_REPOSITORY "domain=my-domain&domain-owner=123456789012&repository=repo"
#define READER "AIDAFIXTUREREADER001"
#define STRANGER "AIDAFIXTURESTRANGER1"

/** A token with these claims; what is 0 or NULL is as the administrator's good one. */
struct wanted {
    const char *principal;
    const char *account;
    const char *domain;
    int64_t expires;
    int64_t session_issued;
    struct session_scope session;
};

static const char *or_else(const char *text, const char *otherwise)
{
    return text == NULL ? otherwise : text;
}

static const char *mint(struct ground *ground, const struct wanted *wanted)
{
    static unsigned char count;
    const struct token_entropy entropy = {.content_key = {++count}, .id = {count}};
    const struct token_claims claims = {
        .principal = slice_of(or_else(wanted->principal, PRINCIPAL_ADMIN)),
        .account = slice_of(or_else(wanted->account, FIXTURE_ACCOUNT)),
        .domain = slice_of(or_else(wanted->domain, DOMAIN_ARN)),
        .issued = NOW - 60,
        .expires = wanted->expires == 0 ? NOW + 60 : wanted->expires,
        .session_issued = wanted->session_issued,
        .session = wanted->session,
    };
    BUFFER_AUTO token = {0};
    char id[23];
    struct caller_desk *desk = &ground->worker.desk;
    assert_true(token_seal(desk->site->ring, desk->cipher, &claims, &entropy, &token, id, NULL));
    return arena_copy(ground->arena, token.data, token.size);
}

/** Asks as nginx does; TOKEN NULL: without a credential. @return the status. */
static int ask_at(struct ground *ground, const char *method, const char *uri, const char *token, int64_t now)
{
    const struct sigv4_header headers[] = {
        {SLICE("X-Original-Method"), slice_of(method)},
        {SLICE("X-Original-URI"), slice_of(uri)},
        {SLICE("X-Original-Host"), SLICE("packages.example.com")},
        {SLICE("Authorization"), slice_of(arena_format(ground->arena, "Bearer %s", or_else(token, "")))},
    };
    const struct http_request request = {
        .message = {.method = SLICE("GET"),
                    .path = SLICE("/gate/nginx"),
                    .headers = headers,
                    .header_count = token == NULL ? 3 : 4},
        .client = "127.0.0.1",
        .now = now,
    };
    return ground_send(ground, &request);
}

static int ask(struct ground *ground, const char *method, const char *rest, const char *token)
{
    return ask_at(ground, method, arena_format(ground->arena, "%s%s", FRONT, rest), token, FIXTURE_NOW);
}

/** The values of a header of the last answer, with a bar behind each. */
static const char *field(struct ground *ground, const char *name)
{
    BUFFER_AUTO values = {0};
    const struct buffer *fields = &ground->response.fields;
    for (const char *at = fields->data; at != NULL && at < fields->data + fields->size;) {
        const char *value = at + strlen(at) + 1;
        if (strcmp(at, name) == 0)
            buffer_append_format(&values, "%s|", value);
        at = value + strlen(value) + 1;
    }
    return arena_copy(ground->arena, buffer_text(&values), values.size);
}

static int set_up(void **state)
{
    int failed = ground_set_up(state);
    struct ground *ground = *state;
    return failed != 0 || ground_call(ground, "POST", "/v1/repository", IN_REPOSITORY, "{}") != 200 ? -1 : 0;
}

static void test_allowed(void **state)
{
    struct ground *ground = *state;
    const char *token = mint(ground, &(struct wanted){0});
    // The second time it is remembered.
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ask(ground, "PUT", "@a%2fb", token), 200);
        assert_string_equal(field(ground, "X-Jeton-Caller"), "arn:aws:iam::123456789012:user/ops/admin|");
        assert_string_equal(field(ground, "X-Jeton-Account"), "123456789012|");
        assert_string_equal(field(ground, "X-Jeton-Domain"), "my-domain|");
        assert_string_equal(field(ground, "X-Jeton-Repository"), "repo|");
        assert_string_equal(field(ground, "X-Jeton-Action"), "codeartifact:PublishPackageVersion|");
        assert_int_equal(strlen(field(ground, "X-Jeton-Token-Id")), 23);
        assert_string_equal(field(ground, "X-Jeton-Reason"), "");
    }
    // And ends at its second all the same.
    const char *uri = FRONT "lodash";
    assert_int_equal(ask_at(ground, "GET", uri, token, (NOW + 59) * TIMESTAMP_SECOND), 200);
    assert_int_equal(ask_at(ground, "GET", uri, token, (NOW + 60) * TIMESTAMP_SECOND), 401);
    assert_string_equal(field(ground, "X-Jeton-Reason"), "The authorization token has expired.|");
}

static void expect_challenges(struct ground *ground, const char *reason)
{
    BUFFER_AUTO wanted = {0};
    buffer_append_format(&wanted, "%s|", reason);
    assert_string_equal(field(ground, "WWW-Authenticate"),
                        "Basic realm=\"my-domain/repo\"|Bearer realm=\"my-domain/repo\"|");
    assert_string_equal(field(ground, "X-Jeton-Reason"), buffer_text(&wanted));
    assert_string_equal(ground_body(ground), arena_format(ground->arena, "%s\n", reason));
    assert_string_equal(field(ground, "X-Jeton-Caller"), "");
}

static void test_tokens_that_are_none(void **state)
{
    struct ground *ground = *state;
    static const struct {
        struct wanted wanted;
        const char *reason;
    } rows[] = {
        {{.expires = NOW}, "The authorization token has expired."},
        {{.domain = "arn:aws:codeartifact:eu-west-1:123456789012:domain/my-domai"},
         "The authorization token is for another domain."},
        {{.domain = DOMAIN_ARN "2"}, "The authorization token is for another domain."},
        {{.domain = "arn:aws:codeartifact:eu-west-1:210987654321:domain/my-domain"},
         "The authorization token is for another domain."},
        {{.domain = "arn:aws:codeartifact:us-east-1:123456789012:domain/my-domain"},
         "The authorization token is for another domain."},
        {{.domain = ""}, "The authorization token is for another domain."},
        {{.principal = "AIDAFIXTURENOBODY001"}, "The holder of the authorization token is gone."},
        {{.principal = PRINCIPAL_ADMIN ":work"}, "The authorization token does not fit its holder."},
        {{.principal = FIXTURE_ACCOUNT}, "The authorization token does not fit its holder."},
        {{.account = FIXTURE_OTHER_ACCOUNT}, "The authorization token does not fit its holder."},
        {{.principal = ""}, "The holder of the authorization token is gone."},
        // An access key is no principal, though identities are remembered by both.
        {{.principal = KEY_ADMIN}, "The holder of the authorization token is gone."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *token = mint(ground, &rows[i].wanted);
        assert_int_equal(ask(ground, "GET", "lodash", token), 401);
        expect_challenges(ground, rows[i].reason);
    }
    assert_int_equal(ask(ground, "GET", "lodash", NULL), 401);
    expect_challenges(ground, "The request has no credential.");
    assert_int_equal(ask(ground, "GET", "lodash", "a.b.c.d.e"), 401);
    expect_challenges(ground, "This is no authorization token of this service.");
}

static void test_another_token_with_the_same_end(void **state)
{
    struct ground *ground = *state;
    const char *token = mint(ground, &(struct wanted){0});
    char *other = arena_copy(ground->arena, token, strlen(token));
    assert_int_equal(ask(ground, "GET", "lodash", token), 200);
    other[200] = other[200] == 'A' ? 'B' : 'A';
    assert_int_equal(ask(ground, "GET", "lodash", other), 401);
    expect_challenges(ground, "This is no authorization token of this service.");
    assert_int_equal(ask(ground, "GET", "lodash", token), 200);
}

static void test_session_tokens_are_none(void **state)
{
    struct ground *ground = *state;
    const char *session = fixture_session(&ground->fixture, "ASIAFIXTURESESSION01", NOW + 60, ground->arena);
    assert_int_equal(ask(ground, "GET", "lodash", session), 401);
}

static void test_policies(void **state)
{
    struct ground *ground = *state;
    const char *reader = mint(ground, &(struct wanted){.principal = READER});
    assert_int_equal(ask(ground, "GET", "lodash", reader), 403);
    assert_string_equal(ground_body(ground),
                        CALLER "reader is not authorized to perform: codeartifact:ReadFromRepository on resource: "
                               "arn:aws:codeartifact:eu-west-1:123456789012:repository/my-domain/repo because no "
                               "identity-based policy allows the codeartifact:ReadFromRepository action\n");
    assert_string_equal(field(ground, "WWW-Authenticate"), "");
    // The session narrows, for reading on what it says.
    const char *narrow = mint(
        ground,
        &(struct wanted){.session_issued = NOW - 60,
                         .session = {.policy = SLICE("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                                                     "\"Action\":\"codeartifact:Read*\",\"Resource\":\"*\"}}")}});
    assert_int_equal(ask(ground, "GET", "lodash", narrow), 200);
    assert_int_equal(ask(ground, "PUT", "lodash", narrow), 403);
    assert_non_null(strstr(ground_body(ground), "because no session policy allows"));
}

/** Sets a policy of the repository or of the domain, which counts at once. */
static void set_policy(struct ground *ground, bool repository, const char *statement)
{
    const char *body = arena_format(
        ground->arena, "{%s\"policyDocument\":\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":%s}\"}",
        repository ? "" : "\"domain\":\"my-domain\",", statement);
    int status =
        ground_call(ground, "PUT", repository ? "/v1/repository/permissions/policy" : "/v1/domain/permissions/policy",
                    repository ? IN_REPOSITORY : "", body);
    if (status != 200)
        fail_msg("%s", ground_body(ground));
}

#define STATEMENT(effect, who, action, resource)                                                                       \
    "{\\\"Effect\\\":\\\"" effect "\\\",\\\"Principal\\\":{\\\"AWS\\\":\\\"" who                                       \
    "\\\"},\\\"Action\\\":\\\"codeartifact:" action "\\\",\\\"Resource\\\":\\\"" resource "\\\"}"

static void test_policies_of_resources(void **state)
{
    struct ground *ground = *state;
    const char *reader = mint(ground, &(struct wanted){.principal = READER});
    const char *stranger = mint(ground, &(struct wanted){.principal = STRANGER, .account = FIXTURE_OTHER_ACCOUNT});
    const char *admin = mint(ground, &(struct wanted){0});
    assert_int_equal(ask(ground, "GET", "lodash", stranger), 403);
    set_policy(ground, true, STATEMENT("Allow", "210987654321", "ReadFromRepository", "*"));
    assert_int_equal(ask(ground, "GET", "lodash", stranger), 200);
    assert_int_equal(ask(ground, "PUT", "lodash", stranger), 403);
    set_policy(
        ground, false,
        STATEMENT("Allow", "210987654321", "PublishPackageVersion", "arn:aws:codeartifact:*:*:package/*/npm//lodash"));
    assert_int_equal(ask(ground, "PUT", "lodash", stranger), 200);
    assert_int_equal(ask(ground, "PUT", "lodash2", stranger), 403);
    assert_int_equal(ask(ground, "GET", "lodash", stranger), 200);
    assert_int_equal(ask(ground, "GET", "lodash", reader), 403);
    set_policy(ground, true, STATEMENT("Allow", "arn:aws:iam::123456789012:user/reader", "Read*", "*"));
    assert_int_equal(ask(ground, "GET", "lodash", reader), 200);
    assert_int_equal(ask(ground, "GET", "lodash", stranger), 403);
    set_policy(ground, false, STATEMENT("Deny", "*", "Read*", "*"));
    assert_int_equal(ask(ground, "GET", "lodash", reader), 403);
    assert_int_equal(ask(ground, "GET", "lodash", admin), 403);
    assert_non_null(strstr(ground_body(ground), "with an explicit deny in a resource-based policy"));
}

static void test_what_is_not_there(void **state)
{
    struct ground *ground = *state;
    const char *admin = mint(ground, &(struct wanted){0});
    const char *other =
        mint(ground, &(struct wanted){.domain = "arn:aws:codeartifact:eu-west-1:123456789012:domain/dd"});
    assert_int_equal(ask_at(ground, "GET", "/npm/d/my-domain-123456789012/none/a", admin, FIXTURE_NOW), 403);
    assert_string_equal(ground_body(ground), "There is no such repository.\n");
    assert_int_equal(ask_at(ground, "GET", "/npm/d/dd-123456789012/repo/a", other, FIXTURE_NOW), 403);
    assert_int_equal(ask_at(ground, "PUT", "/npm/d/dd-123456789012/repo/a", other, FIXTURE_NOW), 403);
    // What has just been made or deleted is so for the next question.
    assert_int_equal(ground_call(ground, "DELETE", "/v1/repository", IN_REPOSITORY, NULL), 200);
    assert_int_equal(ask(ground, "GET", "lodash", admin), 403);
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", IN_REPOSITORY, "{}"), 200);
    assert_int_equal(ask(ground, "GET", "lodash", admin), 200);
}

static void test_form_is_refused_in_form(void **state)
{
    struct ground *ground = *state;
    ERROR_AUTO error = {0};
    (void)error_set(&error, ERROR_PARAMETER, "Serialization", "The request has a malformed header name");
    const struct http_request request = {
        .message = {.method = SLICE("GET"), .path = SLICE("/gate/nginx")}, .client = "127.0.0.1", .now = FIXTURE_NOW};
    buffer_clear(&ground->response.body);
    worker_refuse(&ground->worker, &request, &error, &ground->response);
    assert_int_equal(ground->response.status, 403);
    assert_string_equal(ground_body(ground), "The request has a malformed header name\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_allowed, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_tokens_that_are_none, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_another_token_with_the_same_end, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_session_tokens_are_none, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_policies, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_policies_of_resources, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_not_there, set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_form_is_refused_in_form, set_up, ground_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
