// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** YAML that is read. The expected values are what ruamel.yaml's safe reader gives, but for the bounds. */
#include "base/json.h"
#include "client/yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void note_foreign(void *context, const json_t *place, struct slice text, const char *type)
{
    assert_non_null(place);
    buffer_append_format(context, "%s:%.*s;", type, SLICE_ARGS(text));
}

struct document {
    const char *text;
    const char *value;   // NULL: refused
    const char *foreign; // NULL: none
};

static void check_documents(const struct document *documents, size_t count, enum error_class refused)
{
    for (size_t i = 0; i < count; i++) {
        BUFFER_AUTO foreign = {0};
        BUFFER_AUTO text = {0};
        ERROR_AUTO error = {0};
        JSON_AUTO *value = yaml_read(slice_of(documents[i].text), note_foreign, &foreign, &error);
        if (value != NULL)
            json_write(&text, value, 0);
        const char *wanted = documents[i].value != NULL ? documents[i].value : "";
        if (strcmp(buffer_text(&text), wanted) != 0)
            fail_msg("%s is %s, not %s", documents[i].text, buffer_text(&text), wanted);
        assert_string_equal(buffer_text(&foreign), documents[i].foreign != NULL ? documents[i].foreign : "");
        assert_int_equal(error.class, value != NULL ? ERROR_NONE : refused);
    }
}

static void documents_are_read(void **state)
{
    static const struct document documents[] = {
        {"", "null", NULL},
        {"# only a comment\n", "null", NULL},
        {"---\n", "null", NULL},
        {"a", "\"a\"", NULL},
        {"\xef\xbb\xbf"
         "a: b",
         "{\"a\":\"b\"}", NULL},
        {"a: b\nc: [d, 'e', \"\\u00e9\"]\n...\n", "{\"a\":\"b\",\"c\":[\"d\",\"e\",\"\xc3\xa9\"]}", NULL},
        {"a: yes\nb: true\nc: ~\nd:\ne: 0o17\nf: 1_000\ng: 0x1F\nh: -0b11\ni: 017\nj: 1:30",
         "{\"a\":\"yes\",\"b\":true,\"c\":null,\"d\":null,\"e\":15,\"f\":1000,\"g\":31,\"h\":-3,\"i\":17,\"j\":\"1:"
         "30\"}",
         NULL},
        {"a: 1.5\nb: -.5\nc: 1e3\nd: 1_000.5", "{\"a\":1.5,\"b\":-0.5,\"c\":1000.0,\"d\":1000.5}", NULL},
        {"a: !!str 1\nb: !!int '7'\nc: !!float 3\nd: !!bool yes\ne: !!null ''\nf: ! 12\ng: !!seq []\nh: !!map {}",
         "{\"a\":\"1\",\"b\":7,\"c\":3.0,\"d\":true,\"e\":null,\"f\":12,\"g\":[],\"h\":{}}", NULL},
        {"1: a\ntrue: b\n~: c\n1.5: d\n2020-01-01: e\n=: f",
         "{\"1\":\"a\",\"True\":\"b\",\"None\":\"c\",\"1.5\":\"d\",\"2020-01-01\":\"e\",\"=\":\"f\"}", NULL},
        {"a: &x [1, 2]\nb: *x", "{\"a\":[1,2],\"b\":[1,2]}", NULL},
        {"&k a: *k", "{\"a\":\"a\"}", NULL},
        {"a: &x 1\nb: &x 2\nc: *x", "{\"a\":1,\"b\":2,\"c\":2}", NULL},
        {"c: d\n<<: {a: b, c: e}", "{\"a\":\"b\",\"c\":\"d\"}", NULL},
        {"{<<: [{a: 1}, {a: 2, b: 3}], c: 4}", "{\"a\":1,\"b\":3,\"c\":4}", NULL},
        {"a: >-\n  f o\n  l\n\n  d\nb: |\n  x\n   y\n", "{\"a\":\"f o l\\nd\",\"b\":\"x\\n y\\n\"}", NULL},
        {"'<<': 1\na: '<<'", "{\"<<\":1,\"a\":\"<<\"}", NULL},
        {"%YAML 1.2\n---\na: yes", "{\"a\":\"yes\"}", NULL},
    };
    (void)state;
    check_documents(documents, sizeof documents / sizeof *documents, ERROR_NONE);
}

static void what_json_lacks_is_told(void **state)
{
    static const struct document documents[] = {
        {"2020-01-01", "0.0", "datetime.date:2020-01-01;"},
        {"a: 2020-1-2 1:02:03", "{\"a\":0.0}", "datetime.datetime:2020-01-02 01:02:03;"},
        {"2020-01-01T01:02:03.5 +5", "0.0", "datetime.datetime:2019-12-31 20:02:03.500000;"},
        {"2020-01-01T01:02:03.1234567-05:30", "0.0", "datetime.datetime:2020-01-01 06:32:03.123457;"},
        {"0001-01-01T00:00:00", "0.0", "datetime.datetime:0001-01-01 00:00:00;"},
        {"!!binary aGk=", "0.0", "bytes:b'hi';"},
        {".inf", "0.0", "float:inf;"},
        {"-.INF", "0.0", "float:-inf;"},
        {".nan", "0.0", "float:nan;"},
        {"1e400", "0.0", "float:inf;"},
        {"-0099999999999999999999", "0.0", "int:-99999999999999999999;"},
        {"[1e400, 2020-01-01]", "[0.0,0.0]", "float:inf;datetime.date:2020-01-01;"},
    };
    (void)state;
    check_documents(documents, sizeof documents / sizeof *documents, ERROR_NONE);
}

static void broken_documents_are_refused(void **state)
{
    static const struct document documents[] = {
        {"a: b\na: c", NULL, NULL},   {"1: b\n'1': c", NULL, NULL},    {"a: =", NULL, NULL},
        {"a: *x", NULL, NULL},        {"a: &x [*x]", NULL, NULL},      {"a: !foo b", NULL, NULL},
        {"--- a\n--- b", NULL, NULL}, {"a: b\n...\nc: d", NULL, NULL}, {"a:\tb\n\tc: d", NULL, NULL},
        {"\ta: b", NULL, NULL},       {"a: @x", NULL, NULL},           {"a: b: c", NULL, NULL},
        {"[a", NULL, NULL},           {"a: \x01", NULL, NULL},         {"a: \"\x7f\"", NULL, NULL},
        {"a: \xff", NULL, NULL},      {"<<: 1", NULL, NULL},           {"<<: {}\n<<: {}", NULL, NULL},
        {"<<: [1]", NULL, NULL},      {"? {a: b}\n: c", NULL, NULL},   {"? [a]\n: c", NULL, NULL},
        {"!!seq {}", NULL, NULL},     {"!!map []", NULL, NULL},        {"!!set {a}", NULL, NULL},
        {"!!binary a", NULL, NULL},   {"!!timestamp x", NULL, NULL},   {"%YAML 1.1\n---\na: yes", NULL, NULL},
        {"\"a\\0b\": c", NULL, NULL},
    };
    static const struct document values[] = {
        {"2020-02-31", NULL, NULL},
        {"0000-01-01", NULL, NULL},
        {"a: 2020-01-01T25:00:00", NULL, NULL},
        {"-_", NULL, NULL},
        {"._", NULL, NULL},
        {"!!int x", NULL, NULL},
        {"!!int '-'", NULL, NULL},
        {"!!float ''", NULL, NULL},
        {"!!bool x", NULL, NULL},
        {"0001-01-01T00:00:00+1", NULL, NULL},
    };
    (void)state;
    check_documents(documents, sizeof documents / sizeof *documents, ERROR_PARAMETER);
    check_documents(values, sizeof values / sizeof *values, ERROR_INTERNAL);
}

static void refuse_text(const struct buffer *text, const char *message)
{
    ERROR_AUTO error = {0};
    BUFFER_AUTO foreign = {0};
    JSON_AUTO *value = yaml_read(buffer_slice(text), note_foreign, &foreign, &error);
    assert_null(value);
    assert_int_equal(error.class, ERROR_PARAMETER);
    assert_string_equal(error.message, message);
}

static void floods_are_refused(void **state)
{
    (void)state;
    BUFFER_AUTO deep = {0};
    for (int i = 0; i < 100000; i++)
        buffer_append_char(&deep, '[');
    refuse_text(&deep, "Invalid YAML received: it is nested deeper than 200 levels.");
    // Each line ten times the one before: a thousand million values in little text.
    BUFFER_AUTO laughs = {0};
    buffer_append_text(&laughs, "a0: &a0 [x]\n");
    for (int i = 1; i < 10; i++) {
        buffer_append_format(&laughs, "a%d: &a%d [", i, i);
        for (int j = 0; j < 10; j++)
            buffer_append_format(&laughs, "*a%d,", i - 1);
        buffer_append_text(&laughs, "]\n");
    }
    refuse_text(&laughs, "Invalid YAML received: it holds more than 100000 values.");
    BUFFER_AUTO merges = {0};
    buffer_append_text(&merges, "a0: &a0 {x: 1, y: 2}\n");
    for (int i = 1; i < 30; i++)
        buffer_append_format(&merges, "a%d: &a%d {<<: [*a%d, *a%d]}\n", i, i, i - 1, i - 1);
    refuse_text(&merges, "Invalid YAML received: it holds more than 100000 values.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_read),
        cmocka_unit_test(what_json_lacks_is_told),
        cmocka_unit_test(broken_documents_are_refused),
        cmocka_unit_test(floods_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
