// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations on managed policies and their versions. */
#include "service/operations/iam_entity.h"

#include "base/json.h"
#include "base/text.h"
#include "service/store/identifier.h"

json_t *iam_create_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity policy = {.kind = STORE_POLICY,
                                  .name = operation_member_text(call, "PolicyName"),
                                  .description = operation_member_text(call, "Description")};
    if (!iam_read_document(call, IAM_MANAGED_POLICY, "PolicyDocument", &policy.document, error))
        return NULL;
    return iam_add(call, &policy, IDENTIFIER_POLICY, error);
}

json_t *iam_get_policy(const struct operation_call *call, struct error *error)
{
    return iam_get_subject(call, error);
}

json_t *iam_list_policies(const struct operation_call *call, struct error *error)
{
    struct slice scope = json_member_text(call->input, "Scope");
    struct slice usage = json_member_text(call->input, "PolicyUsageFilter");
    struct store_listing list = {
        .relation = slice_is(scope, "AWS") || slice_is(scope, "Local") ? STORE_ALL : STORE_POLICIES,
        .account = slice_is(scope, "AWS") ? STORE_AWS_ACCOUNT : NULL,
        .kind = STORE_POLICY,
        .only_attached =
            json_is_true(json_object_get(call->input, "OnlyAttached")) || slice_is(usage, "PermissionsPolicy"),
        .only_boundaries = slice_is(usage, "PermissionsBoundary"),
    };
    return iam_list_described(call, &list, "Policies", error);
}

json_t *iam_delete_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity policy;
    return iam_find_own_policy(call, &policy, error) ? iam_delete(call, &policy, error) : NULL;
}

// ------------------------------------------------------------------ versions

/** "v3" is the third; anything that is no such name is the number of none. */
static int64_t read_version(const struct operation_call *call)
{
    struct slice text = json_member_text(call->input, "VersionId");
    int64_t number = 0;
    return text_parse_integer(slice_part(text, 1, text.size), &number) && number > 0 ? number : 0;
}

static json_t *version_absent(const struct operation_call *call, struct error *error)
{
    return iam_fail(error, "NoSuchEntity", "Policy %s version %s does not exist or is not attachable.",
                    operation_member_text(call, "PolicyArn"), operation_member_text(call, "VersionId"));
}

static json_t *describe_version(const struct operation_call *call, const struct store_policy_version *version)
{
    json_t *object = json_object();
    operation_add_text(object, "VersionId", arena_format(call->arena, "v%lld", (long long)version->number));
    (void)json_object_set_new(object, "IsDefaultVersion", json_boolean(version->is_default));
    iam_add_time(object, "CreateDate", version->created);
    return object;
}

json_t *iam_create_policy_version(const struct operation_call *call, struct error *error)
{
    struct store_entity policy;
    struct store_policy_version version = {
        .is_default = json_is_true(json_object_get(call->input, "SetAsDefault")),
        .created = call->now,
    };
    if (!iam_find_own_policy(call, &policy, error) ||
        !iam_read_document(call, IAM_MANAGED_POLICY, "PolicyDocument", &version.document, error))
        return NULL;
    enum store_result result =
        store_add_policy_version(call->desk->store, policy.id, &version, IAM_VERSIONS_MAX, error);
    if (result == STORE_LIMIT)
        return iam_fail(error, "LimitExceeded",
                        "A managed policy can have up to %d versions. Before you create a new version, you must delete "
                        "an existing version.",
                        IAM_VERSIONS_MAX);
    json_t *output = iam_finish(call, result, &policy, error);
    if (output != NULL)
        (void)json_object_set_new(output, "PolicyVersion", describe_version(call, &version));
    return output;
}

json_t *iam_get_policy_version(const struct operation_call *call, struct error *error)
{
    struct store_entity policy;
    struct store_policy_version version;
    if (!iam_find_policy(call, "PolicyArn", &policy, error))
        return NULL;
    switch (store_find_policy_version(call->desk->store, policy.id, read_version(call), call->arena, &version, error)) {
    case STORE_OK:
        break;
    case STORE_ABSENT:
        return version_absent(call, error);
    default:
        return NULL;
    }
    json_t *object = describe_version(call, &version);
    iam_add_document(object, "Document", version.document);
    return json_pack("{s:o}", "PolicyVersion", object);
}

json_t *iam_list_policy_versions(const struct operation_call *call, struct error *error)
{
    struct store_entity policy;
    struct store_policy_version *versions = NULL;
    size_t count = 0;
    if (!iam_find_policy(call, "PolicyArn", &policy, error) ||
        !store_list_policy_versions(call->desk->store, policy.id, call->arena, &versions, &count, error))
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, describe_version(call, &versions[i]));
    return iam_page(call, list, "VersionId", "Versions", error);
}

/** iam_finish() where it is the version that may be absent. */
static json_t *finish(const struct operation_call *call, enum store_result result, const struct store_entity *policy,
                      struct error *error)
{
    return result == STORE_ABSENT ? version_absent(call, error) : iam_finish(call, result, policy, error);
}

json_t *iam_set_default_policy_version(const struct operation_call *call, struct error *error)
{
    struct store_entity policy;
    if (!iam_find_own_policy(call, &policy, error))
        return NULL;
    return finish(call, store_set_default_version(call->desk->store, policy.id, read_version(call), call->now, error),
                  &policy, error);
}

json_t *iam_delete_policy_version(const struct operation_call *call, struct error *error)
{
    struct store_entity policy;
    if (!iam_find_own_policy(call, &policy, error))
        return NULL;
    enum store_result result = store_delete_policy_version(call->desk->store, policy.id, read_version(call), error);
    if (result == STORE_NOT_EMPTY)
        return iam_fail(error, "DeleteConflict", "Cannot delete the default version of a policy.");
    return finish(call, result, &policy, error);
}
