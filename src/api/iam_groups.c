// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on groups. */
#include "api/iam_table.h"

static const struct api_member group_members[] = {
    BODY_MEMBER("Path", api_iam_path, REQUIRED, "Its path."),
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("GroupId", api_iam_id, REQUIRED, "The group's unique id."),
    BODY_MEMBER("Arn", api_iam_arn, REQUIRED, "Its ARN."),
    BODY_MEMBER("CreateDate", api_iam_date, REQUIRED, "When it was made."),
};
STRUCTURE_SHAPE(api_iam_group, group_members);
LIST_SHAPE(api_iam_group_list, api_iam_group, -1);

static const struct api_error *const create_group_errors[] = {&api_iam_entity_already_exists, &api_iam_limit_exceeded,
                                                              &api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const get_group_errors[] = {&api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const list_groups_errors[] = {&api_iam_service_failure, NULL};
static const struct api_error *const delete_group_errors[] = {&api_iam_delete_conflict, &api_iam_limit_exceeded,
                                                              &api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const add_user_to_group_errors[] = {&api_iam_limit_exceeded, &api_iam_no_such_entity,
                                                                   &api_iam_service_failure, NULL};

EMPTY_SHAPE(nothing);

static const struct api_member create_group_request[] = {
    BODY_MEMBER("Path", api_iam_path, OPTIONAL, "Its path."),
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
};
STRUCTURE_SHAPE(create_group_input, create_group_request);

static const struct api_member create_group_result[] = {
    BODY_MEMBER("Group", api_iam_group, REQUIRED, "The group."),
};
STRUCTURE_SHAPE(create_group_output, create_group_result);

const struct api_operation api_iam_create_group = {
    IAM_OPERATION("CreateGroup"),  .input = &create_group_input, .output = &create_group_output,
    .errors = create_group_errors, .text = "Makes a group.",
};

static const struct api_member get_group_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(get_group_input, get_group_request);

static const struct api_member get_group_result[] = {
    BODY_MEMBER("Group", api_iam_group, REQUIRED, "The group."),
    BODY_MEMBER("Users", api_iam_user_list, REQUIRED, "The users."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(get_group_output, get_group_result);

const struct api_operation api_iam_get_group = {
    IAM_OPERATION("GetGroup"),
    .input = &get_group_input,
    .output = &get_group_output,
    .errors = get_group_errors,
    .text = "Describes a group and its users.",
};

static const struct api_member list_groups_request[] = {
    BODY_MEMBER("PathPrefix", api_iam_path_prefix, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_groups_input, list_groups_request);

static const struct api_member list_groups_result[] = {
    BODY_MEMBER("Groups", api_iam_group_list, REQUIRED, "The groups."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_groups_output, list_groups_result);

const struct api_operation api_iam_list_groups = {
    IAM_OPERATION("ListGroups"),  .input = &list_groups_input, .output = &list_groups_output,
    .errors = list_groups_errors, .text = "Lists the groups.",
};

static const struct api_member update_group_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("NewPath", api_iam_path, OPTIONAL, "The new path."),
    BODY_MEMBER("NewGroupName", api_iam_group_name, OPTIONAL, "The new name."),
};
STRUCTURE_SHAPE(update_group_input, update_group_request);

const struct api_operation api_iam_update_group = {
    IAM_OPERATION("UpdateGroup"),
    .input = &update_group_input,
    .output = &nothing,
    .bare = true,
    .errors = create_group_errors,
    .text = "Gives a group another name or path.",
};

static const struct api_member delete_group_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
};
STRUCTURE_SHAPE(delete_group_input, delete_group_request);

const struct api_operation api_iam_delete_group = {
    IAM_OPERATION("DeleteGroup"),
    .input = &delete_group_input,
    .output = &nothing,
    .bare = true,
    .errors = delete_group_errors,
    .text = "Deletes a group that has nothing left.",
};

static const struct api_member add_user_to_group_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
};
STRUCTURE_SHAPE(add_user_to_group_input, add_user_to_group_request);

const struct api_operation api_iam_add_user_to_group = {
    IAM_OPERATION("AddUserToGroup"),    .input = &add_user_to_group_input,   .output = &nothing, .bare = true,
    .errors = add_user_to_group_errors, .text = "Puts a user into a group.",
};

const struct api_operation api_iam_remove_user_from_group = {
    IAM_OPERATION("RemoveUserFromGroup"), .input = &add_user_to_group_input,      .output = &nothing, .bare = true,
    .errors = add_user_to_group_errors,   .text = "Takes a user out of a group.",
};

static const struct api_member list_groups_for_user_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_groups_for_user_input, list_groups_for_user_request);

const struct api_operation api_iam_list_groups_for_user = {
    IAM_OPERATION("ListGroupsForUser"), .input = &list_groups_for_user_input,          .output = &list_groups_output,
    .errors = get_group_errors,         .text = "Lists the groups that a user is in.",
};
