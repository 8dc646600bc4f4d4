// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The token in each form that package managers send it, and what is none. */
#include "service/gate/credential.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TOKEN "eyJ2ZXIi.a-b_c.d.e.f"
#define OTHER "eyJ2ZXIi.x.y.z.w"
#define MISSING "MissingCredential"
#define MALFORMED "MalformedCredential"

/** BASIC stands for `Basic` and the base64 of what follows. CODE NULL: it is TOKEN. */
static const struct {
    const char *value;
    const char *basic;
    const char *code;
} rows[] = {
    {"Bearer " TOKEN, NULL, NULL},
    {"bearer " TOKEN, NULL, NULL},
    {"BEARER   " TOKEN, NULL, NULL},
    {TOKEN, NULL, NULL},
    {NULL, "aws:" TOKEN, NULL},
    {NULL, "token:" TOKEN, NULL},
    {NULL, ":" TOKEN, NULL},
    {NULL, TOKEN ":", NULL},
    {NULL, TOKEN ":x-oauth-basic", NULL},
    {NULL, TOKEN ":" OTHER, MALFORMED},
    {NULL, TOKEN ":" TOKEN, MALFORMED},
    {NULL, TOKEN, MALFORMED},
    {NULL, "aws:", MISSING},
    {NULL, "aws:x", MISSING},
    {NULL, "aws:" TOKEN ":", MISSING},
    {NULL, "", MALFORMED},
    {"", NULL, MISSING},
    {"Bearer", NULL, MISSING},
    {"Bearer ", NULL, MISSING},
    {"Bearer x", NULL, MISSING},
    {"Bearer " TOKEN " ", NULL, MISSING},
    {"Bearer " TOKEN " " OTHER, NULL, MISSING},
    {"Bearer " TOKEN ", Basic x", NULL, MISSING},
    {"Bearer\t" TOKEN, NULL, MISSING},
    {"Bearer Bearer " TOKEN, NULL, MISSING},
    {"Bearer: " TOKEN, NULL, MISSING},
    {"Bearer " TOKEN ".g", NULL, MISSING},
    {"Bearer a.b.c.d", NULL, MISSING},
    {"Bearer a=.b.c.d.e", NULL, MISSING},
    {"Token " TOKEN, NULL, MISSING},
    {"Digest username=\"a\"", NULL, MISSING},
    {"AWS4-HMAC-SHA256 Credential=a", NULL, MISSING},
    {"Negotiate YII", NULL, MISSING},
    {" " TOKEN, NULL, MISSING},
    {"Basic ???", NULL, MALFORMED},
    {"Basic YXdz", NULL, MALFORMED},
    {"Basic YQ", NULL, MALFORMED},
    {"Basic", NULL, MALFORMED},
};

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        BUFFER_AUTO value = {0};
        BUFFER_AUTO scratch = {0};
        ERROR_AUTO error = {0};
        struct slice token = {NULL, 0};
        buffer_append_text(&value, rows[i].value == NULL ? "Basic " : rows[i].value);
        if (rows[i].basic != NULL)
            text_base64_encode(&value, rows[i].basic, strlen(rows[i].basic));
        const struct sigv4_header headers[] = {{SLICE("Accept"), SLICE("*")},
                                               {SLICE("AUTHORIZATION"), buffer_slice(&value)}};
        bool read = gate_read_credential(headers, 2, &scratch, &token, &error);
        if (read != (rows[i].code == NULL) || (!read && strcmp(error.code, rows[i].code) != 0))
            fail_msg("%s%s: %s", buffer_text(&value), read ? " is one" : " is none", read ? "" : error.code);
        if (read)
            assert_true(slice_is(token, TOKEN));
    }
}

static void expect(const struct sigv4_header *headers, size_t count, const char *code)
{
    BUFFER_AUTO scratch = {0};
    ERROR_AUTO error = {0};
    struct slice token;
    assert_false(gate_read_credential(headers, count, &scratch, &token, &error));
    assert_string_equal(error.code, code);
}

static void test_one_only(void **state)
{
    (void)state;
    const struct sigv4_header headers[] = {{SLICE("Authorization"), SLICE("Bearer " TOKEN)},
                                           {SLICE("authorization"), SLICE("Bearer " TOKEN)}};
    expect(headers, 0, MISSING);
    expect(headers, 2, MALFORMED);
}

static void test_bounds(void **state)
{
    (void)state;
    BUFFER_AUTO value = {0};
    buffer_append_text(&value, "Bearer a.b.c.d.");
    while (value.size < 7 + 1200)
        buffer_append_char(&value, 'e');
    struct sigv4_header header = {SLICE("Authorization"), buffer_slice(&value)};
    expect(&header, 1, MISSING);
    while (value.size < 2401)
        buffer_append_char(&value, 'e');
    header.value = buffer_slice(&value);
    expect(&header, 1, MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_one_only),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
