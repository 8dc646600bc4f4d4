// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The session of `aws login`, from the AWS CLI's cache ~/.aws/login/cache (AWS_LOGIN_CACHE_DIRECTORY), and its refresh.
 * Behaviour document, section 9.4.
 */
#ifndef JETON_CLIENT_CREDENTIALS_LOGIN_SESSION_H
#define JETON_CLIENT_CREDENTIALS_LOGIN_SESSION_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/settings.h"

#include <jansson.h>
#include <stdint.h>

/** A session as it is cached; login_session_free() ends it. All zero is empty. */
struct login_session {
    const char *name; /**< The ARN in the profile, borrowed. */
    struct buffer path;
    json_t *document; /**< Owned. */
    int64_t end;      /**< Of the access token. */
};

/**
 * Reads the cached session.
 * @param out   its name is set.
 * @param error in the AWS CLI's words.
 */
bool login_session_read(const struct settings *settings, struct login_session *out, struct error *error);

/**
 * Has the session's credentials renewed by the sign-in service, and keeps them.
 * @param error in the AWS CLI's words: the session has expired, the password was changed, ...
 */
bool login_session_refresh(const struct settings *settings, struct login_session *session, struct error *error);

/** Wipes and frees what it owns, and makes it empty again. */
void login_session_free(struct login_session *session);
#define LOGIN_SESSION_AUTO __attribute__((cleanup(login_session_free))) struct login_session

#endif
