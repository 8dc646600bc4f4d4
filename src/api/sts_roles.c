// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * STS's operations that give the credentials of a role. They stand apart from the service's list of operations: the
 * client calls them to get credentials, but neither program offers them.
 */
#include "api/sts.h"
#include "api/table.h"

PLAIN_SHAPE(text, API_STRING);
PLAIN_SHAPE(moment, API_TIMESTAMP);
STRING_SHAPE(arn, 20, 2048, NULL, NULL);
STRING_SHAPE(access_key_id, 16, 128, NULL, NULL);
STRING_SHAPE(assumed_role_id, 2, 193, NULL, NULL);
STRING_SHAPE(session_name, 2, 64, NULL, NULL);
STRING_SHAPE(external_id, 2, 1224, NULL, NULL);
STRING_SHAPE(serial_number, 9, 256, NULL, NULL);
STRING_SHAPE(token_code, 6, 6, NULL, NULL);
STRING_SHAPE(web_identity_token, 4, 20000, NULL, NULL);
STRING_SHAPE(provider_id, 4, 2048, NULL, NULL);
STRING_SHAPE(web_identity_subject, 6, 255, NULL, NULL);
STRING_SHAPE(policy, 1, 2048, NULL, NULL);
NUMBER_SHAPE(duration, API_INTEGER, 900, 43200);
NUMBER_SHAPE(percentage, API_INTEGER, 0, INT32_MAX);

static const char *const no_members[] = {NULL};

static const struct api_error malformed_policy = {"MalformedPolicyDocument", 400, no_members};
static const struct api_error packed_policy_too_large = {"PackedPolicyTooLarge", 400, no_members};
static const struct api_error region_disabled = {"RegionDisabledException", 403, no_members};
static const struct api_error expired_token = {"ExpiredTokenException", 400, no_members};
static const struct api_error rejected_claim = {"IDPRejectedClaim", 403, no_members};
static const struct api_error provider_unreachable = {"IDPCommunicationError", 400, no_members};
static const struct api_error invalid_token = {"InvalidIdentityToken", 400, no_members};

static const struct api_member credentials_members[] = {
    BODY_MEMBER("AccessKeyId", access_key_id, REQUIRED, "The id of the session's key."),
    BODY_MEMBER("SecretAccessKey", text, REQUIRED, "What requests are signed with."),
    BODY_MEMBER("SessionToken", text, REQUIRED, "What goes with every request."),
    BODY_MEMBER("Expiration", moment, REQUIRED, "When the session ends."),
};
STRUCTURE_SHAPE(credentials, credentials_members);

static const struct api_member assumed_role_user_members[] = {
    BODY_MEMBER("AssumedRoleId", assumed_role_id, REQUIRED, "The role's unique id and the session's name."),
    BODY_MEMBER("Arn", arn, REQUIRED, "The session's ARN."),
};
STRUCTURE_SHAPE(assumed_role_user, assumed_role_user_members);

// ------------------------------------------------------------------ AssumeRole

static const struct api_error *const assume_role_errors[] = {&malformed_policy, &packed_policy_too_large,
                                                             &region_disabled, &expired_token, NULL};

static const struct api_member assume_role_request[] = {
    BODY_MEMBER("RoleArn", arn, REQUIRED, "The role."),
    BODY_MEMBER("RoleSessionName", session_name, REQUIRED, "A name for the session."),
    BODY_MEMBER("Policy", policy, OPTIONAL, "A policy that narrows what the session may do."),
    BODY_MEMBER("DurationSeconds", duration, OPTIONAL, "How long the session lasts."),
    BODY_MEMBER("ExternalId", external_id, OPTIONAL, "What the role's owner agreed on with the caller."),
    BODY_MEMBER("SerialNumber", serial_number, OPTIONAL, "The caller's MFA device."),
    BODY_MEMBER("TokenCode", token_code, OPTIONAL, "What the MFA device shows."),
    BODY_MEMBER("SourceIdentity", session_name, OPTIONAL, "Who is behind the caller."),
};
STRUCTURE_SHAPE(assume_role_input, assume_role_request);

static const struct api_member assume_role_result[] = {
    BODY_MEMBER("Credentials", credentials, OPTIONAL, "The session's credentials."),
    BODY_MEMBER("AssumedRoleUser", assumed_role_user, OPTIONAL, "Who the session is."),
    BODY_MEMBER("PackedPolicySize", percentage, OPTIONAL, "How much of the room for policies and tags is used."),
    BODY_MEMBER("SourceIdentity", session_name, OPTIONAL, "Who is behind the caller."),
};
STRUCTURE_SHAPE(assume_role_output, assume_role_result);

const struct api_operation api_sts_assume_role = {
    .service = &api_sts,
    .name = "AssumeRole",
    .cli_name = "assume-role",
    .method = "POST",
    .path = "/",
    .input = &assume_role_input,
    .output = &assume_role_output,
    .errors = assume_role_errors,
    .text = "Gives the credentials of a role.",
};

// ------------------------------------------------------------------ AssumeRoleWithWebIdentity

static const struct api_error *const assume_role_with_web_identity_errors[] = {
    &malformed_policy, &packed_policy_too_large, &rejected_claim,  &provider_unreachable,
    &invalid_token,    &expired_token,           &region_disabled, NULL};

static const struct api_member assume_role_with_web_identity_request[] = {
    BODY_MEMBER("RoleArn", arn, REQUIRED, "The role."),
    BODY_MEMBER("RoleSessionName", session_name, REQUIRED, "A name for the session."),
    BODY_MEMBER("WebIdentityToken", web_identity_token, REQUIRED, "What the identity provider issued."),
    BODY_MEMBER("ProviderId", provider_id, OPTIONAL, "The identity provider, when it is an OAuth 2.0 one."),
    BODY_MEMBER("Policy", policy, OPTIONAL, "A policy that narrows what the session may do."),
    BODY_MEMBER("DurationSeconds", duration, OPTIONAL, "How long the session lasts."),
};
STRUCTURE_SHAPE(assume_role_with_web_identity_input, assume_role_with_web_identity_request);

static const struct api_member assume_role_with_web_identity_result[] = {
    BODY_MEMBER("Credentials", credentials, OPTIONAL, "The session's credentials."),
    BODY_MEMBER("SubjectFromWebIdentityToken", web_identity_subject, OPTIONAL, "Whom the token names."),
    BODY_MEMBER("AssumedRoleUser", assumed_role_user, OPTIONAL, "Who the session is."),
    BODY_MEMBER("PackedPolicySize", percentage, OPTIONAL, "How much of the room for policies and tags is used."),
    BODY_MEMBER("Provider", text, OPTIONAL, "Who issued the token."),
    BODY_MEMBER("Audience", text, OPTIONAL, "Whom the token was issued for."),
    BODY_MEMBER("SourceIdentity", session_name, OPTIONAL, "Who is behind the caller."),
};
STRUCTURE_SHAPE(assume_role_with_web_identity_output, assume_role_with_web_identity_result);

const struct api_operation api_sts_assume_role_with_web_identity = {
    .service = &api_sts,
    .name = "AssumeRoleWithWebIdentity",
    .cli_name = "assume-role-with-web-identity",
    .method = "POST",
    .path = "/",
    .input = &assume_role_with_web_identity_input,
    .output = &assume_role_with_web_identity_output,
    .errors = assume_role_with_web_identity_errors,
    .text = "Gives the credentials of a role to whom an identity provider knows. Not signed.",
};
