// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Entities in IAM's words. */
#include "service/operations/iam.h"

#include "service/store/arn.h"

/** The members that are named after the kind. */
static void add_names(const struct operation_call *call, json_t *object, const struct store_entity *entity)
{
    const char *title = iam_kind_title(entity->kind);
    operation_add_text(object, "Path", entity->path);
    operation_add_text(object, arena_format(call->arena, "%sName", title), entity->name);
    operation_add_text(object, arena_format(call->arena, "%sId", title), entity->id);
    operation_add_text(object, "Arn", iam_arn(call, entity));
    iam_add_time(object, "CreateDate", entity->created);
}

static void add_boundary(const struct operation_call *call, json_t *object, const struct store_entity *entity)
{
    if (entity->boundary == NULL)
        return;
    const char *arn =
        arn_write(call->arena, STORE_POLICY, entity->boundary_account, entity->boundary_path, entity->boundary_name);
    (void)json_object_set_new(
        object, "PermissionsBoundary",
        json_pack("{s:s, s:s}", "PermissionsBoundaryType", "PermissionsBoundaryPolicy", "PermissionsBoundaryArn", arn));
}

static void add_role(const struct operation_call *call, json_t *object, const struct store_entity *entity, bool whole)
{
    iam_add_document(object, "AssumeRolePolicyDocument", slice_of(iam_principals_to_show(call, entity->trust)));
    operation_add_text(object, "Description", entity->description);
    (void)json_object_set_new(object, "MaxSessionDuration", json_integer(entity->max_session));
    if (!whole)
        return;
    json_t *used = json_object();
    struct store_use use = {.when = entity->last_used, .region = entity->last_region};
    struct store_use pending;
    // What is not in the store yet counts too.
    if (uses_find(call->desk->site->uses, slice_of(entity->id), call->arena, &pending) && pending.when > use.when)
        use = pending;
    if (use.when != 0) {
        iam_add_time(used, "LastUsedDate", use.when);
        operation_add_text(used, "Region", use.region);
    }
    (void)json_object_set_new(object, "RoleLastUsed", used);
}

static void add_policy(const struct operation_call *call, json_t *object, const struct store_entity *entity, bool whole)
{
    operation_add_text(object, "DefaultVersionId",
                       arena_format(call->arena, "v%lld", (long long)entity->default_version));
    (void)json_object_set_new(object, "AttachmentCount", json_integer(entity->attachment_count));
    (void)json_object_set_new(object, "PermissionsBoundaryUsageCount", json_integer(entity->boundary_count));
    (void)json_object_set_new(object, "IsAttachable", json_true());
    iam_add_time(object, "UpdateDate", entity->updated);
    if (whole)
        operation_add_text(object, "Description", entity->description);
}

json_t *iam_describe(const struct operation_call *call, const struct store_entity *entity, bool whole)
{
    json_t *object = json_object();
    if (entity->kind == STORE_ROOT) {
        // The root has neither a path nor a name.
        operation_add_text(object, "UserId", entity->id);
        operation_add_text(object, "Arn", iam_arn(call, entity));
        iam_add_time(object, "CreateDate", entity->created);
        return object;
    }
    add_names(call, object, entity);
    if (entity->kind == STORE_ROLE)
        add_role(call, object, entity, whole);
    if (entity->kind == STORE_POLICY)
        add_policy(call, object, entity, whole);
    if (whole) {
        add_boundary(call, object, entity);
        iam_add_tags(object, entity);
    }
    return object;
}
