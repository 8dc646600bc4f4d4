// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/codeartifact.h"
#include "base/json.h"
#include "base/timestamp.h"
#include "client/cache/ask.h"
#include "client/cache/token_text.h"
#include "client/cli/validation.h"
#include "client/command/own_login.h"
#include "client/credentials/instance.h"
#include "client/debug.h"

bool login_calls_begin(struct login_calls *calls, struct own_call *call, struct error *error)
{
    struct line *line = call->line;
    calls->is_aws = line_is_aws(line);
    calls->has_settings = settings_begin(call->options, line->environment, line->arena, &calls->settings, error);
    line->error_format = calls->settings.error_format;
    return calls->has_settings &&
           settings_finish(call->options, "CODEARTIFACT", line->arena, &calls->settings, error) &&
           instance_find_region(&calls->settings, line->arena, error);
}

/** A token that was brought along says itself when it ends. One that has ended is of an earlier day. */
static bool check_brought(struct live_token *token, struct error *error)
{
    int64_t issued;
    int64_t ends;
    BUFFER_AUTO moment = {0};
    if (!token_text_read_life(slice_of(token->text), &issued, &ends))
        return true;
    token->expiration = ends;
    if (ends > timestamp_now())
        return true;
    timestamp_format_utc(&moment, ends, false);
    return error_set(error, ERROR_CONFIGURATION, NULL,
                     "The token in %s has ended at %s; unset the variable, and login asks for a fresh one",
                     LIVE_TOKEN_VARIABLE, buffer_text(&moment));
}

bool login_calls_token(struct login_calls *calls, struct error *error)
{
    int64_t life;
    const struct live_token_request request = {.domain = calls->domain,
                                               .domain_owner = calls->domain_owner,
                                               .duration = calls->duration,
                                               .use = LIVE_TOKEN_CACHED,
                                               .take_variable = calls->duration == NULL};
    if (calls->is_aws)
        return ask_token(&calls->settings, &request, &calls->caller, &calls->token, &life, error);
    return live_token_find(&calls->settings, &request, &calls->caller, &calls->token, error) &&
           (calls->token.source != LIVE_TOKEN_FROM_VARIABLE || check_brought(&calls->token, error));
}

static bool connect(struct login_calls *calls, struct error *error)
{
    struct live_token_caller *caller = &calls->caller;
    if (caller->transport != NULL)
        return true;
    if (calls->settings.sign && caller->credentials.access_key_id == NULL &&
        !credentials_find(&calls->settings, NULL, &caller->credentials, error))
        return false;
    caller->transport =
        transport_new(&calls->settings, &api_codeartifact, calls->settings.sign ? &caller->credentials : NULL, error);
    if (caller->transport != NULL)
        debug_warn_once(&calls->settings, transport_warning(caller->transport));
    return caller->transport != NULL;
}

static void set_text(json_t *input, const char *name, const char *text)
{
    if (text != NULL)
        (void)json_object_set_new(input, name, json_string(text));
}

const char *login_calls_endpoint(struct login_calls *calls, const char *repository, const char *format,
                                 struct arena *arena, struct error *error)
{
    const struct api_operation *operation = api_find_operation(&api_codeartifact, SLICE("get-repository-endpoint"));
    JSON_AUTO *values = json_object();
    JSON_AUTO *answer = NULL;
    set_text(values, "domain", calls->domain);
    set_text(values, "repository", repository);
    set_text(values, "format", format);
    set_text(values, "endpointType", calls->endpoint_type);
    set_text(values, "domainOwner", calls->domain_owner);
    const struct input input = {.values = values};
    bool checked = !calls->settings.validate_parameters || validation_check(operation->input, &input, error);
    if (!checked || !connect(calls, error) ||
        !transport_call(calls->caller.transport, operation, values, &answer, error))
        return NULL;
    struct slice endpoint = json_member_text(answer, "repositoryEndpoint");
    if (endpoint.size == 0) {
        (void)error_set(error, ERROR_TRANSPORT, NULL, "The answer of %s has no endpoint in it", operation->name);
        return NULL;
    }
    return arena_copy(arena, endpoint.data, endpoint.size);
}

void login_calls_free(struct login_calls *calls)
{
    live_token_free(&calls->token);
    live_token_caller_free(&calls->caller);
    if (calls->has_settings)
        settings_free(&calls->settings);
}
