// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The table of bindings, the decision, and the memory of domains. */
#include "service/operations/authorize.h"
#include "service/operations/operations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_every_operation_is_bound(void **state)
{
    (void)state;
    size_t operations = 0;
    for (size_t i = 0; api_served[i] != NULL; i++) {
        for (const struct api_operation *const *at = api_served[i]->operations; *at != NULL; at++) {
            const struct operation_binding *binding = operation_find_binding(*at);
            if (binding == NULL || binding->run == NULL) {
                fail_msg("%s is bound to nothing", (*at)->name);
                return;
            }
            operations++;
        }
    }
    // As many bindings as operations, each found by another operation: so every binding has its operation.
    assert_int_equal(operations, operation_binding_count);
    for (size_t i = 1; i < operation_binding_count; i++)
        assert_true(strcmp(operation_bindings[i - 1].action, operation_bindings[i].action) < 0);
}

struct decision {
    enum store_kind kind;
    const char *policy; // NULL: none
    const char *action;
    const char *resource;
    const char *refusal; // how its message ends; NULL: allowed
};

static const struct decision decisions[] = {
    {STORE_ROOT, NULL, "codeartifact:CreateDomain", "*", NULL},
    {STORE_USER, NULL, "codeartifact:CreateDomain", "*",
     "because no identity-based policy allows the codeartifact:CreateDomain action"},
    {STORE_USER, "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"codeartifact:Cre*\",\"Resource\":\"*\"}}",
     "codeartifact:CreateDomain", "arn:aws:codeartifact:r:1:domain/x", NULL},
    {STORE_USER,
     "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:codeartifact:r:1:domain/y\"}}",
     "codeartifact:CreateDomain", "arn:aws:codeartifact:r:1:domain/x",
     "because no identity-based policy allows the codeartifact:CreateDomain action"},
    {STORE_USER,
     "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},"
     "{\"Effect\":\"Deny\",\"Action\":\"codeartifact:*\",\"Resource\":\"arn:aws:codeartifact:r:1:domain/x\"}]}",
     "codeartifact:CreateDomain", "arn:aws:codeartifact:r:1:domain/x",
     "with an explicit deny in an identity-based policy"},
};

static void test_decisions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decisions / sizeof decisions[0]; i++) {
        const struct decision *is = &decisions[i];
        ERROR_AUTO error = {0};
        struct policy *policy =
            is->policy == NULL ? NULL : policy_parse(POLICY_IDENTITY, slice_of(is->policy), POLICY_SIZE_MAX, &error);
        const struct policy *const policies[] = {policy};
        const struct store_principal principal = {.kind = is->kind};
        const struct caller caller = {
            .principal = &principal, .arn = "arn:me", .policies = policies, .policy_count = policy != NULL};
        const struct operation_call call = {.caller = &caller};
        bool allowed = authorize(&call, is->action, is->resource, &error);
        policy_free(policy);
        assert_int_equal(allowed, is->refusal == NULL);
        if (allowed)
            continue;
        assert_string_equal(error.code, "AccessDenied");
        BUFFER_AUTO message = {0};
        buffer_append_format(&message, "User: arn:me is not authorized to perform: %s on resource: %s %s", is->action,
                             is->resource, is->refusal);
        assert_string_equal(error.message, buffer_text(&message));
    }
}

static struct store_resource resource_of(const char *owner, const char *domain, const char *repository)
{
    return (struct store_resource){slice_of(owner), slice_of(domain), slice_of(repository)};
}

static bool has(struct resource_cache *cache, struct store_resource resource, const struct policy **policy)
{
    return resource_cache_find(cache, &resource, policy);
}

#define OWNER "123456789012"

static void test_resource_cache(void **state)
{
    (void)state;
    struct resource_cache *cache = resource_cache_new();
    const struct store_resource a1 = resource_of(OWNER, "a1", NULL);
    const struct policy *found;
    assert_false(has(cache, a1, &found));
    assert_false(has(cache, resource_of("", "", NULL), &found));
    assert_null(resource_cache_put(cache, &a1, NULL));
    assert_true(has(cache, a1, &found));
    assert_null(found);
    assert_false(has(cache, resource_of("123456789013", "a1", NULL), &found));
    assert_false(has(cache, resource_of(OWNER, "a", NULL), &found));
    assert_false(has(cache, resource_of(OWNER, "a12", NULL), &found));
    assert_false(has(cache, resource_of(OWNER, "a", "1"), &found));
    assert_false(has(cache, resource_of(OWNER, "a1", "r"), &found));
    // Names beyond the table's limits are never remembered, and break nothing.
    char name[151];
    memset(name, 'n', sizeof name);
    const struct store_resource too_long = {SLICE(OWNER), {name, 151}, {NULL, 0}};
    (void)resource_cache_put(cache, &too_long, NULL);
    assert_false(has(cache, too_long, &found));
    const struct store_resource longest = {SLICE(OWNER), {name, 50}, {name, 100}};
    (void)resource_cache_put(cache, &longest, NULL);
    assert_true(has(cache, longest, &found));
    // It stays bounded: after many more, what it has is still true.
    for (unsigned i = 0; i < 5000; i++) {
        BUFFER_AUTO other = {0};
        buffer_append_format(&other, "d%u", i);
        const struct store_resource resource = {SLICE(OWNER), buffer_slice(&other), {NULL, 0}};
        (void)resource_cache_put(cache, &resource, NULL);
        assert_true(has(cache, resource, &found));
    }
    assert_false(has(cache, resource_of(OWNER, "d5000", NULL), &found));
    resource_cache_clear(cache);
    assert_false(has(cache, resource_of(OWNER, "d4999", NULL), &found));
    resource_cache_free(cache);
}

static struct policy *some_policy(void)
{
    struct policy *policy = policy_parse(
        POLICY_RESOURCE, SLICE("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"a:b\"}}"),
        POLICY_SIZE_MAX, NULL);
    assert_non_null(policy);
    return policy;
}

/** Policies are the cache's to free: each once, whether it is replaced, forgotten, or never found room. */
static void test_resource_cache_owns_policies(void **state)
{
    (void)state;
    struct resource_cache *cache = resource_cache_new();
    const struct store_resource resource = resource_of(OWNER, "a1", "r1");
    const struct policy *found;
    (void)resource_cache_put(cache, &resource, some_policy());
    const struct policy *second = resource_cache_put(cache, &resource, some_policy());
    assert_true(has(cache, resource, &found));
    assert_ptr_equal(found, second);
    char name[200];
    memset(name, 'n', sizeof name);
    const struct store_resource too_long = {SLICE(OWNER), {name, 200}, {NULL, 0}};
    for (unsigned i = 0; i < 2; i++)
        assert_non_null(resource_cache_put(cache, &too_long, some_policy()));
    assert_true(has(cache, resource, &found));
    resource_cache_clear(cache);
    assert_false(has(cache, resource, &found));
    (void)resource_cache_put(cache, &resource, some_policy());
    resource_cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation_is_bound),
        cmocka_unit_test(test_decisions),
        cmocka_unit_test(test_resource_cache),
        cmocka_unit_test(test_resource_cache_owns_policies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
