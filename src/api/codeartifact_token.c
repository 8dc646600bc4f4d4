// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CodeArtifact's table: the token. */
#include "api/codeartifact_table.h"

NUMBER_SHAPE(token_duration, API_LONG, 0, 43200);

static const struct api_member get_authorization_token_members[] = {
    DOMAIN("The domain that the token shall open."),
    DOMAIN_OWNER,
    QUERY_MEMBER(
        "durationSeconds", "duration", token_duration, OPTIONAL,
        "How long the token lives: 900 to 43200 seconds, 43200 when left out, 0: as long as the caller's session."),
};
STRUCTURE_SHAPE(get_authorization_token_input, get_authorization_token_members);

static const struct api_member get_authorization_token_result[] = {
    BODY_MEMBER("authorizationToken", codeartifact_text, REQUIRED, "The token."),
    BODY_MEMBER("expiration", codeartifact_timestamp, OPTIONAL, "When it ends."),
};
STRUCTURE_SHAPE(get_authorization_token_output, get_authorization_token_result);

const struct api_operation api_codeartifact_get_authorization_token = {
    .service = &api_codeartifact,
    .name = "GetAuthorizationToken",
    .cli_name = "get-authorization-token",
    .method = "POST",
    .path = "/v1/authorization-token",
    .input = &get_authorization_token_input,
    .output = &get_authorization_token_output,
    .errors = codeartifact_read_errors,
    .text = "Gets a token that opens the repositories of a domain.",
    .detail =
        "Needs codeartifact:GetAuthorizationToken on the domain and sts:GetServiceBearerToken. The token lives on "
        "when the caller's session has ended, unless 0 seconds were asked for. The account's root gets none.",
};
