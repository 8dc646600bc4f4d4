// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/reach.h"

#include "api/api.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct glob_case {
    const char *one;
    const char *other;
    bool meet;
};

static void globs_meet_where_a_text_fits_both(void **state)
{
    static const struct glob_case cases[] = {
        {"", "", true},         {"", "*", true},       {"", "?", false},     {"*", "*", true},
        {"a", "a", true},       {"a", "b", false},     {"a*", "*b", true},   {"a*c", "ab*", true},
        {"a?c", "abc", true},   {"a?c", "ac", false},  {"*x*", "a*b", true}, {"?", "?", true},
        {"a*b", "a*c", false},  {"ab*", "ba*", false}, {"**", "a", true},    {"a**b", "ab", true},
        {"*a?", "b*a", true},   {"??", "*a", true},    {"??", "a", false},   {"domain/*", "dom*", true},
        {"x:*:y", "x:y", false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(reach_globs_meet(slice_of(cases[i].one), slice_of(cases[i].other)), cases[i].meet);
        assert_int_equal(reach_globs_meet(slice_of(cases[i].other), slice_of(cases[i].one)), cases[i].meet);
    }
}

static void write_down(void *context, size_t statement, enum reach_problem problem, struct slice text)
{
    static const char signs[] = "?!@";
    buffer_append_format(context, "%zu%c%.*s ", statement, signs[problem], SLICE_ARGS(text));
}

struct reach_case {
    const char *statement;
    const char *found;
};

#define DOMAIN "arn:aws:codeartifact:us-west-2:111122223333:domain/demo"
#define REPOSITORY "arn:aws:codeartifact:us-west-2:111122223333:repository/demo/r"

static void what_matches_nothing_is_found(void **state)
{
    static const struct reach_case cases[] = {
        {"\"Action\":\"*\",\"Resource\":\"*\"", ""},
        {"\"Action\":\"codeartifact:*\",\"Resource\":\"" DOMAIN "\"", ""},
        {"\"Action\":\"codeartifact:getauthorizationTOKEN\",\"Resource\":\"" DOMAIN "\"", ""},
        {"\"Action\":[\"codeartifact:Get*\",\"sts:GetServiceBearerToken\"],\"Resource\":\"*\"", ""},
        {"\"Action\":[\"codeartifact:GetAuthorizationToken\",\"sts:GetServiceBearerToken\"],\"Resource\":\"" DOMAIN
         "\"",
         "0!sts:GetServiceBearerToken "},
        {"\"Action\":\"s3:GetObject\",\"Resource\":\"*\"", "0?s3:GetObject "},
        {"\"Action\":[\"codeartifact:GetAuthorisationToken\"],\"Resource\":\"*\"",
         "0?codeartifact:GetAuthorisationToken "},
        {"\"Action\":\"codeartifact:DescribeDomain\",\"Resource\":[\"" DOMAIN "\",\"" REPOSITORY "\"]",
         "0@" REPOSITORY " "},
        {"\"Action\":\"codeartifact:DescribeDomain\",\"Resource\":"
         "\"arn:aws:codeartifact:eu-west-1:111122223333:domain/demo\"",
         "0!codeartifact:DescribeDomain 0@arn:aws:codeartifact:eu-west-1:111122223333:domain/demo "},
        {"\"NotAction\":\"iam:*\",\"Resource\":\"" DOMAIN "\"", ""},
        {"\"Action\":\"codeartifact:DescribeDomain\",\"NotResource\":\"" DOMAIN "\"", ""},
        {"\"Action\":\"codeartifact:DescribeDomain\"", ""},
        {"\"Action\":\"iam:CreateAccessKey\",\"Resource\":\"arn:aws:iam::111122223333:user/${aws:username}\"", ""},
        {"\"Action\":\"iam:*User\",\"Resource\":\"arn:aws:iam::999999999999:user/*\"",
         "0!iam:*User 0@arn:aws:iam::999999999999:user/* "},
        {"\"Action\":\"sts:AssumeRole\",\"Resource\":\"arn:aws:iam::111122223333:role/ci\"", ""},
        {"\"Action\":\"codeartifact:ReadFromRepository\",\"Resource\":\"" REPOSITORY "\"", ""},
        {"\"Action\":\"codeartifact:DescribeDomain\",\"Resource\":\"arn:aws:codeartifact:*:domain/${aws:PrincipalTag/"
         "t}\"",
         ""},
    };
    const struct reach_place place = {"111122223333", "us-west-2"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BUFFER_AUTO found = {0};
        MEMORY_AUTO char *document =
            memory_format("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",%s}]}", cases[i].statement);
        reach_check(slice_of(document), &place, write_down, &found);
        assert_string_equal(buffer_text(&found), cases[i].found);
    }
}

static void one_statement_need_not_be_a_list(void **state)
{
    const struct reach_place place = {"111122223333", "us-west-2"};
    BUFFER_AUTO found = {0};
    (void)state;
    reach_check(SLICE("{\"Statement\":{\"Action\":\"s3:*\",\"Resource\":\"*\"}}"), &place, write_down, &found);
    assert_string_equal(buffer_text(&found), "0?s3:* ");
    reach_check(SLICE("[1,2"), &place, write_down, &found);
    reach_check(SLICE("{\"Statement\":[1,{\"Action\":[1,{}],\"Resource\":7}]}"), &place, write_down, &found);
}

static void every_operation_is_an_action(void **state)
{
    const struct reach_place place = {"111122223333", "us-west-2"};
    BUFFER_AUTO found = {0};
    (void)state;
    for (size_t i = 0; api_served[i] != NULL; i++) {
        for (const struct api_operation *const *at = api_served[i]->operations; *at != NULL; at++) {
            MEMORY_AUTO char *document = memory_format("{\"Statement\":{\"Action\":\"%s:%s\",\"Resource\":\"*\"}}",
                                                       api_served[i]->signing_name, (*at)->name);
            reach_check(slice_of(document), &place, write_down, &found);
        }
    }
    assert_string_equal(buffer_text(&found), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globs_meet_where_a_text_fits_both),
        cmocka_unit_test(what_matches_nothing_is_found),
        cmocka_unit_test(one_statement_need_not_be_a_list),
        cmocka_unit_test(every_operation_is_an_action),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
