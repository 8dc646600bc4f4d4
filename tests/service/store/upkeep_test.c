// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// Many calls as one transaction, copies of a store, and its soundness.

#include "ground.h"
#include "service/store/upkeep.h"

#include "base/memory.h"
#include "support/temporary.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ACCOUNT "123456789012"

static int set_up(void **state)
{
    struct ground *ground = ground_new(ACCOUNT, "us-east-1");
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    ground_free(*state);
    return 0;
}

static enum store_result add_user(struct ground *ground, const char *id, const char *name)
{
    const struct store_entity user = {
        .id = id, .kind = STORE_USER, .account = ACCOUNT, .path = "/", .name = name, .created = 1};
    return store_add_entity(ground->store, &user, &ground->error);
}

static enum store_result find_user(struct ground *ground, struct store *store, const char *name)
{
    struct store_entity user;
    return store_find_entity(store, STORE_USER, SLICE(ACCOUNT), slice_of(name), ground->arena, &user, &ground->error);
}

static void what_is_kept_is_done_together(void **state)
{
    struct ground *ground = *state;
    struct store *other = store_open(ground->path, &ground->error);
    assert_non_null(other);
    assert_true(store_begin(ground->store, true, &ground->error));
    assert_int_equal(add_user(ground, "AIDAONE", "one"), STORE_OK);
    assert_int_equal(add_user(ground, "AIDATWO", "two"), STORE_OK);
    assert_int_equal(find_user(ground, ground->store, "one"), STORE_OK);
    assert_int_equal(find_user(ground, other, "one"), STORE_ABSENT);
    assert_true(store_end(ground->store, true, &ground->error));
    assert_int_equal(find_user(ground, other, "one"), STORE_OK);
    assert_int_equal(find_user(ground, other, "two"), STORE_OK);
    store_close(other);
}

static void what_is_not_kept_has_never_been(void **state)
{
    struct ground *ground = *state;
    assert_true(store_begin(ground->store, true, &ground->error));
    assert_int_equal(add_user(ground, "AIDAONE", "one"), STORE_OK);
    assert_true(store_end(ground->store, false, &ground->error));
    assert_int_equal(find_user(ground, ground->store, "one"), STORE_ABSENT);
    assert_int_equal(add_user(ground, "AIDAONE", "one"), STORE_OK);
}

static void a_call_that_fails_has_changed_nothing_by_itself(void **state)
{
    struct ground *ground = *state;
    const struct store_tag tags[] = {{"a", "1"}, {"b", "2"}};
    struct store_entity user;
    assert_true(store_begin(ground->store, true, &ground->error));
    assert_int_equal(add_user(ground, "AIDAONE", "one"), STORE_OK);
    assert_int_equal(store_put_tags(ground->store, "AIDAONE", tags, 2, 1, &ground->error), STORE_LIMIT);
    assert_int_equal(add_user(ground, "AIDAONE", "two"), STORE_EXISTS);
    assert_int_equal(add_user(ground, "AIDATWO", "two"), STORE_OK);
    assert_true(store_end(ground->store, true, &ground->error));
    assert_int_equal(store_find_entity_by_id(ground->store, SLICE("AIDAONE"), ground->arena, &user, &ground->error),
                     STORE_OK);
    assert_int_equal(user.tag_count, 0);
    assert_int_equal(find_user(ground, ground->store, "two"), STORE_OK);
}

static void versions_get_the_numbers_that_are_said(void **state)
{
    struct ground *ground = *state;
    const struct store_entity policy = {.id = "ANPAONE",
                                        .kind = STORE_POLICY,
                                        .account = ACCOUNT,
                                        .path = "/",
                                        .name = "p",
                                        .document = SLICE("{}"),
                                        .created = 1};
    struct store_policy_version version = {.number = 7, .document = SLICE("{7}"), .created = 2};
    assert_int_equal(store_add_entity(ground->store, &policy, &ground->error), STORE_OK);
    assert_int_equal(store_put_policy_version(ground->store, "ANPAONE", &version, &ground->error), STORE_OK);
    version.document = SLICE("{8}");
    assert_int_equal(store_put_policy_version(ground->store, "ANPAONE", &version, &ground->error), STORE_OK);
    assert_int_equal(store_put_policy_version(ground->store, "ANPANONE", &version, &ground->error), STORE_ABSENT);
    assert_int_equal(store_find_policy_version(ground->store, "ANPAONE", 7, ground->arena, &version, &ground->error),
                     STORE_OK);
    assert_true(slice_is(version.document, "{8}"));
    assert_int_equal(store_add_policy_version(ground->store, "ANPAONE", &version, 5, &ground->error), STORE_OK);
    assert_int_equal(version.number, 8);
}

static void a_copy_is_a_store_of_its_own(void **state)
{
    struct ground *ground = *state;
    char *path = temporary_path(ground->directory, "copy");
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    const char **damage = NULL;
    size_t count = 1;
    size_t behind = 1;
    assert_true(descriptor >= 0);
    (void)close(descriptor);
    assert_int_equal(add_user(ground, "AIDAONE", "one"), STORE_OK);
    assert_true(store_copy(ground->store, path, &ground->error));
    assert_int_equal(add_user(ground, "AIDATWO", "two"), STORE_OK);
    struct store *copy = store_open_unchanged(path, &behind, &ground->error);
    assert_non_null(copy);
    assert_int_equal(behind, 0);
    assert_true(store_find_damage(copy, ground->arena, &damage, &count, &ground->error));
    assert_int_equal(count, 0);
    assert_int_equal(find_user(ground, copy, "one"), STORE_OK);
    assert_int_equal(find_user(ground, copy, "two"), STORE_ABSENT);
    store_close(copy);
    assert_false(store_copy(ground->store, ground->directory, &ground->error));
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_kept_is_done_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_kept_has_never_been, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_call_that_fails_has_changed_nothing_by_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(versions_get_the_numbers_that_are_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copy_is_a_store_of_its_own, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
