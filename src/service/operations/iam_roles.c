// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations on roles. */
#include "service/operations/iam_entity.h"

#include "base/json.h"
#include "service/store/identifier.h"

#define MAX_SESSION_DEFAULT 3600

/** The trust policy of the input's member, as it is kept; NULL with an error. */
static const char *read_trust(const struct operation_call *call, const char *member, struct error *error)
{
    struct slice document;
    if (!iam_read_document(call, IAM_TRUST_POLICY, member, &document, error))
        return NULL;
    return iam_principals_to_store(call, document, true, error);
}

json_t *iam_create_role(const struct operation_call *call, struct error *error)
{
    const json_t *longest = json_object_get(call->input, "MaxSessionDuration");
    struct store_entity role = {
        .kind = STORE_ROLE,
        .name = operation_member_text(call, "RoleName"),
        .description = operation_member_text(call, "Description"),
        .max_session = longest == NULL ? MAX_SESSION_DEFAULT : json_integer_value(longest),
        .trust = read_trust(call, "AssumeRolePolicyDocument", error),
    };
    return role.trust == NULL ? NULL : iam_add(call, &role, IDENTIFIER_ROLE, error);
}

json_t *iam_get_role(const struct operation_call *call, struct error *error)
{
    return iam_get_subject(call, error);
}

json_t *iam_list_roles(const struct operation_call *call, struct error *error)
{
    struct store_listing list = {.relation = STORE_ALL, .kind = STORE_ROLE};
    return iam_list_described(call, &list, "Roles", error);
}

json_t *iam_update_role(const struct operation_call *call, struct error *error)
{
    struct store_entity role;
    const struct store_changes changes = {
        .description = operation_member_text(call, "Description"),
        .max_session = json_integer_value(json_object_get(call->input, "MaxSessionDuration")),
    };
    if (!iam_find(call, STORE_ROLE, "RoleName", &role, error))
        return NULL;
    return iam_finish(call, store_change_entity(call->desk->store, role.id, &changes, error), &role, error);
}

json_t *iam_update_role_description(const struct operation_call *call, struct error *error)
{
    JSON_AUTO *done = iam_update_role(call, error);
    return done == NULL ? NULL : iam_get_subject(call, error);
}

json_t *iam_update_assume_role_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity role;
    if (!iam_find(call, STORE_ROLE, "RoleName", &role, error))
        return NULL;
    const struct store_changes changes = {.trust = read_trust(call, "PolicyDocument", error)};
    if (changes.trust == NULL)
        return NULL;
    return iam_finish(call, store_change_entity(call->desk->store, role.id, &changes, error), &role, error);
}

json_t *iam_delete_role(const struct operation_call *call, struct error *error)
{
    return iam_delete_subject(call, error);
}

/** Terraform asks before it deletes a role. */
json_t *iam_list_instance_profiles(const struct operation_call *call, struct error *error)
{
    struct store_entity role;
    if (!iam_find(call, STORE_ROLE, "RoleName", &role, error))
        return NULL;
    return iam_page(call, json_array(), NULL, "InstanceProfiles", error);
}
