// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on policies that stand inside a user, a role or a group. */
#include "api/iam_table.h"

LIST_SHAPE(api_iam_policy_name_list, api_iam_policy_name, -1);

static const struct api_error *const put_user_policy_errors[] = {
    &api_iam_limit_exceeded, &api_iam_malformed_policy_document, &api_iam_no_such_entity, &api_iam_service_failure,
    NULL};
static const struct api_error *const get_user_policy_errors[] = {&api_iam_no_such_entity, &api_iam_service_failure,
                                                                 NULL};
static const struct api_error *const delete_user_policy_errors[] = {&api_iam_limit_exceeded, &api_iam_no_such_entity,
                                                                    &api_iam_service_failure, NULL};
static const struct api_error *const put_role_policy_errors[] = {
    &api_iam_limit_exceeded,  &api_iam_malformed_policy_document, &api_iam_no_such_entity,
    &api_iam_service_failure, &api_iam_unmodifiable_entity,       NULL};
static const struct api_error *const delete_role_policy_errors[] = {
    &api_iam_limit_exceeded, &api_iam_no_such_entity, &api_iam_service_failure, &api_iam_unmodifiable_entity, NULL};

EMPTY_SHAPE(nothing);

static const struct api_member put_user_policy_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("PolicyName", api_iam_policy_name, REQUIRED, "The policy's name."),
    BODY_MEMBER("PolicyDocument", api_iam_policy_document, REQUIRED, "The policy, a JSON document."),
};
STRUCTURE_SHAPE(put_user_policy_input, put_user_policy_request);

const struct api_operation api_iam_put_user_policy = {
    IAM_OPERATION("PutUserPolicy"),   .input = &put_user_policy_input,        .output = &nothing, .bare = true,
    .errors = put_user_policy_errors, .text = "Writes a policy into a user.",
};

static const struct api_member get_user_policy_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("PolicyName", api_iam_policy_name, REQUIRED, "The policy's name."),
};
STRUCTURE_SHAPE(get_user_policy_input, get_user_policy_request);

const struct api_operation api_iam_get_user_policy = {
    IAM_OPERATION("GetUserPolicy"),   .input = &get_user_policy_input,     .output = &put_user_policy_input,
    .errors = get_user_policy_errors, .text = "Shows a policy of a user.",
};

static const struct api_member list_user_policies_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_user_policies_input, list_user_policies_request);

static const struct api_member list_user_policies_result[] = {
    BODY_MEMBER("PolicyNames", api_iam_policy_name_list, REQUIRED, "The policies' names."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_user_policies_output, list_user_policies_result);

const struct api_operation api_iam_list_user_policies = {
    IAM_OPERATION("ListUserPolicies"),
    .input = &list_user_policies_input,
    .output = &list_user_policies_output,
    .errors = get_user_policy_errors,
    .text = "Lists the policies that stand inside a user.",
};

const struct api_operation api_iam_delete_user_policy = {
    IAM_OPERATION("DeleteUserPolicy"),   .input = &get_user_policy_input,         .output = &nothing, .bare = true,
    .errors = delete_user_policy_errors, .text = "Deletes a policy from a user.",
};

static const struct api_member put_role_policy_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("PolicyName", api_iam_policy_name, REQUIRED, "The policy's name."),
    BODY_MEMBER("PolicyDocument", api_iam_policy_document, REQUIRED, "The policy, a JSON document."),
};
STRUCTURE_SHAPE(put_role_policy_input, put_role_policy_request);

const struct api_operation api_iam_put_role_policy = {
    IAM_OPERATION("PutRolePolicy"),   .input = &put_role_policy_input,        .output = &nothing, .bare = true,
    .errors = put_role_policy_errors, .text = "Writes a policy into a role.",
};

static const struct api_member get_role_policy_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("PolicyName", api_iam_policy_name, REQUIRED, "The policy's name."),
};
STRUCTURE_SHAPE(get_role_policy_input, get_role_policy_request);

const struct api_operation api_iam_get_role_policy = {
    IAM_OPERATION("GetRolePolicy"),   .input = &get_role_policy_input,     .output = &put_role_policy_input,
    .errors = get_user_policy_errors, .text = "Shows a policy of a role.",
};

static const struct api_member list_role_policies_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_role_policies_input, list_role_policies_request);

const struct api_operation api_iam_list_role_policies = {
    IAM_OPERATION("ListRolePolicies"),
    .input = &list_role_policies_input,
    .output = &list_user_policies_output,
    .errors = get_user_policy_errors,
    .text = "Lists the policies that stand inside a role.",
};

const struct api_operation api_iam_delete_role_policy = {
    IAM_OPERATION("DeleteRolePolicy"),   .input = &get_role_policy_input,         .output = &nothing, .bare = true,
    .errors = delete_role_policy_errors, .text = "Deletes a policy from a role.",
};

static const struct api_member put_group_policy_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("PolicyName", api_iam_policy_name, REQUIRED, "The policy's name."),
    BODY_MEMBER("PolicyDocument", api_iam_policy_document, REQUIRED, "The policy, a JSON document."),
};
STRUCTURE_SHAPE(put_group_policy_input, put_group_policy_request);

const struct api_operation api_iam_put_group_policy = {
    IAM_OPERATION("PutGroupPolicy"),  .input = &put_group_policy_input,        .output = &nothing, .bare = true,
    .errors = put_user_policy_errors, .text = "Writes a policy into a group.",
};

static const struct api_member get_group_policy_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("PolicyName", api_iam_policy_name, REQUIRED, "The policy's name."),
};
STRUCTURE_SHAPE(get_group_policy_input, get_group_policy_request);

const struct api_operation api_iam_get_group_policy = {
    IAM_OPERATION("GetGroupPolicy"),  .input = &get_group_policy_input,     .output = &put_group_policy_input,
    .errors = get_user_policy_errors, .text = "Shows a policy of a group.",
};

static const struct api_member list_group_policies_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_group_policies_input, list_group_policies_request);

const struct api_operation api_iam_list_group_policies = {
    IAM_OPERATION("ListGroupPolicies"),
    .input = &list_group_policies_input,
    .output = &list_user_policies_output,
    .errors = get_user_policy_errors,
    .text = "Lists the policies that stand inside a group.",
};

const struct api_operation api_iam_delete_group_policy = {
    IAM_OPERATION("DeleteGroupPolicy"),  .input = &get_group_policy_input,         .output = &nothing, .bare = true,
    .errors = delete_user_policy_errors, .text = "Deletes a policy from a group.",
};
