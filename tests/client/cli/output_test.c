// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Results in both forms, near misses and skeletons. The expected texts are what the AWS CLI's own code prints. */
#include "api/api.h"
#include "base/json.h"
#include "client/cli/near_miss.h"
#include "client/cli/output.h"
#include "client/cli/query.h"
#include "client/cli/skeleton.h"
#include "client/python.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct form {
    const char *value;
    const char *text;
};

static void check_forms(const struct form *forms, size_t count, void (*write)(struct buffer *, const json_t *))
{
    for (size_t i = 0; i < count; i++) {
        JSON_AUTO *value = json_parse(slice_of(forms[i].value), NULL);
        assert_non_null(value);
        BUFFER_AUTO text = {0};
        write(&text, value);
        assert_string_equal(buffer_text(&text), forms[i].text);
    }
}

static void text_is_tab_separated(void **state)
{
    static const struct form forms[] = {
        {"{\"authorizationToken\":\"t\",\"expiration\":\"e\"}", "t\te\n"},
        {"{\"b\":2,\"a\":1}", "1\t2\n"},
        {"\"s\"", "s\n"},
        {"null", "None\n"},
        {"true", "True\n"},
        {"1700000000.0", "1700000000.0\n"},
        {"[\"a\",\"b\"]", "a\tb\n"},
        {"[[\"a\"],[\"b\"]]", "a\nb\n"},
        {"[1,[2,3],4]", "1\t4\n2\t3\n"},
        {"{}", ""},
        {"[]", ""},
        {"\"\"", "\n"},
        {"{\"a\":{\"b\":\"x\"},\"c\":[1,2]}", "A\tx\nC\t1\nC\t2\n"},
        {"{\"domains\":[{\"name\":\"x\",\"arn\":\"y\"},{\"name\":\"z\"}],\"nextToken\":\"n\"}",
         "n\nDOMAINS\ty\tx\nDOMAINS\t\tz\n"},
        {"{\"r\":{\"name\":\"x\",\"upstreams\":[{\"repositoryName\":\"u\"}],\"n\":0}}", "R\t0\tx\nUPSTREAMS\tu\n"},
        {"[{\"a\":1,\"b\":{\"c\":2}},{\"a\":[3]}]", "1\nB\t2\n[3]\n"},
        {"\"a\\tb\\nc\"", "a\tb\nc\n"},
    };
    (void)state;
    check_forms(forms, sizeof forms / sizeof *forms, output_write_text);
}

static void json_is_indented(void **state)
{
    static const struct form forms[] = {
        {"{}", ""},
        {"[]", "[]\n"},
        {"null", "null\n"},
        {"\"\"", "\"\"\n"},
        {"{\"a\":{\"b\":[1,1.5]}}",
         "{\n    \"a\": {\n        \"b\": [\n            1,\n            1.5\n        ]\n    }\n}\n"},
        {"\"\\u00e9/\\u0001\"", "\"\xc3\xa9/\\u0001\"\n"},
    };
    (void)state;
    check_forms(forms, sizeof forms / sizeof *forms, output_write_json);
}

static void python_spells_values(void **state)
{
    static const struct form forms[] = {
        {"{\"a\":1,\"b\":[true,false,null]}", "{'a': 1, 'b': [True, False, None]}"},
        {"[\"it's\",\"q\\\"\",\"'\\\"\"]", "[\"it's\", 'q\"', '\\'\"']"},
        {"[\"\\t\\n\\\\\\u0001\\u007f\"]", "['\\t\\n\\\\\\x01\\x7f']"},
        {"[\"\\u00e9\\u009b\\u00a0\\u202e\\ufeff\\udb40\\udc01\\ud83d\\ude00\"]",
         "['\xc3\xa9\\x9b\\xa0\\u202e\\ufeff\\U000e0001\xf0\x9f\x98\x80']"},
        {"[1e22,1e-7,0.5]", "[1e+22, 1e-07, 0.5]"},
    };
    (void)state;
    check_forms(forms, sizeof forms / sizeof *forms, python_write_repr);
    BUFFER_AUTO bytes = {0};
    python_write_bytes(&bytes, SLICE("a\xff'"));
    assert_string_equal(buffer_text(&bytes), "b\"a\\xff'\"");
    BUFFER_AUTO name = {0};
    python_write_quoted(&name, SLICE("a\xff\xc3\xa9\xc3"));
    assert_string_equal(buffer_text(&name), "'a\\udcff\xc3\xa9\\udcc3'");
}

static void formats_have_names(void **state)
{
    (void)state;
    assert_int_equal(output_find_format("json"), OUTPUT_JSON);
    assert_int_equal(output_find_format("text"), OUTPUT_TEXT);
    assert_int_equal(output_find_format("off"), OUTPUT_OFF);
    assert_int_equal(output_find_format("table"), OUTPUT_TABLE);
    assert_int_equal(output_find_format("yaml"), OUTPUT_YAML);
    assert_int_equal(output_find_format("yaml-stream"), OUTPUT_YAML_STREAM);
    assert_int_equal(output_find_format("TEXT"), OUTPUT_UNKNOWN);
    assert_int_equal(output_find_format(""), OUTPUT_UNKNOWN);
}

static void near_misses_are_offered(void **state)
{
    static const char *const choices[] = {"json", "text", "table", "yaml", "yaml-stream", "off", NULL};
    static const struct form words[] = {
        {"tex", "\nMaybe you meant:\n\n  * text"},
        {"yam", "\nMaybe you meant:\n\n  * yaml"},
        {"jsno", ""},
        {"bogus", ""},
        {"", ""},
        {"tables", "\nMaybe you meant:\n\n  * table"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        BUFFER_AUTO hint = {0};
        near_miss_write(&hint, words[i].value, choices);
        assert_string_equal(buffer_text(&hint), words[i].text);
    }
    static const char *const alike[] = {"list-domain", "list-domains", "list-domainz", "list-domainx", NULL};
    BUFFER_AUTO three = {0};
    near_miss_write(&three, "list-domainy", alike);
    assert_string_equal(buffer_text(&three),
                        "\nMaybe you meant:\n\n  * list-domain\n  * list-domainz\n  * list-domainx");
}

static void members_are_queried(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    JSON_AUTO *value = json_parse(SLICE("{\"a\":[1],\"b c\":2}"), NULL);
    static const struct form queries[] = {{"a", "[1]"}, {" a ", "[1]"}, {"\"b c\"", "2"}, {"nope", "null"}};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        QUERY_AUTO *query = query_compile(queries[i].value, &error);
        assert_non_null(query);
        JSON_AUTO *found = query_search(query, value, &error);
        BUFFER_AUTO text = {0};
        json_write(&text, found, 0);
        assert_string_equal(buffer_text(&text), queries[i].text);
    }
    assert_null(query_compile("", &error));
    assert_string_equal(error.message, "Bad value for --query : Invalid JMESPath expression: cannot be empty.");
    assert_int_equal(error.class, ERROR_PARAMETER);
    assert_null(query_compile("a b", &error));
    assert_string_equal(error.message,
                        "Bad value for --query a b: Unexpected token: b: Parse error at column 2, token \"b\" "
                        "(UNQUOTED_IDENTIFIER), for expression:\n\"a b\"\n   ^");
}

static void tokens_are_not_quoted(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    JSON_AUTO *value = json_parse(SLICE("{\"authorizationToken\":\"eyJ0\"}"), NULL);
    QUERY_AUTO *query = query_compile("abs(join('+', [authorizationToken, authorizationToken]))", &error);
    assert_null(query_search(query, value, &error));
    assert_int_equal(error.class, ERROR_INTERNAL);
    assert_string_equal(error.message, "In function abs(), invalid type for value: ***+***, expected one of: "
                                       "['number'], received: \"string\"");
}

/** Each operation's skeletons have the shape of its members, and its input passes where no minimum forbids it. */
static void check_shape(const struct api_shape *shape, const json_t *value)
{
    if (shape->type == API_LIST) {
        assert_int_equal(json_array_size(value), 1);
        check_shape(shape->element, json_array_get(value, 0));
    }
    if (shape->type != API_STRUCTURE)
        return;
    assert_int_equal(json_object_size(value), shape->member_count);
    for (size_t i = 0; i < shape->member_count; i++) {
        const json_t *member = json_object_get(value, shape->members[i].name);
        assert_non_null(member);
        check_shape(shape->members[i].shape, member);
    }
}

static void every_operation_has_skeletons(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct api_service *const *service = api_services; *service != NULL; service++) {
        for (const struct api_operation *const *at = (*service)->operations; *at != NULL; at++, count++) {
            JSON_AUTO *input = skeleton_input((*at)->input);
            JSON_AUTO *output = skeleton_output((*at)->output, SKELETON_MOMENT);
            check_shape((*at)->input, input);
            check_shape((*at)->output, output);
        }
    }
    assert_true(count >= 11);
}

static void skeletons_are_the_aws_clis(void **state)
{
    (void)state;
    const struct api_service *service = api_find_service(SLICE("codeartifact"));
    BUFFER_AUTO text = {0};
    JSON_AUTO *endpoint = skeleton_input(api_find_operation(service, SLICE("get-repository-endpoint"))->input);
    json_write(&text, endpoint, 0);
    assert_string_equal(buffer_text(&text), "{\"domain\":\"\",\"domainOwner\":\"\",\"repository\":\"\",\"format\":"
                                            "\"npm\",\"endpointType\":\"dualstack\"}");
    buffer_clear(&text);
    const struct api_operation *operation = api_find_operation(service, SLICE("get-authorization-token"));
    JSON_AUTO *token = skeleton_output(operation->output, SKELETON_MOMENT_TEXT);
    output_write_text(&text, token);
    assert_string_equal(buffer_text(&text), "authorizationToken\t1970-01-01 00:00:00\n");
}

static void output_errors_are_told(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    assert_true(output_send(-1, SLICE(""), &error));
    assert_false(output_send(-1, SLICE("x"), &error));
    assert_string_equal(error.code, "OutputClosed");
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(output_send(ends[1], SLICE("whole"), &error));
    char got[8] = {0};
    assert_int_equal(read(ends[0], got, sizeof got), 5);
    assert_string_equal(got, "whole");
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_tab_separated),         cmocka_unit_test(json_is_indented),
        cmocka_unit_test(python_spells_values),          cmocka_unit_test(formats_have_names),
        cmocka_unit_test(near_misses_are_offered),       cmocka_unit_test(members_are_queried),
        cmocka_unit_test(tokens_are_not_quoted),         cmocka_unit_test(skeletons_are_the_aws_clis),
        cmocka_unit_test(every_operation_has_skeletons), cmocka_unit_test(output_errors_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
