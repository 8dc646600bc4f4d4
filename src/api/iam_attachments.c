// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on managed policies attached to users, roles and groups, and their permissions boundaries. */
#include "api/iam_table.h"

static const struct api_member attached_policy_members[] = {
    BODY_MEMBER("PolicyName", api_iam_policy_name, OPTIONAL, "The policy's name."),
    BODY_MEMBER("PolicyArn", api_iam_arn, OPTIONAL, "The policy's ARN."),
};
STRUCTURE_SHAPE(api_iam_attached_policy, attached_policy_members);
LIST_SHAPE(api_iam_attached_policies_list, api_iam_attached_policy, -1);
static const char *const entity_values[] = {"User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy", NULL};
STRING_SHAPE(api_iam_entity, -1, -1, NULL, entity_values);

static const struct api_member policy_group_members[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, OPTIONAL, "The group's name."),
    BODY_MEMBER("GroupId", api_iam_id, OPTIONAL, "The group's unique id."),
};
STRUCTURE_SHAPE(api_iam_policy_group, policy_group_members);
LIST_SHAPE(api_iam_policy_group_list, api_iam_policy_group, -1);

static const struct api_member policy_user_members[] = {
    BODY_MEMBER("UserName", api_iam_user_name, OPTIONAL, "The user's name."),
    BODY_MEMBER("UserId", api_iam_id, OPTIONAL, "The user's unique id."),
};
STRUCTURE_SHAPE(api_iam_policy_user, policy_user_members);
LIST_SHAPE(api_iam_policy_user_list, api_iam_policy_user, -1);

static const struct api_member policy_role_members[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, OPTIONAL, "The role's name."),
    BODY_MEMBER("RoleId", api_iam_id, OPTIONAL, "The role's unique id."),
};
STRUCTURE_SHAPE(api_iam_policy_role, policy_role_members);
LIST_SHAPE(api_iam_policy_role_list, api_iam_policy_role, -1);

static const struct api_error *const attach_user_policy_errors[] = {
    &api_iam_invalid_input,         &api_iam_limit_exceeded,  &api_iam_no_such_entity,
    &api_iam_policy_not_attachable, &api_iam_service_failure, NULL};
static const struct api_error *const detach_user_policy_errors[] = {
    &api_iam_invalid_input, &api_iam_limit_exceeded, &api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const list_attached_user_policies_errors[] = {
    &api_iam_invalid_input, &api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const attach_role_policy_errors[] = {&api_iam_invalid_input,
                                                                    &api_iam_limit_exceeded,
                                                                    &api_iam_no_such_entity,
                                                                    &api_iam_policy_not_attachable,
                                                                    &api_iam_service_failure,
                                                                    &api_iam_unmodifiable_entity,
                                                                    NULL};
static const struct api_error *const detach_role_policy_errors[] = {
    &api_iam_invalid_input,   &api_iam_limit_exceeded,      &api_iam_no_such_entity,
    &api_iam_service_failure, &api_iam_unmodifiable_entity, NULL};
static const struct api_error *const put_user_permissions_boundary_errors[] = {
    &api_iam_invalid_input, &api_iam_no_such_entity, &api_iam_policy_not_attachable, &api_iam_service_failure, NULL};
static const struct api_error *const delete_user_permissions_boundary_errors[] = {&api_iam_no_such_entity,
                                                                                  &api_iam_service_failure, NULL};
static const struct api_error *const put_role_permissions_boundary_errors[] = {
    &api_iam_invalid_input,   &api_iam_no_such_entity,      &api_iam_policy_not_attachable,
    &api_iam_service_failure, &api_iam_unmodifiable_entity, NULL};
static const struct api_error *const delete_role_permissions_boundary_errors[] = {
    &api_iam_no_such_entity, &api_iam_service_failure, &api_iam_unmodifiable_entity, NULL};

EMPTY_SHAPE(nothing);

static const struct api_member attach_user_policy_request[] = {
    BODY_MEMBER("UserName", api_iam_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
};
STRUCTURE_SHAPE(attach_user_policy_input, attach_user_policy_request);

const struct api_operation api_iam_attach_user_policy = {
    IAM_OPERATION("AttachUserPolicy"),
    .input = &attach_user_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = attach_user_policy_errors,
    .text = "Attaches a managed policy to a user.",
};

const struct api_operation api_iam_detach_user_policy = {
    IAM_OPERATION("DetachUserPolicy"),
    .input = &attach_user_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = detach_user_policy_errors,
    .text = "Detaches a managed policy from a user.",
};

static const struct api_member list_attached_user_policies_request[] = {
    BODY_MEMBER("UserName", api_iam_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("PathPrefix", api_iam_policy_path, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_attached_user_policies_input, list_attached_user_policies_request);

static const struct api_member list_attached_user_policies_result[] = {
    BODY_MEMBER("AttachedPolicies", api_iam_attached_policies_list, OPTIONAL, "The policies."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_attached_user_policies_output, list_attached_user_policies_result);

const struct api_operation api_iam_list_attached_user_policies = {
    IAM_OPERATION("ListAttachedUserPolicies"),
    .input = &list_attached_user_policies_input,
    .output = &list_attached_user_policies_output,
    .errors = list_attached_user_policies_errors,
    .text = "Lists the managed policies attached to a user.",
};

static const struct api_member attach_role_policy_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
};
STRUCTURE_SHAPE(attach_role_policy_input, attach_role_policy_request);

const struct api_operation api_iam_attach_role_policy = {
    IAM_OPERATION("AttachRolePolicy"),
    .input = &attach_role_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = attach_role_policy_errors,
    .text = "Attaches a managed policy to a role.",
};

const struct api_operation api_iam_detach_role_policy = {
    IAM_OPERATION("DetachRolePolicy"),
    .input = &attach_role_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = detach_role_policy_errors,
    .text = "Detaches a managed policy from a role.",
};

static const struct api_member list_attached_role_policies_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("PathPrefix", api_iam_policy_path, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_attached_role_policies_input, list_attached_role_policies_request);

const struct api_operation api_iam_list_attached_role_policies = {
    IAM_OPERATION("ListAttachedRolePolicies"),
    .input = &list_attached_role_policies_input,
    .output = &list_attached_user_policies_output,
    .errors = list_attached_user_policies_errors,
    .text = "Lists the managed policies attached to a role.",
};

static const struct api_member attach_group_policy_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
};
STRUCTURE_SHAPE(attach_group_policy_input, attach_group_policy_request);

const struct api_operation api_iam_attach_group_policy = {
    IAM_OPERATION("AttachGroupPolicy"),
    .input = &attach_group_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = attach_user_policy_errors,
    .text = "Attaches a managed policy to a group.",
};

const struct api_operation api_iam_detach_group_policy = {
    IAM_OPERATION("DetachGroupPolicy"),
    .input = &attach_group_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = detach_user_policy_errors,
    .text = "Detaches a managed policy from a group.",
};

static const struct api_member list_attached_group_policies_request[] = {
    BODY_MEMBER("GroupName", api_iam_group_name, REQUIRED, "The group's name."),
    BODY_MEMBER("PathPrefix", api_iam_policy_path, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_attached_group_policies_input, list_attached_group_policies_request);

const struct api_operation api_iam_list_attached_group_policies = {
    IAM_OPERATION("ListAttachedGroupPolicies"),
    .input = &list_attached_group_policies_input,
    .output = &list_attached_user_policies_output,
    .errors = list_attached_user_policies_errors,
    .text = "Lists the managed policies attached to a group.",
};

static const struct api_member list_entities_for_policy_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
    BODY_MEMBER("EntityFilter", api_iam_entity, OPTIONAL, "Only entities of that kind."),
    BODY_MEMBER("PathPrefix", api_iam_path, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("PolicyUsageFilter", api_iam_policy_usage, OPTIONAL, "How it is used."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_entities_for_policy_input, list_entities_for_policy_request);

static const struct api_member list_entities_for_policy_result[] = {
    BODY_MEMBER("PolicyGroups", api_iam_policy_group_list, OPTIONAL, "The groups."),
    BODY_MEMBER("PolicyUsers", api_iam_policy_user_list, OPTIONAL, "The users."),
    BODY_MEMBER("PolicyRoles", api_iam_policy_role_list, OPTIONAL, "The roles."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_entities_for_policy_output, list_entities_for_policy_result);

const struct api_operation api_iam_list_entities_for_policy = {
    IAM_OPERATION("ListEntitiesForPolicy"),
    .input = &list_entities_for_policy_input,
    .output = &list_entities_for_policy_output,
    .errors = list_attached_user_policies_errors,
    .text = "Lists to whom a managed policy is attached.",
};

static const struct api_member put_user_permissions_boundary_request[] = {
    BODY_MEMBER("UserName", api_iam_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("PermissionsBoundary", api_iam_arn, REQUIRED, "The policy that bounds its permissions."),
};
STRUCTURE_SHAPE(put_user_permissions_boundary_input, put_user_permissions_boundary_request);

const struct api_operation api_iam_put_user_permissions_boundary = {
    IAM_OPERATION("PutUserPermissionsBoundary"),
    .input = &put_user_permissions_boundary_input,
    .output = &nothing,
    .bare = true,
    .errors = put_user_permissions_boundary_errors,
    .text = "Sets the most that a user may be allowed.",
};

static const struct api_member delete_user_permissions_boundary_request[] = {
    BODY_MEMBER("UserName", api_iam_user_name, REQUIRED, "The user's name."),
};
STRUCTURE_SHAPE(delete_user_permissions_boundary_input, delete_user_permissions_boundary_request);

const struct api_operation api_iam_delete_user_permissions_boundary = {
    IAM_OPERATION("DeleteUserPermissionsBoundary"),
    .input = &delete_user_permissions_boundary_input,
    .output = &nothing,
    .bare = true,
    .errors = delete_user_permissions_boundary_errors,
    .text = "Removes a boundary from a user.",
};

static const struct api_member put_role_permissions_boundary_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("PermissionsBoundary", api_iam_arn, REQUIRED, "The policy that bounds its permissions."),
};
STRUCTURE_SHAPE(put_role_permissions_boundary_input, put_role_permissions_boundary_request);

const struct api_operation api_iam_put_role_permissions_boundary = {
    IAM_OPERATION("PutRolePermissionsBoundary"),
    .input = &put_role_permissions_boundary_input,
    .output = &nothing,
    .bare = true,
    .errors = put_role_permissions_boundary_errors,
    .text = "Sets the most that a role may be allowed.",
};

static const struct api_member delete_role_permissions_boundary_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
};
STRUCTURE_SHAPE(delete_role_permissions_boundary_input, delete_role_permissions_boundary_request);

const struct api_operation api_iam_delete_role_permissions_boundary = {
    IAM_OPERATION("DeleteRolePermissionsBoundary"),
    .input = &delete_role_permissions_boundary_input,
    .output = &nothing,
    .bare = true,
    .errors = delete_role_permissions_boundary_errors,
    .text = "Removes a boundary from a role.",
};
