// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/sso_token.h"
#include "api/sign_in.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/credentials/cache.h"
#include "client/credentials/providers.h"
#include "client/credentials/secret_file.h"
#include "client/debug.h"
#include "client/expand.h"
#include "client/transport/transport.h"

#define FOLDER "~/.aws/sso/cache/"
/** What has to be left of a token, or it is refreshed (SSOTokenProvider's _REFRESH_WINDOW). */
#define WINDOW (INT64_C(15) * 60 * TIMESTAMP_SECOND)

/** A token on its way from the cache; token_free() ends it. */
struct token {
    const struct settings *settings;
    const struct sso_sign_in *sign_in;
    struct buffer path;
    json_t *document; /**< Owned. */
    int64_t end;
};

static void token_free(struct token *token)
{
    buffer_free(&token->path);
    json_decref(token->document);
}
#define TOKEN_AUTO __attribute__((cleanup(token_free))) struct token

bool sso_token_refuse(struct error *error)
{
    return error_set(error, ERROR_INTERNAL, NULL,
                     "The SSO session associated with this profile has expired or is otherwise invalid. To refresh "
                     "this SSO session run aws sso login with the corresponding profile.");
}

static bool find_path(struct token *token)
{
    const struct sso_sign_in *sign_in = token->sign_in;
    char name[CREDENTIALS_CACHE_NAME_SIZE];
    credentials_cache_name(slice_of(sign_in->session != NULL ? sign_in->session : sign_in->start_url), name);
    bool placed = expand_home(&token->path, SLICE(FOLDER), token->settings->environment);
    buffer_append_format(&token->path, "%s.json", name);
    return placed;
}

static bool read_end(struct token *token, struct error *error)
{
    struct slice end = json_member_text(token->document, "expiresAt");
    return credentials_read_moment(end, &token->end) ||
           error_set(error, ERROR_INTERNAL, NULL,
                     "The SSO token in %s ends at \"%.*s\", which is no time with a zone; run aws sso login",
                     buffer_text(&token->path), SLICE_ARGS(end));
}

static bool load(struct token *token, struct error *error)
{
    const struct sso_sign_in *sign_in = token->sign_in;
    if (find_path(token) && !secret_file_read(buffer_text(&token->path), "SSO token", &token->document, error))
        return false;
    if (token->document == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "Error loading SSO Token: Token for %s does not exist",
                         sign_in->session != NULL ? sign_in->session : sign_in->start_url);
    if (json_member_text(token->document, "accessToken").data == NULL ||
        json_member_text(token->document, "expiresAt").data == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "Error loading SSO Token: Token for %s is invalid",
                         sign_in->start_url);
    return read_end(token, error);
}

// ------------------------------------------------------------------ refreshing

/** Whether the document has all that a refresh takes, and the client's registration lives. */
static bool can_refresh(const struct token *token)
{
    static const char *const needed[] = {"refreshToken", "clientId", "clientSecret", "registrationExpiresAt"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (json_member_text(token->document, needed[i]).data != NULL)
            continue;
        debug_line(token->settings, "SSO token: not refreshed, since %s has no %s", buffer_text(&token->path),
                   needed[i]);
        return false;
    }
    int64_t end;
    if (credentials_read_moment(json_member_text(token->document, "registrationExpiresAt"), &end) &&
        end > timestamp_now())
        return true;
    debug_line(token->settings, "SSO token: not refreshed, since the client's registration has ended");
    return false;
}

/** The new document, in the AWS CLI's order. A new reference. */
static json_t *renew(const struct token *token, const json_t *answer, int64_t end)
{
    BUFFER_AUTO moment = {0};
    timestamp_format_utc(&moment, end, false);
    json_t *renewed = json_object();
    (void)json_object_set_new(renewed, "startUrl", json_string(token->sign_in->start_url));
    (void)json_object_set_new(renewed, "region", json_string(token->sign_in->region));
    (void)json_object_set(renewed, "accessToken", json_object_get(answer, "accessToken"));
    (void)json_object_set_new(renewed, "expiresAt", json_string(buffer_text(&moment)));
    static const char *const kept[] = {"clientId", "clientSecret", "registrationExpiresAt"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        (void)json_object_set(renewed, kept[i], json_object_get(token->document, kept[i]));
    if (json_member_text(answer, "refreshToken").data != NULL)
        (void)json_object_set(renewed, "refreshToken", json_object_get(answer, "refreshToken"));
    return renewed;
}

static json_t *call_create_token(const struct token *token, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings settings;
    if (!settings_for_service(token->settings, "SSO_OIDC", arena, &settings, error))
        return NULL;
    settings.region = token->sign_in->region;
    settings.sign = false;
    struct transport *transport = transport_new(&settings, api_sso_oidc_create_token.service, NULL, error);
    if (transport == NULL)
        return NULL;
    JSON_AUTO *input = json_pack("{ss, sO, sO, sO}", "grantType", "refresh_token", "clientId",
                                 json_object_get(token->document, "clientId"), "clientSecret",
                                 json_object_get(token->document, "clientSecret"), "refreshToken",
                                 json_object_get(token->document, "refreshToken"));
    json_t *answer = NULL;
    (void)transport_call(transport, &api_sso_oidc_create_token, input, &answer, error);
    transport_free(transport);
    return answer;
}

static bool keep(struct token *token, const json_t *answer, struct error *error)
{
    if (json_member_text(answer, "accessToken").data == NULL || !json_is_integer(json_object_get(answer, "expiresIn")))
        return error_set(error, ERROR_TRANSPORT, NULL, "The answer of CreateToken lacks accessToken or expiresIn");
    int64_t life = json_integer_value(json_object_get(answer, "expiresIn"));
    token->end = timestamp_now() + life * TIMESTAMP_SECOND;
    json_t *renewed = renew(token, answer, token->end);
    json_decref(token->document);
    token->document = renewed;
    ERROR_AUTO reason = {0};
    if (!secret_file_write(buffer_text(&token->path), renewed, &reason))
        debug_line(token->settings, "SSO token: refreshed, but not kept: %s", reason.message);
    else
        debug_line(token->settings, "SSO token: refreshed in %s", buffer_text(&token->path));
    return true;
}

/** A refusal leaves the token as it is, since it may still live; that nobody answers is a failure, as it is there. */
static bool refresh(struct token *token, struct error *error)
{
    if (!can_refresh(token))
        return true;
    ERROR_AUTO refused = {0};
    JSON_AUTO *answer = call_create_token(token, &refused);
    if (answer != NULL)
        return keep(token, answer, error);
    if (refused.class != ERROR_SERVICE)
        return error_move(error, &refused);
    debug_line(token->settings, "SSO token: the refresh was refused: %s", refused.message);
    return true;
}

bool sso_token_peek(const struct settings *settings, const struct sso_sign_in *sign_in, struct buffer *out,
                    struct error *error)
{
    TOKEN_AUTO token = {.settings = settings, .sign_in = sign_in};
    if (!load(&token, error))
        return false;
    buffer_append_slice(out, json_member_text(token.document, "accessToken"));
    return true;
}

char *sso_token_get(const struct settings *settings, const struct sso_sign_in *sign_in, struct error *error)
{
    TOKEN_AUTO token = {.settings = settings, .sign_in = sign_in};
    if (!load(&token, error))
        return NULL;
    bool renewable = sign_in->session != NULL;
    if (renewable && token.end - timestamp_now() < WINDOW && !refresh(&token, error))
        return NULL;
    if (token.end <= timestamp_now()) {
        if (renewable)
            (void)error_set(error, ERROR_INTERNAL, NULL,
                            "Error when retrieving token from sso: Token has expired and refresh failed");
        else
            (void)sso_token_refuse(error);
        return NULL;
    }
    struct slice text = json_member_text(token.document, "accessToken");
    return memory_copy(text.data, text.size);
}
