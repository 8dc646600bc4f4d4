// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/jeton.h"

#include "api/table.h"

static const struct api_pattern id_pattern = {"[A-Za-z0-9_\\-]+", "A-Za-z0-9_-", "A-Za-z0-9_-", "A-Za-z0-9_-"};
static const struct api_pattern solid_pattern = {"\\S+", "\\S", "\\S", "\\S"};
STRING_SHAPE(token_id, 22, 22, &id_pattern, NULL);
STRING_SHAPE(principal, 1, 2048, &solid_pattern, NULL);
PLAIN_SHAPE(text, API_STRING);
PLAIN_SHAPE(truth, API_BOOLEAN);
PLAIN_SHAPE(moment, API_TIMESTAMP);

static const char *const no_members[] = {NULL};
static const struct api_error access_denied = {"AccessDeniedException", 403, no_members};
static const struct api_error not_found = {"ResourceNotFoundException", 404, no_members};
static const struct api_error validation = {"ValidationException", 400, no_members};
static const struct api_error *const revoke_errors[] = {&access_denied, &not_found, &validation, NULL};

static const struct api_member revoke_input_members[] = {
    BODY_MEMBER("tokenId", token_id, OPTIONAL, "The id of one token: its claim jti, never the token itself."),
    BODY_MEMBER("principal", principal, OPTIONAL,
                "Whose tokens: the ARN or the unique id of a user or role, or the ARN of one session of a role."),
    BODY_MEMBER("everyone", truth, OPTIONAL, "True: the tokens of everyone."),
    BODY_MEMBER("issuedBefore", moment, OPTIONAL,
                "Only those that were issued, or whose session began, before that moment; now when left out."),
};
STRUCTURE_SHAPE(revoke_input, revoke_input_members);

static const struct api_member revoke_output_members[] = {
    BODY_MEMBER("kind", text, REQUIRED, "What was revoked: token, principal or all."),
    BODY_MEMBER("subject", text, OPTIONAL, "The token's id, or the principal's unique id."),
    BODY_MEMBER("issuedBefore", moment, OPTIONAL, "What was issued before it is revoked."),
    BODY_MEMBER("ends", moment, REQUIRED, "When nothing of that can be alive any more."),
};
STRUCTURE_SHAPE(revoke_output, revoke_output_members);

static const struct api_operation revoke = {
    .service = &api_jeton,
    .name = "RevokeTokens",
    .method = "POST",
    .path = "/jeton/v1/revoke-tokens",
    .input = &revoke_input,
    .output = &revoke_output,
    .errors = revoke_errors,
    .text = "Ends tokens, and the sessions that they come from, before they expire.",
    .detail = "Exactly one of tokenId, principal and everyone says which.",
};

static const struct api_operation *const operations[] = {&revoke, NULL};

const struct api_service api_jeton = {
    .name = "Jeton",
    .signing_name = "jeton",
    .version = "2026-01-01",
    .protocol = API_REST_JSON,
    .operations = operations,
    .text = "What jetond offers beyond AWS.",
};
