// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a file of the token cache holds, and how long its token serves. */
#include "base/timestamp.h"
#include "client/cache/cached_token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define MINUTE (INT64_C(60) * TIMESTAMP_SECOND)
#define HOUR (60 * MINUTE)

struct moment {
    int64_t life;
    int64_t wall;   // passed since the token was issued, by the clock
    int64_t uptime; // and by the machine's uptime
    const char *machine;
    enum cached_state state;
};

static const struct moment moments[] = {
    {12 * HOUR, 0, 0, "here", CACHED_FRESH},
    {12 * HOUR, 12 * HOUR - 73 * MINUTE, 0, "here", CACHED_FRESH},
    {12 * HOUR, 12 * HOUR - 72 * MINUTE, 0, "here", CACHED_OLD},
    {12 * HOUR, 12 * HOUR - 1, 0, "here", CACHED_OLD},
    {12 * HOUR, 12 * HOUR, 0, "here", CACHED_ENDED},
    // Ten minutes at least.
    {HOUR, 49 * MINUTE, 0, "here", CACHED_FRESH},
    {HOUR, 50 * MINUTE, 0, "here", CACHED_OLD},
    {10 * MINUTE, 0, 0, "here", CACHED_OLD},
    {0, 0, 0, "here", CACHED_ENDED},
    // A clock that was set back below the token's issue, or by less.
    {12 * HOUR, -1, 0, "here", CACHED_ENDED},
    {12 * HOUR, HOUR, 11 * HOUR, "here", CACHED_OLD},
    {12 * HOUR, HOUR, 12 * HOUR, "here", CACHED_ENDED},
    // A later start of the machine, and another machine.
    {12 * HOUR, HOUR, -5 * HOUR, "here", CACHED_FRESH},
    {12 * HOUR, HOUR, 12 * HOUR, "there", CACHED_FRESH},
};

static void a_token_serves_as_long_as_it_lives(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        const struct moment *moment = &moments[i];
        const struct cached_token token = {
            .machine = "here", .issued = {1000 * HOUR, 100 * HOUR}, .life = moment->life};
        const struct cached_clocks now = {token.issued.wall + moment->wall, token.issued.uptime + moment->uptime};
        if (cached_token_state(&token, &now, moment->machine) != moment->state)
            fail_msg("row %zu", i);
    }
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    CACHED_TOKEN_AUTO read = {0};
    const struct cached_token written = {.text = "eyJ.x",
                                         .endpoint = "https://localhost",
                                         .domain = "demo",
                                         .duration = "900",
                                         .profile = "default",
                                         .machine = "here",
                                         .issued = {1795515784123456, 7},
                                         .life = 900 * TIMESTAMP_SECOND,
                                         .expiration = 1795516684000000};
    cached_token_write(&written, &text);
    assert_true(cached_token_read(buffer_slice(&text), &read, NULL));
    assert_string_equal(read.text, written.text);
    assert_string_equal(read.duration, written.duration);
    assert_null(read.domain_owner);
    assert_int_equal(read.issued.wall, written.issued.wall);
    assert_int_equal(read.expiration, written.expiration);
}

static void half_a_file_is_none(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    const struct cached_token written = {
        .text = "t", .endpoint = "e", .domain = "d", .profile = "p", .machine = "m", .life = 1};
    cached_token_write(&written, &text);
    // Without its last line feed it is still whole.
    for (size_t size = 0; size < text.size - 1; size++) {
        CACHED_TOKEN_AUTO read = {0};
        ERROR_AUTO error = {0};
        assert_false(cached_token_read(slice_part(buffer_slice(&text), 0, size), &read, &error));
        assert_non_null(error.message);
    }
}

static const char *const broken[] = {
    "[]",
    "{\"version\":2}",
    // No text, an empty one, a number for one, one that lives for ever, one from before all clocks.
    "{\"version\":1,\"issued\":0,\"uptime\":0,\"life\":1,\"expiration\":1,\"endpoint\":\"e\",\"domain\":\"d\","
    "\"profile\":\"p\",\"machine\":\"m\"}",
    "{\"version\":1,\"issued\":0,\"uptime\":0,\"life\":1,\"expiration\":1,\"endpoint\":\"e\",\"domain\":\"d\","
    "\"profile\":\"p\",\"machine\":\"m\",\"token\":\"\"}",
    "{\"version\":1,\"issued\":0,\"uptime\":0,\"life\":1,\"expiration\":1,\"endpoint\":\"e\",\"domain\":\"d\","
    "\"profile\":\"p\",\"machine\":\"m\",\"token\":\"t\",\"domainOwner\":1}",
    "{\"version\":1,\"issued\":0,\"uptime\":0,\"life\":43200000001,\"expiration\":1,\"endpoint\":\"e\","
    "\"domain\":\"d\",\"profile\":\"p\",\"machine\":\"m\",\"token\":\"t\"}",
    "{\"version\":1,\"issued\":-1,\"uptime\":0,\"life\":1,\"expiration\":1,\"endpoint\":\"e\",\"domain\":\"d\","
    "\"profile\":\"p\",\"machine\":\"m\",\"token\":\"t\"}",
    "{\"version\":1,\"version\":1,\"issued\":0,\"uptime\":0,\"life\":1,\"expiration\":1,\"endpoint\":\"e\","
    "\"domain\":\"d\",\"profile\":\"p\",\"machine\":\"m\",\"token\":\"t\"}",
};

static void what_we_would_not_write_is_not_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        CACHED_TOKEN_AUTO read = {0};
        if (cached_token_read(slice_of(broken[i]), &read, NULL))
            fail_msg("row %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_token_serves_as_long_as_it_lives),
                                       cmocka_unit_test(what_is_written_is_read), cmocka_unit_test(half_a_file_is_none),
                                       cmocka_unit_test(what_we_would_not_write_is_not_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
