// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/text.h"
#include "client/credentials/identity.h"
#include "client/credentials/role_call.h"
#include "client/credentials/token_file.h"

/** What the role is assumed with. */
struct web_identity {
    const struct settings *settings;
    const char *token_file;
    struct role role;
};

/** The variable, even when it is empty, before the profile's key. */
static const char *look_up(const struct credentials_search *search, const char *variable, const char *key)
{
    const char *value = search->use_environment ? search->settings->environment(variable) : NULL;
    return value != NULL ? value : profile_get(search->settings->profiles, search->profile, key);
}

/** The AWS CLI reads the file as text, in which every kind of line end is a line feed; the last one is sent too. */
static json_t *token_of(const struct buffer *content)
{
    BUFFER_AUTO token = {0};
    for (size_t i = 0; i < content->size; i++) {
        bool carriage = content->data[i] == '\r';
        buffer_append_char(&token, carriage ? '\n' : content->data[i]);
        if (carriage && i + 1 < content->size && content->data[i + 1] == '\n')
            i++;
    }
    return json_stringn(buffer_text(&token), token.size);
}

static json_t *read_token(const char *path, struct error *error)
{
    BUFFER_AUTO content = {0};
    if (!token_file_read(path, &content, error))
        return NULL;
    json_t *token = token_of(&content);
    if (token == NULL)
        (void)error_set(error, ERROR_INTERNAL, NULL, "The web identity token in %s is not UTF-8", path);
    return token;
}

static json_t *fetch(void *context, struct error *error)
{
    const struct web_identity *identity = context;
    json_t *token = read_token(identity->token_file, error);
    if (token == NULL)
        return NULL;
    JSON_AUTO *input = role_call_input(&identity->role);
    (void)json_object_set_new(input, "WebIdentityToken", token);
    return role_call(identity->settings, NULL, &api_sts_assume_role_with_web_identity, input, error);
}

static enum credentials_result configure(const struct credentials_search *search, struct web_identity *out,
                                         struct error *error)
{
    *out =
        (struct web_identity){.settings = search->settings,
                              .token_file = look_up(search, "AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file"),
                              .role = {.profile = search->profile,
                                       .arn = look_up(search, "AWS_ROLE_ARN", "role_arn"),
                                       .session_name = look_up(search, "AWS_ROLE_SESSION_NAME", "role_session_name")}};
    if (out->token_file == NULL || *out->token_file == '\0')
        return CREDENTIALS_NONE;
    if (out->role.arn == NULL || *out->role.arn == '\0') {
        (void)error_set(error, ERROR_INTERNAL, NULL,
                        "The provided profile or the current environment is configured to assume role with web "
                        "identity but has no role ARN configured. Ensure that the profile has the "
                        "role_arnconfiguration set or the AWS_ROLE_ARN env var is set.");
        return CREDENTIALS_FAILED;
    }
    return CREDENTIALS_FOUND;
}

static enum credentials_result identify(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error)
{
    struct web_identity configured;
    BUFFER_AUTO token = {0};
    enum credentials_result result = configure(search, &configured, error);
    if (result != CREDENTIALS_FOUND)
        return result;
    if (!token_file_read(configured.token_file, &token, error))
        return CREDENTIALS_FAILED;
    role_call_identify(&configured.role, provider->name, identity);
    identity_write_bearer(identity, "token", buffer_slice(&token));
    return CREDENTIALS_FOUND;
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)provider;
    struct web_identity identity;
    enum credentials_result result = configure(search, &identity, error);
    if (result != CREDENTIALS_FOUND || search->deferring)
        return result;
    if (!credentials_may_fetch(search, error))
        return CREDENTIALS_FAILED;
    char name[CREDENTIALS_CACHE_NAME_SIZE];
    role_call_cache_name(&identity.role, name);
    // As the source of a role they are not cached: the role itself is.
    bool cached = search->visited == NULL;
    bool found = credentials_cached(search->settings, cached ? name : NULL, fetch, &identity, out, error);
    return found ? CREDENTIALS_FOUND : CREDENTIALS_FAILED;
}

const struct credentials_provider credentials_web_identity = {
    .name = "assume-role-with-web-identity",
    .lacks = "neither AWS_WEB_IDENTITY_TOKEN_FILE nor web_identity_token_file of the profile says where a token is",
    .find = find,
    .identify = identify};
