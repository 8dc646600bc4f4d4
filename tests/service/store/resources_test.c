// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// What belongs to domains and repositories: permissions policies, tags, changes, the list of an account.

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

static const struct store_resource domain = {{ACCOUNT, 12}, {"d1", 2}, {NULL, 0}};
static const struct store_resource repository = {{ACCOUNT, 12}, {"d1", 2}, {"r1", 2}};
static const struct store_resource missing[] = {
    {{ACCOUNT, 12}, {"d9", 2}, {NULL, 0}},
    {{OTHER_ACCOUNT, 12}, {"d1", 2}, {NULL, 0}},
    {{ACCOUNT, 12}, {"d1", 2}, {"r9", 2}},
    {{ACCOUNT, 12}, {"d9", 2}, {"r1", 2}},
};
#define MISSING (sizeof missing / sizeof missing[0])

static enum store_result add_domain(struct ground *ground, const char *owner, const char *name)
{
    const struct store_domain made = {.name = name, .owner = owner, .created = 7};
    return store_add_domain(ground->store, &made, &ground->error);
}

static enum store_result add_repository(struct ground *ground, const char *owner, const char *in, const char *name,
                                        const char *administrator)
{
    const struct store_repository made = {
        .name = name, .domain = in, .domain_owner = owner, .administrator = administrator, .created = 9};
    return store_add_repository(ground->store, &made, &ground->error);
}

static int set_up(void **state)
{
    struct ground *ground = ground_new(ACCOUNT, "eu-central-1");
    assert_int_equal(add_domain(ground, ACCOUNT, "d1"), STORE_OK);
    assert_int_equal(add_repository(ground, ACCOUNT, "d1", "r1", ACCOUNT), STORE_OK);
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    ground_free(*state);
    return 0;
}

// ------------------------------------------------------------------ policies

/** Puts a policy; the result, and the new revision in *OUT. */
static enum store_result put(struct ground *ground, const struct store_resource *resource, const char *revision,
                             const char *document, int64_t now, const char **out)
{
    return store_put_resource_policy(ground->store, resource, slice_of(revision), slice_of(document), now,
                                     ground->arena, out, &ground->error);
}

static void expect_policy(struct ground *ground, const struct store_resource *resource, const char *document,
                          const char *revision)
{
    struct store_resource_policy found = {0};
    enum store_result result =
        store_find_resource_policy(ground->store, resource, ground->arena, &found, &ground->error);
    assert_int_equal(result, document == NULL ? STORE_ABSENT : STORE_OK);
    if (document == NULL)
        return;
    assert_string_equal(found.document, document);
    assert_string_equal(found.revision, revision);
}

static void test_policy_goes_its_way(void **state)
{
    struct ground *ground = *state;
    const struct store_resource *const both[] = {&domain, &repository};
    for (size_t i = 0; i < 2; i++) {
        const char *first;
        const char *second;
        expect_policy(ground, both[i], NULL, NULL);
        assert_int_equal(put(ground, both[i], NULL, "{\"a\": 1}", 1000, &first), STORE_OK);
        assert_string_equal(first, "1000");
        expect_policy(ground, both[i], "{\"a\": 1}", first);
        // The clock stands still, or goes back: the revision goes on.
        assert_int_equal(put(ground, both[i], NULL, "b", 1000, &second), STORE_OK);
        assert_string_equal(second, "1001");
        assert_int_equal(put(ground, both[i], second, "c", 5, &second), STORE_OK);
        assert_string_equal(second, "1002");
        expect_policy(ground, both[i], "c", "1002");
        struct store_resource_policy deleted = {0};
        assert_int_equal(store_delete_resource_policy(ground->store, both[i], slice_of(second), ground->arena, &deleted,
                                                      &ground->error),
                         STORE_OK);
        assert_string_equal(deleted.document, "c");
        assert_string_equal(deleted.revision, "1002");
        expect_policy(ground, both[i], NULL, NULL);
        assert_int_equal(
            store_delete_resource_policy(ground->store, both[i], SLICE(""), ground->arena, &deleted, &ground->error),
            STORE_ABSENT);
    }
}

static void test_policy_of_another_revision_stays(void **state)
{
    struct ground *ground = *state;
    const char *revision;
    assert_int_equal(put(ground, &domain, "1000", "a", 1000, &revision), STORE_CHANGED);
    expect_policy(ground, &domain, NULL, NULL);
    assert_int_equal(put(ground, &domain, NULL, "a", 1000, &revision), STORE_OK);
    static const char *const wrong[] = {"1001", "01000", "1000 ", "+1000", "1e3", "x", "' OR ''='"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct store_resource_policy deleted;
        assert_int_equal(put(ground, &domain, wrong[i], "b", 2000, &revision), STORE_CHANGED);
        assert_int_equal(store_delete_resource_policy(ground->store, &domain, slice_of(wrong[i]), ground->arena,
                                                      &deleted, &ground->error),
                         STORE_CHANGED);
    }
    expect_policy(ground, &domain, "a", "1000");
    expect_policy(ground, &repository, NULL, NULL);
}

static void test_policy_needs_its_resource(void **state)
{
    struct ground *ground = *state;
    const char *revision;
    for (size_t i = 0; i < MISSING; i++) {
        assert_int_equal(put(ground, &missing[i], NULL, "a", 1000, &revision), STORE_ABSENT);
        assert_int_equal(put(ground, &missing[i], "1", "a", 1000, &revision), STORE_ABSENT);
        expect_policy(ground, &missing[i], NULL, NULL);
    }
    assert_int_equal(put(ground, &domain, NULL, "d", 1000, &revision), STORE_OK);
    assert_int_equal(put(ground, &repository, NULL, "r", 1000, &revision), STORE_OK);
    assert_int_equal(store_delete_domain(ground->store, domain.owner, domain.domain, &ground->error), STORE_NOT_EMPTY);
    expect_policy(ground, &domain, "d", "1000");
    assert_int_equal(store_delete_repository(ground->store, repository.owner, repository.domain, repository.repository,
                                             &ground->error),
                     STORE_OK);
    expect_policy(ground, &repository, NULL, NULL);
    expect_policy(ground, &domain, "d", "1000");
    assert_int_equal(store_delete_domain(ground->store, domain.owner, domain.domain, &ground->error), STORE_OK);
    expect_policy(ground, &domain, NULL, NULL);
    // What is made anew under the old name has no policy.
    assert_int_equal(add_domain(ground, ACCOUNT, "d1"), STORE_OK);
    assert_int_equal(add_repository(ground, ACCOUNT, "d1", "r1", ACCOUNT), STORE_OK);
    expect_policy(ground, &domain, NULL, NULL);
    expect_policy(ground, &repository, NULL, NULL);
}

// ------------------------------------------------------------------ tags and changes

static void test_tags_are_replaced_when_they_are_known(void **state)
{
    struct ground *ground = *state;
    const struct store_resource *const both[] = {&domain, &repository};
    const char *tags = "?";
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(store_find_resource_tags(ground->store, both[i], ground->arena, &tags, &ground->error),
                         STORE_OK);
        assert_null(tags);
        assert_int_equal(store_replace_resource_tags(ground->store, both[i], "[]", "[1]", &ground->error),
                         STORE_CHANGED);
        assert_int_equal(store_replace_resource_tags(ground->store, both[i], NULL, "[1]", &ground->error), STORE_OK);
        assert_int_equal(store_replace_resource_tags(ground->store, both[i], NULL, "[2]", &ground->error),
                         STORE_CHANGED);
        assert_int_equal(store_replace_resource_tags(ground->store, both[i], "[1]", "[2]", &ground->error), STORE_OK);
        assert_int_equal(store_find_resource_tags(ground->store, both[i], ground->arena, &tags, &ground->error),
                         STORE_OK);
        assert_string_equal(tags, "[2]");
    }
    for (size_t i = 0; i < MISSING; i++) {
        assert_int_equal(store_find_resource_tags(ground->store, &missing[i], ground->arena, &tags, &ground->error),
                         STORE_ABSENT);
        assert_int_equal(store_replace_resource_tags(ground->store, &missing[i], NULL, "[1]", &ground->error),
                         STORE_CHANGED);
    }
}

static void test_repository_is_changed_in_part(void **state)
{
    struct ground *ground = *state;
    static const struct {
        const char *description;
        const char *upstreams;
        const char *then_description;
        const char *then_upstreams;
    } steps[] = {
        {NULL, NULL, NULL, NULL}, {"one", NULL, "one", NULL}, {NULL, "[1]", "one", "[1]"},
        {"", NULL, "", "[1]"},    {"two", "[]", "two", "[]"}, {NULL, NULL, "two", "[]"},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct store_repository changed;
        struct store_repository found;
        assert_int_equal(store_update_repository(ground->store, &repository, steps[i].description, steps[i].upstreams,
                                                 ground->arena, &changed, &ground->error),
                         STORE_OK);
        assert_int_equal(store_find_repository(ground->store, repository.owner, repository.domain,
                                               repository.repository, ground->arena, &found, &ground->error),
                         STORE_OK);
        const struct store_repository *const both[] = {&changed, &found};
        for (size_t j = 0; j < 2; j++) {
            assert_true(slice_is(slice_of(both[j]->description), steps[i].then_description));
            assert_true(slice_is(slice_of(both[j]->upstreams), steps[i].then_upstreams));
            assert_string_equal(both[j]->name, "r1");
            assert_string_equal(both[j]->domain, "d1");
            assert_string_equal(both[j]->administrator, ACCOUNT);
            assert_int_equal(both[j]->created, 9);
        }
    }
    for (size_t i = 0; i < MISSING; i++) {
        struct store_repository changed;
        assert_int_equal(
            store_update_repository(ground->store, &missing[i], "x", NULL, ground->arena, &changed, &ground->error),
            STORE_ABSENT);
    }
}

// ------------------------------------------------------------------ the list of an account

/** The list in pages of LIMIT, as "name/domain/owner " each. */
static void list(struct ground *ground, const char *administrator, const char *prefix, int64_t limit,
                 struct buffer *out)
{
    struct store_resource after = {0};
    struct store_page page = {.prefix = prefix, .limit = limit};
    for (;;) {
        struct store_repository *found;
        size_t count;
        assert_true(store_list_administered_repositories(ground->store, slice_of(administrator), &page,
                                                         page.after == NULL ? NULL : &after, ground->arena, &found,
                                                         &count, &ground->error));
        for (size_t i = 0; i < count; i++)
            buffer_append_format(out, "%s/%s/%.2s ", found[i].name, found[i].domain, found[i].domain_owner);
        if (count < (size_t)limit)
            return;
        const struct store_repository *last = &found[count - 1];
        after = (struct store_resource){slice_of(last->domain_owner), slice_of(last->domain), slice_of(last->name)};
        page.after = last->name;
    }
}

static void test_repositories_of_an_account(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(add_domain(ground, ACCOUNT, "d2"), STORE_OK);
    assert_int_equal(add_domain(ground, OTHER_ACCOUNT, "d1"), STORE_OK);
    assert_int_equal(add_repository(ground, OTHER_ACCOUNT, "d1", "r1", ACCOUNT), STORE_OK);
    assert_int_equal(add_repository(ground, OTHER_ACCOUNT, "d1", "r2", OTHER_ACCOUNT), STORE_OK);
    assert_int_equal(add_repository(ground, ACCOUNT, "d2", "r1", ACCOUNT), STORE_OK);
    assert_int_equal(add_repository(ground, ACCOUNT, "d2", "r10", ACCOUNT), STORE_OK);
    assert_int_equal(add_repository(ground, ACCOUNT, "d2", "R", ACCOUNT), STORE_OK);
    static const struct {
        const char *administrator;
        const char *prefix;
        const char *expected;
    } cases[] = {
        {ACCOUNT, NULL, "R/d2/12 r1/d1/12 r1/d1/21 r1/d2/12 r10/d2/12 "},
        {ACCOUNT, "r1", "r1/d1/12 r1/d1/21 r1/d2/12 r10/d2/12 "},
        {ACCOUNT, "r10", "r10/d2/12 "},
        {ACCOUNT, "q", ""},
        {OTHER_ACCOUNT, NULL, "r2/d1/21 "},
        {"999999999999", NULL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int64_t limit = 1; limit < 7; limit++) {
            BUFFER_AUTO names = {0};
            list(ground, cases[i].administrator, cases[i].prefix, limit, &names);
            assert_string_equal(buffer_text(&names), cases[i].expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_policy_goes_its_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_policy_of_another_revision_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_policy_needs_its_resource, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tags_are_replaced_when_they_are_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repository_is_changed_in_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repositories_of_an_account, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
