// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The token of a sign-in to SSO, from the AWS CLI's cache ~/.aws/sso/cache; one of an sso-session is refreshed when
 * it nears its end. Behaviour document, section 9.3; botocore/tokens.py and utils.py.
 */
#ifndef JETON_CLIENT_CREDENTIALS_SSO_TOKEN_H
#define JETON_CLIENT_CREDENTIALS_SSO_TOKEN_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/settings.h"

/** Where one has signed in. */
struct sso_sign_in {
    const char *session; /**< The name of the [sso-session]; NULL: the older form, by the start URL alone. */
    const char *start_url;
    const char *region;
};

/**
 * Gets the access token.
 * @return to be freed by secret_free(); NULL with the error, in the AWS CLI's words.
 */
char *sso_token_get(const struct settings *settings, const struct sso_sign_in *sign_in, struct error *error);

/**
 * Appends the access token as it is cached, whether it has ended or not: it says who has signed in.
 * @param error as sso_token_get().
 */
bool sso_token_peek(const struct settings *settings, const struct sso_sign_in *sign_in, struct buffer *out,
                    struct error *error);

/** "The SSO session associated with this profile has expired or is otherwise invalid. ..." @return false always. */
bool sso_token_refuse(struct error *error);

#endif
