// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The services that only the client calls, on its way to credentials: the SSO portal, SSO's OpenID Connect, and
 * sign-in. They are no commands and jetond does not offer them, so api_services does not name them.
 */
#ifndef JETON_API_SIGN_IN_H
#define JETON_API_SIGN_IN_H

#include "api/api.h"

/** GetRoleCredentials: roleName, accountId, accessToken. */
extern const struct api_operation api_sso_get_role_credentials;
/** CreateToken: grantType, clientId, clientSecret, refreshToken. */
extern const struct api_operation api_sso_oidc_create_token;
/** CreateOAuth2Token: clientId, refreshToken, grantType, and the proof of possession (RFC 9449) in `dpop`. */
extern const struct api_operation api_signin_create_oauth2_token;

#endif
