// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations of CodeArtifact by whole requests, signed as a client would. */
#include "base/json.h"
#include "service/http/ground.h"
#include "service/token/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ON_DOMAIN " on resource: arn:aws:codeartifact:eu-west-1:123456789012:domain/my-domain "
#define GET_TOKEN "codeartifact:GetAuthorizationToken"

// ------------------------------------------------------------------ the token

static void open_token(struct ground *ground, int64_t lifetime)
{
    JSON_AUTO *body = json_parse(buffer_slice(&ground->response.body), NULL);
    int64_t now = FIXTURE_NOW / TIMESTAMP_SECOND;
    assert_int_equal(json_integer_value(json_object_get(body, "expiration")), now + lifetime);
    struct slice token = json_member_text(body, "authorizationToken");
    assert_true(slice_starts_with(token, SLICE("eyJ2ZX")));
    assert_true(token.size < TOKEN_SIZE_MAX);
    struct token_claims claims;
    ERROR_AUTO error = {0};
    assert_true(
        token_open(ground->fixture.site->ring, ground->worker.desk.cipher, token, now, ground->arena, &claims, &error));
    assert_true(slice_is(claims.principal, PRINCIPAL_ADMIN));
    assert_true(slice_is(claims.account, FIXTURE_ACCOUNT));
    assert_true(slice_is(claims.domain, "arn:aws:codeartifact:eu-west-1:123456789012:domain/my-domain"));
    assert_int_equal(claims.issued, now);
    assert_int_equal(claims.expires, now + lifetime);
}

static void test_token_durations(void **state)
{
    struct ground *ground = *state;
    static const struct {
        const char *query;
        int64_t lifetime; // 0: refused
    } asked[] = {
        {"domain=my-domain", 43200},
        {"domain=my-domain&duration=43200", 43200},
        {"domain=my-domain&duration=900&domain-owner=123456789012", 900},
        {"domain=my-domain&duration=899", 0},
        {"domain=my-domain&duration=1", 0},
        {"domain=my-domain&duration=43201", 0},
        {"domain=my-domain&duration=0", 0},
    };
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        int status = ground_call(ground, "POST", "/v1/authorization-token", asked[i].query, NULL);
        assert_int_equal(status, asked[i].lifetime == 0 ? 400 : 200);
        if (asked[i].lifetime > 0)
            open_token(ground, asked[i].lifetime);
        else
            ground_expect_error(ground, "ValidationException", NULL);
    }
}

static void test_token_of_a_session(void **state)
{
    struct ground *ground = *state;
    const char *key = "ASIAFIXTURESESSION01";
    int64_t now = FIXTURE_NOW / TIMESTAMP_SECOND;
    struct fixture_request what = {
        .key = key, .method = "POST", .path = "/v1/authorization-token", .query = "domain=my-domain&duration=0"};
    what.session_token = fixture_session(&ground->fixture, key, now + 123, ground->arena);
    assert_int_equal(ground_ask(ground, what), 200);
    open_token(ground, 123);
    what.query = "domain=my-domain"; // a token outlives the session unless 0 is asked for
    assert_int_equal(ground_ask(ground, what), 200);
    open_token(ground, 43200);
    what.session_token = fixture_session(&ground->fixture, key, now + 1, ground->arena);
    assert_int_equal(ground_ask(ground, what), 200);
    what.session_token = fixture_session(&ground->fixture, key, now, ground->arena);
    assert_int_equal(ground_ask(ground, what), 403);
    ground_expect_error(ground, "ExpiredTokenException", "The security token included in the request is expired");
}

static void test_token_permissions(void **state)
{
    struct ground *ground = *state;
    static const struct {
        const char *key;
        const char *message;
    } denied[] = {
        {KEY_READER, CALLER "reader is not authorized to perform: " GET_TOKEN ON_DOMAIN
                            "because no identity-based policy allows the " GET_TOKEN " action"},
        {KEY_BEARERLESS, CALLER "bearerless is not authorized to perform: sts:GetServiceBearerToken on resource: * "
                                "because no identity-based policy allows the sts:GetServiceBearerToken action"},
        {KEY_DENIED, CALLER "denied is not authorized to perform: " GET_TOKEN ON_DOMAIN
                            "with an explicit deny in an identity-based policy"},
        {KEY_ROOT, "User: arn:aws:iam::123456789012:root is not authorized to perform: " GET_TOKEN ON_DOMAIN
                   "because no identity-based policy allows the " GET_TOKEN " action"},
    };
    for (size_t i = 0; i < sizeof denied / sizeof denied[0]; i++) {
        assert_int_equal(ground_ask(ground, (struct fixture_request){.key = denied[i].key,
                                                                     .method = "POST",
                                                                     .path = "/v1/authorization-token",
                                                                     .query = "domain=my-domain"}),
                         403);
        ground_expect_error(ground, "AccessDeniedException", denied[i].message);
    }
}

static void test_unknown_domain(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ground_call(ground, "POST", "/v1/authorization-token", "domain=nope", NULL), 404);
    assert_string_equal(
        ground_body(ground),
        "{\"message\":\"Domain not found. Domain 'nope' owned by account '123456789012' does not exist\","
        "\"resourceId\":\"nope\",\"resourceType\":\"domain\"}");
    assert_int_equal(
        ground_call(ground, "POST", "/v1/authorization-token", "domain=my-domain&domain-owner=210987654321", NULL),
        404);
}

// ------------------------------------------------------------------ domains and repositories

static void test_life_of_a_domain(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ground_call(ground, "POST", "/v1/domain", "domain=second",
                                 "{\"encryptionKey\":\"arn:aws:kms:eu-west-1:123456789012:key/1\",\"tags\":[]}"),
                     200);
    assert_string_equal(ground_body(ground),
                        "{\"domain\":{\"name\":\"second\",\"owner\":\"123456789012\",\"arn\":\"arn:aws:codeartifact:"
                        "eu-west-1:123456789012:domain/second\",\"status\":\"Active\",\"createdTime\":1788093360.0,"
                        "\"encryptionKey\":\"arn:aws:kms:eu-west-1:123456789012:key/1\",\"repositoryCount\":0,"
                        "\"assetSizeBytes\":0,\"s3BucketArn\":\"arn:aws:s3:::assets-123456789012-eu-west-1\"}}");
    assert_int_equal(ground_call(ground, "POST", "/v1/domain", "domain=second", "{}"), 409);
    ground_expect_error(ground, "ConflictException", NULL);
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=second&repository=r1", "{}"), 200);
    assert_int_equal(ground_call(ground, "DELETE", "/v1/domain", "domain=second", NULL), 409);
    ground_expect_error(ground, "ConflictException", "Domain must contain 0 repositories before deletion");
    assert_int_equal(ground_call(ground, "DELETE", "/v1/repository", "domain=second&repository=r1", NULL), 200);
    assert_int_equal(ground_call(ground, "POST", "/v1/authorization-token", "domain=second", NULL), 200);
    assert_int_equal(ground_call(ground, "DELETE", "/v1/domain", "domain=second", NULL), 200);
    assert_non_null(strstr(ground_body(ground), "\"status\":\"Deleted\""));
    assert_int_equal(ground_call(ground, "DELETE", "/v1/domain", "domain=second", NULL), 200);
    assert_string_equal(ground_body(ground), "{}");
    // The domain was known to this worker; it must have been forgotten.
    assert_int_equal(ground_call(ground, "POST", "/v1/authorization-token", "domain=second", NULL), 404);
    assert_int_equal(ground_call(ground, "GET", "/v1/domain", "domain=my-domain", NULL), 200);
    assert_non_null(strstr(ground_body(ground), "\"createdTime\":1700000000.123,"));
}

static void test_life_of_a_repository(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=my-domain&repository=base", "{}"), 200);
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=my-domain&repository=top",
                                 "{\"description\":\"\xc3\xa4\",\"upstreams\":[{\"repositoryName\":\"base\"}]}"),
                     200);
    static const char top[] =
        "{\"repository\":{\"name\":\"top\",\"administratorAccount\":\"123456789012\",\"domainName\":\"my-domain\","
        "\"domainOwner\":\"123456789012\",\"arn\":\"arn:aws:codeartifact:eu-west-1:123456789012:repository/my-domain/"
        "top\",\"description\":\"\xc3\xa4\",\"upstreams\":[{\"repositoryName\":\"base\"}],\"externalConnections\":[],"
        "\"createdTime\":1788093360.0}}";
    assert_string_equal(ground_body(ground), top);
    assert_int_equal(ground_call(ground, "GET", "/v1/repository", "domain=my-domain&repository=top", NULL), 200);
    assert_string_equal(ground_body(ground), top);
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=my-domain&repository=top", "{}"), 409);
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=my-domain&repository=x1",
                                 "{\"upstreams\":[{\"repositoryName\":\"gone\"}]}"),
                     404);
    ground_expect_error(
        ground, "ResourceNotFoundException",
        "Repository not found. Repository 'gone' in domain 'my-domain' owned by account '123456789012' does not "
        "exist");
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=nope&repository=x1", "{}"), 404);
    static const char *const formats[] = {"npm", "pypi", "maven", "nuget", "generic", "ruby", "swift", "cargo"};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const char *query = arena_format(ground->arena, "domain=my-domain&repository=top&format=%s", formats[i]);
        assert_int_equal(ground_call(ground, "GET", "/v1/repository/endpoint", query, NULL), 200);
        assert_string_equal(
            ground_body(ground),
            arena_format(ground->arena,
                         "{\"repositoryEndpoint\":\"https://packages.example/%s/d/my-domain-123456789012/top/\"}",
                         formats[i]));
    }
    assert_int_equal(
        ground_call(ground, "GET", "/v1/repository/endpoint", "domain=my-domain&repository=zz&format=npm", NULL), 404);
    assert_int_equal(ground_call(ground, "DELETE", "/v1/repository", "domain=my-domain&repository=top", NULL), 200);
    assert_string_equal(ground_body(ground), top);
    assert_int_equal(ground_call(ground, "DELETE", "/v1/repository", "domain=my-domain&repository=top", NULL), 404);
}

/** The names of a listing, joined, page by page; the token goes where the operation wants it. */
static void list_pages(struct ground *ground, bool domains, const char *limits, struct buffer *out)
{
    const char *token = "";
    for (int page = 0; page < 20; page++) {
        const char *query = domains ? ""
                                    : arena_format(ground->arena, "domain=my-domain%s%s%s", limits,
                                                   *token ? "&next-token=" : "", token);
        const char *body = !domains ? ""
                                    : arena_format(ground->arena, "{%s%s%s%s}", limits,
                                                   *token ? ",\"nextToken\":\"" : "", token, *token ? "\"" : "");
        assert_int_equal(ground_call(ground, "POST", domains ? "/v1/domains" : "/v1/domain/repositories", query, body),
                         200);
        JSON_AUTO *answer = json_parse(buffer_slice(&ground->response.body), NULL);
        const json_t *list = json_object_get(answer, domains ? "domains" : "repositories");
        for (size_t i = 0; i < json_array_size(list); i++)
            buffer_append_format(out, "%s ", json_string_value(json_object_get(json_array_get(list, i), "name")));
        buffer_append_text(out, "| ");
        const char *next = json_string_value(json_object_get(answer, "nextToken"));
        if (next == NULL)
            return;
        token = arena_copy(ground->arena, next, strlen(next));
    }
    fail_msg("the listing does not end");
}

static void test_listings(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO names = {0};
    static const char *const made[] = {"d1", "d2", "d3", "d4"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(
            ground_call(ground, "POST", "/v1/domain", arena_format(ground->arena, "domain=%s", made[i]), "{}"), 200);
        assert_int_equal(ground_call(ground, "POST", "/v1/repository",
                                     arena_format(ground->arena, "domain=my-domain&repository=list-%s", made[i]), "{}"),
                         200);
    }
    list_pages(ground, true, "\"maxResults\":2", &names);
    assert_string_equal(buffer_text(&names), "d1 d2 | d3 d4 | my-domain | ");
    buffer_clear(&names);
    list_pages(ground, true, "\"maxResults\":1000", &names);
    assert_string_equal(buffer_text(&names), "d1 d2 d3 d4 my-domain | ");
    buffer_clear(&names);
    list_pages(ground, false, "&max-results=3&repository-prefix=list-", &names);
    assert_string_equal(buffer_text(&names), "list-d1 list-d2 list-d3 | list-d4 | ");
    buffer_clear(&names);
    list_pages(ground, false, "&administrator-account=210987654321", &names);
    assert_string_equal(buffer_text(&names), "| ");
    static const char *const bad[] = {"a", "====", "AA", "_w"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(ground_call(ground, "POST", "/v1/domains", NULL,
                                     arena_format(ground->arena, "{\"nextToken\":\"%s\"}", bad[i])),
                         400);
        ground_expect_error(ground, "ValidationException", NULL);
    }
}

static void test_reader_reads_only(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ground_ask(ground, (struct fixture_request){.key = KEY_READER,
                                                                 .method = "GET",
                                                                 .path = "/v1/domain",
                                                                 .query = "domain=my-domain"}),
                     200);
    static const char *const refused[][3] = {
        {"POST", "/v1/domain", "domain=other"},
        {"DELETE", "/v1/domain", "domain=my-domain"},
        {"POST", "/v1/domains", ""},
        {"POST", "/v1/repository", "domain=my-domain&repository=r9"},
        {"DELETE", "/v1/repository", "domain=my-domain&repository=r9"},
        {"POST", "/v1/domain/repositories", "domain=my-domain"},
        {"GET", "/v1/repository/endpoint", "domain=my-domain&repository=r9&format=npm"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_int_equal(ground_ask(ground, (struct fixture_request){.key = KEY_READER,
                                                                     .method = refused[i][0],
                                                                     .path = refused[i][1],
                                                                     .query = refused[i][2]}),
                         403);
        ground_expect_error(ground, "AccessDeniedException", NULL);
    }
    assert_int_equal(
        ground_ask(ground,
                   (struct fixture_request){.key = KEY_ROOT, .method = "POST", .path = "/v1/domains", .query = ""}),
        200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_token_durations, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_token_of_a_session, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_token_permissions, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_domain, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_life_of_a_domain, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_life_of_a_repository, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_listings, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_reader_reads_only, ground_set_up, ground_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
