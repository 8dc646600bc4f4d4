// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on tags. */
#include "api/iam_table.h"

LIST_SHAPE(api_iam_tag_key_list, api_iam_tag_key, 50);

static const struct api_error *const tag_user_errors[] = {&api_iam_concurrent_modification, &api_iam_invalid_input,
                                                          &api_iam_limit_exceeded,          &api_iam_no_such_entity,
                                                          &api_iam_service_failure,         NULL};
static const struct api_error *const untag_user_errors[] = {&api_iam_concurrent_modification, &api_iam_no_such_entity,
                                                            &api_iam_service_failure, NULL};
static const struct api_error *const list_user_tags_errors[] = {&api_iam_no_such_entity, &api_iam_service_failure,
                                                                NULL};
static const struct api_error *const untag_policy_errors[] = {&api_iam_concurrent_modification, &api_iam_invalid_input,
                                                              &api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const list_policy_tags_errors[] = {&api_iam_invalid_input, &api_iam_no_such_entity,
                                                                  &api_iam_service_failure, NULL};

EMPTY_SHAPE(nothing);

static const struct api_member tag_user_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("Tags", api_iam_tag_list, REQUIRED, "Its tags."),
};
STRUCTURE_SHAPE(tag_user_input, tag_user_request);

const struct api_operation api_iam_tag_user = {
    IAM_OPERATION("TagUser"),  .input = &tag_user_input,       .output = &nothing, .bare = true,
    .errors = tag_user_errors, .text = "Adds tags to a user.",
};

static const struct api_member untag_user_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("TagKeys", api_iam_tag_key_list, REQUIRED, "The keys of the tags."),
};
STRUCTURE_SHAPE(untag_user_input, untag_user_request);

const struct api_operation api_iam_untag_user = {
    IAM_OPERATION("UntagUser"),  .input = &untag_user_input,        .output = &nothing, .bare = true,
    .errors = untag_user_errors, .text = "Takes tags from a user.",
};

static const struct api_member list_user_tags_request[] = {
    BODY_MEMBER("UserName", api_iam_existing_user_name, REQUIRED, "The user's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_user_tags_input, list_user_tags_request);

static const struct api_member list_user_tags_result[] = {
    BODY_MEMBER("Tags", api_iam_tag_list, REQUIRED, "Its tags."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_user_tags_output, list_user_tags_result);

const struct api_operation api_iam_list_user_tags = {
    IAM_OPERATION("ListUserTags"),   .input = &list_user_tags_input,      .output = &list_user_tags_output,
    .errors = list_user_tags_errors, .text = "Lists the tags of a user.",
};

static const struct api_member tag_role_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("Tags", api_iam_tag_list, REQUIRED, "Its tags."),
};
STRUCTURE_SHAPE(tag_role_input, tag_role_request);

const struct api_operation api_iam_tag_role = {
    IAM_OPERATION("TagRole"),  .input = &tag_role_input,       .output = &nothing, .bare = true,
    .errors = tag_user_errors, .text = "Adds tags to a role.",
};

static const struct api_member untag_role_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("TagKeys", api_iam_tag_key_list, REQUIRED, "The keys of the tags."),
};
STRUCTURE_SHAPE(untag_role_input, untag_role_request);

const struct api_operation api_iam_untag_role = {
    IAM_OPERATION("UntagRole"),  .input = &untag_role_input,        .output = &nothing, .bare = true,
    .errors = untag_user_errors, .text = "Takes tags from a role.",
};

static const struct api_member list_role_tags_request[] = {
    BODY_MEMBER("RoleName", api_iam_role_name, REQUIRED, "The role's name."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_role_tags_input, list_role_tags_request);

const struct api_operation api_iam_list_role_tags = {
    IAM_OPERATION("ListRoleTags"),   .input = &list_role_tags_input,      .output = &list_user_tags_output,
    .errors = list_user_tags_errors, .text = "Lists the tags of a role.",
};

static const struct api_member tag_policy_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
    BODY_MEMBER("Tags", api_iam_tag_list, REQUIRED, "Its tags."),
};
STRUCTURE_SHAPE(tag_policy_input, tag_policy_request);

const struct api_operation api_iam_tag_policy = {
    IAM_OPERATION("TagPolicy"), .input = &tag_policy_input,
    .output = &nothing,         .bare = true,
    .errors = tag_user_errors,  .text = "Adds tags to a managed policy.",
};

static const struct api_member untag_policy_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
    BODY_MEMBER("TagKeys", api_iam_tag_key_list, REQUIRED, "The keys of the tags."),
};
STRUCTURE_SHAPE(untag_policy_input, untag_policy_request);

const struct api_operation api_iam_untag_policy = {
    IAM_OPERATION("UntagPolicy"),
    .input = &untag_policy_input,
    .output = &nothing,
    .bare = true,
    .errors = untag_policy_errors,
    .text = "Takes tags from a managed policy.",
};

static const struct api_member list_policy_tags_request[] = {
    BODY_MEMBER("PolicyArn", api_iam_arn, REQUIRED, "The policy's ARN."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_policy_tags_input, list_policy_tags_request);

const struct api_operation api_iam_list_policy_tags = {
    IAM_OPERATION("ListPolicyTags"),
    .input = &list_policy_tags_input,
    .output = &list_user_tags_output,
    .errors = list_policy_tags_errors,
    .text = "Lists the tags of a managed policy.",
};

static const struct api_member tag_open_id_connect_provider_request[] = {
    BODY_MEMBER("OpenIDConnectProviderArn", api_iam_arn, REQUIRED, "The provider's ARN."),
    BODY_MEMBER("Tags", api_iam_tag_list, REQUIRED, "Its tags."),
};
STRUCTURE_SHAPE(tag_open_id_connect_provider_input, tag_open_id_connect_provider_request);

const struct api_operation api_iam_tag_open_id_connect_provider = {
    IAM_OPERATION("TagOpenIDConnectProvider"),
    .input = &tag_open_id_connect_provider_input,
    .output = &nothing,
    .bare = true,
    .errors = tag_user_errors,
    .text = "Adds tags to an identity provider.",
};

static const struct api_member untag_open_id_connect_provider_request[] = {
    BODY_MEMBER("OpenIDConnectProviderArn", api_iam_arn, REQUIRED, "The provider's ARN."),
    BODY_MEMBER("TagKeys", api_iam_tag_key_list, REQUIRED, "The keys of the tags."),
};
STRUCTURE_SHAPE(untag_open_id_connect_provider_input, untag_open_id_connect_provider_request);

const struct api_operation api_iam_untag_open_id_connect_provider = {
    IAM_OPERATION("UntagOpenIDConnectProvider"),
    .input = &untag_open_id_connect_provider_input,
    .output = &nothing,
    .bare = true,
    .errors = untag_policy_errors,
    .text = "Takes tags from an identity provider.",
};

static const struct api_member list_open_id_connect_provider_tags_request[] = {
    BODY_MEMBER("OpenIDConnectProviderArn", api_iam_arn, REQUIRED, "The provider's ARN."),
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_open_id_connect_provider_tags_input, list_open_id_connect_provider_tags_request);

const struct api_operation api_iam_list_open_id_connect_provider_tags = {
    IAM_OPERATION("ListOpenIDConnectProviderTags"),
    .input = &list_open_id_connect_provider_tags_input,
    .output = &list_user_tags_output,
    .errors = list_policy_tags_errors,
    .text = "Lists the tags of an identity provider.",
};
