// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * SimulatePrincipalPolicy and SimulateCustomPolicy: one result for each action on each resource. The condition keys are
 * those of the input alone.
 */
#include "service/operations/iam_simulate.h"

#include "base/json.h"
#include "base/text.h"

/** Keys that were asked for and not given, each once. */
struct missing_keys {
    const struct policy_context *given;
    json_t *names;
};

static bool look_up(void *data, const struct policy_key *key, struct policy_values *out)
{
    struct missing_keys *missing = data;
    // The cast is of a pointer that the table does not write to.
    if (policy_context_lookup((void *)(uintptr_t)missing->given, key, out))
        return true;
    for (size_t i = 0; i < json_array_size(missing->names); i++)
        if (slice_equal_nocase(slice_of(json_string_value(json_array_get(missing->names, i))), key->name))
            return false;
    (void)json_array_append_new(missing->names, json_stringn(key->name.data, key->name.size));
    return false;
}

// ------------------------------------------------------------------ one result

static json_t *place(const struct policy_position *position)
{
    return json_pack("{s:I, s:I}", "Line", (json_int_t)position->line, "Column", (json_int_t)position->column);
}

static json_t *describe_match(const struct simulation *simulation, const struct policy_match *match)
{
    const struct simulated_policy *policy = &simulation->of[match->kind].items[match->policy];
    struct policy_position start;
    struct policy_position end;
    json_t *described = json_pack("{s:s, s:s}", "SourcePolicyId", policy->id, "SourcePolicyType", policy->type);
    if (policy_locate_statement(policy->document, match->statement, &start, &end)) {
        (void)json_object_set_new(described, "StartPosition", place(&start));
        (void)json_object_set_new(described, "EndPosition", place(&end));
    }
    return described;
}

/** What decided: of a denial the statements that deny, else all that fit. */
static json_t *describe_matches(const struct simulation *simulation, const struct policy_matches *matches, bool denied)
{
    json_t *list = json_array();
    for (size_t i = 0; i < matches->count; i++)
        if (!denied || matches->items[i].deny)
            (void)json_array_append_new(list, describe_match(simulation, &matches->items[i]));
    return list;
}

/** A boundary allows what one of its statements allows and none denies. */
static bool boundary_allows(const struct policy_matches *matches)
{
    bool allows = false;
    for (size_t i = 0; i < matches->count; i++) {
        if (matches->items[i].kind != POLICY_BOUNDARY)
            continue;
        if (matches->items[i].deny)
            return false;
        allows = true;
    }
    return allows;
}

static const char *const decisions[] = {
    [POLICY_ALLOWED] = "allowed",
    [POLICY_NOT_ALLOWED] = "implicitDeny",
    [POLICY_EXPLICITLY_DENIED] = "explicitDeny",
};

static json_t *decide(const struct operation_call *call, const struct simulation *simulation, struct slice action,
                      struct slice resource)
{
    struct missing_keys missing = {.given = &simulation->context, .names = json_array()};
    struct policy_matches matches = {0};
    const struct policy_request request = {
        .action = action,
        .resource = resource,
        .principal = &simulation->principal,
        .resource_account = simulation->resource_account,
        .lookup = look_up,
        .lookup_data = &missing,
        .arena = call->arena,
        .matches = &matches,
    };
    struct policy_sets sets = {0};
    for (size_t kind = 0; kind < POLICY_KINDS; kind++)
        sets.of[kind] = (struct policy_set){simulation->of[kind].policies, simulation->of[kind].count};
    const struct policy_verdict verdict = policy_decide(&sets, &request);
    json_t *result =
        json_pack("{s:s%, s:s%, s:s, s:o, s:o}", "EvalActionName", action.data, action.size, "EvalResourceName",
                  resource.data, resource.size, "EvalDecision", decisions[verdict.outcome], "MatchedStatements",
                  describe_matches(simulation, &matches, verdict.outcome == POLICY_EXPLICITLY_DENIED),
                  "MissingContextValues", missing.names);
    if (simulation->of[POLICY_BOUNDARY].count > 0)
        (void)json_object_set_new(result, "PermissionsBoundaryDecisionDetail",
                                  json_pack("{s:b}", "AllowedByPermissionsBoundary", boundary_allows(&matches)));
    return result;
}

// ------------------------------------------------------------------ all of them

/** The results are numbered: all resources of the first action, then of the second. */
struct series {
    const char *const *actions;
    size_t action_count;
    const char *const *resources;
    size_t resource_count;
};

static bool read_series(const struct operation_call *call, struct series *out, struct error *error)
{
    static const char *const anything[] = {"*"};
    out->actions = iam_read_texts(call, "ActionNames", &out->action_count);
    out->resources = iam_read_texts(call, "ResourceArns", &out->resource_count);
    for (size_t i = 0; i < out->action_count; i++) {
        struct slice action = slice_of(out->actions[i]);
        size_t colon = slice_find(action, ':', 0);
        if (colon == 0 || colon + 1 >= action.size || slice_find(action, '*', 0) < action.size)
            return error_set(error, ERROR_PARAMETER, "InvalidInput", "Invalid Action: %s", action.data);
    }
    if (out->resource_count > 0)
        return true;
    out->resources = anything;
    out->resource_count = 1;
    return true;
}

/** The number of the first result of the page. */
static bool read_start(const struct operation_call *call, size_t *out, struct error *error)
{
    const char *marker;
    uint64_t number = 0;
    if (!iam_read_marker(call, &marker, error))
        return false;
    if (marker != NULL && !text_parse_unsigned(slice_of(marker), &number))
        return error_set(error, ERROR_PARAMETER, "ValidationError", "Invalid Marker.");
    *out = (size_t)number;
    return true;
}

static json_t *simulate(const struct operation_call *call, const struct store_entity *source, struct error *error)
{
    SIMULATION_AUTO simulation = {0};
    struct series series;
    size_t start = 0;
    if (!read_series(call, &series, error) || !read_start(call, &start, error) ||
        !simulation_read(call, source, &simulation, error))
        return NULL;
    size_t total = series.action_count * series.resource_count;
    size_t end = start < total && total - start > iam_page_size(call) ? start + iam_page_size(call) : total;
    json_t *results = json_array();
    for (size_t i = start; i < end; i++)
        (void)json_array_append_new(results,
                                    decide(call, &simulation, slice_of(series.actions[i / series.resource_count]),
                                           slice_of(series.resources[i % series.resource_count])));
    json_t *output = json_pack("{s:o}", "EvaluationResults", results);
    iam_add_marker(output, end < total ? arena_format(call->arena, "%zu", end) : NULL);
    return output;
}

json_t *iam_simulate_custom_policy(const struct operation_call *call, struct error *error)
{
    return simulate(call, NULL, error);
}

json_t *iam_simulate_principal_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity source;
    if (!iam_find_arn(call, "PolicySourceArn", &source, error))
        return NULL;
    if (source.kind != STORE_USER && source.kind != STORE_ROLE && source.kind != STORE_GROUP)
        return iam_fail(error, "InvalidInput", "PolicySourceArn: %s is no user, role or group",
                        operation_member_text(call, "PolicySourceArn"));
    return simulate(call, &source, error);
}
