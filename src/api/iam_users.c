// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on users. */
#include "api/iam_table.h"

static const struct api_error *const create_user_errors[] = {&api_iam_concurrent_modification,
                                                             &api_iam_entity_already_exists,
                                                             &api_iam_invalid_input,
                                                             &api_iam_limit_exceeded,
                                                             &api_iam_no_such_entity,
                                                             &api_iam_service_failure,
                                                             NULL};
static const struct api_error *const get_user_errors[] = {&api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const list_users_errors[] = {&api_iam_service_failure, NULL};
static const struct api_error *const update_user_errors[] = {&api_iam_concurrent_modification,
                                                             &api_iam_entity_already_exists,
                                                             &api_iam_entity_temporarily_unmodifiable,
                                                             &api_iam_limit_exceeded,
                                                             &api_iam_no_such_entity,
                                                             &api_iam_service_failure,
                                                             NULL};
static const struct api_error *const delete_user_errors[] = {&api_iam_concurrent_modification, &api_iam_delete_conflict,
                                                             &api_iam_limit_exceeded,          &api_iam_no_such_entity,
                                                             &api_iam_service_failure,         NULL};

EMPTY_SHAPE(nothing);

static const struct api_member create_user_request[] = {
    BODY_MEMBER("Path", api_iam_path, OPTIONAL, "Its path."),
    BODY_MEMBER("UserName", api_iam_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("PermissionsBoundary", api_iam_arn, OPTIONAL, "The policy that bounds its permissions."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(create_user_input, create_user_request);

static const struct api_member create_user_result[] = {
    BODY_MEMBER("User", api_iam_user, OPTIONAL, "The user."),
};
STRUCTURE_SHAPE(create_user_output, create_user_result);

const struct api_operation api_iam_create_user = {
    IAM_OPERATION("CreateUser"),  .input = &create_user_input, .output = &create_user_output,
    .errors = create_user_errors, .text = "Makes a user.",
};

static const struct api_member get_user_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, OPTIONAL, "The user's name."),
};
STRUCTURE_SHAPE(get_user_input, get_user_request);

static const struct api_member get_user_result[] = {
    BODY_MEMBER("User", api_iam_user, REQUIRED, "The user."),
};
STRUCTURE_SHAPE(get_user_output, get_user_result);

const struct api_operation api_iam_get_user = {
    IAM_OPERATION("GetUser"),
    .input = &get_user_input,
    .output = &get_user_output,
    .errors = get_user_errors,
    .text = "Describes a user, or the caller.",
};

static const struct api_member list_users_request[] = {
    BODY_MEMBER("PathPrefix", api_iam_path_prefix, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_users_input, list_users_request);

static const struct api_member list_users_result[] = {
    BODY_MEMBER("Users", api_iam_user_list, REQUIRED, "The users."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_users_output, list_users_result);

const struct api_operation api_iam_list_users = {
    IAM_OPERATION("ListUsers"),  .input = &list_users_input, .output = &list_users_output,
    .errors = list_users_errors, .text = "Lists the users.",
};

static const struct api_member update_user_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("NewPath", api_iam_path, OPTIONAL, "The new path."),
    BODY_MEMBER("NewUserName", api_iam_user_name, OPTIONAL, "The new name."),
};
STRUCTURE_SHAPE(update_user_input, update_user_request);

const struct api_operation api_iam_update_user = {
    IAM_OPERATION("UpdateUser"),  .input = &update_user_input,
    .output = &nothing,           .bare = true,
    .errors = update_user_errors, .text = "Gives a user another name or path.",
};

static const struct api_member delete_user_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
};
STRUCTURE_SHAPE(delete_user_input, delete_user_request);

const struct api_operation api_iam_delete_user = {
    IAM_OPERATION("DeleteUser"),  .input = &delete_user_input,
    .output = &nothing,           .bare = true,
    .errors = delete_user_errors, .text = "Deletes a user that has nothing left.",
};
