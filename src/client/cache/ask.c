// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/ask.h"
#include "api/codeartifact.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/cli/integer.h"
#include "client/cli/validation.h"
#include "client/debug.h"

/** The longest life of a token: what a Date header of nonsense could add to it is cut off. */
#define LONGEST (INT64_C(43200) * TIMESTAMP_SECOND)

/** A call on its way; call_free() ends it. */
struct call {
    const struct settings *settings;
    const struct api_operation *operation;
    struct live_token_caller *caller;
    json_t *input;
    bool ready;
};

static void call_free(struct call *call)
{
    json_decref(call->input);
}
#define CALL_AUTO __attribute__((cleanup(call_free))) struct call

static void set_text(json_t *input, const char *name, const char *text)
{
    if (text != NULL)
        (void)json_object_set_new(input, name, json_stringn(text, strlen(text)));
}

static bool make_input(struct call *call, const struct live_token_request *request, struct error *error)
{
    call->input = json_object();
    set_text(call->input, "domain", request->domain);
    set_text(call->input, "domainOwner", request->domain_owner);
    set_text(call->input, "scope", request->scope);
    if (request->duration == NULL)
        return true;
    BUFFER_AUTO digits = {0};
    if (!integer_read(slice_of(request->duration), &digits))
        return error_set(error, ERROR_PARAMETER, "ParamValidation",
                         "The duration \"%s\" is no number of seconds; give 0, or 900 to 43200", request->duration);
    return json_object_set_new(call->input, "durationSeconds", integer_json(buffer_slice(&digits))) == 0;
}

/** Makes ready for the call, and checks the input: before a service is asked for credentials. */
static bool make_ready(void *context, struct error *error)
{
    struct call *call = context;
    const struct input input = {.values = call->input};
    struct live_token_caller *caller = call->caller;
    if (call->ready)
        return true;
    if (!credentials_check_session(call->settings, error) || !validation_check(call->operation->input, &input, error))
        return false;
    if (caller->transport == NULL)
        caller->transport =
            transport_new(call->settings, &api_codeartifact, call->settings->sign ? &caller->credentials : NULL, error);
    call->ready = caller->transport != NULL;
    return call->ready;
}

static bool connect(struct call *call, struct error *error)
{
    const struct credentials_gate gate = {make_ready, call};
    bool sought = call->settings->sign && call->caller->credentials.access_key_id == NULL;
    if (sought && !credentials_find(call->settings, &gate, &call->caller->credentials, error))
        return false;
    if (!make_ready(call, error))
        return false;
    debug_warn_once(call->settings, transport_warning(call->caller->transport));
    return true;
}

static bool read_moment(const json_t *value, int64_t *out)
{
    if (json_is_number(value))
        *out = (int64_t)(json_number_value(value) * (double)TIMESTAMP_SECOND);
    return json_is_number(value) ||
           timestamp_parse_iso(slice_of(json_is_string(value) ? json_string_value(value) : ""), out, NULL);
}

/** How long the token lives. The service's own clock says it, where the answer tells that; ours may be wrong. */
static int64_t life_of(const struct call *call, int64_t expiration)
{
    JSON_AUTO *metadata = transport_metadata(call->caller->transport);
    struct slice date = json_member_text(json_object_get(metadata, "HTTPHeaders"), "date");
    int64_t now;
    if (date.data == NULL || !timestamp_parse_http(date, &now))
        now = timestamp_now();
    int64_t life = expiration - now;
    return life > LONGEST ? LONGEST : life;
}

static bool read_answer(const struct call *call, const json_t *answer, struct live_token *out, int64_t *life,
                        struct error *error)
{
    struct slice text = json_member_text(answer, "authorizationToken");
    if (text.size == 0)
        return error_set(error, ERROR_TRANSPORT, NULL, "The answer of %s has no token in it", call->operation->name);
    *out = (struct live_token){.text = memory_copy(text.data, text.size), .source = LIVE_TOKEN_FROM_SERVICE};
    if (read_moment(json_object_get(answer, "expiration"), &out->expiration))
        *life = life_of(call, out->expiration);
    return true;
}

bool ask_token(const struct settings *settings, const struct live_token_request *request,
               struct live_token_caller *caller, struct live_token *out, int64_t *life, struct error *error)
{
    const struct api_operation *operation = api_find_operation(&api_codeartifact, SLICE("get-authorization-token"));
    if (request->scope != NULL)
        operation = api_widest(operation);
    CALL_AUTO call = {.settings = settings, .operation = operation, .caller = caller};
    JSON_AUTO *answer = NULL;
    *life = 0;
    return make_input(&call, request, error) && connect(&call, error) &&
           transport_call(caller->transport, call.operation, call.input, &answer, error) &&
           read_answer(&call, answer, out, life, error);
}
