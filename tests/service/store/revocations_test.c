// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// Revocations: added, replaced, read on, forgotten.

#include "ground.h"
#include "service/store/revocation.h"

#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int set_up(void **state)
{
    struct ground *ground = ground_new("123456789012", "us-east-1");
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    ground_free(*state);
    return 0;
}

static void add(struct ground *ground, enum store_revoked kind, const char *subject, int64_t cutoff, int64_t made,
                int64_t ends)
{
    const struct store_revocation revocation = {
        .kind = kind, .subject = subject, .cutoff = cutoff, .made = made, .ends = ends};
    assert_true(store_add_revocation(ground->store, &revocation, &ground->error));
}

static struct store_revocation *list(struct ground *ground, int64_t after, size_t *count)
{
    struct store_revocation *found = NULL;
    assert_true(store_list_revocations(ground->store, after, ground->arena, &found, count, &ground->error));
    return found;
}

static void what_is_added_is_listed(void **state)
{
    struct ground *ground = *state;
    size_t count = 0;
    (void)list(ground, 0, &count);
    assert_int_equal(count, 0);
    add(ground, STORE_REVOKED_TOKEN, "abc", 5, 5, 100);
    add(ground, STORE_REVOKED_ALL, "", 6, 6, 100);
    add(ground, STORE_REVOKED_PRINCIPAL, "AROA:x", 7, 7, 100);
    const struct store_revocation *found = list(ground, 0, &count);
    assert_int_equal(count, 3);
    assert_int_equal(found[0].kind, STORE_REVOKED_TOKEN);
    assert_string_equal(found[0].subject, "abc");
    assert_int_equal(found[1].kind, STORE_REVOKED_ALL);
    assert_string_equal(found[1].subject, "");
    assert_int_equal(found[2].kind, STORE_REVOKED_PRINCIPAL);
    assert_int_equal(found[2].cutoff, 7);
    assert_int_equal(found[2].ends, 100);
}

static void one_in_the_place_of_another_is_new_and_takes_nothing_back(void **state)
{
    struct ground *ground = *state;
    size_t count = 0;
    add(ground, STORE_REVOKED_PRINCIPAL, "AIDA", 50, 50, 200);
    add(ground, STORE_REVOKED_PRINCIPAL, "AIDB", 50, 50, 200);
    int64_t seen = list(ground, 0, &count)[1].number;
    add(ground, STORE_REVOKED_PRINCIPAL, "AIDA", 40, 60, 190);
    const struct store_revocation *found = list(ground, seen, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].subject, "AIDA");
    assert_int_equal(found[0].cutoff, 50);
    assert_int_equal(found[0].ends, 200);
    (void)list(ground, 0, &count);
    assert_int_equal(count, 2);
}

static void what_has_ended_is_forgotten(void **state)
{
    struct ground *ground = *state;
    size_t count = 0;
    add(ground, STORE_REVOKED_TOKEN, "old", 5, 5, 100);
    int64_t seen = list(ground, 0, &count)[0].number;
    add(ground, STORE_REVOKED_TOKEN, "new", 100, 100, 300);
    const struct store_revocation *found = list(ground, 0, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].subject, "new");
    assert_true(found[0].number > seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_added_is_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_in_the_place_of_another_is_new_and_takes_nothing_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_has_ended_is_forgotten, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
