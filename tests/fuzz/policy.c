// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes src/service/policy. The input is four lines and a document: the kind of policy (a digit), an action, a
 * resource, and the keys of the request as NAME=VALUE|VALUE, apart by tabs. A document that is refused must be refused
 * with a code and words. What is decided must not depend on whether all matches are wanted, and a policy that allows
 * everything beside it must not undo a denial, nor may one that denies everything leave anything allowed.
 */
#include "service/policy/policy.h"

#include <stdint.h>
#include <stdlib.h>

#define LINES ((size_t)4)
#define KEYS_MAX ((size_t)8)
#define VALUES_MAX ((size_t)4)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition)
{
    if (!condition)
        abort();
}

struct keys {
    struct policy_entry entries[KEYS_MAX];
    struct slice values[KEYS_MAX][VALUES_MAX];
    size_t count;
};

static void read_keys(struct slice line, struct keys *out)
{
    struct slice pair;
    while (out->count < KEYS_MAX && slice_cut(&line, '\t', &pair)) {
        struct policy_entry *entry = &out->entries[out->count];
        struct slice name;
        struct slice *values = out->values[out->count++];
        size_t count = 0;
        (void)slice_cut(&pair, '=', &name);
        while (count < VALUES_MAX && slice_cut(&pair, '|', &values[count]))
            count++;
        *entry = (struct policy_entry){name, {values, count}};
    }
}

static const struct policy_principal principals[] = {
    {.kind = POLICY_PRINCIPAL_ROOT,
     .account = {"123456789012", 12},
     .arn = {"arn:aws:iam::123456789012:root", 30},
     .entity_id = {"123456789012", 12}},
    {.kind = POLICY_PRINCIPAL_USER,
     .account = {"123456789012", 12},
     .arn = {"arn:aws:iam::123456789012:user/u", 32},
     .entity_id = {"AIDACKCEVSQ6C2EXAMPLE", 21}},
    {.kind = POLICY_PRINCIPAL_SESSION,
     .account = {"123456789012", 12},
     .arn = {"arn:aws:sts::123456789012:assumed-role/r/s", 42},
     .entity_arn = {"arn:aws:iam::123456789012:role/r", 32},
     .entity_id = {"AROACKCEVSQ6C2EXAMPLE", 21}},
    {.kind = POLICY_PRINCIPAL_FEDERATED, .provider = {"accounts.google.com", 19}},
    {.kind = POLICY_PRINCIPAL_SERVICE, .provider = {"ec2.amazonaws.com", 17}},
};

static bool is_same(struct policy_verdict a, struct policy_verdict b)
{
    return a.outcome == b.outcome && (a.outcome == POLICY_ALLOWED || a.kind == b.kind);
}

static struct policy *make(const char *document)
{
    struct policy *policy = policy_parse(POLICY_IDENTITY, slice_of(document), POLICY_SIZE_MAX, NULL);
    must(policy != NULL);
    return policy;
}

/** With one more identity policy. */
static enum policy_outcome decide_beside(const struct policy_sets *sets, const struct policy_request *request,
                                         const struct policy *other)
{
    struct policy_sets more = *sets;
    const struct policy *both[] = {other, NULL};
    if (sets->of[POLICY_IDENTITY].count > 0)
        both[1] = sets->of[POLICY_IDENTITY].policies[0];
    more.of[POLICY_IDENTITY] = (struct policy_set){both, both[1] == NULL ? 1 : 2};
    return policy_decide(&more, request).outcome;
}

static void decide(const struct policy_sets *sets, struct policy_request *request)
{
    static struct policy *all;
    static struct policy *none;
    struct policy_matches matches;
    if (all == NULL) {
        all = make("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}");
        none = make("{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}");
    }
    struct policy_verdict verdict = policy_decide(sets, request);
    request->matches = &matches;
    must(is_same(verdict, policy_decide(sets, request)));
    request->matches = NULL;
    enum policy_outcome allowed = decide_beside(sets, request, all);
    must((verdict.outcome == POLICY_EXPLICITLY_DENIED) == (allowed == POLICY_EXPLICITLY_DENIED));
    must(verdict.outcome != POLICY_ALLOWED || allowed == POLICY_ALLOWED);
    must(decide_beside(sets, request, none) == POLICY_EXPLICITLY_DENIED);
}

static void decide_for_all(const struct policy *policy, enum policy_kind kind, const struct slice lines[static LINES])
{
    struct keys keys = {.count = 0};
    read_keys(lines[3], &keys);
    struct policy_context context = {keys.entries, keys.count};
    struct policy_sets sets = {0};
    sets.of[kind] = (struct policy_set){&policy, 1};
    for (size_t i = 0; i < sizeof principals / sizeof principals[0]; i++) {
        ARENA_AUTO *arena = arena_new();
        struct policy_request request = {
            .action = lines[1],
            .resource = lines[2],
            .principal = &principals[i],
            .lookup = policy_context_lookup,
            .lookup_data = &context,
            .arena = arena,
        };
        decide(&sets, &request);
        request.resource_account = SLICE("210987654321");
        decide(&sets, &request);
    }
}

/** What is found is a statement's text: a brace, and behind the end of it another. */
static void locate(const struct policy *policy, struct slice document)
{
    for (size_t i = 0; i <= policy_statement_count(policy); i++) {
        struct policy_position start;
        struct policy_position end;
        bool found = policy_locate_statement(document, i, &start, &end);
        must(!found || (i < policy_statement_count(policy) &&
                        (start.line < end.line || (start.line == end.line && start.column < end.column))));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct slice lines[LINES] = {{0}};
    ERROR_AUTO error = {0};
    for (size_t i = 0; i < LINES; i++)
        (void)slice_cut(&rest, '\n', &lines[i]);
    if (lines[0].size != 1 || lines[0].data[0] < '0' || lines[0].data[0] > '4')
        return -1;
    enum policy_kind kind = (enum policy_kind)(lines[0].data[0] - '0');
    struct policy *policy = policy_parse(kind, rest, POLICY_SIZE_MAX, &error);
    must((policy == NULL) == (error.class == ERROR_PARAMETER && error.code != NULL && error.message[0] != '\0'));
    if (policy != NULL) {
        decide_for_all(policy, kind, lines);
        locate(policy, rest);
    }
    policy_free(policy);
    return 0;
}
