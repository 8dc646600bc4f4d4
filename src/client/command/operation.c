// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/operation.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/cli/input.h"
#include "client/cli/integer.h"
#include "client/cli/local_time.h"
#include "client/cli/output.h"
#include "client/cli/skeleton.h"
#include "client/cli/validation.h"
#include "client/command/paging.h"
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
        if (found == NULL || !output_write_yaml_item(run->out, found, error))
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

/** The person pages by hand when the input holds the service's own paging members. */
static bool pages_by_hand(const struct run *run)
{
    const struct api_paginator *paginator = run->operation->paginator;
    return json_object_get(run->input.values, paginator->input_token) != NULL ||
           (paginator->limit_key != NULL && json_object_get(run->input.values, paginator->limit_key) != NULL);
}

static void add_given(struct buffer *names, const struct argument *argument)
{
    const char *value = argument_value(argument);
    // Python takes an empty text and 0 for not given.
    if (value != NULL && value[0] != '\0' && strcmp(value, "0") != 0)
        buffer_append_format(names, "%s%s", names->size > 0 ? ", " : "", argument->name);
}

/** Whether to go over all pages; paging options beside --no-paginate are refused. */
static bool decide_paging(const struct run *run, bool *paged, struct error *error)
{
    *paged = run->operation->paginator != NULL && !run->call->options->no_paginate && !pages_by_hand(run);
    if (*paged || run->operation->paginator == NULL)
        return true;
    BUFFER_AUTO names = {0};
    add_given(&names, run->call->operation->starting_token);
    add_given(&names, run->call->operation->page_size);
    add_given(&names, run->call->operation->max_items);
    if (names.size == 0)
        return true;
    return error_set(error, ERROR_PARAMETER, NULL, "Cannot specify --no-paginate along with pagination arguments: %s",
                     buffer_text(&names));
}

static bool print_input_skeleton(const struct run *run)
{
    JSON_AUTO *skeleton = skeleton_input(run->operation->input);
    json_write(run->out, skeleton, 4);
    buffer_append_char(run->out, '\n');
    return true;
}

/** The service's part in the names of environment variables: "CODEARTIFACT". */
static const char *service_id(const struct api_service *service, struct arena *arena)
{
    char *id = arena_copy(arena, service->name, strlen(service->name));
    for (char *c = id; *c != '\0'; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    return id;
}

static bool resolve_settings(struct run *run, struct error *error)
{
    const char *id = service_id(run->operation->service, run->call->arena);
    run->has_settings =
        settings_resolve(run->call->options, id, run->call->environment, run->call->arena, &run->settings, error);
    run->call->error_format = run->settings.error_format;
    if (!run->has_settings)
        return false;
    run->call->pager = terminal_pager(run->settings.pager, run->call->arena);
    run->style = terminal_style(run->call->options->color, run->call->pager != NULL);
    run->style.format = output_find_format(run->settings.output);
    run->style.title = run->operation->name;
    run->call->trailer = terminal_trailer(&run->style);
    debug_line(&run->settings, "%s with profile %s, region %s", run->operation->name, run->settings.profile,
               run->settings.region != NULL ? run->settings.region : "(none)");
    return true;
}

/**
 * What can be wrong before the input is looked at, in the AWS CLI's order: where credentials are, then the endpoint.
 * No credentials at all is no error yet: NONE says so.
 */
static bool connect(struct run *run, struct error *none, struct error *error)
{
    if (!instance_find_region(&run->settings, run->call->arena, error))
        return false;
    if (run->settings.sign && !credentials_find(&run->settings, true, &run->credentials, none) &&
        (none->code == NULL || strcmp(none->code, "NoCredentials") != 0))
        return error_move(error, none);
    run->transport =
        transport_new(&run->settings, run->operation->service, run->settings.sign ? &run->credentials : NULL, error);
    if (run->transport == NULL)
        return false;
    debug_warn(transport_warning(run->transport));
    return true;
}

/** The credentials that connect() left for later, because they cost a call. */
static bool complete_credentials(struct run *run, struct error *none, struct error *error)
{
    if (none->class != ERROR_NONE)
        return error_move(error, none);
    return !run->settings.sign || run->credentials.access_key_id != NULL ||
           credentials_find(&run->settings, false, &run->credentials, error);
}

static bool is_given(const struct argument *argument)
{
    return argument_value(argument) != NULL;
}

/** Checks what the first call will send: with the options of a listing, those too. */
static bool check_input(const struct run *run, bool paged, struct error *error)
{
    if (!run->settings.validate_parameters)
        return true;
    struct input checked = run->input;
    JSON_AUTO *sent = json_copy(run->input.values);
    checked.values = sent;
    const struct operation_options *options = run->call->operation;
    if (paged) {
        JSON_AUTO *size = NULL;
        const struct paging_request request = paging_of(run, &size);
        paging_begin(&request, sent);
    } else if (is_given(options->starting_token) || is_given(options->page_size) || is_given(options->max_items)) {
        // decide_paging() let them pass because they say nothing; the AWS CLI then takes them for a parameter.
        (void)json_object_set_new(sent, "PaginationConfig", json_object());
    }
    return validation_check(run->operation->input, &checked, error);
}

/** The AWS CLI checks the made-up answer as if the service had to take it, and before the input: some fail by it. */
static bool print_output_skeleton(struct run *run, struct error *error)
{
    const char *moment = run->style.format == OUTPUT_TEXT ? SKELETON_MOMENT_TEXT : SKELETON_MOMENT;
    if (!instance_find_region(&run->settings, run->call->arena, error))
        return false;
    run->transport = transport_new(&run->settings, run->operation->service, NULL, error);
    if (run->transport == NULL)
        return false;
    JSON_AUTO *skeleton = skeleton_output(run->operation->output, moment);
    const struct input output = {.values = skeleton};
    if (run->settings.validate_parameters && !validation_check(run->operation->output, &output, error))
        return false;
    return check_input(run, false, error) && check_format(run, error) && print(run, skeleton, error);
}

static bool run_call(struct run *run, const char *skeleton, struct error *error)
{
    bool paged;
    if (!input_read(run->call->operation, run->call->environment, run->call->arena, &run->input, error) ||
        !decide_paging(run, &paged, error))
        return false;
    if (skeleton != NULL)
        return print_output_skeleton(run, error);
    ERROR_AUTO none = {0};
    if (!connect(run, &none, error) || !check_input(run, paged, error) || !complete_credentials(run, &none, error))
        return false;
    JSON_AUTO *wire = input_wire(&run->input);
    return paged ? call_pages(run, wire, error) : call_once(run, wire, error);
}

bool operation_run(struct operation_call *call, struct buffer *out, struct error *error)
{
    RUN_AUTO run = {.call = call, .operation = call->operation->operation, .out = out};
    const char *skeleton = argument_value(call->operation->skeleton);
    if (skeleton != NULL && strcmp(skeleton, "input") == 0)
        return print_input_skeleton(&run);
    if (skeleton != NULL && strcmp(skeleton, "yaml-input") == 0) {
        skeleton_write_yaml(out, run.operation->input);
        return true;
    }
    if (resolve_settings(&run, error) && run_call(&run, skeleton, error))
        return true;
    buffer_clear(out);
    return false;
}
