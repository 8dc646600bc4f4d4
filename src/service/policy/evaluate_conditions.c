// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Conditions of a statement.
 * Source: "IAM JSON policy elements: Condition operators", "Conditions with multiple context keys or values".
 */
#include "service/policy/evaluate.h"
#include "service/policy/operator.h"

bool policy_context_lookup(void *data, const struct policy_key *key, struct policy_values *out)
{
    const struct policy_context *context = data;
    for (size_t i = 0; i < context->count; i++) {
        if (!slice_equal_nocase(context->entries[i].name, key->name))
            continue;
        *out = context->entries[i].values;
        return true;
    }
    return false;
}

static bool is_null(const struct policy_condition *condition, bool present)
{
    for (size_t i = 0; i < condition->value_count; i++)
        if (condition->values[i].as.truth != present)
            return true;
    return false;
}

/** A value of the request against all of the policy: one of them, or with a negated operator none. */
static bool holds_for(const struct policy_condition *condition, struct slice value,
                      const struct policy_request *request)
{
    return operator_matches_any(condition, value, request) != condition->operator->negated;
}

static bool holds_for_any(const struct policy_condition *condition, const struct policy_values *values,
                          const struct policy_request *request)
{
    for (size_t i = 0; i < values->count; i++)
        if (holds_for(condition, values->items[i], request))
            return true;
    return false;
}

static bool holds_for_all(const struct policy_condition *condition, const struct policy_values *values,
                          const struct policy_request *request)
{
    for (size_t i = 0; i < values->count; i++)
        if (!holds_for(condition, values->items[i], request))
            return false;
    return true;
}

/** Nothing, or nothing but one empty text: to the set operators that is the same. */
static bool is_empty_set(const struct policy_values *values)
{
    return values->count == 0 || (values->count == 1 && values->items[0].size == 0);
}

static bool evaluate_condition(const struct policy_condition *condition, bool deny,
                               const struct policy_request *request)
{
    struct policy_values values = {0};
    bool present = request->lookup(request->lookup_data, &condition->key, &values);
    // What nearly all are: one value, and an operator that is no set's.
    if (values.count == 1 && condition->quantifier == POLICY_SINGLE && condition->operator->type != POLICY_TYPE_NULL)
        return holds_for(condition, values.items[0], request);
    if (condition->operator->type == POLICY_TYPE_NULL)
        return is_null(condition, present && values.count > 0);
    if (!present && condition->if_exists)
        return true;
    switch (condition->quantifier) {
    case POLICY_FOR_ALL_VALUES:
        return is_empty_set(&values) || holds_for_all(condition, &values, request);
    case POLICY_FOR_ANY_VALUE:
        return !is_empty_set(&values) && holds_for_any(condition, &values, request);
    case POLICY_SINGLE:
        break;
    }
    if (values.count == 0)
        return condition->operator->negated;
    // Several values want a set operator; without one, what AWS does is not defined, and the strict way is taken.
    return deny ? holds_for_any(condition, &values, request) : holds_for_all(condition, &values, request);
}

bool evaluate_conditions(const struct policy_statement *statement, const struct policy_request *request)
{
    for (size_t i = 0; i < statement->condition_count; i++)
        if (!evaluate_condition(&statement->conditions[i], statement->deny, request))
            return false;
    return true;
}
