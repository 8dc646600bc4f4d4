// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on OpenID Connect providers, and of the account. */
#include "api/iam_table.h"

STRING_SHAPE(api_iam_open_id_connect_provider_url, 1, 255, NULL, NULL);
STRING_SHAPE(api_iam_client_id, 1, 255, NULL, NULL);
LIST_SHAPE(api_iam_client_id_list, api_iam_client_id, -1);
STRING_SHAPE(api_iam_thumbprint, 40, 40, NULL, NULL);
LIST_SHAPE(api_iam_thumbprint_list, api_iam_thumbprint, -1);

static const struct api_member open_id_connect_provider_list_entry_members[] = {
    BODY_MEMBER("Arn", api_iam_arn, OPTIONAL, "Its ARN."),
};
STRUCTURE_SHAPE(api_iam_open_id_connect_provider_list_entry, open_id_connect_provider_list_entry_members);
LIST_SHAPE(api_iam_open_id_connect_provider_list, api_iam_open_id_connect_provider_list_entry, -1);
STRING_SHAPE(api_iam_account_alias, 3, 63, NULL, NULL);
LIST_SHAPE(api_iam_account_alias_list, api_iam_account_alias, -1);

static const struct api_error *const create_open_id_connect_provider_errors[] = {
    &api_iam_concurrent_modification, &api_iam_entity_already_exists, &api_iam_invalid_input,
    &api_iam_limit_exceeded,          &api_iam_service_failure,       NULL};
static const struct api_error *const get_open_id_connect_provider_errors[] = {
    &api_iam_invalid_input, &api_iam_no_such_entity, &api_iam_service_failure, NULL};
static const struct api_error *const list_open_id_connect_providers_errors[] = {&api_iam_service_failure, NULL};
static const struct api_error *const add_client_id_to_open_id_connect_provider_errors[] = {
    &api_iam_invalid_input, &api_iam_limit_exceeded, &api_iam_no_such_entity, &api_iam_service_failure, NULL};

EMPTY_SHAPE(nothing);

static const struct api_member create_open_id_connect_provider_request[] = {
    BODY_MEMBER("Url", api_iam_open_id_connect_provider_url, REQUIRED,
                "The issuer's address, which is the claim iss of its tokens."),
    BODY_MEMBER("ClientIDList", api_iam_client_id_list, OPTIONAL, "The audiences that tokens may be for."),
    BODY_MEMBER("ThumbprintList", api_iam_thumbprint_list, OPTIONAL,
                "SHA-1 hashes of certificates that the issuer's server may show."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(create_open_id_connect_provider_input, create_open_id_connect_provider_request);

static const struct api_member create_open_id_connect_provider_result[] = {
    BODY_MEMBER("OpenIDConnectProviderArn", api_iam_arn, OPTIONAL, "The provider's ARN."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(create_open_id_connect_provider_output, create_open_id_connect_provider_result);

const struct api_operation api_iam_create_open_id_connect_provider = {
    IAM_OPERATION("CreateOpenIDConnectProvider"),      .input = &create_open_id_connect_provider_input,
    .output = &create_open_id_connect_provider_output, .errors = create_open_id_connect_provider_errors,
    .text = "Makes an identity provider known.",
};

static const struct api_member get_open_id_connect_provider_request[] = {
    BODY_MEMBER("OpenIDConnectProviderArn", api_iam_arn, REQUIRED, "The provider's ARN."),
};
STRUCTURE_SHAPE(get_open_id_connect_provider_input, get_open_id_connect_provider_request);

static const struct api_member get_open_id_connect_provider_result[] = {
    BODY_MEMBER("Url", api_iam_open_id_connect_provider_url, OPTIONAL,
                "The issuer's address, which is the claim iss of its tokens."),
    BODY_MEMBER("ClientIDList", api_iam_client_id_list, OPTIONAL, "The audiences that tokens may be for."),
    BODY_MEMBER("ThumbprintList", api_iam_thumbprint_list, OPTIONAL,
                "SHA-1 hashes of certificates that the issuer's server may show."),
    BODY_MEMBER("CreateDate", api_iam_date, OPTIONAL, "When it was made."),
    BODY_MEMBER("Tags", api_iam_tag_list, OPTIONAL, "Its tags."),
};
STRUCTURE_SHAPE(get_open_id_connect_provider_output, get_open_id_connect_provider_result);

const struct api_operation api_iam_get_open_id_connect_provider = {
    IAM_OPERATION("GetOpenIDConnectProvider"),      .input = &get_open_id_connect_provider_input,
    .output = &get_open_id_connect_provider_output, .errors = get_open_id_connect_provider_errors,
    .text = "Describes an identity provider.",
};

static const struct api_member list_open_id_connect_providers_result[] = {
    BODY_MEMBER("OpenIDConnectProviderList", api_iam_open_id_connect_provider_list, OPTIONAL, "The providers."),
};
STRUCTURE_SHAPE(list_open_id_connect_providers_output, list_open_id_connect_providers_result);

const struct api_operation api_iam_list_open_id_connect_providers = {
    IAM_OPERATION("ListOpenIDConnectProviders"),      .input = &nothing,
    .output = &list_open_id_connect_providers_output, .errors = list_open_id_connect_providers_errors,
    .text = "Lists the identity providers.",
};

const struct api_operation api_iam_delete_open_id_connect_provider = {
    IAM_OPERATION("DeleteOpenIDConnectProvider"),
    .input = &get_open_id_connect_provider_input,
    .output = &nothing,
    .bare = true,
    .errors = get_open_id_connect_provider_errors,
    .text = "Forgets an identity provider.",
};

static const struct api_member add_client_id_to_open_id_connect_provider_request[] = {
    BODY_MEMBER("OpenIDConnectProviderArn", api_iam_arn, REQUIRED, "The provider's ARN."),
    BODY_MEMBER("ClientID", api_iam_client_id, REQUIRED, "The audience."),
};
STRUCTURE_SHAPE(add_client_id_to_open_id_connect_provider_input, add_client_id_to_open_id_connect_provider_request);

const struct api_operation api_iam_add_client_id_to_open_id_connect_provider = {
    IAM_OPERATION("AddClientIDToOpenIDConnectProvider"),
    .input = &add_client_id_to_open_id_connect_provider_input,
    .output = &nothing,
    .bare = true,
    .errors = add_client_id_to_open_id_connect_provider_errors,
    .text = "Adds an audience to an identity provider.",
};

const struct api_operation api_iam_remove_client_id_from_open_id_connect_provider = {
    IAM_OPERATION("RemoveClientIDFromOpenIDConnectProvider"),
    .input = &add_client_id_to_open_id_connect_provider_input,
    .output = &nothing,
    .bare = true,
    .errors = get_open_id_connect_provider_errors,
    .text = "Takes an audience from an identity provider.",
};

static const struct api_member update_open_id_connect_provider_thumbprint_request[] = {
    BODY_MEMBER("OpenIDConnectProviderArn", api_iam_arn, REQUIRED, "The provider's ARN."),
    BODY_MEMBER("ThumbprintList", api_iam_thumbprint_list, REQUIRED,
                "SHA-1 hashes of certificates that the issuer's server may show."),
};
STRUCTURE_SHAPE(update_open_id_connect_provider_thumbprint_input, update_open_id_connect_provider_thumbprint_request);

const struct api_operation api_iam_update_open_id_connect_provider_thumbprint = {
    IAM_OPERATION("UpdateOpenIDConnectProviderThumbprint"),
    .input = &update_open_id_connect_provider_thumbprint_input,
    .output = &nothing,
    .bare = true,
    .errors = get_open_id_connect_provider_errors,
    .text = "Replaces the thumbprints of an identity provider's certificates.",
};

static const struct api_member list_account_aliases_request[] = {
    BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on."),
    BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),
};
STRUCTURE_SHAPE(list_account_aliases_input, list_account_aliases_request);

static const struct api_member list_account_aliases_result[] = {
    BODY_MEMBER("AccountAliases", api_iam_account_alias_list, REQUIRED, "The other names."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(list_account_aliases_output, list_account_aliases_result);

const struct api_operation api_iam_list_account_aliases = {
    IAM_OPERATION("ListAccountAliases"),
    .input = &list_account_aliases_input,
    .output = &list_account_aliases_output,
    .errors = list_open_id_connect_providers_errors,
    .text = "Lists the account's other names; there are none.",
};
