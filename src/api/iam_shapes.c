// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What several files of IAM's table share: types, constraints, errors. */
#include "api/iam_table.h"

static const struct api_pattern path_pattern = {"(\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)", "/", "!-\x7f", "/"};
static const struct api_pattern name_pattern = {"[\\w+=,.@-]+", "A-Za-z0-9_+=,.@-", "A-Za-z0-9_+=,.@-",
                                                "A-Za-z0-9_+=,.@-"};
static const struct api_pattern tag_key_pattern = {"[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+", "\\p{L}\\p{Z}\\p{N}_.:/=+@-",
                                                   "\\p{L}\\p{Z}\\p{N}_.:/=+@-", "\\p{L}\\p{Z}\\p{N}_.:/=+@-"};
static const struct api_pattern tag_value_pattern = {"[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", "\\p{L}\\p{Z}\\p{N}_.:/=+@-",
                                                     "\\p{L}\\p{Z}\\p{N}_.:/=+@-", "\\p{L}\\p{Z}\\p{N}_.:/=+@-"};
static const struct api_pattern id_pattern = {"[\\w]+", "A-Za-z0-9_", "A-Za-z0-9_", "A-Za-z0-9_"};
static const struct api_pattern path_prefix_pattern = {"\\u002F[\\u0021-\\u007F]*", "/", "!-\x7f", "!-\x7f"};
static const struct api_pattern marker_pattern = {"[\\u0020-\\u00FF]+", " -\xff", " -\xff", " -\xff"};
static const struct api_pattern document_pattern = {"[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", "\t\n\r -\xff",
                                                    "\t\n\r -\xff", "\t\n\r -\xff"};
static const struct api_pattern policy_path_pattern = {"((/[A-Za-z0-9\\.,\\+@=_-]+)*)/", "/", "A-Za-z0-9.,+@=_/-", "/"};

const struct api_shape api_iam_path = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 512, .pattern = &path_pattern};
const struct api_shape api_iam_user_name = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 64, .pattern = &name_pattern};
const struct api_shape api_iam_arn = {.type = API_STRING, .has_min = true, .min = 20, .has_max = true, .max = 2048};
const struct api_shape api_iam_tag_key = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 128, .pattern = &tag_key_pattern};
const struct api_shape api_iam_tag_value = {
    .type = API_STRING, .has_min = true, .min = 0, .has_max = true, .max = 256, .pattern = &tag_value_pattern};

static const struct api_member tag_members[] = {
    BODY_MEMBER("Key", api_iam_tag_key, REQUIRED, "The tag's key."),
    BODY_MEMBER("Value", api_iam_tag_value, REQUIRED, "The tag's value."),
};
const struct api_shape api_iam_tag = {
    .type = API_STRUCTURE, .members = tag_members, .member_count = COUNT(tag_members)};
const struct api_shape api_iam_tag_list = {
    .type = API_LIST, .has_min = true, .has_max = true, .max = 50, .element = &api_iam_tag};
const struct api_shape api_iam_id = {
    .type = API_STRING, .has_min = true, .min = 16, .has_max = true, .max = 128, .pattern = &id_pattern};
const struct api_shape api_iam_date = {.type = API_TIMESTAMP};
static const char *const permissions_boundary_attachment_values[] = {"PermissionsBoundaryPolicy", NULL};
const struct api_shape api_iam_permissions_boundary_attachment = {.type = API_STRING,
                                                                  .values = permissions_boundary_attachment_values};

static const struct api_member attached_permissions_boundary_members[] = {
    BODY_MEMBER("PermissionsBoundaryType", api_iam_permissions_boundary_attachment, OPTIONAL,
                "What kind of boundary it is."),
    BODY_MEMBER("PermissionsBoundaryArn", api_iam_arn, OPTIONAL, "The ARN of the policy."),
};
const struct api_shape api_iam_attached_permissions_boundary = {.type = API_STRUCTURE,
                                                                .members = attached_permissions_boundary_members,
                                                                .member_count =
                                                                    COUNT(attached_permissions_boundary_members)};

static const struct api_member user_members[] = {
    BODY_MEMBER("Path", api_iam_path, REQUIRED, "Its path."),
    BODY_MEMBER("UserName", api_iam_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("UserId", api_iam_id, REQUIRED, "The user's unique id."),
    BODY_MEMBER("Arn", api_iam_arn, REQUIRED, "Its ARN."),
    BODY_MEMBER("CreateDate", api_iam_date, REQUIRED, "When it was made."),
    BODY_MEMBER("PasswordLastUsed", api_iam_date, OPTIONAL, "When its password was last used."),
    BODY_MEMBER("PermissionsBoundary", api_iam_attached_permissions_boundary, OPTIONAL,
                "The policy that bounds its permissions."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
const struct api_shape api_iam_user = {
    .type = API_STRUCTURE, .members = user_members, .member_count = COUNT(user_members)};
const struct api_shape api_iam_existing_user_name = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 128, .pattern = &name_pattern};
const struct api_shape api_iam_path_prefix = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 512, .pattern = &path_prefix_pattern};
const struct api_shape api_iam_marker = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 320, .pattern = &marker_pattern};
const struct api_shape api_iam_max_items = {
    .type = API_INTEGER, .has_min = true, .has_max = true, .min = 1, .max = 1000};
const struct api_shape api_iam_user_list = {.type = API_LIST, .element = &api_iam_user};
const struct api_shape api_iam_boolean = {.type = API_BOOLEAN};
const struct api_shape api_iam_response_marker = {.type = API_STRING};
const struct api_shape api_iam_string = {.type = API_STRING};
const struct api_shape api_iam_role_name = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 64, .pattern = &name_pattern};
const struct api_shape api_iam_policy_document = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 131072, .pattern = &document_pattern};
const struct api_shape api_iam_group_name = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 128, .pattern = &name_pattern};
const struct api_shape api_iam_policy_name = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 128, .pattern = &name_pattern};
const struct api_shape api_iam_policy_path = {
    .type = API_STRING, .has_min = true, .min = 1, .has_max = true, .max = 512, .pattern = &policy_path_pattern};
static const char *const policy_usage_values[] = {"PermissionsPolicy", "PermissionsBoundary", NULL};
const struct api_shape api_iam_policy_usage = {.type = API_STRING, .values = policy_usage_values};

// ------------------------------------------------------------------ errors

static const char *const no_members[] = {NULL};

const struct api_error api_iam_concurrent_modification = {"ConcurrentModification", 409, no_members};
const struct api_error api_iam_delete_conflict = {"DeleteConflict", 409, no_members};
const struct api_error api_iam_entity_already_exists = {"EntityAlreadyExists", 409, no_members};
const struct api_error api_iam_entity_temporarily_unmodifiable = {"EntityTemporarilyUnmodifiable", 409, no_members};
const struct api_error api_iam_invalid_input = {"InvalidInput", 400, no_members};
const struct api_error api_iam_limit_exceeded = {"LimitExceeded", 409, no_members};
const struct api_error api_iam_malformed_policy_document = {"MalformedPolicyDocument", 400, no_members};
const struct api_error api_iam_no_such_entity = {"NoSuchEntity", 404, no_members};
const struct api_error api_iam_policy_evaluation = {"PolicyEvaluation", 500, no_members};
const struct api_error api_iam_policy_not_attachable = {"PolicyNotAttachable", 400, no_members};
const struct api_error api_iam_service_failure = {"ServiceFailure", 500, no_members};
const struct api_error api_iam_unmodifiable_entity = {"UnmodifiableEntity", 400, no_members};
