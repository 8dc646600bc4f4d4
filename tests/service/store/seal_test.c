// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// Secrets at rest: what is sealed opens with the same key and label, and in no other way.

#include "base/memory.h"
#include "base/text.h"
#include "service/store/seal.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define LABEL SLICE("access-key/AKIAIOSFODNN7EXAMPLE")
#define SECRET SLICE("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
#define OTHER_USER 65534

static const struct seal_key key = {{1, 2, 3, 4, 5, 6, 7, 8, 9}};

static int set_up(void **state)
{
    *state = temporary_make();
    return 0;
}

static int tear_down(void **state)
{
    temporary_remove(*state);
    free(*state);
    return 0;
}

static bool opens(const struct seal_key *with, struct slice label, struct slice sealed)
{
    BUFFER_AUTO out = {0};
    ERROR_AUTO error = {0};
    buffer_append_text(&out, "before");
    bool opened = seal_open(with, label, sealed, &out, &error);
    if (!opened) {
        assert_int_equal(error.class, ERROR_INTERNAL);
        assert_string_equal(buffer_text(&out), "before");
    }
    return opened;
}

static void test_round_trip(void **state)
{
    (void)state;
    BUFFER_AUTO first = {0};
    BUFFER_AUTO second = {0};
    BUFFER_AUTO out = {0};
    buffer_append_text(&out, "before ");
    assert_true(seal_close(&key, LABEL, SECRET, &first, NULL));
    assert_true(seal_close(&key, LABEL, SECRET, &second, NULL));
    assert_int_equal(first.size, 1 + 12 + SECRET.size + 16);
    assert_int_equal(first.data[0], 1);
    // Two nonces are never the same.
    assert_false(slice_equal(buffer_slice(&first), buffer_slice(&second)));
    assert_true(seal_open(&key, LABEL, buffer_slice(&first), &out, NULL));
    assert_string_equal(buffer_text(&out), "before wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    assert_true(opens(&key, LABEL, buffer_slice(&second)));
}

/** AES-256-GCM as another implementation made it, so that the form on disk stays. */
static void test_known_bytes_open(void **state)
{
    (void)state;
    struct seal_key known;
    for (size_t i = 0; i < sizeof known.bytes; i++)
        known.bytes[i] = (unsigned char)i;
    static const char sealed[] = "01"
                                 "000102030405060708090a0b"
                                 "346bae6fa080ac3bef38e3eec2c917067a3182d8d39c1fa98db3a498710f27e9";
    unsigned char bytes[(sizeof sealed - 1) / 2];
    assert_true(text_hex_decode(SLICE(sealed), bytes, sizeof bytes));
    BUFFER_AUTO out = {0};
    assert_true(seal_open(&known, SLICE("sealing-key/AAAAAAAA"), (struct slice){(const char *)bytes, sizeof bytes},
                          &out, NULL));
    assert_string_equal(buffer_text(&out), "sixteen bytes ok");
}

static void test_wrong_key_and_label_do_not_open(void **state)
{
    (void)state;
    BUFFER_AUTO sealed = {0};
    assert_true(seal_close(&key, LABEL, SECRET, &sealed, NULL));
    struct seal_key other = key;
    other.bytes[31] ^= 1;
    assert_false(opens(&other, LABEL, buffer_slice(&sealed)));
    assert_false(opens(&key, SLICE("access-key/AKIAIOSFODNN7EXAMPLF"), buffer_slice(&sealed)));
    assert_false(opens(&key, SLICE("access-key/AKIAIOSFODNN7EXAMPL"), buffer_slice(&sealed)));
    assert_false(opens(&key, SLICE(""), buffer_slice(&sealed)));
}

static void test_every_bit_counts(void **state)
{
    (void)state;
    BUFFER_AUTO sealed = {0};
    assert_true(seal_close(&key, LABEL, SECRET, &sealed, NULL));
    for (size_t bit = 0; bit < sealed.size * 8; bit++) {
        char *byte = &sealed.data[bit / 8];
        *byte = (char)(*byte ^ (1 << bit % 8));
        assert_false(opens(&key, LABEL, buffer_slice(&sealed)));
        *byte = (char)(*byte ^ (1 << bit % 8));
    }
    for (size_t size = 0; size < sealed.size; size++)
        assert_false(opens(&key, LABEL, slice_part(buffer_slice(&sealed), 0, size)));
    assert_true(opens(&key, LABEL, buffer_slice(&sealed)));
}

static void test_sizes_are_bounded(void **state)
{
    (void)state;
    BUFFER_AUTO sealed = {0};
    MEMORY_AUTO char *large = memory_new(65537, 1);
    assert_false(seal_close(&key, LABEL, SLICE(""), &sealed, NULL));
    assert_false(seal_close(&key, LABEL, (struct slice){large, 65537}, &sealed, NULL));
    assert_false(seal_close(&key, SLICE(""), SECRET, &sealed, NULL));
    assert_int_equal(sealed.size, 0);
    assert_true(seal_close(&key, LABEL, (struct slice){large, 65536}, &sealed, NULL));
    assert_true(opens(&key, LABEL, buffer_slice(&sealed)));
}

static void test_key_file(void **state)
{
    MEMORY_AUTO char *path = temporary_path(*state, "master.key");
    struct seal_key made;
    struct seal_key read;
    ERROR_AUTO error = {0};
    assert_true(seal_key_create(path, &made, &error));
    assert_int_equal(temporary_mode(path), 0600);
    BUFFER_AUTO content = {0};
    temporary_read(path, &content);
    assert_int_equal(content.size, 65);
    assert_int_equal(content.data[64], '\n');
    assert_true(seal_key_read(path, &read, &error));
    assert_memory_equal(made.bytes, read.bytes, sizeof made.bytes);
    assert_false(seal_key_create(path, &made, &error));
    assert_int_equal(error.class, ERROR_CONFIGURATION);
    assert_true(seal_key_read(path, &made, NULL));
    assert_memory_equal(made.bytes, read.bytes, sizeof made.bytes);
}

static void expect_key_refused(const char *path, const char *words)
{
    struct seal_key read;
    ERROR_AUTO error = {0};
    assert_false(seal_key_read(path, &read, &error));
    assert_int_equal(error.class, ERROR_CONFIGURATION);
    assert_non_null(strstr(error.message, path));
    assert_non_null(strstr(error.message, words));
}

static void test_bad_key_files_are_refused(void **state)
{
    MEMORY_AUTO char *path = temporary_path(*state, "master.key");
    expect_key_refused(path, "restore it");
#define HALF "0123456789abcdef0123456789abcdef"
    static const char *const contents[] = {
        "", "\n", HALF "\n", HALF HALF "0\n", HALF HALF "\n\n", HALF "0123456789abcdef0123456789abcdeg\n"};
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        temporary_write(path, slice_of(contents[i]));
        expect_key_refused(path, "64 hexadecimal digits");
    }
    MEMORY_AUTO char *long_text = memory_new(300, 1);
    memset(long_text, 'a', 299);
    temporary_write(path, slice_of(long_text));
    expect_key_refused(path, "larger");

    temporary_write(path, SLICE(HALF HALF));
    struct seal_key read;
    assert_true(seal_key_read(path, &read, NULL));
    static const mode_t modes[] = {0640, 0604, 0620, 0602, 0610, 0601, 0777};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        assert_int_equal(chmod(path, modes[i]), 0);
        expect_key_refused(path, "chmod 600");
    }
    assert_int_equal(chmod(path, 0400), 0);
    assert_true(seal_key_read(path, &read, NULL));
    // Only root can give a file away.
    if (geteuid() == 0) {
        assert_int_equal(chown(path, OTHER_USER, (gid_t)-1), 0);
        expect_key_refused(path, "chown 0");
    }
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    expect_key_refused(path, "is not a file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_known_bytes_open),
        cmocka_unit_test(test_wrong_key_and_label_do_not_open),
        cmocka_unit_test(test_every_bit_counts),
        cmocka_unit_test(test_sizes_are_bounded),
        cmocka_unit_test_setup_teardown(test_key_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_key_files_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
