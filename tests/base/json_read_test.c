// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The quick way to read JSON: what it reads is what jansson reads, and what it must leave alone. */
#include "base/json.h"
#include "base/json_read.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define FLAGS (JSON_DECODE_ANY | JSON_ALLOW_NUL)

static void read_here(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}",
        " [ ] ",
        "{\"z\":1,\"a\":{\"\":[]},\"z\":[true,false,null]}",
        "\r\n\t[ -0 , 0 , -1 , 999999999999999999 , -999999999999999999 ]\n",
        "[1.0,-0.0,1e5,1E+5,1.25e-3,5e-324,1.7976931348623157e308,0.1]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\uFFFF\\u007f\"",
        "[\"a long plain text, then one escape \\n and more of it, and \\u20ac\",\"\xc3\xa9\xf0\x9f\x98\x80\"]",
        "7",
        "\"\"",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        JSON_AUTO *value = json_read(slice_of(texts[i]), false);
        JSON_AUTO *wanted = json_loadb(texts[i], strlen(texts[i]), FLAGS, NULL);
        BUFFER_AUTO a = {0};
        BUFFER_AUTO b = {0};
        assert_non_null(value);
        json_write(&a, value, 0);
        json_write(&b, wanted, 0);
        assert_string_equal(buffer_text(&a), buffer_text(&b));
    }
}

static void left_to_jansson(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        " ",
                                        "[",
                                        "[1",
                                        "[1,]",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{a:1}",
                                        "{\"a\":1",
                                        "{\"a\":1,}",
                                        "1 2",
                                        "[1]x",
                                        "01",
                                        "-",
                                        "1.",
                                        "1.e5",
                                        ".5",
                                        "1e",
                                        "1e+",
                                        "+1",
                                        "tru",
                                        "nul",
                                        "\"a",
                                        "\"\\",
                                        "\"\\x\"",
                                        "\"\\u12\"",
                                        "\"\\u\"",
                                        "\"a\nb\"",
                                        "\"\xff\"",
                                        "\"\xc3\"",
                                        "1e999",
                                        "1234567890123456789",
                                        "NaN",
                                        "Infinity",
                                        "'a'",
                                        "[1 2]",
                                        "\xef\xbb\xbf{}",
                                        "\"\\u0000\"",
                                        "\"\\ud83d\\ude00\"",
                                        "\"\\ud83d\"",
                                        "{\"\\n\":1}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(json_read(slice_of(texts[i]), false));
    assert_null(json_read(SLICE("{\"a\":1,\"b\":2,\"a\":3}"), true));
    assert_null(json_read(SLICE("1\0"), false));
    // A view may end before the bytes do.
    assert_null(json_read((struct slice){"[1]", 2}, false));
    assert_null(json_read((struct slice){"true", 3}, false));
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    for (size_t i = 0; i < 100000; i++)
        buffer_append_char(&text, '[');
    assert_null(json_read(buffer_slice(&text), false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_here),
        cmocka_unit_test(left_to_jansson),
        cmocka_unit_test(nesting_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
