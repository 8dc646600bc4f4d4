// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CodeArtifact's table: the token. */
#include "api/codeartifact_table.h"

NUMBER_SHAPE(token_duration, API_LONG, 0, 43200);

#define TOKEN_MEMBERS                                                                                                  \
    DOMAIN("The domain that the token shall open."), DOMAIN_OWNER,                                                     \
        QUERY_MEMBER("durationSeconds", "duration", token_duration, OPTIONAL,                                          \
                     "How long the token lives: 900 to 43200 seconds, 43200 when left out, 0: as long as the "         \
                     "caller's session.")
#define TOKEN_RESULT                                                                                                   \
    BODY_MEMBER("authorizationToken", codeartifact_text, REQUIRED, "The token."),                                      \
        BODY_MEMBER("expiration", codeartifact_timestamp, OPTIONAL, "When it ends.")

static const struct api_member get_authorization_token_members[] = {TOKEN_MEMBERS};
STRUCTURE_SHAPE(get_authorization_token_input, get_authorization_token_members);

static const struct api_member get_authorization_token_result[] = {TOKEN_RESULT};
STRUCTURE_SHAPE(get_authorization_token_output, get_authorization_token_result);

// AWS ignores a header that it does not know, so the answer must say the scope: without it, the token is not narrowed,
// and the client refuses it.
static const struct api_member scoped_token_members[] = {
    TOKEN_MEMBERS,
    HEADER_MEMBER("scope", API_SCOPE_HEADER, codeartifact_text, OPTIONAL,
                  "What the token is narrowed to: read, repository:NAME,NAME, both, or policy:JSON. Only jetond."),
};
STRUCTURE_SHAPE(scoped_token_input, scoped_token_members);

static const struct api_member scoped_token_result[] = {
    TOKEN_RESULT,
    BODY_MEMBER("scope", codeartifact_text, REQUIRED, "What the token is narrowed to, when that was asked for."),
};
STRUCTURE_SHAPE(scoped_token_output, scoped_token_result);

#define TOKEN_OPERATION                                                                                                \
    .service = &api_codeartifact, .name = "GetAuthorizationToken", .cli_name = "get-authorization-token",              \
    .method = "POST", .path = "/v1/authorization-token", .errors = codeartifact_read_errors,                           \
    .text = "Gets a token that opens the repositories of a domain.",                                                   \
    .detail = "Needs codeartifact:GetAuthorizationToken on the domain and sts:GetServiceBearerToken. The token lives " \
              "on when the caller's session has ended, unless 0 seconds were asked for. The account's root gets none."

static const struct api_operation scoped_token = {
    TOKEN_OPERATION,
    .input = &scoped_token_input,
    .output = &scoped_token_output,
    .is_cached = true,
};

const struct api_operation api_codeartifact_get_authorization_token = {
    TOKEN_OPERATION,
    .input = &get_authorization_token_input,
    .output = &get_authorization_token_output,
    .wider = &scoped_token,
};
