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
    for (size_t i = 0; api_services[i] != NULL; i++) {
        for (const struct api_operation *const *at = api_services[i]->operations; *at != NULL; at++) {
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
    enum store_principal_kind kind;
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

static void test_domain_cache(void **state)
{
    (void)state;
    struct domain_cache *cache = domain_cache_new();
    struct slice owner = SLICE("123456789012");
    assert_false(domain_cache_has(cache, owner, SLICE("a1")));
    assert_false(domain_cache_has(cache, SLICE(""), SLICE("")));
    domain_cache_put(cache, owner, SLICE("a1"));
    assert_true(domain_cache_has(cache, owner, SLICE("a1")));
    assert_false(domain_cache_has(cache, SLICE("123456789013"), SLICE("a1")));
    assert_false(domain_cache_has(cache, owner, SLICE("a")));
    assert_false(domain_cache_has(cache, owner, SLICE("a12")));
    // Names beyond the table's limits are never remembered, and break nothing.
    char name[51];
    memset(name, 'n', sizeof name);
    domain_cache_put(cache, owner, (struct slice){name, 51});
    assert_false(domain_cache_has(cache, owner, (struct slice){name, 51}));
    domain_cache_put(cache, owner, (struct slice){name, 50});
    assert_true(domain_cache_has(cache, owner, (struct slice){name, 50}));
    // It stays bounded: after many more, what it has is still true.
    for (unsigned i = 0; i < 5000; i++) {
        BUFFER_AUTO other = {0};
        buffer_append_format(&other, "d%u", i);
        domain_cache_put(cache, owner, buffer_slice(&other));
        assert_true(domain_cache_has(cache, owner, buffer_slice(&other)));
    }
    assert_false(domain_cache_has(cache, owner, SLICE("d5000")));
    domain_cache_clear(cache);
    assert_false(domain_cache_has(cache, owner, SLICE("d4999")));
    domain_cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation_is_bound),
        cmocka_unit_test(test_decisions),
        cmocka_unit_test(test_domain_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
