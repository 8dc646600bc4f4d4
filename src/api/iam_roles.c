// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on roles. */
#include "api/iam_table.h"

static const struct api_pattern description_pattern = {"[\\p{L}\\p{M}\\p{Z}\\p{S}\\p{N}\\p{P}]*", "\\P{C}", "\\P{C}",
                                                       "\\P{C}"};
static const struct api_pattern name_pattern = {"[\\w+=,.@-]+", "A-Za-z0-9_+=,.@-", "A-Za-z0-9_+=,.@-",
                                                "A-Za-z0-9_+=,.@-"};

STRING_SHAPE(api_iam_role_description, 0, 1000, &description_pattern, NULL);
NUMBER_SHAPE(api_iam_role_max_session_duration, API_INTEGER, 3600, 43200);

static const struct api_member role_last_used_members[] = {
    BODY_MEMBER("LastUsedDate", api_iam_date, OPTIONAL, "When that was."),
    BODY_MEMBER("Region", api_iam_string, OPTIONAL, "The region that was called."),
};
STRUCTURE_SHAPE(api_iam_role_last_used, role_last_used_members);

static const struct api_member role_members[] = {
    BODY_MEMBER("Path", api_iam_path, REQUIRED, "Its path."),
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("RoleId", api_iam_id, REQUIRED, "The role's unique id."),
    BODY_MEMBER("Arn", api_iam_arn, REQUIRED, "Its ARN."),
    BODY_MEMBER("CreateDate", api_iam_date, REQUIRED, "When it was made."),
    BODY_MEMBER("AssumeRolePolicyDocument", api_iam_policy_document, OPTIONAL,
                "The trust policy: who may assume the role."),
    BODY_MEMBER("Description", api_iam_role_description, OPTIONAL, "What it is for."),
    BODY_MEMBER("MaxSessionDuration", api_iam_role_max_session_duration, OPTIONAL, "The longest session, in seconds."),
    BODY_MEMBER("PermissionsBoundary", api_iam_attached_permissions_boundary, OPTIONAL,
                "The policy that bounds its permissions."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
    BODY_MEMBER("RoleLastUsed", api_iam_role_last_used, OPTIONAL, "Its last use."),
};
STRUCTURE_SHAPE(api_iam_role, role_members);
LIST_SHAPE(api_iam_role_list, api_iam_role, -1);
STRING_SHAPE(api_iam_instance_profile_name, 1, 128, &name_pattern, NULL);

static const struct api_member instance_profile_members[] = {
    BODY_MEMBER("Path", api_iam_path, REQUIRED, "Its path."),
    BODY_MEMBER("InstanceProfileName", api_iam_instance_profile_name, REQUIRED, "The profile's name."),
    BODY_MEMBER("InstanceProfileId", api_iam_id, REQUIRED, "The profile's unique id."),
    BODY_MEMBER("Arn", api_iam_arn, REQUIRED, "Its ARN."),
    BODY_MEMBER("CreateDate", api_iam_date, REQUIRED, "When it was made."),
    BODY_MEMBER("Roles", api_iam_role_list, REQUIRED, "The roles."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(api_iam_instance_profile, instance_profile_members);
LIST_SHAPE(api_iam_instance_profile_list, api_iam_instance_profile, -1);

static const struct api_error *const create_role_errors[] = {&api_iam_concurrent_modification,
                                                             &api_iam_entity_already_exists,
                                                             &api_iam_invalid_input,
                                                             &api_iam_limit_exceeded,
                                                             &api_iam_malformed_policy_document,
                                                             &api_iam_service_failure,
                                                             NULL};
static const struct api_error *const get_role_errors[] = {&api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const list_roles_errors[] = {&api_iam_service_failure, NULL};
static const struct api_error *const update_role_errors[] = {&api_iam_no_such_entity, &api_iam_service_failure,
                                                             &api_iam_unmodifiable_entity, NULL};
static const struct api_error *const delete_role_errors[] = {&api_iam_concurrent_modification,
                                                             &api_iam_delete_conflict,
                                                             &api_iam_limit_exceeded,
                                                             &api_iam_no_such_entity,
                                                             &api_iam_service_failure,
                                                             &api_iam_unmodifiable_entity,
                                                             NULL};
static const struct api_error *const update_assume_role_policy_errors[] = {
    &api_iam_limit_exceeded,  &api_iam_malformed_policy_document, &api_iam_no_such_entity,
    &api_iam_service_failure, &api_iam_unmodifiable_entity,       NULL};

EMPTY_SHAPE(nothing);

static const struct api_member create_role_request[] = {
    BODY_MEMBER("Path", api_iam_path, OPTIONAL, "Its path."),
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("AssumeRolePolicyDocument", api_iam_policy_document, REQUIRED,
                "The trust policy: who may assume the role."),
    BODY_MEMBER("Description", api_iam_role_description, OPTIONAL, "What it is for."),
    BODY_MEMBER("MaxSessionDuration", api_iam_role_max_session_duration, OPTIONAL, "The longest session, in seconds."),
    BODY_MEMBER("PermissionsBoundary", api_iam_arn, OPTIONAL, "The policy that bounds its permissions."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(create_role_input, create_role_request);

static const struct api_member create_role_result[] = {
    BODY_MEMBER("Role", api_iam_role, REQUIRED, "The role."),
};
STRUCTURE_SHAPE(create_role_output, create_role_result);

const struct api_operation api_iam_create_role = {
    IAM_OPERATION("CreateRole"),  .input = &create_role_input, .output = &create_role_output,
    .errors = create_role_errors, .text = "Makes a role.",
};

static const struct api_member get_role_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
};
STRUCTURE_SHAPE(get_role_input, get_role_request);

const struct api_operation api_iam_get_role = {
    IAM_OPERATION("GetRole"),  .input = &get_role_input,    .output = &create_role_output,
    .errors = get_role_errors, .text = "Describes a role.",
};

static const struct api_member list_roles_request[] = {
    BODY_MEMBER("PathPrefix", api_iam_path_prefix, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_roles_input, list_roles_request);

static const struct api_member list_roles_result[] = {
    BODY_MEMBER("Roles", api_iam_role_list, REQUIRED, "The roles."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_roles_output, list_roles_result);

const struct api_operation api_iam_list_roles = {
    IAM_OPERATION("ListRoles"),  .input = &list_roles_input, .output = &list_roles_output,
    .errors = list_roles_errors, .text = "Lists the roles.",
};

static const struct api_member update_role_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("Description", api_iam_role_description, OPTIONAL, "What it is for."),
    BODY_MEMBER("MaxSessionDuration", api_iam_role_max_session_duration, OPTIONAL, "The longest session, in seconds."),
};
STRUCTURE_SHAPE(update_role_input, update_role_request);

const struct api_operation api_iam_update_role = {
    IAM_OPERATION("UpdateRole"),
    .input = &update_role_input,
    .output = &nothing,
    .errors = update_role_errors,
    .text = "Changes a role's description and longest session.",
};

const struct api_operation api_iam_delete_role = {
    IAM_OPERATION("DeleteRole"),  .input = &get_role_input,
    .output = &nothing,           .bare = true,
    .errors = delete_role_errors, .text = "Deletes a role that has no policies left.",
};

static const struct api_member update_assume_role_policy_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("PolicyDocument", api_iam_policy_document, REQUIRED, "The policy, a JSON document."),
};
STRUCTURE_SHAPE(update_assume_role_policy_input, update_assume_role_policy_request);

const struct api_operation api_iam_update_assume_role_policy = {
    IAM_OPERATION("UpdateAssumeRolePolicy"),
    .input = &update_assume_role_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = update_assume_role_policy_errors,
    .text = "Replaces a role's trust policy.",
};

static const struct api_member update_role_description_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("Description", api_iam_role_description, REQUIRED, "What it is for."),
};
STRUCTURE_SHAPE(update_role_description_input, update_role_description_request);

static const struct api_member update_role_description_result[] = {
    BODY_MEMBER("Role", api_iam_role, OPTIONAL, "The role."),
};
STRUCTURE_SHAPE(update_role_description_output, update_role_description_result);

const struct api_operation api_iam_update_role_description = {
    IAM_OPERATION("UpdateRoleDescription"),    .input = &update_role_description_input,
    .output = &update_role_description_output, .errors = update_role_errors,
    .text = "Changes a role's description.",
};

static const struct api_member list_instance_profiles_for_role_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_instance_profiles_for_role_input, list_instance_profiles_for_role_request);

static const struct api_member list_instance_profiles_for_role_result[] = {
    BODY_MEMBER("InstanceProfiles", api_iam_instance_profile_list, REQUIRED, "The instance profiles."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_instance_profiles_for_role_output, list_instance_profiles_for_role_result);

const struct api_operation api_iam_list_instance_profiles_for_role = {
    IAM_OPERATION("ListInstanceProfilesForRole"),
    .input = &list_instance_profiles_for_role_input,
    .output = &list_instance_profiles_for_role_output,
    .errors = get_role_errors,
    .text = "Lists a role's instance profiles; there are none.",
};
