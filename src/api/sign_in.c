// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The public service models of SSO (2019-06-10), SSO OIDC (2019-06-10) and Signin (2023-01-01), in our own words. */
#include "api/sign_in.h"
#include "api/table.h"

PLAIN_SHAPE(text, API_STRING);
PLAIN_SHAPE(integer, API_INTEGER);
PLAIN_SHAPE(number, API_LONG);

static const char *const no_members[] = {NULL};

#define ERROR(id, code_, status_) static const struct api_error id = {(code_), (status_), no_members}

// ------------------------------------------------------------------ the SSO portal

ERROR(invalid_request, "InvalidRequestException", 400);
ERROR(no_such_resource, "ResourceNotFoundException", 404);
ERROR(too_many_requests, "TooManyRequestsException", 429);
ERROR(unauthorized, "UnauthorizedException", 401);

static const struct api_error *const portal_errors[] = {&invalid_request, &no_such_resource, &too_many_requests,
                                                        &unauthorized, NULL};

static const struct api_member get_role_credentials_members[] = {
    QUERY_MEMBER("roleName", "role_name", text, REQUIRED, "The role in the account."),
    QUERY_MEMBER("accountId", "account_id", text, REQUIRED, "The account."),
    HEADER_MEMBER("accessToken", "x-amz-sso_bearer_token", text, REQUIRED, "The token of the sign-in."),
};
STRUCTURE_SHAPE(get_role_credentials_input, get_role_credentials_members);

static const struct api_member role_credentials_members[] = {
    BODY_MEMBER("accessKeyId", text, OPTIONAL, "The access key id."),
    BODY_MEMBER("secretAccessKey", text, OPTIONAL, "The secret key."),
    BODY_MEMBER("sessionToken", text, OPTIONAL, "The session token."),
    BODY_MEMBER("expiration", number, OPTIONAL, "Their end, in milliseconds since 1970."),
};
STRUCTURE_SHAPE(role_credentials, role_credentials_members);

static const struct api_member get_role_credentials_result[] = {
    BODY_MEMBER("roleCredentials", role_credentials, OPTIONAL, "The role's credentials."),
};
STRUCTURE_SHAPE(get_role_credentials_output, get_role_credentials_result);

static const struct api_service api_sso;

const struct api_operation api_sso_get_role_credentials = {
    .service = &api_sso,
    .name = "GetRoleCredentials",
    .cli_name = "get-role-credentials",
    .method = "GET",
    .path = "/federation/credentials",
    .input = &get_role_credentials_input,
    .output = &get_role_credentials_output,
    .errors = portal_errors,
    .text = "Gives a role's credentials to who has signed in.",
};

static const struct api_operation *const sso_operations[] = {&api_sso_get_role_credentials, NULL};

static const struct api_service api_sso = {
    .name = "SSO",
    .cli_name = "sso",
    .signing_name = "awsssoportal",
    .endpoint_prefix = "portal.sso",
    .version = "2019-06-10",
    .protocol = API_REST_JSON,
    .operations = sso_operations,
    .text = "The portal of IAM Identity Center.",
};

// ------------------------------------------------------------------ SSO's OpenID Connect

ERROR(access_denied, "AccessDeniedException", 400);
ERROR(expired_token, "ExpiredTokenException", 400);
ERROR(internal_server, "InternalServerException", 500);
ERROR(invalid_client, "InvalidClientException", 401);
ERROR(invalid_grant, "InvalidGrantException", 400);
ERROR(unauthorized_client, "UnauthorizedClientException", 400);
ERROR(unsupported_grant_type, "UnsupportedGrantTypeException", 400);

static const struct api_error *const create_token_errors[] = {
    &access_denied,       &expired_token,          &internal_server,
    &invalid_client,      &invalid_grant,          &invalid_request,
    &unauthorized_client, &unsupported_grant_type, NULL};

static const struct api_member create_token_members[] = {
    BODY_MEMBER("clientId", text, REQUIRED, "The registered client."),
    BODY_MEMBER("clientSecret", text, REQUIRED, "Its secret."),
    BODY_MEMBER("grantType", text, REQUIRED, "What the token is asked with: refresh_token."),
    BODY_MEMBER("refreshToken", text, OPTIONAL, "The token to refresh with."),
};
STRUCTURE_SHAPE(create_token_input, create_token_members);

static const struct api_member create_token_result[] = {
    BODY_MEMBER("accessToken", text, OPTIONAL, "The new token."),
    BODY_MEMBER("tokenType", text, OPTIONAL, "Bearer."),
    BODY_MEMBER("expiresIn", integer, OPTIONAL, "Its life in seconds."),
    BODY_MEMBER("refreshToken", text, OPTIONAL, "What to refresh with next time."),
    BODY_MEMBER("idToken", text, OPTIONAL, "Not used."),
};
STRUCTURE_SHAPE(create_token_output, create_token_result);

static const struct api_service api_sso_oidc;

const struct api_operation api_sso_oidc_create_token = {
    .service = &api_sso_oidc,
    .name = "CreateToken",
    .cli_name = "create-token",
    .method = "POST",
    .path = "/token",
    .input = &create_token_input,
    .output = &create_token_output,
    .errors = create_token_errors,
    .text = "Refreshes the token of a sign-in.",
};

static const struct api_operation *const sso_oidc_operations[] = {&api_sso_oidc_create_token, NULL};

static const struct api_service api_sso_oidc = {
    .name = "SSO OIDC",
    .cli_name = "sso-oidc",
    .signing_name = "sso-oauth",
    .endpoint_prefix = "oidc",
    .version = "2019-06-10",
    .protocol = API_REST_JSON,
    .operations = sso_oidc_operations,
    .text = "The tokens of IAM Identity Center.",
};

// ------------------------------------------------------------------ sign-in

static const char *const reason_member[] = {"error", NULL};
static const struct api_error signin_denied = {"AccessDeniedException", 400, reason_member};

static const struct api_error *const signin_errors[] = {&signin_denied, &internal_server, &too_many_requests, NULL};

static const struct api_member create_oauth2_token_members[] = {
    BODY_MEMBER("clientId", text, REQUIRED, "The client that signed in."),
    BODY_MEMBER("grantType", text, REQUIRED, "What the token is asked with: refresh_token."),
    BODY_MEMBER("refreshToken", text, OPTIONAL, "The token to refresh with."),
    HEADER_MEMBER("dpop", "DPoP", text, OPTIONAL, "The proof that the caller holds the session's key (RFC 9449)."),
};
STRUCTURE_SHAPE(create_oauth2_token_input, create_oauth2_token_members);

static const struct api_member access_token_members[] = {
    BODY_MEMBER("accessKeyId", text, OPTIONAL, "The access key id."),
    BODY_MEMBER("secretAccessKey", text, OPTIONAL, "The secret key."),
    BODY_MEMBER("sessionToken", text, OPTIONAL, "The session token."),
};
STRUCTURE_SHAPE(access_token, access_token_members);

static const struct api_member create_oauth2_token_result[] = {
    BODY_MEMBER("accessToken", access_token, OPTIONAL, "The new credentials."),
    BODY_MEMBER("tokenType", text, OPTIONAL, "aws_sigv4."),
    BODY_MEMBER("expiresIn", integer, OPTIONAL, "Their life in seconds."),
    BODY_MEMBER("refreshToken", text, OPTIONAL, "What to refresh with next time."),
    BODY_MEMBER("idToken", text, OPTIONAL, "Not used."),
};
STRUCTURE_SHAPE(create_oauth2_token_output, create_oauth2_token_result);

static const struct api_service api_signin;

const struct api_operation api_signin_create_oauth2_token = {
    .service = &api_signin,
    .name = "CreateOAuth2Token",
    .cli_name = "create-oauth2-token",
    .method = "POST",
    .path = "/v1/token",
    .input = &create_oauth2_token_input,
    .output = &create_oauth2_token_output,
    .errors = signin_errors,
    .text = "Refreshes the credentials of a sign-in.",
};

static const struct api_operation *const signin_operations[] = {&api_signin_create_oauth2_token, NULL};

static const struct api_service api_signin = {
    .name = "Signin",
    .cli_name = "signin",
    .signing_name = "signin",
    .version = "2023-01-01",
    .protocol = API_REST_JSON,
    .operations = signin_operations,
    .text = "The sign-in of the AWS console.",
};
