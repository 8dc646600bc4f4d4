// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/document.h"
#include "service/policy/pattern.h"

static bool matches_action(const struct policy_patterns *patterns, struct slice action)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (pattern_matches(patterns->items[i], action, true))
            return true;
    return false;
}

static bool matches_resource(const struct policy_patterns *patterns, struct slice resource)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (slice_is(patterns->items[i], "*") || pattern_matches_arn(patterns->items[i], resource))
            return true;
    return false;
}

enum policy_decision policy_evaluate(const struct policy *const *policies, size_t count,
                                     const struct policy_question *question)
{
    enum policy_decision decision = POLICY_NOT_ALLOWED;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < policies[i]->statement_count; j++) {
            const struct policy_statement *statement = &policies[i]->statements[j];
            if (!statement->deny && decision == POLICY_ALLOWED)
                continue;
            if (!matches_action(&statement->actions, question->action) ||
                !matches_resource(&statement->resources, question->resource))
                continue;
            if (statement->deny)
                return POLICY_EXPLICITLY_DENIED;
            decision = POLICY_ALLOWED;
        }
    }
    return decision;
}
