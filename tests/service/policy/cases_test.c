// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs the tables in cases/. Each names its source: a page of the published IAM documentation, from which its policies
 * and what they decide come. A table is an array of groups:
 *
 *     {"about": "...", "principal": {"kind", "account", "arn", "entityArn", "id", "provider"}, "owner": "...",
 *      "identity": [document...], "resource", "trust", "boundary", "session": the same, "keys": {KEY: VALUE...},
 *      "requests": [[ACTION, RESOURCE, EXPECTED, {KEY: VALUE or null...}]...]}
 *
 * EXPECTED is "allowed", "no KIND" (no policy of that kind allows it) or "deny KIND". Or a group is about a condition:
 *
 *     {"about": "...", "condition": {...}, "true": [{KEY: VALUE...}...], "false": [...]}
 */
#include "base/file.h"
#include "base/json.h"
#include "service/policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TABLE_SIZE_MAX ((size_t)1 << 20)
#define POLICIES_MAX ((size_t)16)
#define KEYS_MAX ((size_t)32)
#define VALUES_MAX ((size_t)16)

static const char *const kind_names[POLICY_KINDS] = {"identity", "resource", "trust", "boundary", "session", "token"};

/** What is being run, for the words of a failure. */
static const char *current_file;
static size_t request_count;
static size_t failure_count;

struct keys {
    struct policy_entry entries[KEYS_MAX];
    struct slice values[KEYS_MAX][VALUES_MAX];
    size_t count;
};

static void add_key(struct keys *keys, const char *name, const json_t *value)
{
    size_t at = 0;
    while (at < keys->count && !slice_equal_nocase(keys->entries[at].name, slice_of(name)))
        at++;
    assert_true(at < KEYS_MAX);
    if (at == keys->count)
        keys->count++;
    struct policy_entry *entry = &keys->entries[at];
    *entry = (struct policy_entry){slice_of(name), {keys->values[at], 0}};
    if (json_is_null(value)) {
        entry->name = SLICE("no:key");
        return;
    }
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    assert_true(count <= VALUES_MAX);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        assert_true(json_is_string(item));
        keys->values[at][i] = (struct slice){json_string_value(item), json_string_length(item)};
    }
    entry->values.count = count;
}

static void add_keys(struct keys *keys, json_t *object)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value) add_key(keys, name, value);
}

/** The policies of a group. */
struct policies {
    struct policy *of[POLICY_KINDS][POLICIES_MAX];
    struct policy_sets sets;
};

static void parse_policies(const json_t *group, struct policies *out)
{
    for (size_t kind = 0; kind < POLICY_KINDS; kind++) {
        const json_t *documents = json_object_get(group, kind_names[kind]);
        for (size_t i = 0; i < json_array_size(documents); i++) {
            BUFFER_AUTO text = {0};
            ERROR_AUTO error = {0};
            assert_true(i < POLICIES_MAX);
            json_write(&text, json_array_get(documents, i), 0);
            out->of[kind][i] = policy_parse((enum policy_kind)kind, buffer_slice(&text), POLICY_SIZE_MAX, &error);
            if (out->of[kind][i] == NULL)
                fail_msg("%s: %s: %s", current_file, json_string_value(json_object_get(group, "about")), error.message);
            out->sets.of[kind].count++;
        }
        out->sets.of[kind].policies = (const struct policy *const *)out->of[kind];
    }
}

static void free_policies(struct policies *policies)
{
    for (size_t kind = 0; kind < POLICY_KINDS; kind++)
        for (size_t i = 0; i < policies->sets.of[kind].count; i++)
            policy_free(policies->of[kind][i]);
}

static struct policy_principal read_principal(const json_t *value)
{
    static const char *const names[] = {"root", "user", "session", "federated", "service"};
    struct policy_principal principal = {
        .kind = POLICY_PRINCIPAL_USER,
        .account = json_member_text(value, "account"),
        .arn = json_member_text(value, "arn"),
        .entity_arn = json_member_text(value, "entityArn"),
        .entity_id = json_member_text(value, "id"),
        .provider = json_member_text(value, "provider"),
    };
    if (value == NULL) {
        principal.account = SLICE("123456789012");
        principal.arn = SLICE("arn:aws:iam::123456789012:user/JohnSmith");
        principal.entity_id = SLICE("AIDACKCEVSQ6C2EXAMPLE");
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (slice_is(json_member_text(value, "kind"), names[i]))
            principal.kind = (enum policy_principal_kind)i;
    return principal;
}

static void write_verdict(struct policy_verdict verdict, struct buffer *out)
{
    static const char *const words[] = {"allowed", "no", "deny"};
    buffer_append_text(out, words[verdict.outcome]);
    if (verdict.outcome != POLICY_ALLOWED)
        buffer_append_format(out, " %s", kind_names[verdict.kind]);
}

/** The same decision with and without wanting to know all matches. */
static void decide(const struct policies *policies, struct policy_request *request, struct buffer *out)
{
    ARENA_AUTO *arena = arena_new();
    struct policy_matches matches;
    BUFFER_AUTO again = {0};
    request->arena = arena;
    write_verdict(policy_decide(&policies->sets, request), out);
    request->matches = &matches;
    struct policy_verdict verdict = policy_decide(&policies->sets, request);
    write_verdict(verdict, &again);
    request->matches = NULL;
    assert_string_equal(buffer_text(out), buffer_text(&again));
    bool denies = false;
    for (size_t i = 0; i < matches.count; i++)
        denies = denies || matches.items[i].deny;
    assert_int_equal(denies, verdict.outcome == POLICY_EXPLICITLY_DENIED);
}

static void run_request(const json_t *group, const struct policies *policies, const json_t *item)
{
    struct policy_principal principal = read_principal(json_object_get(group, "principal"));
    struct keys keys = {.count = 0};
    add_keys(&keys, json_object_get(group, "keys"));
    add_keys(&keys, json_array_get(item, 3));
    struct policy_context context = {keys.entries, keys.count};
    const json_t *action = json_array_get(item, 0);
    const json_t *resource = json_array_get(item, 1);
    struct policy_request request = {
        .action = {json_string_value(action), json_string_length(action)},
        .resource = {json_string_value(resource), json_string_length(resource)},
        .principal = &principal,
        .resource_account = json_member_text(group, "owner"),
        .lookup = policy_context_lookup,
        .lookup_data = &context,
    };
    BUFFER_AUTO found = {0};
    BUFFER_AUTO shown = {0};
    decide(policies, &request, &found);
    json_write(&shown, item, 0);
    request_count++;
    if (slice_equal(buffer_slice(&found), slice_of(json_string_value(json_array_get(item, 2)))))
        return;
    failure_count++;
    print_error("%s: %s: %s is %s\n", current_file, json_string_value(json_object_get(group, "about")),
                buffer_text(&shown), buffer_text(&found));
}

static void run_requests(const json_t *group)
{
    struct policies policies = {0};
    const json_t *requests = json_object_get(group, "requests");
    parse_policies(group, &policies);
    for (size_t i = 0; i < json_array_size(requests); i++)
        run_request(group, &policies, json_array_get(requests, i));
    free_policies(&policies);
}

/** A condition allows when it is true, and as part of a denial denies when it is true. */
static void run_condition(json_t *group, const char *name, bool truth)
{
    const json_t *list = json_object_get(group, name);
    if (list == NULL)
        return;
    static const char *const effects[] = {"Allow", "Deny"};
    for (size_t effect = 0; effect < 2; effect++) {
        JSON_AUTO *made = json_pack("{s:O, s:[{s:s, s:{s:s, s:s, s:s, s:O}}, {s:{s:s, s:s, s:s}}]}", "about",
                                    json_object_get(group, "about"), "identity", "Version", "2012-10-17", "Statement",
                                    "Effect", effects[effect], "Action", "a:b", "Resource", "*", "Condition",
                                    json_object_get(group, "condition"), "Statement", "Effect", "Allow", "Action",
                                    effect == 0 ? "c:d" : "*", "Resource", "*");
        assert_non_null(made);
        struct policies policies = {0};
        parse_policies(made, &policies);
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *expected =
                effect == 0 ? (truth ? "allowed" : "no identity") : (truth ? "deny identity" : "allowed");
            JSON_AUTO *item = json_pack("[s, s, s, O]", "a:b", "*", expected, json_array_get(list, i));
            run_request(made, &policies, item);
        }
        request_count -= effect == 1 ? json_array_size(list) : 0;
        free_policies(&policies);
    }
}

static void run_file(const char *path)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO error = {0};
    current_file = path;
    if (file_read(path, TABLE_SIZE_MAX, &text, &error) != FILE_READ)
        fail_msg("%s: %s", path, error.message);
    JSON_AUTO *table = json_parse_unique(buffer_slice(&text), &error);
    if (table == NULL)
        fail_msg("%s: %s", path, error.message);
    assert_non_null(json_object_get(table, "source"));
    json_t *groups = json_object_get(table, "groups");
    for (size_t i = 0; i < json_array_size(groups); i++) {
        json_t *group = json_array_get(groups, i);
        run_requests(group);
        run_condition(group, "true", true);
        run_condition(group, "false", false);
    }
}

static char **paths;

static void test_tables(void **state)
{
    (void)state;
    for (char **path = paths; *path != NULL; path++)
        run_file(*path);
    print_message("%zu cases\n", request_count);
    assert_int_equal(failure_count, 0);
    assert_true(request_count >= 300);
}

int main(int argc, char **argv)
{
    (void)argc;
    paths = argv + 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
