// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** timestamp, digest, json, xml and file. */
#include "base/digest.h"
#include "base/file.h"
#include "base/file_batch.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "base/xml.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void times_are_read_and_written(void **state)
{
    (void)state;
    char text[TIMESTAMP_AMZ_SIZE];
    int64_t when;
    assert_true(timestamp_parse_amz(SLICE("20150830T123600Z"), &when));
    assert_true(when == INT64_C(1440938160) * TIMESTAMP_SECOND);
    timestamp_format_amz(when + 999999, text);
    assert_string_equal(text, "20150830T123600Z");
    static const char *const broken[] = {
        "20150830T123600",  "20150230T123600Z", "20151330T123600Z",  "20150830T243600Z",
        "20150830 123600Z", "20150830T126000Z", "20150830T123600Zx", ""};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        assert_false(timestamp_parse_amz(slice_of(broken[i]), &when));
    BUFFER_AUTO out = {0};
    timestamp_format_utc(&out, INT64_C(1700000000) * TIMESTAMP_SECOND + 39000, true);
    assert_string_equal(buffer_text(&out), "2023-11-14T22:13:20.039Z");
}

static void iso_times_keep_their_offset(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t when;
        int offset;
    } cases[] = {
        {"2023-11-14T22:13:20Z", INT64_C(1700000000000000), 0},
        {"2023-11-14T22:13:20.5+05:30", INT64_C(1700000000500000) - INT64_C(19800000000), 19800},
        {"2023-11-14T22:13:20.1234567-0800", INT64_C(1700000000123457) + INT64_C(28800000000), -28800},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t when;
        int offset;
        assert_true(timestamp_parse_iso(slice_of(cases[i].text), &when, &offset));
        assert_true(when == cases[i].when);
        assert_int_equal(offset, cases[i].offset);
    }
    int64_t when;
    assert_true(timestamp_parse_http(SLICE("Sun, 06 Nov 1994 08:49:37 GMT"), &when));
    assert_true(when == INT64_C(784111777) * TIMESTAMP_SECOND);
    static const char *const broken[] = {"2023-11-14", "2023-11-14T22:13:20", "2023-11-14T22:13:20.Z",
                                         "2023-02-29T00:00:00Z", "2023-11-14T22:13:20+5"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        assert_false(timestamp_parse_iso(slice_of(broken[i]), &when, NULL));
    assert_false(timestamp_parse_http(SLICE("Sun, 06 Nov 1994 08:49:37 CET"), &when));
}

static void every_day_is_read_as_it_was_written(void **state)
{
    (void)state;
    const int64_t day = 86400 * TIMESTAMP_SECOND;
    for (int64_t when = 0; when < 400 * 366 * day; when += day) { // all that leap years can do
        char text[TIMESTAMP_AMZ_SIZE];
        int64_t read = -1;
        timestamp_format_amz(when + 86399 * TIMESTAMP_SECOND, text);
        assert_true(timestamp_parse_amz(slice_of(text), &read));
        assert_true(read == when + 86399 * TIMESTAMP_SECOND);
    }
    static const struct {
        const char *text;
        int64_t seconds; // by GNU date
    } far[] = {{"00000101T000000Z", INT64_C(-62167219200)},
               {"00000229T000000Z", INT64_C(-62162121600)},
               {"00000301T000000Z", INT64_C(-62162035200)},
               {"19691231T235959Z", -1},
               {"99991231T235960Z", INT64_C(253402300800)}};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        int64_t read = 0;
        assert_true(timestamp_parse_amz(slice_of(far[i].text), &read));
        assert_true(read == far[i].seconds * TIMESTAMP_SECOND);
    }
}

static void digests_are_the_published_ones(void **state)
{
    (void)state;
    struct digest *digest = digest_new();
    char hex[DIGEST_HEX_SIZE];
    digest_sha256_hex(SLICE(""), hex); // FIPS 180-4 examples
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_sha256_hex(SLICE("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    unsigned char mac[DIGEST_SIZE];
    digest_hmac_sha256(digest, SLICE("Jefe"), SLICE("what do ya want for nothing?"), mac); // RFC 4231 case 2
    text_hex_write(hex, mac, sizeof mac);
    assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    digest_hmac_sha256(digest, SLICE(""), SLICE(""), mac);
    text_hex_write(hex, mac, sizeof mac);
    assert_string_equal(hex, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    DIGEST_KEY_AUTO *key = digest_key_new(digest);
    digest_free(digest);
    for (size_t i = 0; i < 4; i++) { // each key twice, the one before it forgotten
        digest_key_set(key, i < 2 ? SLICE("Jefe") : SLICE(""));
        digest_key_hmac_sha256(key, i < 2 ? SLICE("what do ya want for nothing?") : SLICE(""), mac);
        digest_key_hmac_sha256(key, i < 2 ? SLICE("what do ya want for nothing?") : SLICE(""), mac);
        text_hex_write(hex, mac, sizeof mac);
        assert_string_equal(hex, i < 2 ? "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
                                       : "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }
}

static void json_escapes_stand_anywhere(void **state)
{
    (void)state;
    static const struct {
        char c;
        const char *written;
    } escapes[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\0', "\\u0000"}, {'\x1f', "\\u001f"}, {'\x7f', "\x7f"}};
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        for (size_t size = 1; size <= 50; size++) {
            for (size_t first = 0; first < size; first++) {
                size_t second = size - 1 - first; // at times the same place
                char text[50];
                memset(text, 'x', sizeof text);
                text[first] = text[second] = escapes[i].c;
                BUFFER_AUTO expected = {0};
                buffer_append_char(&expected, '"');
                for (size_t at = 0; at < size; at++)
                    buffer_append_text(&expected, at == first || at == second ? escapes[i].written : "x");
                buffer_append_char(&expected, '"');
                BUFFER_AUTO written = {0};
                json_write_string(&written, (struct slice){text, size});
                assert_string_equal(buffer_text(&written), buffer_text(&expected));
            }
        }
    }
}

static void json_is_written_as_python_does(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"{\"a\":[1,{}],\"b\":{\"c\":null}}",
         "{\n    \"a\": [\n        1,\n        {}\n    ],\n    \"b\": {\n        \"c\": null\n    }\n}"},
        {"[]", "[]"},
        {"\"\\u0001\\u001f\\t\\\"\\\\/\\u007f\\u00e9\"", "\"\\u0001\\u001f\\t\\\"\\\\/\x7f\xc3\xa9\""},
        {"[1.5,1700000000.0,1.7E9,1e16,1e-5,0.0001,-0.1,123456789.123]",
         "[\n    1.5,\n    1700000000.0,\n    1700000000.0,\n    1e+16,\n    1e-05,\n    0.0001,\n    -0.1,\n    "
         "123456789.123\n]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        JSON_AUTO *value = json_parse(slice_of(cases[i].text), NULL);
        assert_non_null(value);
        BUFFER_AUTO out = {0};
        json_write(&out, value, 4);
        assert_string_equal(buffer_text(&out), cases[i].written);
    }
    JSON_AUTO *value = json_parse(SLICE("{\"a\":1,\"a\":[true,2]}"), NULL);
    BUFFER_AUTO out = {0};
    json_write(&out, value, 0);
    assert_string_equal(buffer_text(&out), "{\"a\":[true,2]}");
}

static void json_is_written_as_python_does_by_itself(void **state)
{
    (void)state;
    BUFFER_AUTO out = {0};
    JSON_AUTO *value =
        json_parse(SLICE("{\"a\":[1,true,{}],\"\xc3\xa9\":\"x\\n\xe2\x82\xac \xf0\x9f\x98\x80\x7f~\"}"), NULL);
    json_write_python(&out, value);
    assert_string_equal(buffer_text(&out),
                        "{\"a\": [1, true, {}], \"\\u00e9\": \"x\\n\\u20ac \\ud83d\\ude00\\u007f~\"}");
}

static void broken_json_is_named(void **state)
{
    (void)state;
    static const char *const broken[] = {"", "{", "{} x", "\xff", "\"\xe9\"", "nul", "\xef\xbb\xbf{}"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        ERROR_AUTO error = {0};
        assert_null(json_parse(slice_of(broken[i]), &error));
        assert_non_null(strstr(error.message, "line "));
    }
}

static void xml_text_is_escaped(void **state)
{
    (void)state;
    BUFFER_AUTO out = {0};
    xml_element(&out, "A", SLICE("<&>\"' \x01\r\n\xc3\xa9\xff z"));
    assert_string_equal(buffer_text(&out), "<A>&lt;&amp;&gt;&quot;&#39; \xef\xbf\xbd&#13;\n\xc3\xa9\xef\xbf\xbd z</A>");
}

static void files_are_written_whole(void **state)
{
    (void)state;
    char directory[] = "/tmp/jeton-file-XXXXXX";
    assert_non_null(mkdtemp(directory));
    MEMORY_AUTO char *path = memory_format("%s/secret", directory);
    ERROR_AUTO error = {0};
    assert_true(file_write(path, SLICE("one"), &error));
    assert_true(file_write(path, SLICE("two"), &error));
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    BUFFER_AUTO content = {0};
    assert_int_equal(file_read(path, 3, &content, &error), FILE_READ);
    assert_string_equal(buffer_text(&content), "two");
    assert_int_equal(file_read(path, 2, &content, &error), FILE_FAILED);
    assert_non_null(strstr(error.message, path));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(file_read(path, 3, &content, &error), FILE_ABSENT);
    // Nothing is left beside it.
    assert_int_equal(rmdir(directory), 0);
    assert_false(file_write(path, SLICE("x"), &error));
    assert_non_null(strstr(error.message, path));
}

static void several_files_are_written_or_none(void **state)
{
    (void)state;
    char directory[] = "/tmp/jeton-batch-XXXXXX";
    assert_non_null(mkdtemp(directory));
    MEMORY_AUTO char *old = memory_format("%s/old", directory);
    MEMORY_AUTO char *deep = memory_format("%s/a/b/new", directory);
    MEMORY_AUTO char *inside = memory_format("%s/old/x", directory);
    ERROR_AUTO error = {0};
    assert_true(file_write(old, SLICE("one"), &error));
    for (int round = 0; round < 2; round++) {
        FILE_BATCH_AUTO *batch = file_batch_new();
        assert_true(file_batch_write(batch, old, 0600, SLICE("two"), &error));
        assert_true(file_batch_write(batch, deep, 0700, SLICE("new"), &error));
        if (round == 0)
            assert_false(file_batch_write(batch, inside, 0600, SLICE("x"), &error));
        else
            assert_true(file_batch_commit(batch, &error));
    }
    assert_non_null(strstr(error.message, "/old"));
    BUFFER_AUTO content = {0};
    assert_int_equal(file_read(old, 3, &content, &error), FILE_READ);
    assert_string_equal(buffer_text(&content), "two");
    struct stat status;
    assert_int_equal(stat(deep, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    {
        FILE_BATCH_AUTO *batch = file_batch_new();
        assert_true(file_batch_remove(batch, old, &error));
        assert_true(file_batch_remove(batch, deep, &error));
        assert_true(file_batch_commit(batch, &error));
    }
    *strrchr(deep, '/') = '\0';
    assert_int_equal(rmdir(deep), 0);
    *strrchr(deep, '/') = '\0';
    assert_int_equal(rmdir(deep), 0);
    // Nothing is left beside them.
    assert_int_equal(rmdir(directory), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_and_written),
        cmocka_unit_test(iso_times_keep_their_offset),
        cmocka_unit_test(digests_are_the_published_ones),
        cmocka_unit_test(json_is_written_as_python_does),
        cmocka_unit_test(json_is_written_as_python_does_by_itself),
        cmocka_unit_test(broken_json_is_named),
        cmocka_unit_test(xml_text_is_escaped),
        cmocka_unit_test(files_are_written_whole),
        cmocka_unit_test(several_files_are_written_or_none),
        cmocka_unit_test(every_day_is_read_as_it_was_written),
        cmocka_unit_test(json_escapes_stand_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
