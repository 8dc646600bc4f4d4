// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations on groups and on who is in them. */
#include "service/operations/iam_entity.h"

#include "base/json.h"
#include "service/store/identifier.h"

json_t *iam_create_group(const struct operation_call *call, struct error *error)
{
    struct store_entity group = {.kind = STORE_GROUP, .name = operation_member_text(call, "GroupName")};
    return iam_add(call, &group, IDENTIFIER_GROUP, error);
}

/** A group with a page of its users. */
json_t *iam_get_group(const struct operation_call *call, struct error *error)
{
    struct store_entity group;
    if (!iam_find(call, STORE_GROUP, "GroupName", &group, error))
        return NULL;
    struct store_listing list = {.relation = STORE_MEMBERS, .of = group.id};
    json_t *output = iam_list_described(call, &list, "Users", error);
    if (output != NULL)
        (void)json_object_set_new(output, "Group", iam_describe(call, &group, true));
    return output;
}

json_t *iam_list_groups(const struct operation_call *call, struct error *error)
{
    struct store_listing list = {.relation = STORE_ALL, .kind = STORE_GROUP};
    return iam_list_described(call, &list, "Groups", error);
}

json_t *iam_update_group(const struct operation_call *call, struct error *error)
{
    struct store_entity group;
    if (!iam_find(call, STORE_GROUP, "GroupName", &group, error))
        return NULL;
    return iam_rename(call, &group, "NewGroupName", error);
}

json_t *iam_delete_group(const struct operation_call *call, struct error *error)
{
    return iam_delete_subject(call, error);
}

json_t *iam_add_user_to_group(const struct operation_call *call, struct error *error)
{
    struct store_entity group;
    struct store_entity user;
    if (!iam_find(call, STORE_GROUP, "GroupName", &group, error) ||
        !iam_find(call, STORE_USER, "UserName", &user, error))
        return NULL;
    enum store_result result = store_join_group(call->desk->store, user.id, group.id, IAM_GROUPS_MAX, error);
    if (result == STORE_LIMIT)
        return iam_fail(error, "LimitExceeded", "Cannot exceed quota for GroupsPerUser: %d", IAM_GROUPS_MAX);
    return iam_finish(call, result, &group, error);
}

json_t *iam_remove_user_from_group(const struct operation_call *call, struct error *error)
{
    struct store_entity group;
    struct store_entity user;
    if (!iam_find(call, STORE_GROUP, "GroupName", &group, error) ||
        !iam_find(call, STORE_USER, "UserName", &user, error))
        return NULL;
    return iam_finish(call, store_leave_group(call->desk->store, user.id, group.id, error), &group, error);
}

json_t *iam_list_groups_for_user(const struct operation_call *call, struct error *error)
{
    struct store_entity user;
    if (!iam_find(call, STORE_USER, "UserName", &user, error))
        return NULL;
    struct store_listing list = {.relation = STORE_GROUPS, .of = user.id};
    return iam_list_described(call, &list, "Groups", error);
}
