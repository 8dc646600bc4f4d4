// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What one thread remembers of revocations: what they revoke, and what they leave alone. */
#include "base/memory.h"
#include "base/timestamp.h"
#include "service/caller/revocations.h"
#include "service/http/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define SECOND TIMESTAMP_SECOND
#define ID "AAAAAAAAAAAAAAAAAAAAAA"

struct ground {
    struct fixture fixture;
    struct store *store;
    struct revocations *revocations;
};

static int set_up(void **state)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    fixture_open(&ground->fixture);
    ground->store = store_open(ground->fixture.site->store_path, NULL);
    assert_non_null(ground->store);
    ground->revocations = revocations_new();
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    revocations_free(ground->revocations);
    store_close(ground->store);
    fixture_close(&ground->fixture);
    free(ground);
    return 0;
}

static void add(struct ground *ground, enum store_revoked kind, const char *subject, int64_t cutoff, int64_t ends)
{
    const struct store_revocation revocation = {
        .kind = kind, .subject = subject, .cutoff = cutoff * SECOND, .made = 1, .ends = ends * SECOND};
    assert_true(store_add_revocation(ground->store, &revocation, NULL));
    revocations_expire(ground->revocations);
}

/** @param session 0: a long-term key asked for the token. */
static bool is_alive(struct ground *ground, const char *id, const char *principal, int64_t issued, int64_t session)
{
    ERROR_AUTO error = {0};
    const struct token_claims claims = {
        .id = slice_of(id), .principal = slice_of(principal), .issued = issued, .session_issued = session};
    bool alive = revocations_check_token(ground->revocations, ground->store, &claims, 1000 * SECOND, &error);
    if (!alive)
        assert_string_equal(error.code, "revoked");
    return alive;
}

static void nothing_is_revoked_at_first(void **state)
{
    assert_true(is_alive(*state, ID, "AIDA1", 0, 0));
}

static void one_token_is_revoked_by_its_id(void **state)
{
    struct ground *ground = *state;
    add(ground, STORE_REVOKED_TOKEN, ID, 900, 2000);
    assert_false(is_alive(ground, ID, "AIDA1", 999, 0));
    assert_true(is_alive(ground, "BAAAAAAAAAAAAAAAAAAAAA", "AIDA1", 1, 0));
    // No principal is meant by the same letters.
    assert_true(is_alive(ground, "BAAAAAAAAAAAAAAAAAAAAA", ID, 1, 0));
}

static void a_principal_is_revoked_up_to_a_moment(void **state)
{
    struct ground *ground = *state;
    add(ground, STORE_REVOKED_PRINCIPAL, "AIDA1", 900, 2000);
    assert_false(is_alive(ground, ID, "AIDA1", 899, 0));
    assert_true(is_alive(ground, ID, "AIDA1", 900, 0));
    assert_true(is_alive(ground, ID, "AIDA2", 1, 0));
    assert_false(is_alive(ground, ID, "AIDA1", 950, 850));
    assert_true(is_alive(ground, ID, "AIDA1", 950, 900));
}

static void a_role_is_revoked_with_its_sessions(void **state)
{
    struct ground *ground = *state;
    add(ground, STORE_REVOKED_PRINCIPAL, "AROA1", 900, 2000);
    add(ground, STORE_REVOKED_PRINCIPAL, "AROA2:build", 900, 2000);
    assert_false(is_alive(ground, ID, "AROA1:any", 899, 899));
    assert_false(is_alive(ground, ID, "AROA2:build", 899, 899));
    assert_true(is_alive(ground, ID, "AROA2:other", 899, 899));
    assert_true(is_alive(ground, ID, "AROA2:build2", 899, 899));
    assert_true(is_alive(ground, ID, "AROA11:any", 899, 899));
}

static void all_are_revoked_up_to_a_moment(void **state)
{
    struct ground *ground = *state;
    int64_t seconds = 0;
    add(ground, STORE_REVOKED_ALL, "", 900, 2000);
    assert_false(is_alive(ground, ID, "AIDA1", 899, 0));
    assert_false(is_alive(ground, ID, "AROA1:x", 950, 899));
    assert_true(is_alive(ground, ID, "AIDA1", 900, 0));
    add(ground, STORE_REVOKED_PRINCIPAL, "AROA1", 950, 2000);
    assert_true(revocations_find_cutoff(ground->revocations, ground->store, SLICE("AROA1:x"), 1, &seconds, NULL));
    assert_int_equal(seconds, 950);
    assert_true(revocations_find_cutoff(ground->revocations, ground->store, SLICE("AIDA9"), 1, &seconds, NULL));
    assert_int_equal(seconds, 900);
}

static void thousands_are_remembered_and_the_ended_are_not(void **state)
{
    struct ground *ground = *state;
    assert_true(is_alive(ground, "id00000000000000000000", "AIDA1", 1, 0));
    for (int i = 0; i < 3000; i++) {
        MEMORY_AUTO char *id = memory_format("id%020d", i);
        add(ground, STORE_REVOKED_TOKEN, id, 1, i % 3 == 0 ? 999 : 2000);
        if (i % 100 == 0)
            (void)is_alive(ground, ID, "AIDA1", 1, 0);
    }
    for (int i = 0; i < 3000; i++) {
        MEMORY_AUTO char *id = memory_format("id%020d", i);
        assert_int_equal(is_alive(ground, id, "AIDA1", 1, 0), i % 3 == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_revoked_at_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_token_is_revoked_by_its_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_principal_is_revoked_up_to_a_moment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_role_is_revoked_with_its_sessions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_are_revoked_up_to_a_moment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(thousands_are_remembered_and_the_ended_are_not, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
