// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Policies: what is taken, what is refused and where, and what they decide. */
#include "service/policy/pattern.h"
#include "service/policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ALLOW(action, resource) "{\"Effect\":\"Allow\",\"Action\":" action ",\"Resource\":" resource "}"
#define DENY(action, resource) "{\"Effect\":\"Deny\",\"Action\":" action ",\"Resource\":" resource "}"
#define ONE(statement) "{\"Version\":\"2012-10-17\",\"Statement\":" statement "}"
#define TWO(a, b) "{\"Version\":\"2012-10-17\",\"Statement\":[" a "," b "]}"
#define GET "codeartifact:GetAuthorizationToken"
#define DOMAIN "arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain"
#define REPOSITORY "arn:aws:codeartifact:us-west-2:123456789012:repository/my-domain/my-repo"

static const struct {
    const char *policies[3];
    const char *action;
    const char *resource;
    enum policy_decision decision;
} decisions[] = {
    // Nothing says anything.
    {{NULL}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"*\""))}, "sts:GetServiceBearerToken", "*", POLICY_ALLOWED},
    // Actions.
    {{ONE(ALLOW("\"" GET "\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"" GET "\"", "\"*\""))}, "codeartifact:ListDomains", "*", POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"" GET "\"", "\"*\""))}, "sts:GetAuthorizationToken", "*", POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"CodeArtifact:GETAUTHORIZATIONTOKEN\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:*\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:*\"", "\"*\""))}, "sts:GetServiceBearerToken", "*", POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:Get*\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:get*\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:*Token\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:*Toke\"", "\"*\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:Get*Token\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:Ge?AuthorizationToken\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:GetAuthorizationToken?\"", "\"*\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"codeartifact:?\"", "\"*\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("[\"sts:*\",\"" GET "\"]", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("[\"sts:*\",\"iam:*\"]", "\"*\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    // Resources.
    {{ONE(ALLOW("\"*\"", "\"" DOMAIN "\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"" DOMAIN "\""))}, GET, DOMAIN "2", POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"" DOMAIN "2\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:us-west-2:123456789012:domain/My-domain\""))},
     GET,
     DOMAIN,
     POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:*:*:domain/*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:*:*:domain/*\""))}, GET, REPOSITORY, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:*:*:repository/*\""))}, GET, REPOSITORY, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:*:*:*/my-repo\""))}, GET, REPOSITORY, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:us-west-?:123456789012:domain/m?-*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:us-east-?:123456789012:domain/*\""))},
     GET,
     DOMAIN,
     POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:us-west-2:123456789013:domain/*\""))},
     GET,
     DOMAIN,
     POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:eu-*\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:sts\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:*:codeartifact:*:*:*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    // A star stays in its part of the ARN.
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:*:domain/my-domain\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:us-*:domain/my-domain:*\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"arn:aws:s3:::a:*:c\""))}, "s3:Get", "arn:aws:s3:::a:b:c", POLICY_ALLOWED},
    // An action without a resource asks for "*", which only "*" gives.
    {{ONE(ALLOW("\"*\"", "\"arn:aws:codeartifact:*:*:*\""))}, "codeartifact:ListDomains", "*", POLICY_NOT_ALLOWED},
    {{ONE(ALLOW("\"*\"", "[\"arn:aws:sts:::x\",\"*\"]"))}, "codeartifact:ListDomains", "*", POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "[\"arn:aws:sts:::x\",\"" DOMAIN "\"]"))}, GET, DOMAIN, POLICY_ALLOWED},
    // Denials.
    {{ONE(DENY("\"*\"", "\"*\""))}, GET, DOMAIN, POLICY_EXPLICITLY_DENIED},
    {{TWO(ALLOW("\"*\"", "\"*\""), DENY("\"" GET "\"", "\"*\""))}, GET, DOMAIN, POLICY_EXPLICITLY_DENIED},
    {{TWO(DENY("\"" GET "\"", "\"*\""), ALLOW("\"*\"", "\"*\""))}, GET, DOMAIN, POLICY_EXPLICITLY_DENIED},
    {{TWO(DENY("\"codeartifact:Delete*\"", "\"*\""), ALLOW("\"*\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{TWO(ALLOW("\"*\"", "\"*\""), DENY("\"*\"", "\"" DOMAIN "2\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{TWO(ALLOW("\"*\"", "\"*\""), DENY("\"CODEARTIFACT:GET*\"", "\"arn:aws:codeartifact:*:*:domain/my-*\""))},
     GET,
     DOMAIN,
     POLICY_EXPLICITLY_DENIED},
    // Several policies.
    {{ONE(ALLOW("\"sts:*\"", "\"*\"")), ONE(ALLOW("\"" GET "\"", "\"*\""))}, GET, DOMAIN, POLICY_ALLOWED},
    {{ONE(ALLOW("\"*\"", "\"*\"")), ONE(DENY("\"" GET "\"", "\"*\""))}, GET, DOMAIN, POLICY_EXPLICITLY_DENIED},
    {{ONE(DENY("\"" GET "\"", "\"*\"")), ONE(ALLOW("\"*\"", "\"*\""))}, GET, DOMAIN, POLICY_EXPLICITLY_DENIED},
    {{ONE(ALLOW("\"sts:*\"", "\"*\"")), ONE(ALLOW("\"iam:*\"", "\"*\""))}, GET, DOMAIN, POLICY_NOT_ALLOWED},
    // Action and resource must both fit in one statement.
    {{TWO(ALLOW("\"" GET "\"", "\"" DOMAIN "2\""), ALLOW("\"sts:*\"", "\"" DOMAIN "\""))},
     GET,
     DOMAIN,
     POLICY_NOT_ALLOWED},
    // Without a version, or with the old one, `${` is text.
    {{"{\"Statement\":" ALLOW("\"*\"", "\"arn:aws:s3:::${x}\"") "}"}, "s3:Get", "arn:aws:s3:::${x}", POLICY_ALLOWED},
    {{"{\"Version\":\"2008-10-17\",\"Id\":\"any\",\"Statement\":" ALLOW("\"*\"", "\"arn:aws:s3:::${x}\"") "}"},
     "s3:Get",
     "arn:aws:s3:::${x}",
     POLICY_ALLOWED},
    {{"{\"Statement\":[{\"Sid\":\"A1\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},{\"Sid\":\"A2\","
      "\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}]}"},
     GET,
     DOMAIN,
     POLICY_ALLOWED},
    {{"{\"Statement\":[{\"Sid\":\"\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},{\"Sid\":\"\","
      "\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"*\"}]}"},
     GET,
     DOMAIN,
     POLICY_ALLOWED},
};

static void test_decisions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decisions / sizeof decisions[0]; i++) {
        struct policy *policies[3];
        size_t count = 0;
        while (count < 3 && decisions[i].policies[count] != NULL) {
            ERROR_AUTO error = {0};
            policies[count] = policy_parse(slice_of(decisions[i].policies[count]), &error);
            if (policies[count] == NULL)
                fail_msg("case %zu: %s", i, error.message);
            count++;
        }
        const struct policy_question question = {slice_of(decisions[i].action), slice_of(decisions[i].resource)};
        enum policy_decision decision = policy_evaluate((const struct policy *const *)policies, count, &question);
        for (size_t j = 0; j < count; j++)
            policy_free(policies[j]);
        if (decision != decisions[i].decision)
            fail_msg("case %zu: %s on %s with %s: %d, expected %d", i, decisions[i].action, decisions[i].resource,
                     decisions[i].policies[0] == NULL ? "nothing" : decisions[i].policies[0], decision,
                     decisions[i].decision);
    }
}

#define REST ",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}"
#define GOOD "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}"

static const struct {
    const char *document;
    const char *message; /**< How the message starts. */
} refusals[] = {
    {"", "the policy is no JSON: line 1, column 0: "},
    {"{", "the policy is no JSON: line 1, column 1: "},
    {"{} x", "the policy is no JSON: line 1, column 4: something follows the value"},
    {"[]", "the policy: must be a JSON object"},
    {"null", "the policy: must be a JSON object"},
    {"{}", "Statement: is missing"},
    {"{\"Version\":\"2012-10-17\"}", "Statement: is missing"},
    {"{\"Version\":\"2020-01-01\",\"Statement\":" GOOD "}", "Version: must be \"2012-10-17\" or \"2008-10-17\""},
    {"{\"Version\":20121017,\"Statement\":" GOOD "}", "Version: must be \"2012-10-17\" or \"2008-10-17\""},
    {"{\"Version\":null,\"Statement\":" GOOD "}", "Version: must be \"2012-10-17\" or \"2008-10-17\""},
    {"{\"Id\":1,\"Statement\":" GOOD "}", "Id: must be a text"},
    {"{\"version\":\"2012-10-17\",\"Statement\":" GOOD "}", "version: this element is not supported"},
    {"{\"Statement\":" GOOD ",\"Statement\":" GOOD "}", "the policy is no JSON: line 1, column"},
    {"{\"Statement\":{\"Effect\":\"Deny\"" REST "}", "the policy is no JSON: line 1, column"},
    {"{\"Statement\":[]}", "Statement: must have 1 to 128 statements, and has 0"},
    {"{\"Statement\":\"x\"}", "Statement: must be an object"},
    {"{\"Statement\":[" GOOD ",1]}", "Statement[1]: must be an object"},
    {"{\"Statement\":[" GOOD ",{\"Condition\":{}" REST "]}", "Statement[1].Condition: this element is not supported"},
    {"{\"Statement\":{\"Principal\":\"*\"" REST "}", "Statement.Principal: this element is not supported"},
    {"{\"Statement\":{\"NotAction\":\"*\"" REST "}", "Statement.NotAction: this element is not supported"},
    {"{\"Statement\":{\"NotResource\":\"*\"" REST "}", "Statement.NotResource: this element is not supported"},
    {"{\"Statement\":{\"effect\":\"Deny\"" REST "}", "Statement.effect: this element is not supported"},
    {"{\"Statement\":{\"a\\nb\":1" REST "}", "Statement.?: this element is not supported"},
    {"{\"Statement\":{\"Sid\":1" REST "}", "Statement.Sid: must be a text of letters and digits"},
    {"{\"Statement\":{\"Sid\":\"a b\"" REST "}", "Statement.Sid: must be a text of letters and digits"},
    {"{\"Statement\":[{\"Sid\":\"A\"" REST ",{\"Sid\":\"A\"" REST "]}",
     "Statement[1].Sid: another statement has the same Sid"},
    {"{\"Statement\":{\"Action\":\"*\",\"Resource\":\"*\"}}", "Statement.Effect: must be \"Allow\" or \"Deny\""},
    {"{\"Statement\":{\"Effect\":\"allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
     "Statement.Effect: must be \"Allow\" or \"Deny\""},
    {"{\"Statement\":{\"Effect\":true,\"Action\":\"*\",\"Resource\":\"*\"}}",
     "Statement.Effect: must be \"Allow\" or \"Deny\""},
    {"{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\"}}", "Statement.Action: is missing"},
    {"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}", "Statement.Resource: is missing"},
    {ONE(ALLOW("[]", "\"*\"")), "Statement.Action: must not be empty"},
    {ONE(ALLOW("\"*\"", "[]")), "Statement.Resource: must not be empty"},
    {ONE(ALLOW("{}", "\"*\"")), "Statement.Action: is missing; it must be a text or an array of texts"},
    {ONE(ALLOW("[\"sts:*\",1]", "\"*\"")), "Statement.Action[1]: must be a text"},
    {ONE(ALLOW("\"\"", "\"*\"")), "Statement.Action: must be \"*\" or a vendor and a name"},
    {ONE(ALLOW("\"GetAuthorizationToken\"", "\"*\"")), "Statement.Action: must be \"*\" or a vendor and a name"},
    {ONE(ALLOW("\"codeartifact:\"", "\"*\"")), "Statement.Action: must be"},
    {ONE(ALLOW("\":Get\"", "\"*\"")), "Statement.Action: must be"},
    {ONE(ALLOW("\"code*:Get\"", "\"*\"")), "Statement.Action: must be"},
    {ONE(ALLOW("\"*:*\"", "\"*\"")), "Statement.Action: must be"},
    {ONE(ALLOW("\"**\"", "\"*\"")), "Statement.Action: must be"},
    {ONE(ALLOW("\"a:b:c\"", "\"*\"")), "Statement.Action: must be"},
    {ONE(ALLOW("\"a:b c\"", "\"*\"")), "Statement.Action: must be"},
    {ONE(ALLOW("[\"a:b\",\"a:b\\u0000\"]", "\"*\"")), "Statement.Action[1]: must be"},
    {ONE(ALLOW("\"*\"", "\"\"")), "Statement.Resource: must be \"*\" or an ARN"},
    {ONE(ALLOW("\"*\"", "\"my-domain\"")), "Statement.Resource: must be \"*\" or an ARN"},
    {ONE(ALLOW("\"*\"", "\"**\"")), "Statement.Resource: must be \"*\" or an ARN"},
    {ONE(ALLOW("\"*\"", "\"arn:*\"")), "Statement.Resource: must be \"*\" or an ARN"},
    {ONE(ALLOW("\"*\"", "\"arn:aws::us-west-2\"")), "Statement.Resource: must be \"*\" or an ARN"},
    {ONE(ALLOW("\"*\"", "\"arn:aws:*:us-west-2:1:x\"")),
     "Statement.Resource: must not have a wildcard in the service part of the ARN"},
    {ONE(ALLOW("\"*\"", "\"arn:aws:code?rtifact\"")),
     "Statement.Resource: must not have a wildcard in the service part of the ARN"},
    {ONE(ALLOW("\"*\"", "[\"*\",\"arn:aws:s3:::${aws:username}/*\"]")),
     "Statement.Resource[1]: policy variables are not supported"},
    {ONE(ALLOW("\"*\"", "\"arn:aws:s3:::a\\nb\"")), "Statement.Resource: must be \"*\" or an ARN"},
};

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        ERROR_AUTO error = {0};
        struct policy *policy = policy_parse(slice_of(refusals[i].document), &error);
        policy_free(policy);
        if (policy != NULL)
            fail_msg("taken: %s", refusals[i].document);
        assert_int_equal(error.class, ERROR_PARAMETER);
        assert_string_equal(error.code, "MalformedPolicyDocument");
        if (strncmp(error.message, refusals[i].message, strlen(refusals[i].message)) != 0)
            fail_msg("%s: %s, expected %s", refusals[i].document, error.message, refusals[i].message);
    }
}

static struct policy *parse_statements(size_t count, size_t blanks, struct error *error)
{
    BUFFER_AUTO document = {0};
    buffer_append_text(&document, "{\"Statement\":[");
    for (size_t i = 0; i < count; i++)
        buffer_append_format(&document, "%s%s", i == 0 ? "" : ",", GOOD);
    buffer_append_text(&document, "]}");
    while (document.size < blanks)
        buffer_append_char(&document, ' ');
    return policy_parse(buffer_slice(&document), error);
}

static void test_bounds(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    struct policy *policy = parse_statements(POLICY_STATEMENTS_MAX, POLICY_SIZE_MAX, NULL);
    assert_non_null(policy);
    policy_free(policy);
    assert_null(parse_statements(POLICY_STATEMENTS_MAX + 1, 0, &error));
    assert_string_equal(error.message, "Statement: must have 1 to 128 statements, and has 129");
    assert_null(parse_statements(1, POLICY_SIZE_MAX + 1, &error));
    assert_string_equal(error.message, "the policy has 10241 bytes, and must have no more than 10240");
}

static void test_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        const char *text;
        bool matches;
    } cases[] = {
        {"", "", true},           {"", "a", false},          {"a", "", false},         {"*", "", true},
        {"**", "", true},         {"?", "", false},          {"?", "a", true},         {"?", "ab", false},
        {"*a", "ba", true},       {"*a", "ab", false},       {"a*", "ab", true},       {"a*b*c", "abc", true},
        {"a*b*c", "aXbYc", true}, {"a*b*c", "aXbYd", false}, {"*ab", "aab", true},     {"*aab", "aaab", true},
        {"a*?", "a", false},      {"a*?", "ab", true},       {"*?*?*", "a", false},    {"*?*?*", "ab", true},
        {"a?c*", "abc", true},    {"*.*.*", "a.b", false},   {"*.*.*", "a.b.c", true}, {"A", "a", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (pattern_matches(slice_of(cases[i].pattern), slice_of(cases[i].text), false) != cases[i].matches)
            fail_msg("%s on %s", cases[i].pattern, cases[i].text);
    assert_true(pattern_matches(SLICE("A*b"), SLICE("aXB"), true));
}

/** A pattern made to be slow is not: with plain backtracking this would not end. */
static void test_slow_pattern(void **state)
{
    (void)state;
    char pattern[2001];
    char text[2001];
    for (size_t i = 0; i < 2000; i += 2)
        memcpy(pattern + i, "a*", 2);
    memset(text, 'a', 2000);
    pattern[1999] = 'b';
    assert_false(pattern_matches((struct slice){pattern, 2000}, (struct slice){text, 2000}, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decisions), cmocka_unit_test(test_refusals),     cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_patterns),  cmocka_unit_test(test_slow_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
