// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser; and what they share with roles and groups. */
#include "service/operations/iam_entity.h"

#include "service/store/identifier.h"

json_t *iam_taken(struct error *error, enum store_kind kind, const char *name)
{
    return iam_fail(error, "EntityAlreadyExists", "%s with name %s already exists.", iam_kind_title(kind), name);
}

json_t *iam_add(const struct operation_call *call, struct store_entity *entity, const char *id_kind,
                struct error *error)
{
    const char *path = operation_member_text(call, "Path");
    entity->id = iam_new_id(call, id_kind, error);
    entity->account = call->caller->principal->account;
    entity->path = path == NULL ? "/" : path;
    entity->created = call->now;
    if (entity->id == NULL || !iam_find_boundary(call, &entity->boundary, error) ||
        !iam_read_tags(call, &entity->tags, &entity->tag_count, error))
        return NULL;
    switch (store_add_entity(call->desk->store, entity, error)) {
    case STORE_OK:
        break;
    case STORE_EXISTS:
        return iam_taken(error, entity->kind, entity->name);
    case STORE_ABSENT: // the boundary was deleted in between
        return iam_absent(error, STORE_POLICY, operation_member_text(call, "PermissionsBoundary"));
    default:
        return NULL;
    }
    freshness_announce(call->desk->site);
    struct store_entity added;
    if (store_find_entity_by_id(call->desk->store, slice_of(entity->id), call->arena, &added, error) != STORE_OK)
        return NULL;
    return json_pack("{s:o}", iam_kind_title(entity->kind), iam_describe(call, &added, true));
}

json_t *iam_rename(const struct operation_call *call, const struct store_entity *entity, const char *name_member,
                   struct error *error)
{
    const struct store_changes changes = {.path = operation_member_text(call, "NewPath"),
                                          .name = operation_member_text(call, name_member)};
    enum store_result result = store_change_entity(call->desk->store, entity->id, &changes, error);
    if (result == STORE_EXISTS)
        return iam_taken(error, entity->kind, changes.name);
    return iam_finish(call, result, entity, error);
}

/** What has to go first, as AWS says it, in the order in which it says it. */
static const char *first_tie(const struct store_entity *entity, const struct store_ties *ties)
{
    const struct {
        int64_t count;
        const char *text;
    } reasons[] = {
        {entity->kind == STORE_POLICY ? ties->uses : 0, "Cannot delete a policy attached to entities."},
        {ties->versions > 1 ? ties->versions : 0, "This policy has more than one version. Before you delete a policy, "
                                                  "you must delete the policy's versions. The "
                                                  "default version is deleted with the policy."},
        {ties->keys, "Cannot delete entity, must delete access keys first."},
        {ties->attached, "Cannot delete entity, must detach all policies first."},
        {ties->inline_policies, "Cannot delete entity, must delete policies first."},
        {ties->groups + ties->members, "Cannot delete entity, must remove users from group first."},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].count > 0)
            return reasons[i].text;
    return "Cannot delete entity, must remove what belongs to it first.";
}

json_t *iam_delete(const struct operation_call *call, const struct store_entity *entity, struct error *error)
{
    struct store_ties ties;
    enum store_result result = store_delete_entity(call->desk->store, entity->id, error);
    if (result != STORE_NOT_EMPTY)
        return iam_finish(call, result, entity, error);
    if (!store_find_ties(call->desk->store, entity->id, &ties, error))
        return NULL;
    return iam_fail(error, "DeleteConflict", "%s", first_tie(entity, &ties));
}

json_t *iam_delete_subject(const struct operation_call *call, struct error *error)
{
    struct store_entity entity;
    return iam_find_subject(call, &entity, error) ? iam_delete(call, &entity, error) : NULL;
}

json_t *iam_get_subject(const struct operation_call *call, struct error *error)
{
    struct store_entity entity;
    if (!iam_find_subject(call, &entity, error))
        return NULL;
    // The root is told as a user.
    const char *member = entity.kind == STORE_ROOT ? iam_kind_title(STORE_USER) : iam_kind_title(entity.kind);
    return json_pack("{s:o}", member, iam_describe(call, &entity, true));
}

// ------------------------------------------------------------------ the operations

json_t *iam_create_user(const struct operation_call *call, struct error *error)
{
    struct store_entity user = {.kind = STORE_USER, .name = operation_member_text(call, "UserName")};
    return iam_add(call, &user, IDENTIFIER_USER, error);
}

json_t *iam_get_user(const struct operation_call *call, struct error *error)
{
    return iam_get_subject(call, error);
}

json_t *iam_list_users(const struct operation_call *call, struct error *error)
{
    struct store_listing list = {.relation = STORE_ALL, .kind = STORE_USER};
    return iam_list_described(call, &list, "Users", error);
}

json_t *iam_update_user(const struct operation_call *call, struct error *error)
{
    struct store_entity user;
    return iam_find(call, STORE_USER, "UserName", &user, error) ? iam_rename(call, &user, "NewUserName", error) : NULL;
}

json_t *iam_delete_user(const struct operation_call *call, struct error *error)
{
    return iam_delete_subject(call, error);
}
