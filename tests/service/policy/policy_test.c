// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Policies: what they decide, and the parts that they are made of. */
#include "service/policy/address.h"
#include "service/policy/pattern.h"
#include "service/policy/policy.h"
#include "service/policy/value.h"

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
    enum policy_outcome decision;
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

static const struct policy_principal user = {
    .kind = POLICY_PRINCIPAL_USER,
    .account = {"123456789012", 12},
    .arn = {"arn:aws:iam::123456789012:user/u", 32},
};

static struct policy *parse(enum policy_kind kind, const char *document)
{
    ERROR_AUTO error = {0};
    struct policy *policy = policy_parse(kind, slice_of(document), POLICY_SIZE_MAX, &error);
    if (policy == NULL)
        fail_msg("%s: %s", document, error.message);
    return policy;
}

static void test_decisions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decisions / sizeof decisions[0]; i++) {
        struct policy *policies[3];
        size_t count = 0;
        for (; count < 3 && decisions[i].policies[count] != NULL; count++)
            policies[count] = parse(POLICY_IDENTITY, decisions[i].policies[count]);
        const struct policy_request request = {
            .action = slice_of(decisions[i].action), .resource = slice_of(decisions[i].resource), .principal = &user};
        const struct policy_sets sets = {.of = {[POLICY_IDENTITY] = {(const struct policy *const *)policies, count}}};
        enum policy_outcome decision = policy_decide(&sets, &request).outcome;
        for (size_t j = 0; j < count; j++)
            policy_free(policies[j]);
        if (decision != decisions[i].decision)
            fail_msg("case %zu: %s on %s with %s: %d, expected %d", i, decisions[i].action, decisions[i].resource,
                     decisions[i].policies[0] == NULL ? "nothing" : decisions[i].policies[0], decision,
                     decisions[i].decision);
    }
}

/** Which statements fit, of which policy, all of them. */
static void test_matches(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    struct policy *identity[] = {
        parse(POLICY_IDENTITY, TWO(ALLOW("\"sts:*\"", "\"*\""), ALLOW("\"*\"", "\"*\""))),
        parse(POLICY_IDENTITY, "{\"Statement\":{\"Sid\":\"Never\",\"Effect\":\"Deny\",\"Action\":\"codeartifact:*\","
                               "\"Resource\":\"*\"}}"),
    };
    struct policy *boundary[] = {parse(POLICY_BOUNDARY, ONE(ALLOW("\"*\"", "\"*\"")))};
    struct policy_matches matches;
    const struct policy_request request = {
        .action = SLICE(GET), .resource = SLICE(DOMAIN), .principal = &user, .arena = arena, .matches = &matches};
    const struct policy_sets sets = {.of = {[POLICY_IDENTITY] = {(const struct policy *const *)identity, 2},
                                            [POLICY_BOUNDARY] = {(const struct policy *const *)boundary, 1}}};
    struct policy_verdict verdict = policy_decide(&sets, &request);
    assert_int_equal(verdict.outcome, POLICY_EXPLICITLY_DENIED);
    assert_int_equal(verdict.kind, POLICY_IDENTITY);
    assert_int_equal(matches.count, 3);
    assert_int_equal(matches.items[0].statement, 1);
    assert_int_equal(matches.items[1].policy, 1);
    assert_true(matches.items[1].deny);
    assert_int_equal(matches.items[2].kind, POLICY_BOUNDARY);
    assert_int_equal(policy_statement_count(identity[0]), 2);
    assert_true(slice_is(policy_statement_id(identity[1], 0), "Never"));
    policy_free(identity[0]);
    policy_free(identity[1]);
    policy_free(boundary[0]);
}

/** An action of any length is compared as a whole. */
static void test_long_action(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO action = {0};
    BUFFER_AUTO document = {0};
    buffer_append_text(&action, "a:");
    for (size_t i = 0; i < 126; i++)
        buffer_append_char(&action, 'B');
    buffer_append_format(&document, ONE(ALLOW("\"%s\"", "\"*\"")), buffer_text(&action));
    struct policy *policy = parse(POLICY_IDENTITY, buffer_text(&document));
    const struct policy *policies[] = {policy};
    const struct policy_sets sets = {.of = {[POLICY_IDENTITY] = {policies, 1}}};
    struct policy_request request = {
        .action = buffer_slice(&action), .resource = SLICE("*"), .principal = &user, .arena = arena};
    assert_int_equal(policy_decide(&sets, &request).outcome, POLICY_ALLOWED);
    buffer_append_char(&action, 'B');
    request.action = buffer_slice(&action);
    assert_int_equal(policy_decide(&sets, &request).outcome, POLICY_NOT_ALLOWED);
    policy_free(policy);
}

static bool matches(const char *pattern, const char *text, bool any_case)
{
    ARENA_AUTO *arena = arena_new();
    struct pattern compiled;
    const struct pattern_form form = {.wildcards = true, .any_case = any_case};
    assert_true(pattern_compile(arena, slice_of(pattern), form, &compiled));
    return pattern_match(&compiled, slice_of(text), NULL) == PATTERN_MATCHES;
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
        {"a**b", "ab", true},     {"*ab*", "aab", true},     {"*ab?", "ababc", true},  {"ab*ab", "ab", false},
        {"?", "\xc3\xa9", true},  {"??", "\xc3\xa9", false}, {"*?", "\xc3\xa9", true}, {"*??", "\xc3\xa9", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (matches(cases[i].pattern, cases[i].text, false) != cases[i].matches)
            fail_msg("%s on %s", cases[i].pattern, cases[i].text);
    assert_true(matches("A*b", "aXB", true));
    assert_false(matches("A*b", "aXB", false));
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
    pattern[2000] = '\0';
    text[2000] = '\0';
    assert_false(matches(pattern, text, false));
}

static void test_addresses(void **state)
{
    (void)state;
    static const char *const good[] = {
        "1.2.3.4",   "0.0.0.0",      "255.255.255.255",      "::",        "::1", "1::", "1:2:3:4:5:6:7:8", "1::8",
        "::1.2.3.4", "1:2::3.4.5.6", "1:2:3:4:5:6:7.8.9.10", "ABCD::ef01"};
    static const char *const bad[] = {"",
                                      "1.2.3",
                                      "1.2.3.4.5",
                                      "1.2.3.256",
                                      "01.2.3.4",
                                      "1.2.3.",
                                      ".1.2.3",
                                      "1.2.3.4 ",
                                      ":",
                                      ":::",
                                      "1::2::3",
                                      "1:2:3",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:8::",
                                      "12345::",
                                      "g::",
                                      "::1.2.3",
                                      "1.2.3.4::",
                                      "fe80::1%eth0",
                                      "::1.2.3.4:5",
                                      "1:2:3:4:5:6:7:1.2.3.4",
                                      ":1:2:3:4:5:6:7:8",
                                      "1:2:3:4:5:6:7:"};
    static const char *const bad_ranges[] = {"1.2.3.4/", "1.2.3.4/33", "1.2.3.4/-1",  "1.2.3.4/+1",  "::/129",
                                             "1.2.3/24", "/8",         "1.2.3.4/0x8", "1.2.3.4/8/8", "1.2.3.4/0008"};
    struct address address;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (!address_parse(slice_of(good[i]), &address) || !address_parse_range(slice_of(good[i]), &address))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (address_parse(slice_of(bad[i]), &address) || address_parse_range(slice_of(bad[i]), &address))
            fail_msg("%s", bad[i]);
    for (size_t i = 0; i < sizeof bad_ranges / sizeof bad_ranges[0]; i++)
        if (address_parse_range(slice_of(bad_ranges[i]), &address))
            fail_msg("%s", bad_ranges[i]);
}

static void test_values(void **state)
{
    (void)state;
    static const char *const bad_dates[] = {"",
                                            "-",

                                            "2020-13",
                                            "2020-1",
                                            "2020-01-01T",
                                            "2020-01-01T00",
                                            "2020-01-01T25:00Z",
                                            "2020-02-30",
                                            "12345678901234567890",
                                            "999999999999999",
                                            "2020-01-01T00:00:00+25",
                                            "x2020",
                                            "2020-01-01 "};
    static const char *const bad_numbers[] = {"", ".", "1.", ".5", "1e", "0x1", "inf", "nan", "1 ", "--1", "1e999"};
    int64_t date;
    double number;
    bool truth;
    for (size_t i = 0; i < sizeof bad_dates / sizeof bad_dates[0]; i++)
        if (value_parse_date(slice_of(bad_dates[i]), &date))
            fail_msg("%s", bad_dates[i]);
    for (size_t i = 0; i < sizeof bad_numbers / sizeof bad_numbers[0]; i++)
        if (value_parse_number(slice_of(bad_numbers[i]), &number))
            fail_msg("%s", bad_numbers[i]);
    assert_false(value_parse_truth(SLICE("yes"), &truth));
    assert_true(value_parse_date(SLICE("2020-01-01T00:00"), &date));
    assert_true(value_parse_date(SLICE("2020-01-01T00:00:00"), &date));
    assert_true(value_parse_date(SLICE("2020-01-01T00:00:00.123456789"), &date));
}

/** The first is an example of the AWS CLI's reference, simulate-custom-policy. */
static void test_positions(void **state)
{
    (void)state;
    static const struct {
        const char *document;
        size_t statement;
        struct policy_position start; // line 0: it is not found
        struct policy_position end;
    } cases[] = {
        {"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"dynamodb:*\",\"Resource\":\"*\","
         "\"Condition\":{\"DateGreaterThan\":{\"aws:CurrentTime\":\"2018-08-16T12:00:00Z\"}}}}",
         0,
         {1, 38},
         {1, 167}},
        {"{\"Version\":\"2012-10-17\",\"Statement\":[" DENY("\"*\"", "\"*\"") "]}", 0, {1, 38}, {1, 83}},
        {"{\n  \"Statement\" : [\n    {\"Sid\": \"\xc3\xa9}]\\\"\"},\n    {\n      \"a\": [1, true, {}]\n    } , {}\n  "
         "]\n}",
         0,
         {3, 5},
         {3, 21}},
        {"{\n  \"Statement\" : [\n    {\"Sid\": \"\xc3\xa9}]\\\"\"},\n    {\n      \"a\": [1, true, {}]\n    } , {}\n  "
         "]\n}",
         1,
         {4, 5},
         {6, 6}},
        {"{\n  \"Statement\" : [\n    {\"Sid\": \"\xc3\xa9}]\\\"\"},\n    {\n      \"a\": [1, true, {}]\n    } , {}\n  "
         "]\n}",
         2,
         {6, 9},
         {6, 11}},
        {"{\"Id\":\"Statement\",\"x\":{\"Statement\":[{}]},\"y\":[true,null,-1.5e3],\"Statement\":[{}]}",
         0,
         {1, 78},
         {1, 80}},
        {"{\"Statement\":[{}]}", 1, {0, 0}, {0, 0}},
        {"{\"Statement\":{}}", 1, {0, 0}, {0, 0}},
        {"{\"State\\u006dent\":{}}", 0, {0, 0}, {0, 0}},
        {"{}", 0, {0, 0}, {0, 0}},
        {"", 0, {0, 0}, {0, 0}},
        {"{\"Statement\":[{\"", 0, {1, 15}, {1, 17}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct policy_position start = {0, 0};
        struct policy_position end = {0, 0};
        (void)policy_locate_statement(slice_of(cases[i].document), cases[i].statement, &start, &end);
        if (start.line != cases[i].start.line || start.column != cases[i].start.column ||
            end.line != cases[i].end.line || end.column != cases[i].end.column)
            fail_msg("case %zu: %zu:%zu to %zu:%zu", i, start.line, start.column, end.line, end.column);
    }
}

#define PUBLISH "codeartifact:PublishPackageVersion"
#define PACKAGE(name) "arn:aws:codeartifact:us-west-2:123456789012:package/dd/rr/pypi//" name
#define NOT(effect, resource) "{\"Effect\":\"" effect "\",\"Action\":\"*\",\"NotResource\":\"" resource "\"}"
#define ALLOW_ALL ALLOW("\"*\"", "\"*\"")
#define ALLOW_ONE(resource) ONE(ALLOW("\"*\"", "\"" resource "\""))
#define DENY_ONE(resource) TWO(ALLOW_ALL, DENY("\"*\"", "\"" resource "\""))

/** What counts for a package whose name is not known. */
static const struct {
    const char *policy;
    enum policy_outcome decision;
} any_names[] = {
    {ONE(ALLOW_ALL), POLICY_ALLOWED},
    {ALLOW_ONE(PACKAGE("*")), POLICY_ALLOWED},
    {ALLOW_ONE("arn:aws:codeartifact:*:*:package/*"), POLICY_ALLOWED},
    {ALLOW_ONE("arn:aws:codeartifact:*:*:package/dd/*/pypi/*"), POLICY_ALLOWED},
    {ALLOW_ONE("arn:aws:codeartifact:*:*:*pypi*"), POLICY_ALLOWED},
    {ALLOW_ONE(PACKAGE("lib")), POLICY_NOT_ALLOWED},
    {ALLOW_ONE(PACKAGE("lib*")), POLICY_NOT_ALLOWED},
    {ALLOW_ONE(PACKAGE("?")), POLICY_NOT_ALLOWED},
    {ALLOW_ONE(PACKAGE("${*}")), POLICY_NOT_ALLOWED},
    {ALLOW_ONE(PACKAGE("*lib")), POLICY_NOT_ALLOWED},
    {ALLOW_ONE("arn:aws:codeartifact:*:*:package/*/npm/*"), POLICY_NOT_ALLOWED},
    {DENY_ONE(PACKAGE("lib")), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE(PACKAGE("lib*")), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE(PACKAGE("*lib")), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE(PACKAGE("?")), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE(PACKAGE("${aws:username}")), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE("arn:aws:codeartifact:*:*:package/*/lib"), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE("arn:aws:codeartifact:*:*:package/dd/*"), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE("*"), POLICY_EXPLICITLY_DENIED},
    {DENY_ONE("arn:aws:codeartifact:*:*:package/dd/rr/npm//lib"), POLICY_ALLOWED},
    {DENY_ONE("arn:aws:codeartifact:*:*:package/ee/*"), POLICY_ALLOWED},
    {DENY_ONE("arn:aws:codeartifact:us-east-1:*:package/*"), POLICY_ALLOWED},
    {DENY_ONE("arn:aws:codeartifact:*:*:repository/dd/rr"), POLICY_ALLOWED},
    {ONE(NOT("Allow", PACKAGE("lib"))), POLICY_NOT_ALLOWED},
    {ONE(NOT("Allow", "arn:aws:codeartifact:*:*:package/ee/*")), POLICY_ALLOWED},
    {TWO(ALLOW_ALL, NOT("Deny", PACKAGE("lib"))), POLICY_EXPLICITLY_DENIED},
    {TWO(ALLOW_ALL, NOT("Deny", PACKAGE("*"))), POLICY_ALLOWED},
};

static void test_any_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof any_names / sizeof any_names[0]; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct policy *policy =
            policy_parse(POLICY_IDENTITY, slice_of(any_names[i].policy), POLICY_SIZE_MANAGED, &error);
        if (policy == NULL)
            fail_msg("%s: %s", any_names[i].policy, error.message);
        const struct policy *const set[] = {policy};
        const struct policy_sets sets = {.of = {[POLICY_IDENTITY] = {set, 1}}};
        const struct policy_principal principal = {.kind = POLICY_PRINCIPAL_USER, .account = SLICE("123456789012")};
        const struct policy_request request = {.action = SLICE(PUBLISH),
                                               .resource = SLICE(PACKAGE("*")),
                                               .any_name = true,
                                               .principal = &principal,
                                               .arena = arena};
        enum policy_outcome decision = policy_decide(&sets, &request).outcome;
        policy_free(policy);
        if (decision != any_names[i].decision)
            fail_msg("%s: %d", any_names[i].policy, (int)decision);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decisions), cmocka_unit_test(test_matches),      cmocka_unit_test(test_long_action),
        cmocka_unit_test(test_patterns),  cmocka_unit_test(test_slow_pattern), cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_values),    cmocka_unit_test(test_positions),    cmocka_unit_test(test_any_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
