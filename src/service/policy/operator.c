// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/operator.h"

#include "base/text.h"
#include "service/policy/recall.h"
#include "service/policy/value.h"

static const struct policy_operator operators[] = {
    {.name = "StringEquals", .type = POLICY_TYPE_STRING},
    {.name = "StringNotEquals", .type = POLICY_TYPE_STRING, .negated = true},
    {.name = "StringEqualsIgnoreCase", .type = POLICY_TYPE_STRING, .any_case = true},
    {.name = "StringNotEqualsIgnoreCase", .type = POLICY_TYPE_STRING, .any_case = true, .negated = true},
    {.name = "StringLike", .type = POLICY_TYPE_STRING, .wildcards = true},
    {.name = "StringNotLike", .type = POLICY_TYPE_STRING, .wildcards = true, .negated = true},
    {.name = "NumericEquals", .type = POLICY_TYPE_NUMBER},
    {.name = "NumericNotEquals", .type = POLICY_TYPE_NUMBER, .negated = true},
    {.name = "NumericLessThan", .type = POLICY_TYPE_NUMBER, .comparison = POLICY_LESS},
    {.name = "NumericLessThanEquals", .type = POLICY_TYPE_NUMBER, .comparison = POLICY_LESS_OR_EQUAL},
    {.name = "NumericGreaterThan", .type = POLICY_TYPE_NUMBER, .comparison = POLICY_GREATER},
    {.name = "NumericGreaterThanEquals", .type = POLICY_TYPE_NUMBER, .comparison = POLICY_GREATER_OR_EQUAL},
    {.name = "DateEquals", .type = POLICY_TYPE_DATE},
    {.name = "DateNotEquals", .type = POLICY_TYPE_DATE, .negated = true},
    {.name = "DateLessThan", .type = POLICY_TYPE_DATE, .comparison = POLICY_LESS},
    {.name = "DateLessThanEquals", .type = POLICY_TYPE_DATE, .comparison = POLICY_LESS_OR_EQUAL},
    {.name = "DateGreaterThan", .type = POLICY_TYPE_DATE, .comparison = POLICY_GREATER},
    {.name = "DateGreaterThanEquals", .type = POLICY_TYPE_DATE, .comparison = POLICY_GREATER_OR_EQUAL},
    {.name = "Bool", .type = POLICY_TYPE_BOOL},
    {.name = "BinaryEquals", .type = POLICY_TYPE_BINARY},
    {.name = "IpAddress", .type = POLICY_TYPE_ADDRESS},
    {.name = "NotIpAddress", .type = POLICY_TYPE_ADDRESS, .negated = true},
    {.name = "ArnEquals", .type = POLICY_TYPE_ARN},
    {.name = "ArnLike", .type = POLICY_TYPE_ARN},
    {.name = "ArnNotEquals", .type = POLICY_TYPE_ARN, .negated = true},
    {.name = "ArnNotLike", .type = POLICY_TYPE_ARN, .negated = true},
    {.name = "Null", .type = POLICY_TYPE_NULL},
};

const struct policy_operator *operator_find(struct slice name)
{
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (slice_is(name, operators[i].name))
            return &operators[i];
    return NULL;
}

// ------------------------------------------------------------------ values of a policy

static const char bad_variable[] = "must have a variable as \"${key}\" or \"${key, 'default'}\"";

static const char *read_binary(struct arena *arena, struct slice text, struct policy_value *out)
{
    BUFFER_AUTO bytes = {0};
    if (!text_base64_decode(text, &bytes))
        return "must be base64";
    out->as.binary = (struct slice){arena_copy(arena, buffer_text(&bytes), bytes.size), bytes.size};
    return NULL;
}

const char *operator_read_value(const struct policy_operator *operator, struct arena * arena, struct slice text,
                                bool variables, struct policy_value *out)
{
    const struct pattern_form form = {operator->wildcards, variables, operator->any_case };
    switch (operator->type) {
    case POLICY_TYPE_STRING:
        return pattern_compile(arena, text, form, &out->as.string) ? NULL : bad_variable;
    case POLICY_TYPE_ARN:
        return pattern_compile_arn(arena, text, variables, &out->as.arn) ? NULL : bad_variable;
    case POLICY_TYPE_NUMBER:
        return value_parse_number(text, &out->as.number) ? NULL : "must be a number";
    case POLICY_TYPE_DATE:
        return value_parse_date(text, &out->as.date) ? NULL : "must be a date (ISO 8601) or seconds since 1970";
    case POLICY_TYPE_BOOL:
    case POLICY_TYPE_NULL:
        return value_parse_truth(text, &out->as.truth) ? NULL : "must be \"true\" or \"false\"";
    case POLICY_TYPE_ADDRESS:
        return address_parse_range(text, &out->as.address) ? NULL : "must be an IP address or a range (CIDR)";
    case POLICY_TYPE_BINARY:
        return read_binary(arena, text, out);
    }
    return "is not known";
}

// ------------------------------------------------------------------ comparing

/** ORDER is below, at or above 0, as the request's value is below, at or above the policy's. */
static bool holds(enum policy_comparison comparison, int order)
{
    switch (comparison) {
    case POLICY_EQUAL:
        return order == 0;
    case POLICY_LESS:
        return order < 0;
    case POLICY_LESS_OR_EQUAL:
        return order <= 0;
    case POLICY_GREATER:
        return order > 0;
    case POLICY_GREATER_OR_EQUAL:
        return order >= 0;
    }
    return false;
}

static bool matches_string(const struct policy_condition *condition, struct slice text,
                           const struct policy_request *request)
{
    for (size_t i = 0; i < condition->value_count; i++)
        if (pattern_match(&condition->values[i].as.string, text, request) == PATTERN_MATCHES)
            return true;
    return false;
}

/** All six parts must be there, but in a pattern that is `*` alone. */
static bool matches_arn(const struct policy_condition *condition, struct slice text,
                        const struct policy_request *request)
{
    struct pattern_arn_parts arn = pattern_split_arn(text);
    if (arn.count < PATTERN_ARN_PARTS || !slice_is(arn.parts[0], "arn"))
        return false;
    for (size_t i = 0; i < condition->value_count; i++) {
        const struct pattern_arn *pattern = &condition->values[i].as.arn;
        bool is_whole = pattern->count == 0 || pattern->count == PATTERN_ARN_PARTS;
        if (!is_whole && (pattern->count > 1 || pattern->parts[0].kind != PATTERN_ANY))
            continue;
        if (pattern_match_arn(pattern, &arn, request) == PATTERN_MATCHES)
            return true;
    }
    return false;
}

static bool matches_number(const struct policy_condition *condition, struct slice text)
{
    double number;
    if (!value_parse_number(text, &number))
        return false;
    for (size_t i = 0; i < condition->value_count; i++) {
        double other = condition->values[i].as.number;
        if (holds(condition->operator->comparison, (number > other) - (number < other)))
            return true;
    }
    return false;
}

static bool matches_date(const struct policy_condition *condition, struct slice text)
{
    int64_t date;
    if (!value_parse_date(text, &date))
        return false;
    for (size_t i = 0; i < condition->value_count; i++) {
        int64_t other = condition->values[i].as.date;
        if (holds(condition->operator->comparison, (date > other) - (date < other)))
            return true;
    }
    return false;
}

static bool matches_truth(const struct policy_condition *condition, struct slice text)
{
    bool truth;
    if (!value_parse_truth(text, &truth))
        return false;
    for (size_t i = 0; i < condition->value_count; i++)
        if (condition->values[i].as.truth == truth)
            return true;
    return false;
}

static bool matches_address(const struct policy_condition *condition, struct slice text,
                            const struct policy_request *request)
{
    struct address address;
    if (!recall_address(request, text, &address))
        return false;
    for (size_t i = 0; i < condition->value_count; i++)
        if (address_in_range(&address, &condition->values[i].as.address))
            return true;
    return false;
}

static bool matches_binary(const struct policy_condition *condition, struct slice bytes)
{
    for (size_t i = 0; i < condition->value_count; i++)
        if (slice_equal(condition->values[i].as.binary, bytes))
            return true;
    return false;
}

bool operator_matches_any(const struct policy_condition *condition, struct slice text,
                          const struct policy_request *request)
{
    switch (condition->operator->type) {
    case POLICY_TYPE_STRING:
        return matches_string(condition, text, request);
    case POLICY_TYPE_ARN:
        return matches_arn(condition, text, request);
    case POLICY_TYPE_NUMBER:
        return matches_number(condition, text);
    case POLICY_TYPE_DATE:
        return matches_date(condition, text);
    case POLICY_TYPE_BOOL:
        return matches_truth(condition, text);
    case POLICY_TYPE_ADDRESS:
        return matches_address(condition, text, request);
    case POLICY_TYPE_BINARY:
        return matches_binary(condition, text);
    case POLICY_TYPE_NULL:
        break;
    }
    return false;
}
