// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// The contract of store.h, function by function and result by result.

#include "base/memory.h"
#include "ground.h"
#include "service/store/store.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ACCOUNT "123456789012"
#define OTHER_ACCOUNT "210987654321"
#define USER "AIDAAAAAAAAAAAAAAAAA"

static int set_up(void **state)
{
    struct ground *ground = ground_new(ACCOUNT, "eu-central-1");
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
    const struct store_principal principal = {
        .id = id, .kind = STORE_USER, .account = ACCOUNT, .path = "/", .name = name, .created = 1700000000000001};
    return store_add_principal(ground->store, &principal, &ground->error);
}

static enum store_result add_key(struct ground *ground, const char *id, const char *principal)
{
    const struct store_access_key key = {
        .id = id, .principal = principal, .active = true, .sealed_secret = {"\0\1\0", 3}, .created = 5};
    return store_add_access_key(ground->store, &key, &ground->error);
}

static enum store_result add_domain(struct ground *ground, const char *owner, const char *name)
{
    const struct store_domain domain = {.name = name, .owner = owner, .created = 7};
    return store_add_domain(ground->store, &domain, &ground->error);
}

static enum store_result add_repository(struct ground *ground, const char *domain, const char *name,
                                        const char *administrator)
{
    const struct store_repository repository = {
        .name = name, .domain = domain, .domain_owner = ACCOUNT, .administrator = administrator, .created = 9};
    return store_add_repository(ground->store, &repository, &ground->error);
}

static void test_settings(void **state)
{
    struct ground *ground = *state;
    struct store_settings settings;
    assert_true(store_read_settings(ground->store, ground->arena, &settings, &ground->error));
    assert_string_equal(settings.account, ACCOUNT);
    assert_string_equal(settings.region, "eu-central-1");
}

static void test_identity_is_found_with_everything(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_user(ground, USER, "admin"), STORE_OK);
    assert_int_equal(add_key(ground, "AKIA1", USER), STORE_OK);
    static const char *const names[] = {"c", "a", "b"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(store_put_policy(ground->store, USER, names[i], slice_of(names[i]), &ground->error), STORE_OK);

    struct store_identity identity;
    assert_int_equal(store_find_identity(ground->store, SLICE("AKIA1"), ground->arena, &identity, &ground->error),
                     STORE_OK);
    assert_string_equal(identity.key.id, "AKIA1");
    assert_string_equal(identity.key.principal, USER);
    assert_true(identity.key.active);
    assert_true(slice_equal(identity.key.sealed_secret, (struct slice){"\0\1\0", 3}));
    assert_int_equal(identity.key.created, 5);
    assert_string_equal(identity.principal.id, USER);
    assert_int_equal(identity.principal.kind, STORE_USER);
    assert_string_equal(identity.principal.account, ACCOUNT);
    assert_string_equal(identity.principal.path, "/");
    assert_string_equal(identity.principal.name, "admin");
    assert_int_equal(identity.principal.created, 1700000000000001);
    assert_int_equal(identity.policy_count, 3);
    assert_true(slice_is(identity.policies[0], "a"));
    assert_true(slice_is(identity.policies[2], "c"));

    // The statement is used again, and nothing of the last use is left.
    assert_int_equal(store_find_identity(ground->store, SLICE("AKIA2"), ground->arena, &identity, &ground->error),
                     STORE_ABSENT);
    assert_int_equal(store_find_identity(ground->store, (struct slice){0}, ground->arena, &identity, &ground->error),
                     STORE_ABSENT);
}

static void test_principal_is_found_without_a_key(void **state)
{
    struct ground *ground = *state;
    const struct store_principal root = {
        .id = ACCOUNT, .kind = STORE_ROOT, .account = ACCOUNT, .path = "/", .name = "", .created = 3};
    assert_int_equal(store_add_principal(ground->store, &root, &ground->error), STORE_OK);
    struct store_identity identity;
    memset(&identity, 0xff, sizeof identity);
    assert_int_equal(store_find_principal(ground->store, SLICE(ACCOUNT), ground->arena, &identity, &ground->error),
                     STORE_OK);
    assert_int_equal(identity.principal.kind, STORE_ROOT);
    assert_string_equal(identity.principal.name, "");
    assert_int_equal(identity.policy_count, 0);
    assert_null(identity.key.id);
    assert_int_equal(identity.key.sealed_secret.size, 0);
    assert_int_equal(store_find_principal(ground->store, SLICE(USER), ground->arena, &identity, &ground->error),
                     STORE_ABSENT);
}

static void test_principals_are_unique(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_user(ground, USER, "admin"), STORE_OK);
    assert_int_equal(add_user(ground, USER, "other"), STORE_EXISTS);
    assert_int_equal(add_user(ground, "AIDA2", "Admin"), STORE_EXISTS);
    assert_int_equal(add_user(ground, "AIDA2", "other"), STORE_OK);
}

static void test_parents_must_exist(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_key(ground, "AKIA1", USER), STORE_ABSENT);
    assert_int_equal(store_put_policy(ground->store, USER, "p", SLICE("{}"), &ground->error), STORE_ABSENT);
    assert_int_equal(add_repository(ground, "d1", "r1", ACCOUNT), STORE_ABSENT);
    assert_int_equal(add_user(ground, USER, "admin"), STORE_OK);
    assert_int_equal(add_key(ground, "AKIA1", USER), STORE_OK);
    assert_int_equal(add_key(ground, "AKIA1", USER), STORE_EXISTS);
    assert_int_equal(ground->error.class, ERROR_NONE);
}

static void test_policy_is_replaced(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_user(ground, USER, "admin"), STORE_OK);
    assert_int_equal(store_put_policy(ground->store, USER, "p", SLICE("old"), &ground->error), STORE_OK);
    assert_int_equal(store_put_policy(ground->store, USER, "p", SLICE("new"), &ground->error), STORE_OK);
    struct store_identity identity;
    assert_int_equal(store_find_principal(ground->store, SLICE(USER), ground->arena, &identity, &ground->error),
                     STORE_OK);
    assert_int_equal(identity.policy_count, 1);
    assert_true(slice_is(identity.policies[0], "new"));
}

static void test_bad_records_are_refused_in_words(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_user(ground, USER, ""), STORE_FAILED);
    assert_int_equal(ground->error.class, ERROR_INTERNAL);
    assert_non_null(strstr(ground->error.message, ground->path));
    assert_int_equal(add_user(ground, NULL, "admin"), STORE_FAILED);
    assert_int_equal(add_domain(ground, "12345678901", "d1"), STORE_FAILED);
}

static void test_sealing_keys_newest_first(void **state)
{
    struct ground *ground = *state;
    struct store_sealing_key *keys;
    size_t count;
    assert_true(store_list_sealing_keys(ground->store, ground->arena, &keys, &count, &ground->error));
    assert_int_equal(count, 0);
    static const int64_t times[] = {20, 40, 10, 30, 50};
    for (size_t i = 0; i < 5; i++) {
        const char id[] = {(char)('a' + i), '\0'};
        const struct store_sealing_key key = {.id = id, .sealed_key = SLICE("sealed"), .created = times[i]};
        assert_int_equal(store_add_sealing_key(ground->store, &key, &ground->error), STORE_OK);
        assert_int_equal(store_add_sealing_key(ground->store, &key, &ground->error), STORE_EXISTS);
    }
    assert_true(store_list_sealing_keys(ground->store, ground->arena, &keys, &count, &ground->error));
    assert_int_equal(count, 5);
    static const char order[] = "ebdac";
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(keys[i].id[0], order[i]);
        assert_true(slice_is(keys[i].sealed_key, "sealed"));
    }
    assert_int_equal(keys[0].created, 50);
}

static void test_domain_goes_its_way(void **state)
{
    struct ground *ground = *state;
    const struct store_domain domain = {.name = "d1",
                                        .owner = ACCOUNT,
                                        .encryption_key = "arn:aws:kms:x",
                                        .tags = "[]",
                                        .created = 77,
                                        .repository_count = 99};
    struct store_domain found;
    assert_int_equal(store_add_domain(ground->store, &domain, &ground->error), STORE_OK);
    assert_int_equal(store_add_domain(ground->store, &domain, &ground->error), STORE_EXISTS);
    assert_int_equal(add_domain(ground, OTHER_ACCOUNT, "d1"), STORE_OK);
    assert_int_equal(
        store_find_domain(ground->store, SLICE(ACCOUNT), SLICE("d1"), ground->arena, &found, &ground->error), STORE_OK);
    assert_string_equal(found.name, "d1");
    assert_string_equal(found.owner, ACCOUNT);
    assert_string_equal(found.encryption_key, "arn:aws:kms:x");
    assert_string_equal(found.tags, "[]");
    assert_int_equal(found.created, 77);
    assert_int_equal(found.repository_count, 0);
    assert_int_equal(
        store_find_domain(ground->store, SLICE(OTHER_ACCOUNT), SLICE("d1"), ground->arena, &found, &ground->error),
        STORE_OK);
    assert_null(found.encryption_key);
    assert_null(found.tags);
    assert_int_equal(
        store_find_domain(ground->store, SLICE(ACCOUNT), SLICE("D1"), ground->arena, &found, &ground->error),
        STORE_ABSENT);
    assert_int_equal(store_delete_domain(ground->store, SLICE(ACCOUNT), SLICE("d1"), &ground->error), STORE_OK);
    assert_int_equal(store_delete_domain(ground->store, SLICE(ACCOUNT), SLICE("d1"), &ground->error), STORE_ABSENT);
    assert_int_equal(
        store_find_domain(ground->store, SLICE(OTHER_ACCOUNT), SLICE("d1"), ground->arena, &found, &ground->error),
        STORE_OK);
}

static void test_repository_goes_its_way(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_domain(ground, ACCOUNT, "d1"), STORE_OK);
    const struct store_repository repository = {.name = "r1",
                                                .domain = "d1",
                                                .domain_owner = ACCOUNT,
                                                .administrator = OTHER_ACCOUNT,
                                                .description = "text \xc3\xa9",
                                                .upstreams = "[1]",
                                                .tags = "[2]",
                                                .created = 5};
    assert_int_equal(store_add_repository(ground->store, &repository, &ground->error), STORE_OK);
    assert_int_equal(store_add_repository(ground->store, &repository, &ground->error), STORE_EXISTS);
    assert_int_equal(add_repository(ground, "d1", "r2", ACCOUNT), STORE_OK);

    struct store_repository found;
    assert_int_equal(store_find_repository(ground->store, SLICE(ACCOUNT), SLICE("d1"), SLICE("r1"), ground->arena,
                                           &found, &ground->error),
                     STORE_OK);
    assert_string_equal(found.name, "r1");
    assert_string_equal(found.domain, "d1");
    assert_string_equal(found.domain_owner, ACCOUNT);
    assert_string_equal(found.administrator, OTHER_ACCOUNT);
    assert_string_equal(found.description, "text \xc3\xa9");
    assert_string_equal(found.upstreams, "[1]");
    assert_string_equal(found.tags, "[2]");
    assert_int_equal(found.created, 5);
    assert_int_equal(store_find_repository(ground->store, SLICE(ACCOUNT), SLICE("d1"), SLICE("r3"), ground->arena,
                                           &found, &ground->error),
                     STORE_ABSENT);

    struct store_domain domain;
    assert_int_equal(
        store_find_domain(ground->store, SLICE(ACCOUNT), SLICE("d1"), ground->arena, &domain, &ground->error),
        STORE_OK);
    assert_int_equal(domain.repository_count, 2);
    assert_int_equal(store_delete_domain(ground->store, SLICE(ACCOUNT), SLICE("d1"), &ground->error), STORE_NOT_EMPTY);
    static const char *const names[] = {"r1", "r2"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(
            store_delete_repository(ground->store, SLICE(ACCOUNT), SLICE("d1"), slice_of(names[i]), &ground->error),
            STORE_OK);
        assert_int_equal(
            store_delete_repository(ground->store, SLICE(ACCOUNT), SLICE("d1"), slice_of(names[i]), &ground->error),
            STORE_ABSENT);
    }
    assert_int_equal(store_delete_domain(ground->store, SLICE(ACCOUNT), SLICE("d1"), &ground->error), STORE_OK);
}

/** Lists the domains of a page and compares their names, joined by blanks. */
static void expect_domains(struct ground *ground, const struct store_page page, const char *expected)
{
    struct store_domain *domains;
    size_t count;
    assert_true(
        store_list_domains(ground->store, SLICE(ACCOUNT), &page, ground->arena, &domains, &count, &ground->error));
    BUFFER_AUTO names = {0};
    for (size_t i = 0; i < count; i++)
        buffer_append_format(&names, "%s%s", i == 0 ? "" : " ", domains[i].name);
    assert_string_equal(buffer_text(&names), expected);
}

static void test_domains_are_listed_in_pages(void **state)
{
    struct ground *ground = *state;
    static const char *const names[] = {"zz", "ab", "a-1", "b", "abc", "aa"};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(add_domain(ground, ACCOUNT, names[i]), STORE_OK);
    assert_int_equal(add_domain(ground, OTHER_ACCOUNT, "mine"), STORE_OK);
    expect_domains(ground, (struct store_page){.limit = 100}, "a-1 aa ab abc b zz");
    expect_domains(ground, (struct store_page){.limit = 2}, "a-1 aa");
    expect_domains(ground, (struct store_page){.limit = 2, .after = "aa"}, "ab abc");
    expect_domains(ground, (struct store_page){.limit = 100, .after = "abb"}, "abc b zz");
    expect_domains(ground, (struct store_page){.limit = 100, .prefix = "ab"}, "ab abc");
    expect_domains(ground, (struct store_page){.limit = 100, .prefix = "ab", .after = "ab"}, "abc");
    expect_domains(ground, (struct store_page){.limit = 100, .prefix = "ab", .after = "a-1"}, "ab abc");
    expect_domains(ground, (struct store_page){.limit = 100, .prefix = "a", .after = "zz"}, "");
    expect_domains(ground, (struct store_page){.limit = 100, .prefix = "\xff"}, "");
    expect_domains(ground, (struct store_page){.limit = 0}, "");
    expect_domains(ground, (struct store_page){.limit = -1}, "");
}

static void test_repositories_are_listed_by_administrator(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_domain(ground, ACCOUNT, "d1"), STORE_OK);
    assert_int_equal(add_domain(ground, ACCOUNT, "d2"), STORE_OK);
    assert_int_equal(add_repository(ground, "d1", "B", ACCOUNT), STORE_OK);
    assert_int_equal(add_repository(ground, "d1", "a", OTHER_ACCOUNT), STORE_OK);
    assert_int_equal(add_repository(ground, "d1", "a_b%", ACCOUNT), STORE_OK);
    assert_int_equal(add_repository(ground, "d2", "a", ACCOUNT), STORE_OK);
    static const struct {
        const char *administrator;
        const char *prefix;
        const char *expected;
    } cases[] = {
        {"", NULL, "B a a_b% "},    {ACCOUNT, NULL, "B a_b% "}, {OTHER_ACCOUNT, NULL, "a "},
        {"", "a", "a a_b% "},       {"", "a_", "a_b% "},        {"", "%", ""},
        {"999999999999", NULL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct store_page page = {.limit = 10, .prefix = cases[i].prefix};
        struct store_repository *found;
        size_t count;
        assert_true(store_list_repositories(ground->store, SLICE(ACCOUNT), SLICE("d1"),
                                            slice_of(cases[i].administrator), &page, ground->arena, &found, &count,
                                            &ground->error));
        BUFFER_AUTO names = {0};
        for (size_t j = 0; j < count; j++)
            buffer_append_format(&names, "%s ", found[j].name);
        assert_string_equal(buffer_text(&names), cases[i].expected);
    }
}

static void test_version_shows_changes_by_anybody(void **state)
{
    struct ground *ground = *state;
    struct store *second = store_open(ground->path, &ground->error);
    assert_non_null(second);
    uint64_t mine;
    uint64_t others;
    uint64_t now;
    assert_true(store_version(ground->store, &mine, &ground->error));
    assert_true(store_version(second, &others, &ground->error));
    assert_true(store_version(ground->store, &now, &ground->error));
    assert_true(now == mine);

    assert_int_equal(add_domain(ground, ACCOUNT, "d1"), STORE_OK);
    assert_true(store_version(ground->store, &now, &ground->error));
    assert_true(now != mine);
    mine = now;
    assert_true(store_version(second, &now, &ground->error));
    assert_true(now != others);

    const struct store_domain domain = {.name = "d2", .owner = ACCOUNT};
    assert_int_equal(store_add_domain(second, &domain, &ground->error), STORE_OK);
    assert_true(store_version(ground->store, &now, &ground->error));
    assert_true(now != mine);
    mine = now;
    struct store_domain found;
    assert_int_equal(
        store_find_domain(ground->store, SLICE(ACCOUNT), SLICE("d2"), ground->arena, &found, &ground->error), STORE_OK);

    // A look-up and a change that did not happen are no change.
    assert_int_equal(store_delete_domain(second, SLICE(ACCOUNT), SLICE("d3"), &ground->error), STORE_ABSENT);
    assert_true(store_version(ground->store, &now, &ground->error));
    assert_true(now == mine);
    store_close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_settings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_identity_is_found_with_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_principal_is_found_without_a_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_principals_are_unique, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_parents_must_exist, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_policy_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_records_are_refused_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sealing_keys_newest_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_domain_goes_its_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repository_goes_its_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_domains_are_listed_in_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repositories_are_listed_by_administrator, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_version_shows_changes_by_anybody, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
