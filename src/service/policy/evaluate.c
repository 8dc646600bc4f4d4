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

/**
 * For a resource of which one name is not known: a pattern counts for what is refused if it means some name, and for
 * what is allowed if it means every name.
 */
static enum pattern_result match_any_name(const struct pattern_arn *pattern, const struct evaluate_question *question,
                                          bool refuses)
{
    struct pattern_arn_parts resource = question->resource;
    const bool whole = pattern->count == PATTERN_ARN_PARTS && resource.count == PATTERN_ARN_PARTS;
    const size_t last = PATTERN_ARN_PARTS - 1;
    if (!whole || !refuses) {
        enum pattern_result result = pattern_match_arn(pattern, &resource, question->request);
        return result == PATTERN_MATCHES && whole && !pattern_is_open(&pattern->parts[last]) ? PATTERN_DIFFERS : result;
    }
    struct pattern_arn front = *pattern;
    front.count = last;
    if (pattern_match_arn(&front, &resource, question->request) != PATTERN_MATCHES)
        return PATTERN_DIFFERS;
    struct slice start = slice_part(resource.parts[last], 0, resource.parts[last].size - 1);
    return pattern_may_start(&pattern->parts[last], start) ? PATTERN_MATCHES : PATTERN_DIFFERS;
}

static enum pattern_result match_resource(const struct policy_statement *statement, size_t index,
                                          const struct evaluate_question *question)
{
    const struct pattern_arn *pattern = &statement->resources[index];
    // What is excepted from a denial must be so under every name, what is excepted from an allowance under any.
    if (question->request->any_name)
        return match_any_name(pattern, question, statement->deny != statement->not_resources);
    return pattern_match_arn(pattern, &question->resource, question->request);
}

static bool matches_resources(const struct policy_statement *statement, const struct evaluate_question *question)
{
    bool unresolved = false;
    if (statement->any_resource)
        return !statement->not_resources;
    for (size_t i = 0; !question->no_resource && i < statement->resource_count; i++) {
        switch (match_resource(statement, i, question)) {
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
