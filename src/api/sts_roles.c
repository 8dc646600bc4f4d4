// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** STS's operations that give the credentials of a role. */
#include "api/sts_table.h"

STRING_SHAPE(assumed_role_id, 2, 193, NULL, NULL);
STRING_SHAPE(web_identity_token, 4, 20000, NULL, NULL);
STRING_SHAPE(provider_id, 4, 2048, NULL, NULL);
STRING_SHAPE(web_identity_subject, 6, 255, NULL, NULL);
STRING_SHAPE(context_assertion, 4, 2048, NULL, NULL);
NUMBER_SHAPE(duration, API_INTEGER, 900, 43200);
NUMBER_SHAPE(percentage, API_INTEGER, 0, INT32_MAX);

#define WORD "A-Za-z0-9_+=,.@-"
static const struct api_pattern session_name_pattern = {"[\\w+=,.@-]*", WORD, WORD, WORD};
STRING_SHAPE(session_name, 2, 64, &session_name_pattern, NULL);
#define EXTERNAL "A-Za-z0-9_+=:/,.@-"
static const struct api_pattern external_id_pattern = {"[\\w+=,.@:\\/-]*", EXTERNAL, EXTERNAL, EXTERNAL};
STRING_SHAPE(external_id, 2, 1224, &external_id_pattern, NULL);

STRING_SHAPE(policy, 1, 2048, NULL, NULL);
static const struct api_member policy_descriptor_members[] = {
    BODY_MEMBER("arn", api_sts_arn, OPTIONAL, "The managed policy's ARN."),
};
STRUCTURE_SHAPE(policy_descriptor, policy_descriptor_members);
LIST_SHAPE(policy_descriptors, policy_descriptor, -1);

#define TAG_TEXT "\\p{L}\\p{Z}\\p{N}_.:/=+\\-@"
#define TAG_CLASS "\\p{L}\\p{Z}\\p{N}_.:/=+@-"
static const struct api_pattern tag_key_pattern = {"[" TAG_TEXT "]+", TAG_CLASS, TAG_CLASS, TAG_CLASS};
static const struct api_pattern tag_value_pattern = {"[" TAG_TEXT "]*", TAG_CLASS, TAG_CLASS, TAG_CLASS};
STRING_SHAPE(tag_key, 1, 128, &tag_key_pattern, NULL);
STRING_SHAPE(tag_value, 0, 256, &tag_value_pattern, NULL);
static const struct api_member tag_members[] = {
    BODY_MEMBER("Key", tag_key, REQUIRED, "The tag's key."),
    BODY_MEMBER("Value", tag_value, REQUIRED, "The tag's value."),
};
STRUCTURE_SHAPE(tag, tag_members);
LIST_SHAPE(tags, tag, 50);
LIST_SHAPE(tag_keys, tag_key, 50);

static const struct api_member provided_context_members[] = {
    BODY_MEMBER("ProviderArn", api_sts_arn, OPTIONAL, "Who vouches for the context."),
    BODY_MEMBER("ContextAssertion", context_assertion, OPTIONAL, "The context, signed by the provider."),
};
STRUCTURE_SHAPE(provided_context, provided_context_members);
LIST_SHAPE(provided_contexts, provided_context, 5);

static const struct api_error malformed_policy = {"MalformedPolicyDocument", 400, api_sts_no_members};
static const struct api_error packed_policy_too_large = {"PackedPolicyTooLarge", 400, api_sts_no_members};
static const struct api_error expired_token = {"ExpiredTokenException", 400, api_sts_no_members};
static const struct api_error rejected_claim = {"IDPRejectedClaim", 403, api_sts_no_members};
static const struct api_error provider_unreachable = {"IDPCommunicationError", 400, api_sts_no_members};
static const struct api_error invalid_token = {"InvalidIdentityToken", 400, api_sts_no_members};

static const struct api_member assumed_role_user_members[] = {
    BODY_MEMBER("AssumedRoleId", assumed_role_id, REQUIRED, "The role's unique id and the session's name."),
    BODY_MEMBER("Arn", api_sts_arn, REQUIRED, "The session's ARN."),
};
STRUCTURE_SHAPE(assumed_role_user, assumed_role_user_members);

// ------------------------------------------------------------------ AssumeRole

static const struct api_error *const assume_role_errors[] = {&malformed_policy, &packed_policy_too_large,
                                                             &api_sts_region_disabled, &expired_token, NULL};

static const struct api_member assume_role_request[] = {
    BODY_MEMBER("RoleArn", api_sts_arn, REQUIRED, "The role."),
    BODY_MEMBER("RoleSessionName", session_name, REQUIRED, "A name for the session."),
    BODY_MEMBER("PolicyArns", policy_descriptors, OPTIONAL, "Managed policies that narrow what the session may do."),
    BODY_MEMBER("Policy", policy, OPTIONAL, "A policy that narrows what the session may do."),
    BODY_MEMBER("DurationSeconds", duration, OPTIONAL, "How long the session lasts."),
    BODY_MEMBER("Tags", tags, OPTIONAL, "Tags of the session."),
    BODY_MEMBER("TransitiveTagKeys", tag_keys, OPTIONAL, "Which tags pass on to the sessions that this one makes."),
    BODY_MEMBER("ExternalId", external_id, OPTIONAL, "What the role's owner agreed on with the caller."),
    BODY_MEMBER("SerialNumber", api_sts_serial_number, OPTIONAL, "The caller's MFA device."),
    BODY_MEMBER("TokenCode", api_sts_token_code, OPTIONAL, "What the MFA device shows."),
    BODY_MEMBER("SourceIdentity", session_name, OPTIONAL, "Who is behind the caller."),
    BODY_MEMBER("ProvidedContexts", provided_contexts, OPTIONAL, "What trusted providers say about the caller."),
};
STRUCTURE_SHAPE(assume_role_input, assume_role_request);

static const struct api_member assume_role_result[] = {
    BODY_MEMBER("Credentials", api_sts_credentials, OPTIONAL, "The session's credentials."),
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
    .detail = "The role's trust policy must name the caller. The session lasts an hour unless the duration says "
              "otherwise.",
};

// ------------------------------------------------------------------ AssumeRoleWithWebIdentity

static const struct api_error *const assume_role_with_web_identity_errors[] = {
    &malformed_policy, &packed_policy_too_large, &rejected_claim,          &provider_unreachable,
    &invalid_token,    &expired_token,           &api_sts_region_disabled, NULL};

static const struct api_member assume_role_with_web_identity_request[] = {
    BODY_MEMBER("RoleArn", api_sts_arn, REQUIRED, "The role."),
    BODY_MEMBER("RoleSessionName", session_name, REQUIRED, "A name for the session."),
    BODY_MEMBER("WebIdentityToken", web_identity_token, REQUIRED, "What the identity provider issued."),
    BODY_MEMBER("ProviderId", provider_id, OPTIONAL, "The identity provider, when it is an OAuth 2.0 one."),
    BODY_MEMBER("PolicyArns", policy_descriptors, OPTIONAL, "Managed policies that narrow what the session may do."),
    BODY_MEMBER("Policy", policy, OPTIONAL, "A policy that narrows what the session may do."),
    BODY_MEMBER("DurationSeconds", duration, OPTIONAL, "How long the session lasts."),
};
STRUCTURE_SHAPE(assume_role_with_web_identity_input, assume_role_with_web_identity_request);

static const struct api_member assume_role_with_web_identity_result[] = {
    BODY_MEMBER("Credentials", api_sts_credentials, OPTIONAL, "The session's credentials."),
    BODY_MEMBER("SubjectFromWebIdentityToken", web_identity_subject, OPTIONAL, "Whom the token names."),
    BODY_MEMBER("AssumedRoleUser", assumed_role_user, OPTIONAL, "Who the session is."),
    BODY_MEMBER("PackedPolicySize", percentage, OPTIONAL, "How much of the room for policies and tags is used."),
    BODY_MEMBER("Provider", api_sts_text, OPTIONAL, "Who issued the token."),
    BODY_MEMBER("Audience", api_sts_text, OPTIONAL, "Whom the token was issued for."),
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
    .anonymous = true,
    .text = "Gives the credentials of a role to whom an identity provider knows.",
    .detail = "The request needs no credentials: the token says who asks. The role's trust policy must name the "
              "identity provider. The session lasts an hour unless the duration says otherwise.",
};
