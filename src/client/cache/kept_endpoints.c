// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/kept_endpoints.h"
#include "client/cache/token_folder.h"
#include "client/debug.h"

/** More of them are started anew: a file has its bounds. */
#define MOST 100

const char *kept_endpoints_question(const char *repository, const char *format, const char *type, struct arena *arena)
{
    // What the service has answered has no blank in its format or type.
    return arena_format(arena, "%s %s %s", format, type != NULL ? type : "-", repository);
}

bool kept_endpoints_find(const struct live_token *token, const char *question, const char **url)
{
    const json_t *answer = json_object_get(token->endpoints, question);
    *url = json_string_value(answer);
    return answer != NULL;
}

void kept_endpoints_note(struct live_token *token, const char *question, const char *url)
{
    if (token->endpoints == NULL)
        token->endpoints = json_object();
    if (json_object_size(token->endpoints) >= MOST)
        (void)json_object_clear(token->endpoints);
    (void)json_object_set_new(token->endpoints, question, url != NULL ? json_string(url) : json_null());
}

/** Under the lock, so that nobody's renewal is undone; who renews now has no need of what the old token knew. */
static bool write_to(const struct private_folder *folder, const struct live_token *token, struct error *error)
{
    DESCRIPTOR_AUTO lock = -1;
    CACHED_TOKEN_AUTO cached = {0};
    struct token_name name;
    memcpy(name.text, token->name, sizeof name.text);
    if (!token_folder_try_lock(folder, &name, &lock, error))
        return false;
    if (lock < 0 || token_folder_read(folder, &name, &cached, error) != FILE_READ)
        return error_set(error, ERROR_CONFIGURATION, NULL, "the token is being renewed, or is not there any more");
    cached.endpoints = token->endpoints;
    return token_folder_write(folder, &name, &cached, error);
}

void kept_endpoints_write(const struct settings *settings, const struct live_token *token)
{
    PRIVATE_FOLDER_AUTO folder = PRIVATE_FOLDER_NONE;
    BUFFER_AUTO path = {0};
    ERROR_AUTO reason = {0};
    if (token->name[0] == '\0' || !token_folder_locate(settings->environment, &path))
        return;
    if (private_folder_open(buffer_text(&path), &folder, &reason) == FILE_ABSENT)
        return;
    if (folder.descriptor < 0 || !write_to(&folder, token, &reason))
        debug_line(settings, "token cache: endpoints are not kept: %s", reason.message);
}
