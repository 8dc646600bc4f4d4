// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/iam_simulate.h"

#include "base/json.h"
#include "service/store/arn.h"

// ------------------------------------------------------------------ policies

/** Adds a policy to a set that has room. */
static bool add_policy(struct simulation *simulation, enum policy_kind kind, struct simulated_policy given,
                       struct error *error)
{
    struct simulated_set *set = &simulation->of[kind];
    ERROR_AUTO reason = {0};
    given.policy = policy_parse(kind, given.document, POLICY_SIZE_MAX, &reason);
    if (given.policy == NULL)
        return error_set(error, ERROR_PARAMETER, "InvalidInput", "%s: %s", given.id, reason.message);
    set->policies[set->count] = given.policy;
    set->items[set->count++] = given;
    return true;
}

static void make_room(const struct operation_call *call, struct simulated_set *set, size_t count)
{
    set->items = arena_allocate(call->arena, count + 1, sizeof *set->items);
    set->policies = arena_allocate(call->arena, count + 1, sizeof *set->policies);
}

/** The texts of a list of the input. */
static bool add_input(const struct operation_call *call, const char *member, enum policy_kind kind,
                      struct simulation *out, struct error *error)
{
    size_t count;
    const char *const *documents = iam_read_texts(call, member, &count);
    for (size_t i = 0; i < count; i++) {
        const struct simulated_policy given = {.document = slice_of(documents[i]),
                                               .id = arena_format(call->arena, "%s.%zu", member, i + 1),
                                               .type = "none"};
        if (!add_policy(out, kind, given, error))
            return false;
    }
    return true;
}

static const char *type_of(const struct store_held_policy *held)
{
    if (held->account == NULL)
        return iam_kind_word(held->holder);
    return slice_is(slice_of(held->account), STORE_AWS_ACCOUNT) ? "aws-managed" : "user-managed";
}

static bool add_identity(const struct operation_call *call, const struct store_entity *source, struct simulation *out,
                         struct error *error)
{
    struct store_held_policy *held = NULL;
    size_t count = 0;
    if (source != NULL && !store_list_held_policies(call->desk->store, source->id, call->arena, &held, &count, error))
        return false;
    make_room(call, &out->of[POLICY_IDENTITY],
              count + json_array_size(json_object_get(call->input, "PolicyInputList")));
    for (size_t i = 0; i < count; i++) {
        const struct simulated_policy given = {
            .document = held[i].document, .id = held[i].name, .type = type_of(&held[i])};
        if (!add_policy(out, POLICY_IDENTITY, given, error))
            return false;
    }
    return add_input(call, "PolicyInputList", POLICY_IDENTITY, out, error);
}

/** The input's boundary takes the place of the source's own. */
static bool add_boundary(const struct operation_call *call, const struct store_entity *source, struct simulation *out,
                         struct error *error)
{
    static const char member[] = "PermissionsBoundaryPolicyInputList";
    struct store_entity boundary;
    struct store_policy_version version;
    make_room(call, &out->of[POLICY_BOUNDARY], json_array_size(json_object_get(call->input, member)) + 1);
    if (source == NULL || source->boundary == NULL || json_object_get(call->input, member) != NULL)
        return add_input(call, member, POLICY_BOUNDARY, out, error);
    if (store_find_entity_by_id(call->desk->store, slice_of(source->boundary), call->arena, &boundary, error) !=
            STORE_OK ||
        store_find_policy_version(call->desk->store, boundary.id, boundary.default_version, call->arena, &version,
                                  error) != STORE_OK)
        return false;
    bool by_aws = slice_is(slice_of(boundary.account), STORE_AWS_ACCOUNT);
    const struct simulated_policy given = {
        .document = version.document, .id = boundary.name, .type = by_aws ? "aws-managed" : "user-managed"};
    return add_policy(out, POLICY_BOUNDARY, given, error);
}

static bool add_resource_policy(const struct operation_call *call, struct simulation *out, struct error *error)
{
    make_room(call, &out->of[POLICY_RESOURCE], 1);
    struct slice document = json_member_text(call->input, "ResourcePolicy");
    if (document.data == NULL)
        return true;
    if (out->principal.arn.size == 0)
        return error_set(error, ERROR_PARAMETER, "InvalidInput",
                         "With a ResourcePolicy, CallerArn must say who is to ask");
    const struct simulated_policy given = {.document = document, .id = "ResourcePolicy", .type = "resource"};
    return add_policy(out, POLICY_RESOURCE, given, error);
}

// ------------------------------------------------------------------ who asks, and how

/** The caller that is given, else the source when it is one who can ask. */
static bool read_principal(const struct operation_call *call, const struct store_entity *source, struct simulation *out,
                           struct error *error)
{
    const char *arn = operation_member_text(call, "CallerArn");
    struct arn_parts parts;
    out->principal =
        (struct policy_principal){.kind = POLICY_PRINCIPAL_USER, .account = slice_of(call->caller->principal->account)};
    if (arn != NULL && (!arn_read(slice_of(arn), &parts) || parts.kind != STORE_USER))
        return error_set(error, ERROR_PARAMETER, "InvalidInput", "CallerArn: %s is not the ARN of a user", arn);
    if (arn == NULL && source != NULL && source->kind == STORE_USER)
        arn = iam_arn(call, source);
    out->principal.arn = slice_of(arn);
    struct slice owner = json_member_text(call->input, "ResourceOwner");
    if (owner.data != NULL && (!arn_read(owner, &parts) || parts.kind != STORE_ROOT))
        return error_set(error, ERROR_PARAMETER, "InvalidInput",
                         "ResourceOwner: %.*s is not the ARN of an account, such as arn:aws:iam::123456789012:root",
                         SLICE_ARGS(owner));
    if (owner.data != NULL)
        out->resource_account = parts.account;
    return true;
}

static struct policy_entry read_entry(const struct operation_call *call, const json_t *given)
{
    const json_t *values = json_object_get(given, "ContextKeyValues");
    size_t count = json_array_size(values);
    struct slice *items = arena_allocate(call->arena, count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_array_get(values, i);
        items[i] = (struct slice){json_string_value(value), json_string_length(value)};
    }
    return (struct policy_entry){.name = json_member_text(given, "ContextKeyName"), .values = {items, count}};
}

static void read_context(const struct operation_call *call, struct simulation *out)
{
    const json_t *list = json_object_get(call->input, "ContextEntries");
    size_t count = json_array_size(list);
    struct policy_entry *entries = arena_allocate(call->arena, count + 1, sizeof *entries);
    for (size_t i = 0; i < count; i++)
        entries[i] = read_entry(call, json_array_get(list, i));
    out->context = (struct policy_context){.entries = entries, .count = count};
}

bool simulation_read(const struct operation_call *call, const struct store_entity *source, struct simulation *out,
                     struct error *error)
{
    read_context(call, out);
    return read_principal(call, source, out, error) && add_identity(call, source, out, error) &&
           add_boundary(call, source, out, error) && add_resource_policy(call, out, error);
}

void simulation_free(struct simulation *simulation)
{
    for (size_t kind = 0; kind < POLICY_KINDS; kind++)
        for (size_t i = 0; i < simulation->of[kind].count; i++)
            policy_free(simulation->of[kind].items[i].policy);
}
