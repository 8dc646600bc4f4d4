// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Other encodings than UTF-8. */
#include "client/cli/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void encodings_have_names(void **state)
{
    static const char *const known[] = {NULL, "", "utf-8", "UTF8", "utf_8", "ascii", "US-ASCII", "latin-1", "cp1252"};
    static const char *const unknown[] = {"bogus", "ascii//TRANSLIT", "/"};
    (void)state;
    ERROR_AUTO error = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(encoding_check(known[i], &error));
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_false(encoding_check(unknown[i], &error));
    assert_int_equal(error.class, ERROR_INTERNAL);
    assert_string_equal(error.message, "unknown encoding: /");
}

static void assert_converts(const char *name, struct slice text, bool replace, struct slice wanted)
{
    BUFFER_AUTO out = {0};
    buffer_append_text(&out, "<");
    assert_true(encoding_convert(name, text, replace, &out, NULL));
    assert_int_equal(out.size, wanted.size + 1);
    assert_memory_equal(out.data + 1, wanted.data, wanted.size);
}

static void texts_are_converted(void **state)
{
    (void)state;
    assert_converts("utf-8", SLICE("a\xc3\xa9\xff"), false, SLICE("a\xc3\xa9\xff"));
    assert_converts("latin-1", SLICE("a\xc3\xa9\0z"), false, SLICE("a\xe9\0z"));
    assert_converts("latin-1", SLICE(""), false, SLICE(""));
    assert_converts("ascii", SLICE("a\xc3\xa9z\xe6\x97\xa5"), true, SLICE("a?z?"));
    // What is no UTF-8 is replaced too.
    assert_converts("latin-1",
                    SLICE("a\xff"
                          "b\xc3"),
                    true, SLICE("a?b?"));
    BUFFER_AUTO large = {0};
    for (int i = 0; i < 20000; i++)
        buffer_append_text(&large, "\xc3\xa9");
    BUFFER_AUTO out = {0};
    assert_true(encoding_convert("latin-1", buffer_slice(&large), false, &out, NULL));
    assert_int_equal(out.size, 20000);
}

static void what_an_encoding_lacks_is_refused(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    BUFFER_AUTO out = {0};
    buffer_append_text(&out, "<");
    assert_false(encoding_convert("ascii", SLICE("ab\xc3\xa9z"), false, &out, &error));
    assert_string_equal(buffer_text(&out), "<");
    assert_string_equal(error.message, "The output cannot be written in the encoding ascii (AWS_CLI_OUTPUT_ENCODING), "
                                       "which has no \"\xc3\xa9\"");
    assert_false(encoding_convert("bogus", SLICE("a"), false, &out, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_have_names),
        cmocka_unit_test(texts_are_converted),
        cmocka_unit_test(what_an_encoding_lacks_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
