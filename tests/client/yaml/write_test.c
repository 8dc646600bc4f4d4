// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** YAML that is written. The expected texts are what the AWS CLI's own code prints. */
#include "base/json.h"
#include "client/cli/output.h"
#include "client/yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

struct form {
    const char *value;
    const char *text;
};

typedef bool writer(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error);

static void check_forms(const struct form *forms, size_t count, writer *write, bool moments)
{
    for (size_t i = 0; i < count; i++) {
        JSON_AUTO *value = json_parse(slice_of(forms[i].value), NULL);
        assert_non_null(value);
        BUFFER_AUTO text = {0};
        const struct output_style style = {.format = OUTPUT_YAML, .moments = moments};
        assert_true(write(&text, &style, value, NULL));
        assert_string_equal(buffer_text(&text), forms[i].text);
    }
}

static void results_are_written(void **state)
{
    static const struct form forms[] = {
        {"{}", ""},
        {"[]", "[]\n"},
        {"\"a: b\"", "\"a: b\"\n"},
        {"null", "null\n"},
        {"{\"b\":1,\"a\":[]}", "a: []\nb: 1\n"},
        {"[1.5,1e16,1e-7,1700000000.0,-0.0,true,null,{}]",
         "- 1.5\n- 1e+16\n- 1e-07\n- 1700000000.0\n- -0.0\n- true\n- null\n- {}\n"},
        {"[[1,[2]],{\"z\":1,\"y\":[2]}]", "- - 1\n  - - 2\n- y:\n  - 2\n  z: 1\n"},
        {"{\"multi\\nline\":1}", "? 'multi\n\n  line'\n: 1\n"},
    };
    (void)state;
    check_forms(forms, sizeof forms / sizeof *forms, output_write_yaml, false);
}

static void moments_are_plain(void **state)
{
    static const struct form forms[] = {
        {"[\"1970-01-01T00:00:00\",\"Then\",\"1\"]", "- 1970-01-01 00:00:00\n- Then\n- '1'\n"},
        {"\"1970-01-01T00:00:00\"", "\"1970-01-01T00:00:00\"\n"},
    };
    (void)state;
    check_forms(forms, sizeof forms / sizeof *forms, output_write_yaml, true);
}

static void texts_are_quoted_where_they_must(void **state)
{
    static const struct form forms[] = {
        {"[\"a\",\"yes\",\"no\",\"y\",\"1:30\",\"a#b\",\"a,b\",\"a'b\",\"a\\\"b\",\"a:b\"]",
         "- a\n- yes\n- no\n- y\n- 1:30\n- a#b\n- a,b\n- a'b\n- a\"b\n- a:b\n"},
        {"[\"true\",\"null\",\"~\",\"1\",\"1.5\",\"0x10\",\"0o17\",\"1_000\",\"1e3\",\".5\",\"2020-01-01\",\"=\",\"<<"
         "\"]",
         "- 'true'\n- 'null'\n- '~'\n- '1'\n- '1.5'\n- '0x10'\n- '0o17'\n- '1_000'\n- '1e3'\n- '.5'\n- '2020-01-01'\n"
         "- '='\n- '<<'\n"},
        {"[\"- a\",\"a: b\",\"a #b\",\"\",\" a\",\"a \",\"@\",\"%a\",\"`\"]",
         "- '- a'\n- 'a: b'\n- 'a #b'\n- ''\n- ' a'\n- 'a '\n- '@'\n- '%a'\n- '`'\n"},
        {"[\"\\t\",\"\\u0007\",\"\\u0085\",\"\\ufeff\",\"\\ud83d\\ude00\",\"\\u00e9\"]",
         "- \"\\t\"\n- \"\\a\"\n- \"\\N\"\n- \"\\uFEFF\"\n- \"\\U0001F600\"\n- \xc3\xa9\n"},
        {"[\"2023-11-14T22:13:20+00:00\"]", "- '2023-11-14T22:13:20+00:00'\n"},
    };
    (void)state;
    check_forms(forms, sizeof forms / sizeof *forms, output_write_yaml, false);
}

static void pages_are_items(void **state)
{
    static const struct form forms[] = {
        {"{}", "- {}\n"},
        {"\"s\"", "- s\n"},
        {"\"\"", "- ''\n"},
        {"[1]", "- - 1\n"},
        {"{\"a\":{\"b\":1}}", "- a:\n    b: 1\n"},
    };
    (void)state;
    check_forms(forms, sizeof forms / sizeof *forms, output_write_yaml_item, false);
}

/** What stands in two places, as a query can make it, is written once. */
static void shared_values_have_anchors(void **state)
{
    (void)state;
    JSON_AUTO *list = json_pack("[i]", 1);
    JSON_AUTO *empty = json_object();
    JSON_AUTO *value = json_pack("{sOsOsOsOs[i]}", "b", list, "c", list, "d", empty, "a", empty, "e", 1);
    BUFFER_AUTO text = {0};
    assert_true(yaml_write(&text, value, NULL));
    assert_string_equal(buffer_text(&text), "a: &id002 {}\nb: &id001\n- 1\nc: *id001\nd: *id002\ne:\n- 1\n");
}

static void kinds_are_told_apart(void **state)
{
    static const struct {
        const char *text;
        enum yaml_kind kind;
    } scalars[] = {
        {"", YAML_KIND_NULL},
        {"Null", YAML_KIND_NULL},
        {"nUll", YAML_KIND_TEXT},
        {"TRUE", YAML_KIND_BOOLEAN},
        {"on", YAML_KIND_TEXT},
        {"0", YAML_KIND_INTEGER},
        {"-0b10_1", YAML_KIND_INTEGER},
        {"0b12", YAML_KIND_TEXT},
        {"0x", YAML_KIND_TEXT},
        {"0xfF_", YAML_KIND_INTEGER},
        {"0o8", YAML_KIND_TEXT},
        {"08", YAML_KIND_INTEGER},
        {"-_", YAML_KIND_INTEGER},
        {"_1", YAML_KIND_TEXT},
        {"+", YAML_KIND_TEXT},
        {"1.", YAML_KIND_REAL},
        {"1_0.0_e5", YAML_KIND_REAL},
        {"1e", YAML_KIND_TEXT},
        {"1e+5", YAML_KIND_REAL},
        {".5e5", YAML_KIND_TEXT},
        {".5e+5", YAML_KIND_REAL},
        {"-.inf", YAML_KIND_REAL},
        {"-.nan", YAML_KIND_TEXT},
        {".NaN", YAML_KIND_REAL},
        {".", YAML_KIND_TEXT},
        {"1.2.3", YAML_KIND_TEXT},
        {"2020-1-1", YAML_KIND_TEXT},
        {"2020-01-01", YAML_KIND_TIMESTAMP},
        {"2020-1-1 1:02:03", YAML_KIND_TIMESTAMP},
        {"2020-01-01T01:02:03.Z", YAML_KIND_TIMESTAMP},
        {"2020-01-01 \t01:02:03 -5:30", YAML_KIND_TIMESTAMP},
        {"2020-01-01T01:02", YAML_KIND_TEXT},
        {"2020-01-01T01:02:03+", YAML_KIND_TEXT},
        {"2020-01-01T01:02:03Zx", YAML_KIND_TEXT},
        {"<<", YAML_KIND_MERGE},
        {"=", YAML_KIND_OTHER},
        {"==", YAML_KIND_TEXT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
        if (yaml_scalar_kind(slice_of(scalars[i].text)) != scalars[i].kind)
            fail_msg("\"%s\" is of kind %d", scalars[i].text, (int)yaml_scalar_kind(slice_of(scalars[i].text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_written),  cmocka_unit_test(texts_are_quoted_where_they_must),
        cmocka_unit_test(pages_are_items),      cmocka_unit_test(shared_values_have_anchors),
        cmocka_unit_test(kinds_are_told_apart), cmocka_unit_test(moments_are_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
