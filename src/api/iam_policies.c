// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on managed policies and their versions. */
#include "api/iam_table.h"

static const struct api_pattern version_id_pattern = {"v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?", "v", "A-Za-z0-9.-",
                                                      "A-Za-z0-9.-"};

STRING_SHAPE(api_iam_policy_description, 0, 1000, NULL, NULL);
STRING_SHAPE(api_iam_policy_version_id, -1, -1, &version_id_pattern, NULL);
PLAIN_SHAPE(api_iam_attachment_count, API_INTEGER);

static const struct api_member policy_members[] = {
    BODY_MEMBER("PolicyName", api_iam_policy_name, OPTIONAL, "The policy's name."),
    BODY_MEMBER("PolicyId", api_iam_id, OPTIONAL, "The policy's unique id."),
    BODY_MEMBER("Arn", api_iam_arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("Path", api_iam_policy_path, OPTIONAL, "Its path."),
    BODY_MEMBER("DefaultVersionId", api_iam_policy_version_id, OPTIONAL, "The version that is in force."),
    BODY_MEMBER("AttachmentCount", api_iam_attachment_count, OPTIONAL, "To how many it is attached."),
    BODY_MEMBER("PermissionsBoundaryUsageCount", api_iam_attachment_count, OPTIONAL,
                "For how many it is the boundary."),
    BODY_MEMBER("IsAttachable", api_iam_boolean, OPTIONAL, "Whether it can be attached."),
    BODY_MEMBER("Description", api_iam_policy_description, OPTIONAL, "What it is for."),
    BODY_MEMBER("CreateDate", api_iam_date, OPTIONAL, "When it was made."),
    BODY_MEMBER("UpdateDate", api_iam_date, OPTIONAL, "When it was last changed."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(api_iam_policy, policy_members);
static const char *const policy_scope_values[] = {"All", "AWS", "Local", NULL};
STRING_SHAPE(api_iam_policy_scope, -1, -1, NULL, policy_scope_values);
LIST_SHAPE(api_iam_policy_list, api_iam_policy, -1);

static const struct api_member policy_version_members[] = {
    BODY_MEMBER("Document", api_iam_policy_document, OPTIONAL, "The policy, a JSON document."),
    BODY_MEMBER("VersionId", api_iam_policy_version_id, OPTIONAL, "The version's id."),
    BODY_MEMBER("IsDefaultVersion", api_iam_boolean, OPTIONAL, "Whether it is in force."),
    BODY_MEMBER("CreateDate", api_iam_date, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(api_iam_policy_version, policy_version_members);
LIST_SHAPE(api_iam_policy_document_version_list, api_iam_policy_version, -1);

static const struct api_error *const create_policy_errors[] = {&api_iam_concurrent_modification,
                                                               &api_iam_entity_already_exists,
                                                               &api_iam_invalid_input,
                                                               &api_iam_limit_exceeded,
                                                               &api_iam_malformed_policy_document,
                                                               &api_iam_service_failure,
                                                               NULL};
static const struct api_error *const get_policy_errors[] = {&api_iam_invalid_input, &api_iam_no_such_entity,
                                                            &api_iam_service_failure, NULL};
static const struct api_error *const list_policies_errors[] = {&api_iam_service_failure, NULL};
static const struct api_error *const delete_policy_errors[] = {&api_iam_delete_conflict, &api_iam_invalid_input,
                                                               &api_iam_limit_exceeded,  &api_iam_no_such_entity,
                                                               &api_iam_service_failure, NULL};
static const struct api_error *const create_policy_version_errors[] = {
    &api_iam_invalid_input,  &api_iam_limit_exceeded,  &api_iam_malformed_policy_document,
    &api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const set_default_policy_version_errors[] = {
    &api_iam_invalid_input, &api_iam_limit_exceeded, &api_iam_no_such_entity, &api_iam_service_failure, NULL};

EMPTY_SHAPE(nothing);

static const struct api_member create_policy_request[] = {
    BODY_MEMBER("PolicyName", api_iam_policy_name, REQUIRED, "The policy's name."),
    BODY_MEMBER("Path", api_iam_policy_path, OPTIONAL, "Its path."),
    BODY_MEMBER("PolicyDocument", api_iam_policy_document, REQUIRED, "The policy, a JSON document."),
    BODY_MEMBER("Description", api_iam_policy_description, OPTIONAL, "What it is for."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(create_policy_input, create_policy_request);

static const struct api_member create_policy_result[] = {
    BODY_MEMBER("Policy", api_iam_policy, OPTIONAL, "The policy."),
};
STRUCTURE_SHAPE(create_policy_output, create_policy_result);

const struct api_operation api_iam_create_policy = {
    IAM_OPERATION("CreatePolicy"),  .input = &create_policy_input,     .output = &create_policy_output,
    .errors = create_policy_errors, .text = "Makes a managed policy.",
};

static const struct api_member get_policy_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
};
STRUCTURE_SHAPE(get_policy_input, get_policy_request);

const struct api_operation api_iam_get_policy = {
    IAM_OPERATION("GetPolicy"),
    .input = &get_policy_input,
    .output = &create_policy_output,
    .errors = get_policy_errors,
    .text = "Describes a managed policy.",
};

static const struct api_member list_policies_request[] = {
    BODY_MEMBER("Scope", api_iam_policy_scope, OPTIONAL, "Whose policies: AWS's, one's own (Local), or All."),
    BODY_MEMBER("OnlyAttached", api_iam_boolean, OPTIONAL, "Only those that are attached."),
    BODY_MEMBER("PathPrefix", api_iam_policy_path, OPTIONAL, "Only what has a path that starts so."),
    BODY_MEMBER("PolicyUsageFilter", api_iam_policy_usage, OPTIONAL, "How it is used."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_policies_input, list_policies_request);

static const struct api_member list_policies_result[] = {
    BODY_MEMBER("Policies", api_iam_policy_list, OPTIONAL, "The policies."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_policies_output, list_policies_result);

const struct api_operation api_iam_list_policies = {
    IAM_OPERATION("ListPolicies"),  .input = &list_policies_input,         .output = &list_policies_output,
    .errors = list_policies_errors, .text = "Lists the managed policies.",
};

const struct api_operation api_iam_delete_policy = {
    IAM_OPERATION("DeletePolicy"),
    .input = &get_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = delete_policy_errors,
    .text = "Deletes a managed policy that is attached nowhere.",
};

static const struct api_member create_policy_version_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
    BODY_MEMBER("PolicyDocument", api_iam_policy_document, REQUIRED, "The policy, a JSON document."),
    BODY_MEMBER("SetAsDefault", api_iam_boolean, OPTIONAL, "Puts the version in force."),
};
STRUCTURE_SHAPE(create_policy_version_input, create_policy_version_request);

static const struct api_member create_policy_version_result[] = {
    BODY_MEMBER("PolicyVersion", api_iam_policy_version, OPTIONAL, "The version."),
};
STRUCTURE_SHAPE(create_policy_version_output, create_policy_version_result);

const struct api_operation api_iam_create_policy_version = {
    IAM_OPERATION("CreatePolicyVersion"),          .input = &create_policy_version_input,
    .output = &create_policy_version_output,       .errors = create_policy_version_errors,
    .text = "Adds a version to a managed policy.",
};

static const struct api_member get_policy_version_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
    BODY_MEMBER("VersionId", api_iam_policy_version_id, REQUIRED, "The version's id."),
};
STRUCTURE_SHAPE(get_policy_version_input, get_policy_version_request);

const struct api_operation api_iam_get_policy_version = {
    IAM_OPERATION("GetPolicyVersion"),
    .input = &get_policy_version_input,
    .output = &create_policy_version_output,
    .errors = get_policy_errors,
    .text = "Shows a version of a managed policy.",
};

static const struct api_member list_policy_versions_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_policy_versions_input, list_policy_versions_request);

static const struct api_member list_policy_versions_result[] = {
    BODY_MEMBER("Versions", api_iam_policy_document_version_list, OPTIONAL, "The versions."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_policy_versions_output, list_policy_versions_result);

const struct api_operation api_iam_list_policy_versions = {
    IAM_OPERATION("ListPolicyVersions"),
    .input = &list_policy_versions_input,
    .output = &list_policy_versions_output,
    .errors = get_policy_errors,
    .text = "Lists the versions of a managed policy.",
};

const struct api_operation api_iam_set_default_policy_version = {
    IAM_OPERATION("SetDefaultPolicyVersion"),
    .input = &get_policy_version_input,
    .output = &nothing,
    .bare = true,
    .errors = set_default_policy_version_errors,
    .text = "Chooses the version that is in force.",
};

const struct api_operation api_iam_delete_policy_version = {
    IAM_OPERATION("DeletePolicyVersion"),
    .input = &get_policy_version_input,
    .output = &nothing,
    .bare = true,
    .errors = delete_policy_errors,
    .text = "Deletes a version that is not in force.",
};
