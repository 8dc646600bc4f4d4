// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The bounded cache of identities. */
#include "service/caller/identity_cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct identity *make(const char *name)
{
    const struct store_identity stored = {
        .principal = {.id = name, .kind = STORE_USER, .account = "123456789012", .path = "/", .name = "u"}};
    ERROR_AUTO error = {0};
    struct identity *identity = identity_new(slice_of(name), &stored, &error);
    assert_non_null(identity);
    return identity;
}

static void test_find_put_clear(void **state)
{
    (void)state;
    struct identity_cache *cache = identity_cache_new(4);
    assert_null(identity_cache_find(cache, SLICE("a")));
    identity_cache_put(cache, make("a"));
    struct identity *found = identity_cache_find(cache, SLICE("a"));
    assert_non_null(found);
    assert_string_equal(found->arn, "arn:aws:iam::123456789012:user/u");
    assert_null(identity_cache_find(cache, SLICE("aa")));
    identity_cache_clear(cache);
    assert_null(identity_cache_find(cache, SLICE("a")));
    identity_cache_put(cache, make("a"));
    assert_non_null(identity_cache_find(cache, SLICE("a")));
    identity_cache_free(cache);
}

static void test_the_least_used_gives_way(void **state)
{
    (void)state;
    struct identity_cache *cache = identity_cache_new(1); // one set: the order is plain
    static const char *const names[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < IDENTITY_CACHE_WAYS; i++)
        identity_cache_put(cache, make(names[i]));
    assert_non_null(identity_cache_find(cache, SLICE("a")));
    identity_cache_put(cache, make("e"));
    assert_null(identity_cache_find(cache, SLICE("b")));
    for (size_t i = 0; i < IDENTITY_CACHE_WAYS; i++)
        if (i != 1)
            assert_non_null(identity_cache_find(cache, slice_of(names[i])));
    assert_non_null(identity_cache_find(cache, SLICE("e")));
    identity_cache_free(cache);
}

static void test_it_stays_bounded(void **state)
{
    (void)state;
    struct identity_cache *cache = identity_cache_new(8);
    for (int i = 0; i < 1000; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "AKIA%d", i);
        identity_cache_put(cache, make(name));
        assert_non_null(identity_cache_find(cache, slice_of(name)));
    }
    size_t kept = 0;
    for (int i = 0; i < 1000; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "AKIA%d", i);
        kept += identity_cache_find(cache, slice_of(name)) != NULL;
    }
    assert_in_range(kept, 1, 8 * IDENTITY_CACHE_WAYS);
    identity_cache_free(cache);
}

static void test_a_broken_policy_lets_nobody_in(void **state)
{
    (void)state;
    struct slice policy =
        SLICE("{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Later\":1}]}");
    const struct store_identity stored = {
        .principal = {.id = "AIDA", .kind = STORE_USER, .account = "1", .path = "/", .name = "u"},
        .policies = &policy,
        .policy_count = 1};
    ERROR_AUTO error = {0};
    assert_null(identity_new(SLICE("AIDA"), &stored, &error));
    assert_int_equal(error.class, ERROR_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_put_clear),
        cmocka_unit_test(test_the_least_used_gives_way),
        cmocka_unit_test(test_it_stays_bounded),
        cmocka_unit_test(test_a_broken_policy_lets_nobody_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
