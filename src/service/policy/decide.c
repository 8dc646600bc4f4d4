// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * All policies together.
 * Source: "Policy evaluation logic", "Cross-account policy evaluation logic" (IAM User Guide); of role trust
 * policies, AssumeRole in the AWS STS API Reference.
 */
#include "service/policy/evaluate.h"
#include "service/policy/recall.h"

#include "base/text.h"

/** Longer than the action of any service; a longer one goes into the arena. */
#define ACTION_SIZE ((size_t)128)

/** What the policies of each kind say. */
struct findings {
    struct evaluate_finding of[POLICY_KINDS];
};

static struct evaluate_question ask(const struct policy_sets *sets, const struct policy_request *request,
                                    char small[static ACTION_SIZE])
{
    if (request->action.size > ACTION_SIZE)
        small = arena_allocate(request->arena, request->action.size, 1);
    for (size_t i = 0; i < request->action.size; i++)
        small[i] = text_lower(request->action.data[i]);
    const struct slice action = {small, request->action.size};
    size_t colon = slice_find(action, ':', 0);
    struct evaluate_question question = {
        .request = request,
        .vendor = slice_part(action, 0, colon),
        .name = slice_part(action, colon + 1, action.size),
        .resource = pattern_split_arn(request->resource),
        .no_resource = slice_is(request->resource, "*"),
        .bounded = sets->of[POLICY_BOUNDARY].count > 0,
    };
    question.vendor_hash = policy_hash(question.vendor);
    question.name_hash = policy_hash(question.name);
    return question;
}

static void make_room(const struct policy_sets *sets, const struct policy_request *request)
{
    size_t count = 0;
    for (size_t kind = 0; kind < POLICY_KINDS; kind++)
        for (size_t i = 0; i < sets->of[kind].count; i++)
            count += policy_statement_count(sets->of[kind].policies[i]);
    request->matches->items = arena_allocate(request->arena, count + 1, sizeof *request->matches->items);
    request->matches->count = 0;
}

static struct policy_verdict verdict(enum policy_outcome outcome, enum policy_kind kind)
{
    return (struct policy_verdict){outcome, kind};
}

/** Boundary and session policy: each, where there is one, must allow it. */
static struct policy_verdict cut(const struct policy_sets *sets, const struct findings *found)
{
    static const enum policy_kind limits[] = {POLICY_BOUNDARY, POLICY_SESSION};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        if (sets->of[limits[i]].count > 0 && found->of[limits[i]].grant == EVALUATE_NOBODY)
            return verdict(POLICY_NOT_ALLOWED, limits[i]);
    return verdict(POLICY_ALLOWED, POLICY_IDENTITY);
}

/** The principal's own account: its identity policies, or its being the root; and the cuts. */
static struct policy_verdict decide_own(const struct policy_sets *sets, const struct policy_request *request,
                                        const struct findings *found)
{
    if (request->principal->kind == POLICY_PRINCIPAL_ROOT)
        return verdict(POLICY_ALLOWED, POLICY_IDENTITY);
    if (found->of[POLICY_IDENTITY].grant == EVALUATE_NOBODY)
        return verdict(POLICY_NOT_ALLOWED, POLICY_IDENTITY);
    return cut(sets, found);
}

/** The kind of policy on the side of the resource. */
static enum policy_kind resource_side(const struct policy_sets *sets)
{
    return sets->of[POLICY_TRUST].count > 0 ? POLICY_TRUST : POLICY_RESOURCE;
}

static struct policy_verdict decide_in_account(const struct policy_sets *sets, const struct policy_request *request,
                                               const struct findings *found)
{
    enum policy_kind side = resource_side(sets);
    enum evaluate_grant grant = found->of[side].grant;
    if (side == POLICY_TRUST && grant == EVALUATE_NOBODY)
        return verdict(POLICY_NOT_ALLOWED, side);
    if (grant == EVALUATE_DIRECT)
        return verdict(POLICY_ALLOWED, side);
    return grant == EVALUATE_ROLE ? cut(sets, found) : decide_own(sets, request, found);
}

static struct policy_verdict decide_across(const struct policy_sets *sets, const struct policy_request *request,
                                           const struct findings *found)
{
    enum policy_kind side = resource_side(sets);
    struct policy_verdict own = decide_own(sets, request, found);
    if (own.outcome == POLICY_ALLOWED && found->of[side].grant == EVALUATE_NOBODY)
        return verdict(POLICY_NOT_ALLOWED, side);
    return own;
}

/** The order of it all, over what each kind says. */
static struct policy_verdict decide(const struct policy_sets *sets, const struct policy_request *request)
{
    char small[ACTION_SIZE];
    const struct policy_principal *principal = request->principal;
    const struct evaluate_question question = ask(sets, request, small);
    struct findings found = {0};
    struct policy_verdict denial = verdict(POLICY_ALLOWED, POLICY_IDENTITY);
    if (request->matches != NULL)
        make_room(sets, request);
    for (enum policy_kind kind = 0; kind < POLICY_KINDS; kind++) {
        found.of[kind] = evaluate_set(&sets->of[kind], &question);
        if (found.of[kind].denied && denial.outcome == POLICY_ALLOWED)
            denial = verdict(POLICY_EXPLICITLY_DENIED, kind);
        if (denial.outcome != POLICY_ALLOWED && request->matches == NULL)
            return denial;
    }
    if (denial.outcome != POLICY_ALLOWED)
        return denial;
    if (sets->of[POLICY_TOKEN].count > 0 && found.of[POLICY_TOKEN].grant == EVALUATE_NOBODY)
        return verdict(POLICY_NOT_ALLOWED, POLICY_TOKEN);
    if (principal->kind == POLICY_PRINCIPAL_FEDERATED || principal->kind == POLICY_PRINCIPAL_SERVICE) {
        enum policy_kind side = resource_side(sets);
        return verdict(found.of[side].grant == EVALUATE_NOBODY ? POLICY_NOT_ALLOWED : POLICY_ALLOWED, side);
    }
    bool across = request->resource_account.size > 0 && !slice_equal(request->resource_account, principal->account);
    return across ? decide_across(sets, request, &found) : decide_in_account(sets, request, &found);
}

struct policy_verdict policy_decide(const struct policy_sets *sets, const struct policy_request *request)
{
    struct recall recall;
    struct policy_request recalled = *request;
    recall_start(&recall, request);
    recalled.lookup = recall_lookup;
    recalled.lookup_data = &recall;
    return decide(sets, &recalled);
}
