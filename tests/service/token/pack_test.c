// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Claims made small: there and back, bounds, and what was not packed here. */
#include "fixture.h"
#include "service/token/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include <cmocka.h>

#define POLICY                                                                                                         \
    "{\"typ\":\"authorization\",\"iat\":1788093360,\"exp\":1788136560,\"jti\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"sub\":"     \
    "\"AROAEXAMPLEEXAMPLE123:job\",\"acc\":\"123456789012\",\"dom\":\"arn:aws:codeartifact:us-west-2:123456789012:"    \
    "domain/my-domain\",\"sit\":1788093000,\"pol\":\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{"         \
    "\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":[\\\"codeartifact:ReadFromRepository\\\",\\\"codeartifact:Get*\\\"]," \
    "\\\"Resource\\\":\\\"*\\\"},{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"sts:GetServiceBearerToken\\\","      \
    "\\\"Resource\\\":\\\"*\\\"}]}\",\"tags\":{\"team\":\"build\"}}"

static void claims_are_packed_small_and_opened_again(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO packed = {0};
    struct slice opened;
    buffer_append_text(&packed, "kept");
    assert_true(pack_claims(SLICE(POLICY), &packed));
    const struct slice content = slice_part(buffer_slice(&packed), 4, packed.size);
    assert_true(pack_is_packed(content));
    assert_false(pack_is_packed(SLICE(POLICY)));
    assert_false(pack_is_packed(SLICE("")));
    assert_true(content.size < sizeof POLICY / 3);
    assert_true(pack_open_claims(content, fixture->arena, &opened, NULL));
    assert_true(slice_is(opened, POLICY));
}

static void what_is_not_whole_is_refused(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO packed = {0};
    struct slice opened;
    assert_true(pack_claims(SLICE(POLICY), &packed));
    for (size_t size = 1; size < packed.size; size++) {
        ERROR_AUTO error = {0};
        assert_false(pack_open_claims(slice_part(buffer_slice(&packed), 0, size), fixture->arena, &opened, &error));
        assert_string_equal(error.code, "malformed");
    }
    buffer_append_char(&packed, 'x');
    assert_false(pack_open_claims(buffer_slice(&packed), fixture->arena, &opened, NULL));
}

static void sizes_are_bounded(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO large = {0};
    BUFFER_AUTO packed = {0};
    struct slice opened;
    for (size_t i = 0; i < PACK_SIZE_MAX; i++)
        buffer_append_char(&large, 'a');
    assert_true(pack_claims(buffer_slice(&large), &packed));
    assert_true(pack_open_claims(buffer_slice(&packed), fixture->arena, &opened, NULL));
    assert_int_equal(opened.size, PACK_SIZE_MAX);
    buffer_append_char(&large, 'a');
    buffer_clear(&packed);
    assert_false(pack_claims(buffer_slice(&large), &packed));
    assert_int_equal(packed.size, 0);
}

/** A megabyte in a kilobyte, made by zlib itself. */
static void what_would_become_large_is_refused(void **state)
{
    struct token_fixture *fixture = *state;
    BUFFER_AUTO large = {0};
    unsigned char small[4096] = {'D'};
    struct slice opened;
    buffer_reserve(&large, 1 << 20);
    for (size_t i = 0; i < 1 << 20; i++)
        buffer_append_char(&large, 'a');
    z_stream stream = {.next_in = (unsigned char *)large.data,
                       .avail_in = (unsigned)large.size,
                       .next_out = small + 1,
                       .avail_out = sizeof small - 1};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    (void)deflateEnd(&stream);
    const struct slice bomb = {(const char *)small, 1 + stream.total_out};
    assert_false(pack_open_claims(bomb, fixture->arena, &opened, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(claims_are_packed_small_and_opened_again, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_whole_is_refused, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(sizes_are_bounded, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(what_would_become_large_is_refused, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
