// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Permissions policies, tags, changes and endpoints of CodeArtifact's resources by whole requests. */
#include "base/json.h"
#include "service/http/ground.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ARN "arn:aws:codeartifact:eu-west-1:123456789012:"
#define ARN_IN_QUERY "arn%3Aaws%3Acodeartifact%3Aeu-west-1%3A123456789012%3A"
#define IN_DOMAIN "domain=my-domain"
#define IN_REPOSITORY "domain=my-domain&repository=repo"
#define DOCUMENT                                                                                                       \
    "{\\\"Version\\\":\\\"2012-10-17\\\",\\n\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":"       \
    "\\\"*\\\",\\\"Action\\\":\\\"codeartifact:*\\\",\\\"Resource\\\":\\\"*\\\"}]}"

static void make_repository(struct ground *ground, const char *name)
{
    assert_int_equal(ground_call(ground, "POST", "/v1/repository",
                                 arena_format(ground->arena, "domain=my-domain&repository=%s", name), "{}"),
                     200);
}

// ------------------------------------------------------------------ policies

/** How a policy is put, got and deleted; PutDomainPermissionsPolicy names its domain in the body. */
struct way {
    const char *query;
    const char *put_query;
    const char *put_members;
    const char *path;
    const char *delete_path;
    const char *arn;
    const char *type;
    const char *id;
};

static const struct way ways[] = {
    {IN_DOMAIN, "", "\"domain\":\"my-domain\",\"domainOwner\":\"123456789012\",", "/v1/domain/permissions/policy",
     "/v1/domain/permissions/policy", ARN "domain/my-domain", "domain", "my-domain"},
    {IN_REPOSITORY, IN_REPOSITORY, "", "/v1/repository/permissions/policy", "/v1/repository/permissions/policies",
     ARN "repository/my-domain/repo", "repository", "repo"},
};

static int put(struct ground *ground, const struct way *way, const char *revision, const char *document)
{
    return ground_call(ground, "PUT", way->path, way->put_query,
                       arena_format(ground->arena, "{%s%s%s%s\"policyDocument\":\"%s\"}", way->put_members,
                                    revision == NULL ? "" : "\"policyRevision\":\"", revision == NULL ? "" : revision,
                                    revision == NULL ? "" : "\",", document));
}

/** The revision of the answer's policy, whose other members are as expected. */
static const char *expect_policy(struct ground *ground, const struct way *way, const char *document)
{
    JSON_AUTO *answer = json_parse(buffer_slice(&ground->response.body), NULL);
    struct slice revision = json_member_text(json_object_get(answer, "policy"), "revision");
    const char *copy = arena_copy(ground->arena, revision.data, revision.size);
    assert_true(revision.size > 0);
    assert_string_equal(ground_body(ground),
                        arena_format(ground->arena,
                                     "{\"policy\":{\"resourceArn\":\"%s\",\"revision\":\"%s\",\"document\":\"%s\"}}",
                                     way->arn, copy, document));
    return copy;
}

static void expect_resource(struct ground *ground, const struct way *way, const char *code)
{
    ground_expect_error(ground, code, NULL);
    JSON_AUTO *body = json_parse(buffer_slice(&ground->response.body), NULL);
    assert_true(slice_is(json_member_text(body, "resourceType"), way->type));
    assert_true(slice_is(json_member_text(body, "resourceId"), way->id));
}

static void test_life_of_a_policy(void **state)
{
    struct ground *ground = *state;
    make_repository(ground, "repo");
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        const struct way *way = &ways[i];
        assert_int_equal(ground_call(ground, "GET", way->path, way->query, NULL), 404);
        expect_resource(ground, way, "ResourceNotFoundException");
        assert_int_equal(ground_call(ground, "DELETE", way->delete_path, way->query, NULL), 404);
        assert_int_equal(put(ground, way, NULL, DOCUMENT), 200);
        const char *first = expect_policy(ground, way, DOCUMENT);
        assert_int_equal(ground_call(ground, "GET", way->path, way->query, NULL), 200);
        assert_string_equal(expect_policy(ground, way, DOCUMENT), first);
        assert_int_equal(put(ground, way, first, DOCUMENT " "), 200);
        const char *second = expect_policy(ground, way, DOCUMENT " ");
        assert_string_not_equal(second, first);
        assert_int_equal(put(ground, way, first, DOCUMENT), 409);
        expect_resource(ground, way, "ConflictException");
        const char *query = arena_format(ground->arena, "%s&policy-revision=%s", way->query, first);
        assert_int_equal(ground_call(ground, "DELETE", way->delete_path, query, NULL), 409);
        expect_resource(ground, way, "ConflictException");
        query = arena_format(ground->arena, "%s&policy-revision=%s", way->query, second);
        assert_int_equal(ground_call(ground, "DELETE", way->delete_path, query, NULL), 200);
        assert_string_equal(expect_policy(ground, way, DOCUMENT " "), second);
        assert_int_equal(ground_call(ground, "DELETE", way->delete_path, way->query, NULL), 404);
        assert_int_equal(put(ground, way, second, DOCUMENT), 409);
    }
}

static void test_documents_that_are_none(void **state)
{
    struct ground *ground = *state;
    make_repository(ground, "repo");
    char long_text[7200];
    memset(long_text, ' ', sizeof long_text);
    long_text[7169] = '\0';
    static const char *const bad[] = {
        "", "x", "{", "[]", "{}", "\\u0000", "{\\\"Statement\\\":[],\\\"Statement\\\":[]}"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        for (size_t j = 0; j < sizeof bad / sizeof bad[0]; j++) {
            assert_int_equal(put(ground, &ways[i], NULL, bad[j]), 400);
            ground_expect_error(ground, "ValidationException", NULL);
        }
        assert_int_equal(put(ground, &ways[i], NULL, long_text), 400);
        assert_int_equal(put(ground, &ways[i], "a b", DOCUMENT), 400);
        assert_int_equal(ground_call(ground, "GET", ways[i].path, ways[i].query, NULL), 404);
    }
}

static void test_policies_of_nothing(void **state)
{
    struct ground *ground = *state;
    const struct way nothing[] = {
        {"domain=nope", "", "\"domain\":\"nope\",", ways[0].path, ways[0].delete_path, NULL, "domain", "nope"},
        {"domain=my-domain&repository=nope", "domain=my-domain&repository=nope", "", ways[1].path, ways[1].delete_path,
         NULL, "repository", "nope"},
        {"domain=nope&repository=repo", "domain=nope&repository=repo", "", ways[1].path, ways[1].delete_path, NULL,
         "domain", "nope"},
    };
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        assert_int_equal(ground_call(ground, "GET", nothing[i].path, nothing[i].query, NULL), 404);
        expect_resource(ground, &nothing[i], "ResourceNotFoundException");
        assert_int_equal(ground_call(ground, "DELETE", nothing[i].delete_path, nothing[i].query, NULL), 404);
        expect_resource(ground, &nothing[i], "ResourceNotFoundException");
        assert_int_equal(put(ground, &nothing[i], NULL, DOCUMENT), 404);
        expect_resource(ground, &nothing[i], "ResourceNotFoundException");
    }
}

// ------------------------------------------------------------------ tags

static int tag(struct ground *ground, const char *path, const char *resource, const char *body)
{
    const char *query = arena_format(ground->arena, "resourceArn=%s%s", ARN_IN_QUERY, resource);
    return ground_call(ground, "POST", path, query, body);
}

static void expect_tags(struct ground *ground, const char *resource, const char *tags)
{
    assert_int_equal(tag(ground, "/v1/tags", resource, NULL), 200);
    assert_string_equal(ground_body(ground), arena_format(ground->arena, "{\"tags\":[%s]}", tags));
}

static void test_life_of_tags(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", IN_REPOSITORY,
                                 "{\"tags\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"\"}]}"),
                     200);
    expect_tags(ground, "repository%2Fmy-domain%2Frepo",
                "{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"\"}");
    static const char *const resources[] = {"domain%2Fmy-domain", "repository%2Fmy-domain%2Frepo"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(tag(ground, "/v1/untag", resources[i], "{\"tagKeys\":[\"a\",\"b\",\"c\"]}"), 200);
        assert_string_equal(ground_body(ground), "{}");
        expect_tags(ground, resources[i], "");
        assert_int_equal(tag(ground, "/v1/tag", resources[i], "{\"tags\":[{\"key\":\"k\",\"value\":\"1\"}]}"), 200);
        assert_string_equal(ground_body(ground), "{}");
        assert_int_equal(tag(ground, "/v1/tag", resources[i],
                             "{\"tags\":[{\"key\":\"l\",\"value\":\"2\"},{\"key\":\"k\",\"value\":\"\xc3\xa4\"}]}"),
                         200);
        expect_tags(ground, resources[i], "{\"key\":\"k\",\"value\":\"\xc3\xa4\"},{\"key\":\"l\",\"value\":\"2\"}");
        assert_int_equal(tag(ground, "/v1/tag", resources[i], "{\"tags\":[]}"), 200);
        assert_int_equal(tag(ground, "/v1/untag", resources[i], "{\"tagKeys\":[\"k\"]}"), 200);
        expect_tags(ground, resources[i], "{\"key\":\"l\",\"value\":\"2\"}");
    }
}

/** A list of COUNT tags from FIRST on. */
static const char *many_tags(struct ground *ground, unsigned first, unsigned count)
{
    BUFFER_AUTO body = {0};
    buffer_append_text(&body, "{\"tags\":[");
    for (unsigned i = 0; i < count; i++)
        buffer_append_format(&body, "%s{\"key\":\"k%u\",\"value\":\"v\"}", i == 0 ? "" : ",", first + i);
    buffer_append_text(&body, "]}");
    return arena_copy(ground->arena, body.data, body.size);
}

static void test_tags_that_cannot_be(void **state)
{
    struct ground *ground = *state;
    static const char *const bad[] = {
        "{\"tags\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"a\",\"value\":\"2\"}]}",
        "{\"tags\":[{\"key\":\"aws:a\",\"value\":\"1\"}]}",
        "{\"tags\":[{\"key\":\"AWS:\",\"value\":\"1\"}]}",
        "{\"tags\":[{\"key\":\"\",\"value\":\"1\"}]}",
        "{\"tags\":[{\"key\":\"a\"}]}",
        "{\"tags\":[{\"key\":\"a\\n\",\"value\":\"1\"}]}",
        "{}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(tag(ground, "/v1/tag", "domain%2Fmy-domain", bad[i]), 400);
        ground_expect_error(ground, "ValidationException", NULL);
        if (i >= 3)
            continue;
        assert_int_equal(ground_call(ground, "POST", "/v1/domain", "domain=tagged", bad[i]), 400);
        assert_int_equal(ground_call(ground, "POST", "/v1/repository", IN_REPOSITORY, bad[i]), 400);
    }
    assert_int_equal(tag(ground, "/v1/untag", "domain%2Fmy-domain", "{}"), 400);
    assert_int_equal(tag(ground, "/v1/tag", "domain%2Fmy-domain", many_tags(ground, 0, 201)), 400);
    assert_int_equal(tag(ground, "/v1/tag", "domain%2Fmy-domain", many_tags(ground, 0, 200)), 200);
    assert_int_equal(tag(ground, "/v1/tag", "domain%2Fmy-domain", many_tags(ground, 100, 100)), 200);
    assert_int_equal(tag(ground, "/v1/tag", "domain%2Fmy-domain", many_tags(ground, 200, 1)), 402);
    ground_expect_error(ground, "ServiceQuotaExceededException", "A resource can have at most 200 tags, not 201");
}

static void test_arns_that_name_nothing(void **state)
{
    struct ground *ground = *state;
    make_repository(ground, "repo");
    static const struct {
        const char *arn;
        int status;
    } arns[] = {
        {ARN "domain/my-domain", 200},
        {ARN "repository/my-domain/repo", 200},
        {ARN "domain/nope", 404},
        {ARN "repository/my-domain/nope", 404},
        {ARN "repository/nope/repo", 404},
        {"arn:aws:codeartifact:eu-west-2:123456789012:domain/my-domain", 404},
        {"arn:aws:codeartifact:eu-west-1:210987654321:domain/my-domain", 404},
        {ARN "domain/my-domain/", 400},
        {ARN "domain/my-domain/x", 400},
        {ARN "domain/", 400},
        {ARN "domain", 400},
        {ARN "domain:my-domain", 400},
        {ARN "repository/my-domain", 400},
        {ARN "repository/my-domain/", 400},
        {ARN "repository/my-domain/repo/x", 400},
        {ARN "package/my-domain/repo/npm//x", 400},
        {ARN, 400},
        {"arn:aws:codeartifact:eu-west-1", 400},
        {"arn:aws:codeartifact:", 400},
        {"arn:aws:s3:::bucket", 400},
        {"my-domain", 400},
    };
    static const char *const paths[] = {"/v1/tag", "/v1/untag", "/v1/tags"};
    static const char *const bodies[] = {"{\"tags\":[]}", "{\"tagKeys\":[]}", NULL};
    static const char *const codes[] = {[0] = "ValidationException", [4] = "ResourceNotFoundException"};
    for (size_t i = 0; i < sizeof arns / sizeof arns[0]; i++) {
        for (size_t j = 0; j < 3; j++) {
            // Slashes and colons need no escapes in a query.
            const char *query = arena_format(ground->arena, "resourceArn=%s", arns[i].arn);
            assert_int_equal(ground_call(ground, "POST", paths[j], query, bodies[j]), arns[i].status);
            if (arns[i].status != 200)
                ground_expect_error(ground, codes[arns[i].status - 400], NULL);
        }
    }
}

// ------------------------------------------------------------------ changes, lists, endpoints

static void test_update_of_a_repository(void **state)
{
    struct ground *ground = *state;
    make_repository(ground, "up");
    make_repository(ground, "repo");
    static const struct {
        const char *body;
        const char *shown;
    } changes[] = {
        {"{}", "\"upstreams\":[],"},
        {"{\"description\":\"one\"}", "\"description\":\"one\",\"upstreams\":[],"},
        {"{\"upstreams\":[{\"repositoryName\":\"up\"}]}",
         "\"description\":\"one\",\"upstreams\":[{\"repositoryName\":\"up\"}],"},
        {"{\"description\":\"\"}", "\"description\":\"\",\"upstreams\":[{\"repositoryName\":\"up\"}],"},
        {"{\"upstreams\":[]}", "\"description\":\"\",\"upstreams\":[],"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const char *expected = arena_format(
            ground->arena,
            "{\"repository\":{\"name\":\"repo\",\"administratorAccount\":\"123456789012\",\"domainName\":\"my-domain\","
            "\"domainOwner\":\"123456789012\",\"arn\":\"" ARN "repository/my-domain/repo\",%s"
            "\"externalConnections\":[],\"createdTime\":1788093360.0}}",
            changes[i].shown);
        assert_int_equal(ground_call(ground, "PUT", "/v1/repository", IN_REPOSITORY, changes[i].body), 200);
        assert_string_equal(ground_body(ground), expected);
        assert_int_equal(ground_call(ground, "GET", "/v1/repository", IN_REPOSITORY, NULL), 200);
        assert_string_equal(ground_body(ground), expected);
    }
    static const struct {
        const char *query;
        const char *body;
        int status;
    } refused[] = {
        {IN_REPOSITORY, "{\"upstreams\":[{\"repositoryName\":\"repo\"}]}", 400},
        {IN_REPOSITORY, "{\"upstreams\":[{\"repositoryName\":\"up\"},{\"repositoryName\":\"up\"}]}", 400},
        {IN_REPOSITORY, "{\"upstreams\":[{\"repositoryName\":\"nope\"}]}", 404},
        {"domain=my-domain&repository=nope", "{}", 404},
        {"domain=nope&repository=repo", "{}", 404},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_int_equal(ground_call(ground, "PUT", "/v1/repository", refused[i].query, refused[i].body),
                         refused[i].status);
}

/** What there is counts, whoever made it; what is refused is not there. */
static void test_quotas(void **state)
{
    struct ground *ground = *state;
    ground->fixture.site->domains_max = 2;
    ground->fixture.site->repositories_max = 1;
    assert_int_equal(ground_call(ground, "POST", "/v1/domain", "domain=second", "{}"), 200);
    assert_int_equal(ground_call(ground, "POST", "/v1/domain", "domain=third", "{}"), 402);
    ground_expect_error(ground, "ServiceQuotaExceededException", "An account can have at most 2 domains");
    assert_int_equal(ground_call(ground, "POST", "/v1/domain", "domain=second", "{}"), 409);
    assert_int_equal(ground_call(ground, "GET", "/v1/domain", "domain=third", NULL), 404);
    make_repository(ground, "one");
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=my-domain&repository=two", "{}"), 402);
    ground_expect_error(ground, "ServiceQuotaExceededException", "A domain can have at most 1 repositories");
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", "domain=second&repository=two", "{}"), 200);
}

/** No repository is an upstream of itself, by however many others. */
static void test_upstreams_make_no_circle(void **state)
{
    struct ground *ground = *state;
    static const char *const chain[] = {"r0", "r1", "r2", "r3"};
    make_repository(ground, chain[0]);
    for (size_t i = 1; i < 4; i++) {
        make_repository(ground, chain[i]);
        const char *body = arena_format(ground->arena, "{\"upstreams\":[{\"repositoryName\":\"%s\"}]}", chain[i - 1]);
        const char *query = arena_format(ground->arena, "domain=my-domain&repository=%s", chain[i]);
        assert_int_equal(ground_call(ground, "PUT", "/v1/repository", query, body), 200);
    }
    for (size_t i = 1; i < 4; i++) {
        const char *body = arena_format(ground->arena, "{\"upstreams\":[{\"repositoryName\":\"%s\"}]}", chain[i]);
        assert_int_equal(ground_call(ground, "PUT", "/v1/repository", "domain=my-domain&repository=r0", body), 400);
        ground_expect_error(ground, "ValidationException",
                            "Repository 'r0' would be an upstream of itself, by way of its upstreams");
    }
    // The same upstream by two ways is no circle.
    assert_int_equal(ground_call(ground, "PUT", "/v1/repository", "domain=my-domain&repository=r3",
                                 "{\"upstreams\":[{\"repositoryName\":\"r2\"},{\"repositoryName\":\"r0\"}]}"),
                     200);
}

static void test_list_of_all_repositories(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(ground_call(ground, "POST", "/v1/domain", "domain=other", "{}"), 200);
    static const char *const made[] = {"my-domain&repository=same", "other&repository=same", "other&repository=also",
                                       "my-domain&repository=zz"};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            ground_call(ground, "POST", "/v1/repository", arena_format(ground->arena, "domain=%s", made[i]), "{}"),
            200);
    for (unsigned limit = 1; limit < 6; limit++) {
        BUFFER_AUTO names = {0};
        const char *token = "";
        while (token != NULL) {
            assert_int_equal(ground_call(ground, "POST", "/v1/repositories",
                                         arena_format(ground->arena, "max-results=%u%s", limit, token), NULL),
                             200);
            JSON_AUTO *answer = json_parse(buffer_slice(&ground->response.body), NULL);
            const json_t *repositories = json_object_get(answer, "repositories");
            assert_true(json_array_size(repositories) <= limit);
            for (size_t i = 0; i < json_array_size(repositories); i++) {
                const json_t *entry = json_array_get(repositories, i);
                buffer_append_format(&names, "%s/%s ", json_string_value(json_object_get(entry, "domainName")),
                                     json_string_value(json_object_get(entry, "name")));
            }
            const char *next = json_string_value(json_object_get(answer, "nextToken"));
            token = next == NULL ? NULL : arena_format(ground->arena, "&next-token=%s", next);
        }
        assert_string_equal(buffer_text(&names), "other/also my-domain/same other/same my-domain/zz ");
    }
    assert_int_equal(ground_call(ground, "POST", "/v1/repositories", "repository-prefix=zz", NULL), 200);
    assert_string_equal(ground_body(ground),
                        "{\"repositories\":[{\"name\":\"zz\",\"administratorAccount\":\"123456789012\","
                        "\"domainName\":\"my-domain\",\"domainOwner\":\"123456789012\",\"arn\":\"" ARN
                        "repository/my-domain/zz\",\"createdTime\":1788093360.0}]}");
    static const char *const bad[] = {"bmFtZQ", "YS9i", "YS9iL2MvZA", "===="}; // "name", "a/b", "a/b/c/d"
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(
            ground_call(ground, "POST", "/v1/repositories", arena_format(ground->arena, "next-token=%s", bad[i]), NULL),
            400);
        ground_expect_error(ground, "ValidationException", NULL);
    }
}

static void test_endpoints_by_host_names(void **state)
{
    struct ground *ground = *state;
    make_repository(ground, "repo");
    ground->worker.endpoint_hosts = "packages.example.com:8443";
    static const char *const types[] = {"", "&endpointType=ipv4", "&endpointType=dualstack"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(ground_call(ground, "GET", "/v1/repository/endpoint",
                                     arena_format(ground->arena, IN_REPOSITORY "&format=cargo%s", types[i]), NULL),
                         200);
        assert_string_equal(ground_body(ground),
                            "{\"repositoryEndpoint\":\"https://my-domain-123456789012.packages.example.com:8443/cargo/"
                            "repo/\"}");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_life_of_a_policy, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_documents_that_are_none, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_policies_of_nothing, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_life_of_tags, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_tags_that_cannot_be, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_arns_that_name_nothing, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_update_of_a_repository, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_quotas, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_upstreams_make_no_circle, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_list_of_all_repositories, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_endpoints_by_host_names, ground_set_up, ground_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
