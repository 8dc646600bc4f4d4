// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/evaluate.h"

static bool matches_action(const struct policy_action *action, const struct evaluate_question *question)
{
    if (!action->any_vendor &&
        (action->vendor_hash != question->vendor_hash || !slice_equal(action->vendor, question->vendor)))
        return false;
    if (action->name.kind == PATTERN_EXACT && action->name_hash != question->name_hash)
        return false;
    return pattern_match(&action->name, question->name, NULL) == PATTERN_MATCHES;
}

static bool matches_actions(const struct policy_statement *statement, const struct evaluate_question *question)
{
    for (size_t i = 0; i < statement->action_count; i++)
        if (matches_action(&statement->actions[i], question))
            return !statement->not_actions;
    return statement->not_actions;
}

static bool matches_resources(const struct policy_statement *statement, const struct evaluate_question *question)
{
    bool unresolved = false;
    if (statement->any_resource)
        return !statement->not_resources;
    for (size_t i = 0; !question->no_resource && i < statement->resource_count; i++) {
        switch (pattern_match_arn(&statement->resources[i], &question->resource, question->request)) {
        case PATTERN_MATCHES:
            return !statement->not_resources;
        case PATTERN_UNRESOLVED:
            unresolved = true;
            break;
        case PATTERN_DIFFERS:
            break;
        }
    }
    // An exception that cannot be told is no reason to allow what it may except.
    return statement->not_resources && (statement->deny || !unresolved);
}

enum evaluate_grant evaluate_statement(const struct policy_statement *statement,
                                       const struct evaluate_question *question)
{
    if (!matches_actions(statement, question) || !matches_resources(statement, question))
        return EVALUATE_NOBODY;
    enum evaluate_grant grant = evaluate_grantees(statement, question);
    if (grant == EVALUATE_NOBODY || !evaluate_conditions(statement, question->request))
        return EVALUATE_NOBODY;
    return grant;
}

static void note_match(const struct policy_request *request, const struct policy *policy, size_t policy_index,
                       size_t statement_index)
{
    if (request->matches == NULL)
        return;
    request->matches->items[request->matches->count++] =
        (struct policy_match){policy->kind, policy_index, statement_index, policy->statements[statement_index].deny};
}

struct evaluate_finding evaluate_set(const struct policy_set *set, const struct evaluate_question *question)
{
    struct evaluate_finding finding = {false, EVALUATE_NOBODY};
    bool all = question->request->matches != NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct policy *policy = set->policies[i];
        for (size_t j = 0; j < policy->statement_count; j++) {
            const struct policy_statement *statement = &policy->statements[j];
            if (!all && !statement->deny && finding.grant == EVALUATE_DIRECT)
                continue;
            enum evaluate_grant grant = evaluate_statement(statement, question);
            if (grant == EVALUATE_NOBODY)
                continue;
            note_match(question->request, policy, i, j);
            if (statement->deny)
                finding.denied = true;
            else if (grant > finding.grant)
                finding.grant = grant;
            if (finding.denied && !all)
                return finding;
        }
    }
    return finding;
}
