// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** bytes, memory, error and text: the small tools, by table where there are cases. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include <openssl/evp.h>

static void slices_cut_and_compare(void **state)
{
    (void)state;
    struct slice rest = SLICE("a=b==");
    struct slice part;
    assert_true(slice_cut(&rest, '=', &part) && slice_is(part, "a"));
    assert_true(slice_cut(&rest, '=', &part) && slice_is(part, "b"));
    assert_true(slice_cut(&rest, '=', &part) && slice_is(part, ""));
    assert_true(slice_cut(&rest, '=', &part) && slice_is(part, ""));
    assert_false(slice_cut(&rest, '=', &part));
    assert_true(slice_is(slice_trim(SLICE(" \t x y\r\n")), "x y"));
    assert_true(slice_compare(SLICE("domain"), SLICE("domain-owner")) < 0);
    assert_true(slice_compare(SLICE("b"), SLICE("ab")) > 0);
    assert_int_equal(slice_compare(SLICE("\xff"), SLICE("\xff")), 0);
    assert_true(slice_compare(SLICE("\xff"), SLICE("a")) > 0);
    assert_true(slice_equal_nocase(SLICE("Host"), SLICE("hOST")));
    assert_int_equal(slice_part(SLICE("abc"), 2, 9).size, 1);
    assert_int_equal(slice_part(SLICE("abc"), 9, 9).size, 0);
    assert_int_equal(slice_find(SLICE("abc"), 'c', 0), 2);
    assert_int_equal(slice_find(SLICE("abc"), 'x', 0), 3);
    assert_true(slice_starts_with(SLICE("abc"), SLICE("ab")) && !slice_starts_with(SLICE("a"), SLICE("ab")));
    assert_true(slice_ends_with(SLICE("abc"), SLICE("bc")) && !slice_ends_with(SLICE("c"), SLICE("bc")));
}

static void buffers_grow_out_of_their_room(void **state)
{
    (void)state;
    BUFFER_ROOM(text, 8);
    assert_string_equal(buffer_text(&text), "");
    buffer_append_text(&text, "1234567");
    assert_true(text.borrowed);
    char *copy = buffer_take(&text);
    assert_string_equal(copy, "1234567");
    free(copy);
    assert_string_equal(buffer_text(&text), "");
    BUFFER_ROOM(other, 8);
    for (int i = 0; i < 100; i++)
        buffer_append_format(&other, "%02d", i);
    assert_false(other.borrowed);
    assert_true(slice_starts_with(buffer_slice(&other), SLICE("00010203040506")));
    buffer_free(&other);
    assert_string_equal(buffer_text(&other), "");
}

static void integers_are_written(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    static const int64_t values[] = {0, 7, 10, 99, 100, 101, 1000, 1005, -1, -10, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        text_append_integer(&text, values[i]);
        buffer_append_char(&text, ' ');
    }
    assert_string_equal(buffer_text(&text),
                        "0 7 10 99 100 101 1000 1005 -1 -10 9223372036854775807 -9223372036854775808 ");
}

static void buffers_grow_and_keep_their_nul(void **state)
{
    (void)state;
    BUFFER_AUTO buffer = {0};
    assert_string_equal(buffer_text(&buffer), "");
    for (int i = 0; i < 1000; i++)
        buffer_append_format(&buffer, "%d,", i);
    assert_int_equal(buffer.size, 3890);
    assert_int_equal(strlen(buffer.data), buffer.size);
    assert_string_equal(buffer_text(&buffer) + buffer.size - 4, "999,");
    buffer_clear(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_append_text(&buffer, "kept");
    char *taken = buffer_take(&buffer);
    assert_string_equal(taken, "kept");
    assert_int_equal(buffer.size, 0);
    secret_free(taken);
}

static void arenas_hand_out_zeroed_aligned_memory(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    for (size_t round = 0; round < 3; round++) {
        for (size_t size = 1; size < 20000; size = size * 3 + 1) {
            unsigned char *place = arena_allocate(arena, size, 1);
            assert_int_equal((uintptr_t)place % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(place[i], 0);
            memset(place, 0xaa, size);
        }
        assert_string_equal(arena_format(arena, "%s-%d", "x", 7), "x-7");
        assert_string_equal(arena_copy(arena, "abc", 2), "ab");
        const struct slice texts[] = {SLICE("a"), {NULL, 0}, SLICE("bc")};
        assert_string_equal(arena_join(arena, texts, 3), "abc");
        arena_reset(arena);
    }
}

static void errors_may_be_made_of_themselves(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    assert_false(error_set(&error, ERROR_USAGE, "Code", "a %d", 1));
    assert_false(error_set(&error, ERROR_SERVICE, error.code, "%s b", error.message));
    assert_string_equal(error.message, "a 1 b");
    assert_string_equal(error.code, "Code");
    assert_false(error_prefix(&error, "in %s", "place"));
    assert_string_equal(error.message, "in place: a 1 b");
    ERROR_AUTO other = {0};
    assert_false(error_move(&other, &error));
    assert_null(error.message);
    assert_int_equal(other.class, ERROR_SERVICE);
    assert_false(error_set(NULL, ERROR_USAGE, NULL, "dropped"));
}

static void percent_encoding_keeps_the_unreserved(void **state)
{
    (void)state;
    static const struct {
        const char *plain, *keep, *encoded;
    } cases[] = {
        {"a-~_.!*'()/:\xc3\xa9+ x", "", "a-~_.%21%2A%27%28%29%2F%3A%C3%A9%2B%20x"},
        {"/a b/%41", "/", "/a%20b/%2541"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BUFFER_AUTO out = {0};
        text_percent_encode(&out, slice_of(cases[i].plain), cases[i].keep);
        assert_string_equal(buffer_text(&out), cases[i].encoded);
        BUFFER_AUTO back = {0};
        assert_true(text_percent_decode(&back, buffer_slice(&out), false));
        assert_string_equal(buffer_text(&back), cases[i].plain);
    }
    BUFFER_AUTO out = {0};
    assert_true(text_percent_decode(&out, SLICE("a+b%2B"), true));
    assert_string_equal(buffer_text(&out), "a b+");
    static const char *const broken[] = {"%", "%4", "%4g", "x%", "%%41"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        assert_false(text_percent_decode(&out, slice_of(broken[i]), false));
    assert_string_equal(buffer_text(&out), "a b+");
}

static void base64_follows_rfc_4648(void **state)
{
    (void)state;
    // Section 10 of the RFC, and the two characters in which base64url differs.
    static const struct {
        const char *plain, *padded, *url;
    } cases[] = {
        {"", "", ""},
        {"f", "Zg==", "Zg"},
        {"fo", "Zm8=", "Zm8"},
        {"foo", "Zm9v", "Zm9v"},
        {"foob", "Zm9vYg==", "Zm9vYg"},
        {"fooba", "Zm9vYmE=", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
        {"\xfb\xff", "+/8=", "-_8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BUFFER_AUTO padded = {0};
        BUFFER_AUTO url = {0};
        BUFFER_AUTO back = {0};
        text_base64_encode(&padded, cases[i].plain, strlen(cases[i].plain));
        text_base64url_encode(&url, cases[i].plain, strlen(cases[i].plain));
        assert_string_equal(buffer_text(&padded), cases[i].padded);
        assert_string_equal(buffer_text(&url), cases[i].url);
        assert_true(text_base64_decode(buffer_slice(&padded), &back));
        assert_string_equal(buffer_text(&back), cases[i].plain);
        buffer_clear(&back);
        assert_true(text_base64url_decode(buffer_slice(&url), &back));
        assert_string_equal(buffer_text(&back), cases[i].plain);
    }
    static const char *const broken_url[] = {"Z", "Zh", "Zm9", "Zg==", "Zm9v=", "Zm 9", "Zm9v+", "////", "Zg\n"};
    static const char *const broken_padded[] = {"Zg", "Zh==", "Zg=", "=", "====", "Zm9v\n", "Zm9vZg=a", "-_8="};
    BUFFER_AUTO out = {0};
    for (size_t i = 0; i < sizeof broken_url / sizeof broken_url[0]; i++)
        assert_false(text_base64url_decode(slice_of(broken_url[i]), &out));
    for (size_t i = 0; i < sizeof broken_padded / sizeof broken_padded[0]; i++)
        assert_false(text_base64_decode(slice_of(broken_padded[i]), &out));
    assert_int_equal(out.size, 0);
}

static void base64_of_any_size_is_openssl_s(void **state)
{
    (void)state;
    unsigned char plain[256];
    for (unsigned seed = 0; seed < 64; seed++) { // every digit comes to stand in every place
        for (size_t i = 0; i < sizeof plain; i++)
            plain[i] = (unsigned char)(i * 167 + seed * 41 + (i >> 3) * 5);
        for (int size = 0; size <= (int)sizeof plain; size += 1 + size / 60) {
            unsigned char expected[400];
            (void)EVP_EncodeBlock(expected, plain, size);
            BUFFER_AUTO padded = {0};
            BUFFER_AUTO url = {0};
            text_base64_encode(&padded, plain, (size_t)size);
            assert_string_equal(buffer_text(&padded), (const char *)expected);
            text_base64url_encode(&url, plain, (size_t)size);
            for (size_t i = 0; i < url.size; i++) {
                char c = padded.data[i];
                assert_int_equal(url.data[i], c == '+' ? '-' : c == '/' ? '_' : c);
            }
        }
    }
}

static void hexadecimal_goes_there_and_back(void **state)
{
    (void)state;
    BUFFER_AUTO out = {0};
    text_hex_encode(&out, "\x00\x7f\xff", 3);
    assert_string_equal(buffer_text(&out), "007fff");
    unsigned char back[3];
    assert_true(text_hex_decode(SLICE("007FfF"), back, sizeof back));
    assert_memory_equal(back, "\x00\x7f\xff", 3);
    assert_false(text_hex_decode(SLICE("007ff"), back, sizeof back));
    assert_false(text_hex_decode(SLICE("007ffg"), back, sizeof back));
}

static void utf8_is_checked_by_rfc_3629(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t valid;
    } cases[] = {
        {"abc", 3},
        {"\xc3\xa9", 2},
        {"\xe6\x97\xa5", 3},
        {"\xf0\x9f\x98\x80", 4},
        {"a\x80", 1},
        {"\xc0\xaf", 0},
        {"\xe0\x80\x80", 0},
        {"\xed\xa0\x80", 0},
        {"\xf4\x90\x80\x80", 0},
        {"\xe6\x97", 0},
        {"\xf5\x80\x80\x80", 0},
        {"ab\xc3", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(text_utf8_valid(slice_of(cases[i].text)), cases[i].valid);
}

static void what_is_no_utf8_is_replaced(void **state)
{
    (void)state;
    BUFFER_AUTO out = {0};
    text_append_utf8(&out, SLICE("a\x80\xc3\xa9\xe6\x97z\xff"), "?");
    assert_string_equal(buffer_text(&out), "a?\xc3\xa9??z?");
}

static void a_shell_takes_a_word_for_one(void **state)
{
    (void)state;
    static const char *const words[][2] = {
        {"a-b_c/d.e:1", "a-b_c/d.e:1"}, {"", "''"}, {"a b", "'a b'"}, {"$x", "'$x'"}, {"it's", "'it'\"'\"'s'"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        BUFFER_AUTO out = {0};
        text_append_shell_word(&out, words[i][0]);
        assert_string_equal(buffer_text(&out), words[i][1]);
    }
}

static void numbers_do_not_overflow(void **state)
{
    (void)state;
    int64_t value;
    assert_true(text_parse_integer(SLICE("-9223372036854775808"), &value) && value == INT64_MIN);
    assert_true(text_parse_integer(SLICE("9223372036854775807"), &value) && value == INT64_MAX);
    assert_true(text_parse_integer(SLICE("+7"), &value) && value == 7);
    BUFFER_AUTO out = {0};
    text_append_integer(&out, INT64_MIN);
    text_append_integer(&out, INT64_MAX);
    text_append_integer(&out, 0);
    assert_string_equal(buffer_text(&out), "-922337203685477580892233720368547758070");
    static const char *const broken[] = {"", "-", "9223372036854775808", "-9223372036854775809", "1 ", "0x1", "--1"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        assert_false(text_parse_integer(slice_of(broken[i]), &value));
}

static void secrets_compare_whole(void **state)
{
    (void)state;
    assert_true(secret_equal(SLICE("abc"), SLICE("abc")));
    assert_false(secret_equal(SLICE("abc"), SLICE("abd")));
    assert_false(secret_equal(SLICE("abc"), SLICE("ab")));
    assert_true(secret_equal(SLICE(""), SLICE("")));
}

static void pools_never_give_twice(void **state)
{
    (void)state;
    struct secret_pool pool = {0};
    unsigned char seen[200][32];
    for (size_t i = 0; i < 200; i++) {
        assert_true(secret_pool_take(&pool, seen[i], sizeof seen[i]));
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(seen[i], seen[k], sizeof seen[i]);
    }
    unsigned char large[sizeof pool.bytes + 1];
    assert_false(secret_pool_take(&pool, large, sizeof large));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_cut_and_compare),
        cmocka_unit_test(buffers_grow_and_keep_their_nul),
        cmocka_unit_test(buffers_grow_out_of_their_room),
        cmocka_unit_test(integers_are_written),
        cmocka_unit_test(arenas_hand_out_zeroed_aligned_memory),
        cmocka_unit_test(errors_may_be_made_of_themselves),
        cmocka_unit_test(percent_encoding_keeps_the_unreserved),
        cmocka_unit_test(base64_follows_rfc_4648),
        cmocka_unit_test(base64_of_any_size_is_openssl_s),
        cmocka_unit_test(hexadecimal_goes_there_and_back),
        cmocka_unit_test(utf8_is_checked_by_rfc_3629),
        cmocka_unit_test(what_is_no_utf8_is_replaced),
        cmocka_unit_test(a_shell_takes_a_word_for_one),
        cmocka_unit_test(numbers_do_not_overflow),
        cmocka_unit_test(secrets_compare_whole),
        cmocka_unit_test(pools_never_give_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
