// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/operation.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/cache/live_token.h"
#include "client/cli/input.h"
#include "client/cli/integer.h"
#include "client/cli/local_time.h"
#include "client/cli/output.h"
#include "client/cli/skeleton.h"
#include "client/cli/validation.h"
#include "client/command/paging.h"
#include "client/command/paging_choice.h"
#include "client/command/terminal.h"
#include "client/credentials/credentials.h"
#include "client/credentials/instance.h"
#include "client/debug.h"
#include "client/transport/transport.h"

#include <inttypes.h>
#include <string.h>

/** All that one run needs; run_free() ends it. */
struct run {
    struct operation_call *call;
    const struct api_operation *operation;
    struct settings settings;
    bool has_settings;
    struct credentials credentials;
    struct input input;
    bool paged; // over all pages
    struct transport *transport;
    struct output_style style;
    struct buffer *out;
};

static void run_free(struct run *run)
{
    transport_free(run->transport);
    credentials_free(&run->credentials);
    input_free(&run->input);
    if (run->has_settings)
        settings_free(&run->settings);
}

#define RUN_AUTO __attribute__((cleanup(run_free))) struct run

/** Applies --query, if any. A new reference. */
static json_t *query(const struct run *run, json_t *value, struct error *error)
{
    return run->call->query == NULL ? json_incref(value) : query_search(run->call->query, value, error);
}

/** Appends what the query finds in the chosen form. */
static bool print(const struct run *run, json_t *value, struct error *error)
{
    JSON_AUTO *found = query(run, value, error);
    return found != NULL && output_write(run->out, &run->style, found, error);
}

static bool check_format(const struct run *run, struct error *error)
{
    if (run->style.format != OUTPUT_UNKNOWN)
        return true;
    return error_set(error, ERROR_INTERNAL, NULL, "Unknown output type: %s", run->settings.output);
}

/** Timestamps as they are wanted; OUTPUT is changed. */
static bool render(const struct run *run, json_t *output, struct error *error)
{
    if (strcmp(run->settings.timestamp_format, "wire") == 0)
        return true;
    return local_time_render(output, run->operation->output, error);
}

static bool call_operation(void *context, const json_t *input, json_t **output, struct error *error)
{
    struct run *run = context;
    int64_t begin = timestamp_now();
    bool good = transport_call(run->transport, run->operation, input, output, error);
    debug_line(&run->settings, "%s took %" PRId64 " microseconds", run->operation->name, timestamp_now() - begin);
    return good && render(run, *output, error);
}

static bool call_once(struct run *run, const json_t *wire, struct error *error)
{
    JSON_AUTO *output = NULL;
    return call_operation(run, wire, &output, error) && check_format(run, error) && print(run, output, error);
}

/** Each answer as it came, as an item of a list. */
static bool print_answers(const struct run *run, const struct paging_result *result, struct error *error)
{
    for (size_t i = 0; i < json_array_size(result->answers); i++) {
        JSON_AUTO *found = query(run, json_array_get(result->answers, i), error);
        if (found == NULL || !output_write_yaml_item(run->out, &run->style, found, error))
            return false;
    }
    return true;
}

/** In text form each page is printed by itself, then where to go on; most other forms show one result. */
static bool print_pages(struct run *run, const struct paging_request *request, const struct paging_result *result,
                        struct error *error)
{
    if (run->style.format == OUTPUT_YAML_STREAM)
        return print_answers(run, result, error);
    JSON_AUTO *whole = run->style.format == OUTPUT_TEXT ? NULL : paging_merge(request, result);
    if (whole != NULL)
        return print(run, whole, error);
    for (size_t i = 0; i < json_array_size(result->pages); i++) {
        json_t *page = json_array_get(result->pages, i);
        // The AWS CLI's text form names the listing even where the page lacks it.
        if (json_object_size(page) == 0)
            (void)json_object_set_new(page, request->paginator->result_key, json_null());
        if (!print(run, page, error))
            return false;
    }
    if (result->resume_token == NULL)
        return true;
    JSON_AUTO *more = json_pack("{s{ss}}", "NextToken", "NextToken", result->resume_token);
    return print(run, more, error);
}

/** What the options ask of a listing; *SIZE is the new page size, which the request borrows. */
static struct paging_request paging_of(const struct run *run, json_t **size)
{
    const struct operation_options *options = run->call->operation;
    const char *max_items = argument_value(options->max_items);
    const char *page_size = argument_value(options->page_size);
    JSON_AUTO *most = max_items != NULL ? integer_json(slice_of(max_items)) : NULL;
    *size = page_size != NULL ? integer_json(slice_of(page_size)) : NULL;
    // A number that does not fit sets no limit that a listing could reach.
    return (struct paging_request){.paginator = run->operation->paginator,
                                   .starting_token = argument_value(options->starting_token),
                                   .limited = most != NULL,
                                   .max_items = json_integer_value(most),
                                   .page_size = *size};
}

static bool call_pages(struct run *run, const json_t *wire, struct error *error)
{
    JSON_AUTO *size = NULL;
    const struct paging_request request = paging_of(run, &size);
    PAGING_AUTO result = {0};
    return check_format(run, error) && paging_collect(&request, wire, call_operation, run, &result, error) &&
           print_pages(run, &request, &result, error);
}

/** The service's part in the names of environment variables: "CODEARTIFACT". */
static const char *service_id(const struct api_service *service, struct arena *arena)
{
    char *id = arena_copy(arena, service->name, strlen(service->name));
    for (char *c = id; *c != '\0'; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    return id;
}

/** How the output looks is settled before the input is read. */
static bool begin_settings(struct run *run, struct error *error)
{
    struct operation_call *call = run->call;
    run->has_settings = settings_begin(call->options, call->environment, call->arena, &run->settings, error);
    call->error_format = run->settings.error_format;
    if (!run->has_settings)
        return false;
    call->pager = terminal_pager(run->settings.pager, call->arena);
    run->style = terminal_style(call->options->color, call->pager != NULL);
    run->style.format = output_find_format(run->settings.output);
    run->style.title = run->operation->name;
    call->trailer = terminal_trailer(&run->style);
    return true;
}

static bool finish_settings(struct run *run, struct error *error)
{
    const struct operation_call *call = run->call;
    const char *id = service_id(run->operation->service, call->arena);
    if (!settings_finish(call->options, id, call->arena, &run->settings, error))
        return false;
    debug_line(&run->settings, "%s with profile %s, region %s", run->operation->name, run->settings.profile,
               run->settings.region != NULL ? run->settings.region : "(none)");
    return instance_find_region(&run->settings, call->arena, error);
}

/** Checks what the first call will send: with the options of a listing, those too. */
static bool check_input(const struct run *run, struct error *error)
{
    if (!run->settings.validate_parameters)
        return true;
    struct input checked = run->input;
    JSON_AUTO *sent = json_copy(run->input.values);
    checked.values = sent;
    if (run->paged) {
        JSON_AUTO *size = NULL;
        const struct paging_request request = paging_of(run, &size);
        paging_begin(&request, sent);
    }
    return validation_check(run->operation->input, &checked, error);
}

/** Whether the request is to be signed: neither the operation nor the command line says otherwise. */
static bool is_signed(const struct run *run)
{
    return run->settings.sign && !run->operation->anonymous;
}

static bool make_transport(struct run *run, struct error *error)
{
    // Whatever signs: the AWS CLI asks the profile's token provider whenever it makes a client.
    if (!credentials_check_session(&run->settings, error))
        return false;
    run->transport =
        transport_new(&run->settings, run->operation->service, is_signed(run) ? &run->credentials : NULL, error);
    return run->transport != NULL;
}

/** Makes ready for calls, and checks the input: all that the AWS CLI does before it wants credentials in hand. */
static bool make_ready(void *context, struct error *error)
{
    struct run *run = context;
    return make_transport(run, error) && check_input(run, error);
}

/** No credentials at all is told only when the request could have been made otherwise, as the AWS CLI does. */
static bool connect(struct run *run, struct error *error)
{
    ERROR_AUTO none = {0};
    const struct credentials_gate gate = {make_ready, run};
    bool missing = is_signed(run) && !credentials_find(&run->settings, &gate, &run->credentials, &none);
    if (missing && (none.code == NULL || strcmp(none.code, "NoCredentials") != 0))
        return error_move(error, &none);
    if (run->transport == NULL && !make_ready(run, error))
        return false;
    debug_warn_once(&run->settings, transport_warning(run->transport));
    return !missing || error_move(error, &none);
}

/** The input, and whether to page by it; a skeleton of it comes when it could be read, whatever it is. */
static bool read_input(struct run *run, struct error *error)
{
    const struct operation_call *call = run->call;
    if (!paging_choose_by_options(call->operation, call->options->no_paginate, &run->paged, error) ||
        !input_read(call->operation, call->environment, call->arena, &run->input, error))
        return false;
    paging_choose_by_input(call->operation, run->input.values, &run->paged);
    return true;
}

/** The document that the service would have answered with. A new reference. */
static json_t *token_document(const struct live_token *token, const char *scope)
{
    json_t *document = json_object();
    json_t *end = token->expiration % TIMESTAMP_SECOND == 0
                      ? json_integer(token->expiration / TIMESTAMP_SECOND)
                      : json_real((double)token->expiration / (double)TIMESTAMP_SECOND);
    (void)json_object_set_new(document, "authorizationToken", json_string_nocheck(token->text));
    if (token->expiration != 0)
        (void)json_object_set(document, "expiration", end);
    json_decref(end);
    if (scope != NULL)
        (void)json_object_set_new(document, "scope", json_string_nocheck(scope));
    return document;
}

/** The token from the cache, when that will do. */
static bool call_cached(struct run *run, struct error *error)
{
    const json_t *input = run->input.values;
    const json_t *seconds = json_object_get(input, "durationSeconds");
    BUFFER_AUTO duration = {0};
    LIVE_TOKEN_AUTO token = {0};
    if (seconds != NULL)
        json_write(&duration, seconds, 0);
    const struct live_token_request request = {.domain = json_string_value(json_object_get(input, "domain")),
                                               .domain_owner = json_string_value(json_object_get(input, "domainOwner")),
                                               .duration = seconds != NULL ? buffer_text(&duration) : NULL,
                                               .scope = json_string_value(json_object_get(input, "scope"))};
    if (!check_input(run, error) || !check_format(run, error) ||
        !live_token_find(&run->settings, &request, NULL, &token, error))
        return false;
    JSON_AUTO *output = token_document(&token, request.scope);
    return render(run, output, error) && print(run, output, error);
}

static bool run_call(struct run *run, struct error *error)
{
    if (run->call->cached)
        return call_cached(run, error);
    if (!connect(run, error))
        return false;
    JSON_AUTO *wire = input_wire(&run->input);
    return run->paged ? call_pages(run, wire, error) : call_once(run, wire, error);
}

/** Whether the made-up answer could be the service's: the AWS CLI asks that of it before it looks at the input. */
static bool check_output(const struct run *run, json_t *made_up, struct error *error)
{
    const struct input output = {.values = made_up};
    return !run->settings.validate_parameters || validation_check(run->operation->output, &output, error);
}

/** A client is made for it, and all is checked, but nothing is called, and so no credentials are wanted. */
static bool print_output_skeleton(struct run *run, struct error *error)
{
    bool with_blank = run->style.format == OUTPUT_TEXT || run->style.format == OUTPUT_TABLE;
    const char *moment = with_blank ? SKELETON_MOMENT_TEXT : SKELETON_MOMENT;
    JSON_AUTO *skeleton = skeleton_output(run->operation->output, moment);
    run->paged = false;
    run->style.moments = true;
    return make_transport(run, error) && check_output(run, skeleton, error) && check_input(run, error) &&
           check_format(run, error) && print(run, skeleton, error);
}

static bool print_input_skeleton(struct run *run, bool yaml, struct error *error)
{
    if (!read_input(run, error))
        return false;
    if (yaml) {
        skeleton_write_yaml(run->out, run->operation->input);
        return true;
    }
    JSON_AUTO *skeleton = skeleton_input(run->operation->input);
    json_write(run->out, skeleton, 4);
    buffer_append_char(run->out, '\n');
    return true;
}

bool operation_run(struct operation_call *call, struct buffer *out, struct error *error)
{
    RUN_AUTO run = {.call = call, .operation = call->operation->operation, .out = out};
    const char *skeleton = argument_value(call->operation->skeleton);
    if (skeleton != NULL && strcmp(skeleton, "output") != 0)
        return print_input_skeleton(&run, strcmp(skeleton, "yaml-input") == 0, error);
    if (begin_settings(&run, error) && read_input(&run, error) && finish_settings(&run, error) &&
        (skeleton != NULL ? print_output_skeleton(&run, error) : run_call(&run, error)))
        return true;
    buffer_clear(out);
    return false;
}
