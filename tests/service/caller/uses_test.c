// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Uses of access keys: known at once, and in the store when the site ends. */
#include "service/caller/uses.h"
#include "service/http/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_uses_are_known_and_kept(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    ARENA_AUTO *arena = arena_new();
    MEMORY_AUTO char *path = memory_copy(fixture.site->store_path, strlen(fixture.site->store_path));
    struct uses *uses = uses_new(path);
    struct store_use found;
    assert_false(uses_find(uses, SLICE(KEY_ADMIN), arena, &found));
    uses_note(uses, SLICE(KEY_ADMIN), FIXTURE_NOW, SLICE("sts"), SLICE(FIXTURE_REGION));
    uses_note(uses, SLICE("AKIANOBODY"), FIXTURE_NOW, SLICE("sts"), SLICE(FIXTURE_REGION));
    uses_note(uses, SLICE(KEY_ADMIN), FIXTURE_NOW + USES_INTERVAL, SLICE("iam"), SLICE("us-east-1"));
    assert_true(uses_find(uses, SLICE(KEY_ADMIN), arena, &found));
    assert_int_equal(found.when, FIXTURE_NOW + USES_INTERVAL);
    assert_string_equal(found.service, "iam");
    uses_free(uses);

    ERROR_AUTO error = {0};
    struct store *store = store_open(path, &error);
    assert_non_null(store);
    struct store_access_key key;
    assert_int_equal(store_find_access_key(store, SLICE(KEY_ADMIN), arena, &key, &error), STORE_OK);
    assert_int_equal(key.last_used, FIXTURE_NOW + USES_INTERVAL);
    assert_string_equal(key.last_region, "us-east-1");
    assert_int_equal(store_find_access_key(store, SLICE(KEY_READER), arena, &key, &error), STORE_OK);
    assert_int_equal(key.last_used, 0);
    store_close(store);
    fixture_close(&fixture);
}

static void test_more_than_can_be_kept_are_forgotten(void **state)
{
    (void)state;
    struct uses *uses = uses_new("/nonexistent/store.sqlite");
    ARENA_AUTO *arena = arena_new();
    struct store_use found;
    for (size_t i = 0; i < USES_MAX; i++)
        uses_note(uses, SLICE("AKIA1"), 1, SLICE("sts"), SLICE("r"));
    uses_note(uses, SLICE("AKIA2"), 1, SLICE("sts"), SLICE("r"));
    assert_true(uses_find(uses, SLICE("AKIA1"), arena, &found));
    assert_false(uses_find(uses, SLICE("AKIA2"), arena, &found));
    // There is no store to write to, and that disturbs nobody.
    uses_free(uses);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uses_are_known_and_kept),
        cmocka_unit_test(test_more_than_can_be_kept_are_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
