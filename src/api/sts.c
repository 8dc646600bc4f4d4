// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations of AWS Security Token Service: its public service model of 2011-06-15, in our own words. */
#include "api/sts_table.h"

static const struct api_error *const no_errors[] = {NULL};

EMPTY_SHAPE(get_caller_identity_input);

static const struct api_member get_caller_identity_result[] = {
    BODY_MEMBER("UserId", api_sts_text, OPTIONAL, "The unique id of the caller."),
    BODY_MEMBER("Account", api_sts_text, OPTIONAL, "The caller's account."),
    BODY_MEMBER("Arn", api_sts_arn, OPTIONAL, "The caller's ARN."),
};
STRUCTURE_SHAPE(get_caller_identity_output, get_caller_identity_result);

static const struct api_operation get_caller_identity = {
    .service = &api_sts,
    .name = "GetCallerIdentity",
    .cli_name = "get-caller-identity",
    .method = "POST",
    .path = "/",
    .input = &get_caller_identity_input,
    .output = &get_caller_identity_output,
    .errors = no_errors,
    .text = "Says whose credentials these are.",
    .detail = "Needs no permission.",
};

static const struct api_operation *const operations[] = {
    &api_sts_assume_role,         &api_sts_assume_role_with_web_identity,
    &api_sts_get_access_key_info, &get_caller_identity,
    &api_sts_get_session_token,   NULL};

const struct api_service api_sts = {
    .name = "STS",
    .cli_name = "sts",
    .signing_name = "sts",
    .global_region = "us-east-1",
    .version = "2011-06-15",
    .protocol = API_QUERY_XML,
    .xml_namespace = "https://sts.amazonaws.com/doc/2011-06-15/",
    .operations = operations,
    .text = "Who one is, and temporary credentials.",
};
