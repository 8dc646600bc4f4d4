// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/credentials/identity.h"
#include "client/credentials/login_session.h"
#include "client/credentials/providers.h"
#include "client/debug.h"

/** What has to be left of a session's credentials, or they are refreshed. They live for 15 minutes. */
#define WINDOW (INT64_C(5) * 60 * TIMESTAMP_SECOND)

/** Refreshes what nears its end; a failure counts only once it has ended. */
static bool freshen(const struct settings *settings, struct login_session *session, struct error *error)
{
    ERROR_AUTO failure = {0};
    if (session->end - timestamp_now() >= WINDOW || login_session_refresh(settings, session, &failure))
        return true;
    if (session->end <= timestamp_now())
        return error_move(error, &failure);
    debug_line(settings, "login session: not refreshed: %s", failure.message);
    return true;
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)provider;
    const char *name = profile_get(search->settings->profiles, search->profile, "login_session");
    LOGIN_SESSION_AUTO session = {.name = name};
    if (name == NULL)
        return CREDENTIALS_NONE;
    if (!login_session_read(search->settings, &session, error))
        return CREDENTIALS_FAILED;
    if (search->deferring)
        return CREDENTIALS_FOUND;
    if (!credentials_may_fetch(search, error))
        return CREDENTIALS_FAILED;
    if (!freshen(search->settings, &session, error))
        return CREDENTIALS_FAILED;
    const json_t *token = json_object_get(session.document, "accessToken");
    struct slice account = json_member_text(token, "accountId");
    credentials_set(out, json_string_value(json_object_get(token, "accessKeyId")),
                    json_string_value(json_object_get(token, "secretAccessKey")),
                    json_string_value(json_object_get(token, "sessionToken")));
    out->account_id = memory_copy(account.data, account.size);
    out->expiration = session.end;
    return CREDENTIALS_FOUND;
}

/** The session has the user's ARN for its name; a new sign-in, or a refresh, has new keys. */
static enum credentials_result identify(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error)
{
    const char *name = profile_get(search->settings->profiles, search->profile, "login_session");
    LOGIN_SESSION_AUTO session = {.name = name};
    if (name == NULL)
        return CREDENTIALS_NONE;
    if (!login_session_read(search->settings, &session, error))
        return CREDENTIALS_FAILED;
    identity_write(identity, provider->name, name);
    identity_write_slice(identity, "access key id",
                         json_member_text(json_object_get(session.document, "accessToken"), "accessKeyId"));
    return CREDENTIALS_FOUND;
}

const struct credentials_provider credentials_login = {
    .name = "login", .lacks = "the profile has no login_session", .find = find, .identify = identify};
