// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/live_token.h"
#include "base/memory.h"
#include "base/secret.h"
#include "client/cache/ask.h"
#include "client/credentials/instance.h"

static bool take_variable(const struct settings *settings, const struct live_token_request *request,
                          struct live_token *out)
{
    const char *text = request->take_variable ? settings->environment(LIVE_TOKEN_VARIABLE) : NULL;
    if (text == NULL || *text == '\0')
        return false;
    *out = (struct live_token){.text = memory_copy(text, strlen(text)), .source = LIVE_TOKEN_FROM_VARIABLE};
    return true;
}

bool live_token_find(const struct settings *settings, const struct live_token_request *request, struct live_token *out,
                     struct error *error)
{
    CREDENTIALS_AUTO credentials = {0};
    int64_t life;
    *out = (struct live_token){0};
    return take_variable(settings, request, out) || ask_token(settings, request, &credentials, out, &life, error);
}

static bool begin(const struct options *options, environment_function *environment, struct arena *arena,
                  struct settings *out, struct error *error)
{
    if (!settings_begin(options, environment, arena, out, error))
        return false;
    if (settings_finish(options, "CODEARTIFACT", arena, out, error) && instance_find_region(out, arena, error))
        return true;
    settings_free(out);
    return false;
}

bool live_token_get(const struct options *options, environment_function *environment,
                    const struct live_token_request *request, struct live_token *out, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings settings;
    *out = (struct live_token){0};
    if (!begin(options, environment, arena, &settings, error))
        return false;
    bool good = live_token_find(&settings, request, out, error);
    settings_free(&settings);
    return good;
}

bool live_token_drop(const struct options *options, environment_function *environment,
                     const struct live_token_request *request, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings settings;
    (void)request;
    if (!begin(options, environment, arena, &settings, error))
        return false;
    settings_free(&settings);
    return true;
}

void live_token_free(struct live_token *token)
{
    secret_free(token->text);
    *token = (struct live_token){0};
}
