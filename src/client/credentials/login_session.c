// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/login_session.h"
#include "api/sign_in.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/credentials/dpop.h"
#include "client/credentials/providers.h"
#include "client/credentials/secret_file.h"
#include "client/debug.h"
#include "client/expand.h"
#include "client/transport/attempt.h"
#include "client/transport/endpoint.h"
#include "client/transport/transport.h"

#define FOLDER "~/.aws/login/cache"

void login_session_free(struct login_session *session)
{
    buffer_free(&session->path);
    json_decref(session->document);
    *session = (struct login_session){0};
}

// ------------------------------------------------------------------ reading

static bool find_path(const struct settings *settings, struct login_session *session)
{
    const char *folder = settings->environment("AWS_LOGIN_CACHE_DIRECTORY");
    char name[DIGEST_HEX_SIZE];
    digest_sha256_hex(slice_of(session->name), name);
    bool given = folder != NULL && *folder != '\0';
    bool placed = expand_home(&session->path, given ? slice_of(folder) : SLICE(FOLDER), settings->environment);
    buffer_append_format(&session->path, "/%s.json", name);
    return placed;
}

static bool is_complete(const json_t *document)
{
    static const char *const of_session[] = {"refreshToken", "clientId", "dpopKey"};
    static const char *const of_token[] = {"accessKeyId", "secretAccessKey", "sessionToken", "accountId", "expiresAt"};
    const json_t *token = json_object_get(document, "accessToken");
    for (size_t i = 0; i < sizeof of_session / sizeof *of_session; i++)
        if (json_member_text(document, of_session[i]).size == 0)
            return false;
    for (size_t i = 0; i < sizeof of_token / sizeof *of_token; i++)
        if (json_member_text(token, of_token[i]).size == 0)
            return false;
    return true;
}

bool login_session_read(const struct settings *settings, struct login_session *out, struct error *error)
{
    if (find_path(settings, out) && !secret_file_read(buffer_text(&out->path), "login session", &out->document, error))
        return false;
    if (out->document == NULL)
        return error_set(error, ERROR_INTERNAL, NULL,
                         "Error loading login session token: Unable to load a existing login session for session %s, "
                         "Please reauthenticate with 'aws login'.",
                         out->name);
    const json_t *token = json_object_get(out->document, "accessToken");
    if (is_complete(out->document) && credentials_read_moment(json_member_text(token, "expiresAt"), &out->end))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Error loading login session token: Failed to load access token from token cache, missing one or "
                     "more required fields.");
}

// ------------------------------------------------------------------ refreshing

/** Words for the refusals that the sign-in service tells apart. */
static const struct {
    const char *reason;
    const char *words;
} refusals[] = {
    {"TOKEN_EXPIRED", "Your session has expired. Please reauthenticate using 'aws login'."},
    {"USER_CREDENTIALS_CHANGED", "Unable to refresh login credentials because of a change in your password. Please "
                                 "reauthenticate with your new password using 'aws login'."},
    {"INSUFFICIENT_PERMISSIONS", "Unable to refresh login credentials due to insufficient permissions. You may be "
                                 "missing permission for the 'signin:CreateOAuth2Token' action."},
};

static bool explain(struct error *refused, struct error *error)
{
    const char *reason = json_string_value(json_object_get(refused->details, "error"));
    for (size_t i = 0; reason != NULL && i < sizeof refusals / sizeof *refusals; i++)
        if (slice_is(slice_of(reason), refusals[i].reason))
            return error_set(error, ERROR_INTERNAL, NULL, "%s", refusals[i].words);
    return error_move(error, refused);
}

static bool prove(const struct settings *settings, const json_t *document, json_t *input, struct error *error)
{
    const struct api_operation *operation = &api_signin_create_oauth2_token;
    ARENA_AUTO *arena = arena_new();
    struct endpoint endpoint;
    BUFFER_AUTO path = {0};
    BUFFER_AUTO proof = {0};
    char id[ATTEMPT_ID_SIZE];
    if (!endpoint_resolve(settings, operation->service->signing_name, arena, &endpoint, error))
        return false;
    endpoint_write_path(&endpoint, operation->path, &path);
    attempt_name(id);
    const struct dpop dpop = {
        .key = json_member_text(document, "dpopKey"),
        .method = operation->method,
        .url = arena_format(arena, "%s://%s%s", endpoint.https ? "https" : "http", endpoint.host, buffer_text(&path)),
        .id = id,
        .now = timestamp_now()};
    if (!dpop_write(&proof, &dpop, error))
        return error_prefix(error, "Error loading login session token");
    (void)json_object_set_new(input, "dpop", json_string(buffer_text(&proof)));
    return true;
}

static json_t *call_sign_in(const struct settings *settings, const json_t *document, struct error *error)
{
    JSON_AUTO *input = json_pack("{sO, sO, ss}", "clientId", json_object_get(document, "clientId"), "refreshToken",
                                 json_object_get(document, "refreshToken"), "grantType", "refresh_token");
    ERROR_AUTO refused = {0};
    json_t *answer = NULL;
    if (!prove(settings, document, input, error))
        return NULL;
    struct transport *transport = transport_new(settings, api_signin_create_oauth2_token.service, NULL, error);
    if (transport == NULL)
        return NULL;
    if (!transport_call(transport, &api_signin_create_oauth2_token, input, &answer, &refused))
        (void)explain(&refused, error);
    transport_free(transport);
    return answer;
}

/** Puts the answer into the document; what else is there stays. */
static bool renew(struct login_session *session, const json_t *answer, struct error *error)
{
    static const char *const renewed[] = {"accessKeyId", "secretAccessKey", "sessionToken"};
    const json_t *given = json_object_get(answer, "accessToken");
    json_t *token = json_object_get(session->document, "accessToken");
    bool whole =
        json_member_text(answer, "refreshToken").size > 0 && json_is_integer(json_object_get(answer, "expiresIn"));
    for (size_t i = 0; i < sizeof renewed / sizeof *renewed; i++)
        whole = whole && json_member_text(given, renewed[i]).size > 0;
    if (!whole)
        return error_set(error, ERROR_TRANSPORT, NULL,
                         "The answer of CreateOAuth2Token lacks credentials, expiresIn or refreshToken");
    for (size_t i = 0; i < sizeof renewed / sizeof *renewed; i++)
        (void)json_object_set(token, renewed[i], json_object_get(given, renewed[i]));
    session->end = timestamp_now() + json_integer_value(json_object_get(answer, "expiresIn")) * TIMESTAMP_SECOND;
    BUFFER_AUTO moment = {0};
    timestamp_format_utc(&moment, session->end, false);
    (void)json_object_set_new(token, "expiresAt", json_string(buffer_text(&moment)));
    (void)json_object_set(session->document, "refreshToken", json_object_get(answer, "refreshToken"));
    return true;
}

bool login_session_refresh(const struct settings *settings, struct login_session *session, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings of_service;
    if (!settings_for_service(settings, "SIGNIN", arena, &of_service, error))
        return false;
    of_service.sign = false;
    JSON_AUTO *answer = call_sign_in(&of_service, session->document, error);
    if (answer == NULL || !renew(session, answer, error))
        return false;
    ERROR_AUTO reason = {0};
    if (!secret_file_write(buffer_text(&session->path), session->document, &reason))
        debug_line(settings, "login session: refreshed, but not kept: %s", reason.message);
    else
        debug_line(settings, "login session: refreshed in %s", buffer_text(&session->path));
    return true;
}
