// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations that tie managed policies to users, roles and groups, and bound these by them. */
#include "service/operations/iam.h"

#include "base/json.h"

json_t *iam_attach_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    struct store_entity policy;
    if (!iam_find_subject(call, &subject, error) || !iam_find_policy(call, "PolicyArn", &policy, error))
        return NULL;
    enum store_result result = store_attach_policy(call->desk->store, subject.id, policy.id, IAM_ATTACHED_MAX, error);
    if (result == STORE_LIMIT)
        return iam_fail(error, "LimitExceeded", "Cannot exceed quota for PoliciesPer%s: %d",
                        iam_kind_title(subject.kind), IAM_ATTACHED_MAX);
    return iam_finish(call, result, &subject, error);
}

json_t *iam_detach_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    struct store_entity policy;
    if (!iam_find_subject(call, &subject, error) || !iam_find_policy(call, "PolicyArn", &policy, error))
        return NULL;
    // Absent is what was not attached.
    return iam_finish(call, store_detach_policy(call->desk->store, subject.id, policy.id, error), &policy, error);
}

json_t *iam_list_attached_policies(const struct operation_call *call, struct error *error)
{
    JSON_AUTO *output = json_object();
    struct store_entity subject;
    struct store_entity *items = NULL;
    size_t count = 0;
    if (!iam_find_subject(call, &subject, error))
        return NULL;
    struct store_listing list = {.relation = STORE_ATTACHED, .of = subject.id};
    if (!iam_list(call, &list, output, &items, &count, error))
        return NULL;
    json_t *policies = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(
            policies, json_pack("{s:s, s:s}", "PolicyName", items[i].name, "PolicyArn", iam_arn(call, &items[i])));
    (void)json_object_set_new(output, "AttachedPolicies", policies);
    return json_incref(output);
}

// ------------------------------------------------------------------ to whom a policy is tied

/** The kind that the filter asks for; STORE_ROOT for any. */
static enum store_kind read_filter(const struct operation_call *call)
{
    static const enum store_kind kinds[] = {STORE_USER, STORE_ROLE, STORE_GROUP};
    struct slice filter = json_member_text(call->input, "EntityFilter");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (slice_is(filter, iam_kind_title(kinds[i])))
            return kinds[i];
    // The two other values are about policies, which have no policies attached.
    return filter.data == NULL ? STORE_ROOT : STORE_POLICY;
}

json_t *iam_list_entities_for_policy(const struct operation_call *call, struct error *error)
{
    JSON_AUTO *output = json_pack("{s:[], s:[], s:[]}", "PolicyGroups", "PolicyUsers", "PolicyRoles");
    struct store_entity policy;
    struct store_entity *items = NULL;
    size_t count = 0;
    if (!iam_find_policy(call, "PolicyArn", &policy, error))
        return NULL;
    struct slice usage = json_member_text(call->input, "PolicyUsageFilter");
    struct store_listing list = {
        .relation = slice_is(usage, "PermissionsBoundary") ? STORE_BOUNDED
                    : slice_is(usage, "PermissionsPolicy") ? STORE_ATTACHES
                                                           : STORE_USES,
        .of = policy.id,
        .kind = read_filter(call),
    };
    if (!iam_list(call, &list, output, &items, &count, error))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *title = iam_kind_title(items[i].kind);
        json_t *entry = json_object();
        operation_add_text(entry, arena_format(call->arena, "%sName", title), items[i].name);
        operation_add_text(entry, arena_format(call->arena, "%sId", title), items[i].id);
        (void)json_array_append_new(json_object_get(output, arena_format(call->arena, "Policy%ss", title)), entry);
    }
    return json_incref(output);
}

// ------------------------------------------------------------------ boundaries

json_t *iam_put_boundary(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    const char *policy;
    if (!iam_find_subject(call, &subject, error) || !iam_find_boundary(call, &policy, error))
        return NULL;
    return iam_finish(call, store_set_boundary(call->desk->store, subject.id, policy, error), &subject, error);
}

json_t *iam_delete_boundary(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    if (!iam_find_subject(call, &subject, error))
        return NULL;
    if (subject.boundary == NULL)
        return iam_fail(error, "NoSuchEntity", "The %s with name %s has no permissions boundary.",
                        iam_kind_word(subject.kind), subject.name);
    return iam_finish(call, store_set_boundary(call->desk->store, subject.id, NULL, error), &subject, error);
}
