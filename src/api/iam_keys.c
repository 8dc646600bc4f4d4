// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on access keys. */
#include "api/iam_table.h"

static const struct api_pattern id_pattern = {"[\\w]+", "A-Za-z0-9_", "A-Za-z0-9_", "A-Za-z0-9_"};

STRING_SHAPE(api_iam_access_key_id, 16, 128, &id_pattern, NULL);
static const char *const status_values[] = {"Active", "Inactive", NULL};
STRING_SHAPE(api_iam_status, -1, -1, NULL, status_values);
PLAIN_SHAPE(api_iam_access_key_secret, API_STRING);

static const struct api_member access_key_members[] = {
    BODY_MEMBER("UserName", api_iam_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("AccessKeyId", api_iam_access_key_id, REQUIRED, "The key's id."),
    BODY_MEMBER("Status", api_iam_status, REQUIRED, "Active or Inactive."),
    BODY_MEMBER("SecretAccessKey", api_iam_access_key_secret, REQUIRED, "What requests are signed with."),
    BODY_MEMBER("CreateDate", api_iam_date, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(api_iam_access_key, access_key_members);

static const struct api_member access_key_metadata_members[] = {
    BODY_MEMBER("UserName", api_iam_user_name, OPTIONAL, "The user's name."),
    BODY_MEMBER("AccessKeyId", api_iam_access_key_id, OPTIONAL, "The key's id."),
    BODY_MEMBER("Status", api_iam_status, OPTIONAL, "Active or Inactive."),
    BODY_MEMBER("CreateDate", api_iam_date, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(api_iam_access_key_metadata, access_key_metadata_members);
LIST_SHAPE(api_iam_access_key_metadata_list, api_iam_access_key_metadata, -1);

static const struct api_member access_key_last_used_members[] = {
    BODY_MEMBER("LastUsedDate", api_iam_date, REQUIRED, "When that was."),
    BODY_MEMBER("ServiceName", api_iam_string, REQUIRED, "The service that was called."),
    BODY_MEMBER("Region", api_iam_string, REQUIRED, "The region that was called."),
};
STRUCTURE_SHAPE(api_iam_access_key_last_used, access_key_last_used_members);

static const struct api_error *const create_access_key_errors[] = {&api_iam_limit_exceeded, &api_iam_no_such_entity,
                                                                   &api_iam_service_failure, NULL};
static const struct api_error *const list_access_keys_errors[] = {&api_iam_no_such_entity, &api_iam_service_failure,
                                                                  NULL};
static const struct api_error *const get_access_key_last_used_errors[] = {&api_iam_no_such_entity, NULL};

EMPTY_SHAPE(nothing);

static const struct api_member create_access_key_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, OPTIONAL, "The user's name."),
};
STRUCTURE_SHAPE(create_access_key_input, create_access_key_request);

static const struct api_member create_access_key_result[] = {
    BODY_MEMBER("AccessKey", api_iam_access_key, REQUIRED, "The access key."),
};
STRUCTURE_SHAPE(create_access_key_output, create_access_key_result);

const struct api_operation api_iam_create_access_key = {
    IAM_OPERATION("CreateAccessKey"),
    .input = &create_access_key_input,
    .output = &create_access_key_output,
    .errors = create_access_key_errors,
    .text = "Makes an access key; its secret is shown this once.",
};

static const struct api_member list_access_keys_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, OPTIONAL, "The user's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_access_keys_input, list_access_keys_request);

static const struct api_member list_access_keys_result[] = {
    BODY_MEMBER("AccessKeyMetadata", api_iam_access_key_metadata_list, REQUIRED,
                "The access keys, without their secrets."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_access_keys_output, list_access_keys_result);

const struct api_operation api_iam_list_access_keys = {
    IAM_OPERATION("ListAccessKeys"),   .input = &list_access_keys_input,      .output = &list_access_keys_output,
    .errors = list_access_keys_errors, .text = "Lists a user's access keys.",
};

static const struct api_member update_access_key_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, OPTIONAL, "The user's name."),
    BODY_MEMBER("AccessKeyId", api_iam_access_key_id, REQUIRED, "The key's id."),
    BODY_MEMBER("Status", api_iam_status, REQUIRED, "Active or Inactive."),
};
STRUCTURE_SHAPE(update_access_key_input, update_access_key_request);

const struct api_operation api_iam_update_access_key = {
    IAM_OPERATION("UpdateAccessKey"),   .input = &update_access_key_input,           .output = &nothing, .bare = true,
    .errors = create_access_key_errors, .text = "Switches an access key on or off.",
};

static const struct api_member delete_access_key_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, OPTIONAL, "The user's name."),
    BODY_MEMBER("AccessKeyId", api_iam_access_key_id, REQUIRED, "The key's id."),
};
STRUCTURE_SHAPE(delete_access_key_input, delete_access_key_request);

const struct api_operation api_iam_delete_access_key = {
    IAM_OPERATION("DeleteAccessKey"),   .input = &delete_access_key_input, .output = &nothing, .bare = true,
    .errors = create_access_key_errors, .text = "Deletes an access key.",
};

static const struct api_member get_access_key_last_used_request[] = {
    BODY_MEMBER("AccessKeyId", api_iam_access_key_id, REQUIRED, "The key's id."),
};
STRUCTURE_SHAPE(get_access_key_last_used_input, get_access_key_last_used_request);

static const struct api_member get_access_key_last_used_result[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, OPTIONAL, "The user's name."),
    BODY_MEMBER("AccessKeyLastUsed", api_iam_access_key_last_used, OPTIONAL, "Its last use."),
};
STRUCTURE_SHAPE(get_access_key_last_used_output, get_access_key_last_used_result);

const struct api_operation api_iam_get_access_key_last_used = {
    IAM_OPERATION("GetAccessKeyLastUsed"),
    .input = &get_access_key_last_used_input,
    .output = &get_access_key_last_used_output,
    .errors = get_access_key_last_used_errors,
    .text = "Says when an access key was last used.",
};
