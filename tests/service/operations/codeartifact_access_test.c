// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Who may do what with domains and repositories by their permissions policies, by whole requests. */
#include "base/json.h"
#include "service/http/ground.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DOMAIN_ARN "arn:aws:codeartifact:eu-west-1:123456789012:domain/my-domain"
#define REPOSITORY_ARN "arn:aws:codeartifact:eu-west-1:123456789012:repository/my-domain/repo"
#define STRANGER "User: arn:aws:iam::210987654321:user/stranger"
#define IN_DOMAIN "domain=my-domain&domain-owner=123456789012"
#define IN_REPOSITORY IN_DOMAIN "&repository=repo"
#define ALL_OF "\"Resource\":\"*\"}"
#define TO(arn) "\"Principal\":{\"AWS\":\"" arn "\"},"
#define TO_OTHERS TO("210987654321")
#define TO_READER TO("arn:aws:iam::123456789012:user/reader")
#define TO_ALL "\"Principal\":\"*\","
#define ALLOW(to, action) "{\"Effect\":\"Allow\"," to "\"Action\":\"codeartifact:" action "\"," ALL_OF
#define DENY(to, action) "{\"Effect\":\"Deny\"," to "\"Action\":\"codeartifact:" action "\"," ALL_OF

/** Sets the policy of the domain, or of the repository, as the administrator; STATEMENTS NULL: deletes it. */
static void set_policy(struct ground *ground, bool repository, const char *statements)
{
    if (statements == NULL) {
        assert_int_equal(
            ground_call(ground, "DELETE",
                        repository ? "/v1/repository/permissions/policies" : "/v1/domain/permissions/policy",
                        repository ? IN_REPOSITORY : IN_DOMAIN, NULL),
            200);
        return;
    }
    BUFFER_AUTO body = {0};
    buffer_append_text(&body, repository ? "{" : "{\"domain\":\"my-domain\",");
    buffer_append_text(&body, "\"policyDocument\":");
    json_write_string(
        &body, slice_of(arena_format(ground->arena, "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}", statements)));
    buffer_append_char(&body, '}');
    int status =
        ground_call(ground, "PUT", repository ? "/v1/repository/permissions/policy" : "/v1/domain/permissions/policy",
                    repository ? IN_REPOSITORY : "", buffer_text(&body));
    if (status != 200)
        fail_msg("%s: %s", statements, ground_body(ground));
}

static void make_repository(struct ground *ground)
{
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", IN_REPOSITORY, "{}"), 200);
}

/** Asks as somebody; with a body it is JSON. */
static int ask(struct ground *ground, const char *key, const char *method, const char *path, const char *query,
               const char *body)
{
    return ground_ask(ground, (struct fixture_request){.key = key,
                                                       .method = method,
                                                       .path = path,
                                                       .query = query,
                                                       .body = body,
                                                       .content_type = body == NULL ? NULL : "application/json"});
}

struct operation {
    const char *name;
    const char *method;
    const char *path;
    const char *query;
    const char *body;
    const char *resource;
};

/** What is decided by a domain's policy alone, then from OF_REPOSITORY on by a repository's and the domain's. */
static const struct operation operations[] = {
    {"DescribeDomain", "GET", "/v1/domain", IN_DOMAIN, NULL, DOMAIN_ARN},
    {"GetAuthorizationToken", "POST", "/v1/authorization-token", IN_DOMAIN, NULL, DOMAIN_ARN},
    {"ListRepositoriesInDomain", "POST", "/v1/domain/repositories", IN_DOMAIN, NULL, DOMAIN_ARN},
    {"GetDomainPermissionsPolicy", "GET", "/v1/domain/permissions/policy", IN_DOMAIN, NULL, DOMAIN_ARN},
    {"ListTagsForResource", "POST", "/v1/tags", "resourceArn=" DOMAIN_ARN, NULL, DOMAIN_ARN},
    {"TagResource", "POST", "/v1/tag", "resourceArn=" DOMAIN_ARN, "{\"tags\":[]}", DOMAIN_ARN},
    {"UntagResource", "POST", "/v1/untag", "resourceArn=" DOMAIN_ARN, "{\"tagKeys\":[]}", DOMAIN_ARN},
    {"CreateRepository", "POST", "/v1/repository", IN_DOMAIN "&repository=made", "{}", "*"},
    {"DescribeRepository", "GET", "/v1/repository", IN_REPOSITORY, NULL, REPOSITORY_ARN},
    {"UpdateRepository", "PUT", "/v1/repository", IN_REPOSITORY, "{}", REPOSITORY_ARN},
    {"GetRepositoryEndpoint", "GET", "/v1/repository/endpoint", IN_REPOSITORY "&format=npm", NULL, REPOSITORY_ARN},
    {"GetRepositoryPermissionsPolicy", "GET", "/v1/repository/permissions/policy", IN_REPOSITORY, NULL, REPOSITORY_ARN},
    {"ListTagsForResource", "POST", "/v1/tags", "resourceArn=" REPOSITORY_ARN, NULL, REPOSITORY_ARN},
    {"DeleteRepositoryPermissionsPolicy", "DELETE", "/v1/repository/permissions/policies", IN_REPOSITORY, NULL,
     REPOSITORY_ARN},
    {"DeleteRepository", "DELETE", "/v1/repository", IN_REPOSITORY, NULL, REPOSITORY_ARN},
};
#define OPERATIONS (sizeof operations / sizeof operations[0])
#define OF_REPOSITORY 8

static int try_operation(struct ground *ground, const char *key, const struct operation *is)
{
    return ask(ground, key, is->method, is->path, is->query, is->body);
}

static void expect_refusal(struct ground *ground, const char *who, const struct operation *is, const char *how)
{
    ground_expect_error(ground, "AccessDeniedException",
                        arena_format(ground->arena,
                                     "%s is not authorized to perform: codeartifact:%s on resource: %s %s", who,
                                     is->name, is->resource, how));
}

static void test_another_account_needs_the_consent_of_the_owner(void **state)
{
    struct ground *ground = *state;
    make_repository(ground);
    for (size_t i = 0; i < OPERATIONS; i++) {
        const struct operation *is = &operations[i];
        const char *how =
            arena_format(ground->arena, "because no resource-based policy allows the codeartifact:%s action", is->name);
        // Without a policy, with one for somebody else, with one on the other resource (a domain's counts for its
        // repositories), and with the resource's own.
        assert_int_equal(try_operation(ground, KEY_STRANGER, is), 403);
        expect_refusal(ground, STRANGER, is, how);
        bool repository = i >= OF_REPOSITORY;
        const char *allow = arena_format(
            ground->arena, "{\"Effect\":\"Allow\"," TO_OTHERS "\"Action\":\"codeartifact:%s\"," ALL_OF, is->name);
        set_policy(ground, repository, ALLOW(TO("999999999999"), "*"));
        assert_int_equal(try_operation(ground, KEY_STRANGER, is), 403);
        const bool ends = strncmp(is->name, "Delete", 6) == 0;
        set_policy(ground, !repository, allow);
        if (!repository || !ends)
            assert_int_equal(try_operation(ground, KEY_STRANGER, is), repository ? 200 : 403);
        if (!repository)
            expect_refusal(ground, STRANGER, is, how);
        set_policy(ground, false, ALLOW(TO_READER, "DescribeDomain"));
        set_policy(ground, repository, allow);
        int status = try_operation(ground, KEY_STRANGER, is);
        if (status != 200)
            fail_msg("%s: %s", is->name, ground_body(ground));
        if (!ends) {
            set_policy(ground, repository, NULL);
            assert_int_equal(try_operation(ground, KEY_STRANGER, is), 403);
        }
        set_policy(ground, false, ALLOW(TO_READER, "DescribeDomain"));
    }
}

static void test_a_repository_of_another_account_in_the_domain(void **state)
{
    struct ground *ground = *state;
    set_policy(ground, false, ALLOW(TO_OTHERS, "CreateRepository"));
    assert_int_equal(ask(ground, KEY_STRANGER, "POST", "/v1/repository", IN_DOMAIN "&repository=theirs", "{}"), 200);
    assert_non_null(strstr(ground_body(ground), "\"administratorAccount\":\"210987654321\""));
    assert_non_null(strstr(ground_body(ground), "\"domainOwner\":\"123456789012\""));
    assert_int_equal(ask(ground, KEY_STRANGER, "POST", "/v1/repositories", NULL, NULL), 200);
    assert_non_null(strstr(ground_body(ground), "\"theirs\""));
    assert_int_equal(ground_call(ground, "POST", "/v1/repositories", NULL, NULL), 200);
    assert_string_equal(ground_body(ground), "{\"repositories\":[]}");
    assert_int_equal(ground_call(ground, "POST", "/v1/domain/repositories", IN_DOMAIN, NULL), 200);
    assert_non_null(strstr(ground_body(ground), "\"theirs\""));
}

static void test_the_same_account_needs_one_of_both(void **state)
{
    struct ground *ground = *state;
    const struct operation list = operations[2];
    assert_int_equal(try_operation(ground, KEY_READER, &list), 403);
    set_policy(ground, false, ALLOW(TO_READER, "List*"));
    assert_int_equal(try_operation(ground, KEY_READER, &list), 200);
    set_policy(ground, false, ALLOW(TO_READER, "List*") "," DENY(TO_ALL, "DescribeDomain"));
    assert_int_equal(try_operation(ground, KEY_READER, &list), 200);
    assert_int_equal(try_operation(ground, KEY_READER, &operations[0]), 403);
    expect_refusal(ground, CALLER "reader", &operations[0], "with an explicit deny in a resource-based policy");
    // To the account means: its own policies decide.
    set_policy(ground, false, ALLOW(TO("123456789012"), "*"));
    assert_int_equal(try_operation(ground, KEY_READER, &list), 403);
    assert_int_equal(try_operation(ground, KEY_READER, &operations[0]), 200);
}

/** A policy has no say in its own replacement: it can neither lock its owner out nor let another account in. */
static void test_a_policy_does_not_guard_itself(void **state)
{
    struct ground *ground = *state;
    make_repository(ground);
    for (size_t i = 0; i < 2; i++) {
        bool repository = i == 1;
        set_policy(ground, repository, DENY(TO_ALL, "*"));
        set_policy(ground, repository, ALLOW(TO_OTHERS, "*"));
        const char *path = repository ? "/v1/repository/permissions/policy" : "/v1/domain/permissions/policy";
        const char *body =
            repository ? "{\"policyDocument\":\"{}\"}"
                       : "{\"domain\":\"my-domain\",\"domainOwner\":\"123456789012\",\"policyDocument\":\"{}\"}";
        assert_int_equal(ask(ground, KEY_STRANGER, "PUT", path, repository ? IN_REPOSITORY : "", body), 403);
        ground_expect_error(ground, "AccessDeniedException", NULL);
        set_policy(ground, repository, DENY(TO_ALL, "*"));
        assert_int_equal(ground_call(ground, "GET", path, repository ? IN_REPOSITORY : IN_DOMAIN, NULL), 403);
        assert_int_equal(ask(ground, KEY_ROOT, "GET", path, repository ? IN_REPOSITORY : IN_DOMAIN, NULL), 403);
        set_policy(ground, repository, ALLOW(TO_READER, "*"));
    }
}

static void test_upstreams_must_be_allowed(void **state)
{
    struct ground *ground = *state;
    make_repository(ground);
    const char *body = "{\"upstreams\":[{\"repositoryName\":\"repo\"}]}";
    set_policy(ground, true, DENY(TO_ALL, "AssociateWithDownstreamRepository"));
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", IN_DOMAIN "&repository=down", body), 403);
    ground_expect_error(ground, "AccessDeniedException",
                        CALLER
                        "ops/admin is not authorized to perform: codeartifact:AssociateWithDownstreamRepository on "
                        "resource: " REPOSITORY_ARN " with an explicit deny in a resource-based policy");
    set_policy(ground, true, NULL);
    assert_int_equal(ground_call(ground, "POST", "/v1/repository", IN_DOMAIN "&repository=down", body), 200);
    set_policy(ground, false, ALLOW(TO_OTHERS, "CreateRepository"));
    assert_int_equal(ask(ground, KEY_STRANGER, "POST", "/v1/repository", IN_DOMAIN "&repository=theirs", body), 403);
    set_policy(ground, true, ALLOW(TO_OTHERS, "AssociateWithDownstreamRepository"));
    assert_int_equal(ask(ground, KEY_STRANGER, "POST", "/v1/repository", IN_DOMAIN "&repository=theirs", body), 200);
}

static void tag_domain(struct ground *ground, const char *tags)
{
    assert_int_equal(ground_call(ground, "POST", "/v1/tag", "resourceArn=" DOMAIN_ARN,
                                 arena_format(ground->arena, "{\"tags\":[%s]}", tags)),
                     200);
}

static void test_conditions_ask_for_tags(void **state)
{
    struct ground *ground = *state;
    set_policy(ground, false,
               "{\"Effect\":\"Allow\"," TO_READER "\"Action\":\"codeartifact:List*\",\"Resource\":\"*\","
               "\"Condition\":{\"StringEquals\":{\"aws:ResourceTag/team\":\"build\"}}}");
    const struct operation list = operations[2];
    assert_int_equal(try_operation(ground, KEY_READER, &list), 403);
    tag_domain(ground, "{\"key\":\"team\",\"value\":\"other\"}");
    assert_int_equal(try_operation(ground, KEY_READER, &list), 403);
    tag_domain(ground, "{\"key\":\"team\",\"value\":\"build\"}");
    assert_int_equal(try_operation(ground, KEY_READER, &list), 200);
    // A repository that does not exist yet has no tags, and its domain's are not its own.
    set_policy(ground, false,
               "{\"Effect\":\"Allow\"," TO_READER "\"Action\":\"codeartifact:*\",\"Resource\":\"*\","
               "\"Condition\":{\"StringEquals\":{\"aws:ResourceTag/team\":\"build\"}}}");
    assert_int_equal(try_operation(ground, KEY_READER, &list), 200);
    assert_int_equal(try_operation(ground, KEY_READER, &operations[7]), 403);
    set_policy(ground, false,
               "{\"Effect\":\"Allow\"," TO_READER "\"Action\":\"codeartifact:*tagResource\",\"Resource\":\"*\","
               "\"Condition\":{\"ForAllValues:StringLike\":{\"aws:TagKeys\":\"x-*\"}}}");
    static const struct {
        const char *keys;
        int status;
    } untag[] = {{"\"x-1\",\"x-2\"", 200}, {"\"x-1\",\"team\"", 403}, {"", 200}};
    for (size_t i = 0; i < sizeof untag / sizeof untag[0]; i++)
        assert_int_equal(ask(ground, KEY_READER, "POST", "/v1/untag", "resourceArn=" DOMAIN_ARN,
                             arena_format(ground->arena, "{\"tagKeys\":[%s]}", untag[i].keys)),
                         untag[i].status);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_another_account_needs_the_consent_of_the_owner, ground_set_up,
                                        ground_tear_down),
        cmocka_unit_test_setup_teardown(test_a_repository_of_another_account_in_the_domain, ground_set_up,
                                        ground_tear_down),
        cmocka_unit_test_setup_teardown(test_the_same_account_needs_one_of_both, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_a_policy_does_not_guard_itself, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_upstreams_must_be_allowed, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_conditions_ask_for_tags, ground_set_up, ground_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
