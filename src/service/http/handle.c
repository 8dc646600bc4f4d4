// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The way of one request, from the first door to the last. */
#include "service/http/worker.h"

#include "api/codeartifact.h"
#include "api/sts.h"
#include "base/json.h"
#include "service/gate/contract.h"
#include "service/http/decode.h"
#include "service/http/render.h"
#include "service/operations/operations.h"

#include <stdlib.h>
#include <string.h>

/** What is known of a request so far. */
struct passage {
    struct worker *worker;
    const struct http_request *request;
    const struct api_service *service; /**< NULL until routed. */
    enum api_protocol protocol;        /**< In which errors are told. */
    const struct api_operation *operation;
    bool claimed; /**< CLAIM has been read. */
    struct sigv4_claim claim;
    struct caller caller;
    struct operation_wait wait;
};

// ------------------------------------------------------------------ routing

/** Whether it is a request of the query protocol: a form for "/", or a (mostly presigned) URL with parameters. */
static bool is_query(const struct http_request *request)
{
    if (!slice_is(request->message.path, "/"))
        return false;
    if (slice_is(request->message.method, "GET"))
        return request->message.query.size > 0;
    if (!slice_is(request->message.method, "POST"))
        return false;
    struct slice type = http_header(request, "content-type");
    type = slice_trim(slice_part(type, 0, slice_find(type, ';', 0)));
    return slice_equal_nocase(type, SLICE("application/x-www-form-urlencoded"));
}

/** The service of the query protocol that errors are worded by when no other is known. */
static const struct api_service *default_query_service(void)
{
    return &api_sts;
}

static bool read_claim(struct passage *passage, struct error *error)
{
    passage->claimed = sigv4_read_claim(&passage->request->message, passage->worker->arena, &passage->claim, error);
    return passage->claimed;
}

/** By the version, which differs from service to service; else the one that was signed for, if it is any. */
static const struct api_service *find_query_service(struct slice version, struct slice signing_name)
{
    for (size_t i = 0; api_served[i] != NULL; i++)
        if (api_served[i]->protocol == API_QUERY_XML && slice_is(version, api_served[i]->version))
            return api_served[i];
    const struct api_service *signed_for = api_find_service_by_signing_name(signing_name);
    return signed_for != NULL && signed_for->protocol == API_QUERY_XML ? signed_for : default_query_service();
}

/** The query protocol names the operation in the form, and the service by its version. */
static bool find_query_operation(struct passage *passage, struct error *error)
{
    bool is_form;
    struct slice parameters = decode_query_parameters(passage->request, &is_form);
    BUFFER_AUTO action = {0};
    BUFFER_AUTO version = {0};
    if (!decode_parameter(parameters, "Action", is_form, &action, error) && error->class != ERROR_NONE)
        return false;
    if (!decode_parameter(parameters, "Version", is_form, &version, error) && error->class != ERROR_NONE)
        return false;
    passage->service = find_query_service(buffer_slice(&version), passage->claim.scope.service);
    if (slice_is(buffer_slice(&version), passage->service->version))
        passage->operation = api_find_operation_by_name(passage->service, buffer_slice(&action));
    if (passage->operation != NULL)
        return true;
    return error_set(error, ERROR_PARAMETER, "UnknownOperation", "Could not find operation %.64s for version %.64s",
                     action.size == 0 ? "NO_OPERATION_SPECIFIED" : action.data,
                     version.size == 0 ? "NO_VERSION_SPECIFIED" : version.data);
}

/** A request without a signature is good for what needs none, and for nothing else: it is not told what there is. */
static bool route_unsigned(struct passage *passage, struct error *reason, struct error *error)
{
    ERROR_AUTO ignored = {0};
    bool missing = reason->code != NULL && strcmp(reason->code, "MissingAuthenticationToken") == 0;
    if (missing && find_query_operation(passage, &ignored) && passage->operation->anonymous)
        return true;
    passage->operation = NULL;
    passage->service = default_query_service();
    // The one refusal that the two protocols word differently (service-semantics.md section 4).
    return missing ? error_set(error, ERROR_PARAMETER, "MissingAuthenticationToken",
                               "Request is missing Authentication Token")
                   : error_move(error, reason);
}

static bool route_query(struct passage *passage, struct error *error)
{
    ERROR_AUTO reason = {0};
    passage->protocol = API_QUERY_XML;
    passage->service = default_query_service();
    return read_claim(passage, &reason) ? find_query_operation(passage, error)
                                        : route_unsigned(passage, &reason, error);
}

static bool route(struct passage *passage, struct error *error)
{
    const struct sigv4_request *message = &passage->request->message;
    if (is_query(passage->request))
        return route_query(passage, error);
    passage->operation = api_find_route(message->method, message->path);
    if (passage->operation == NULL) {
        (void)error_set(error, ERROR_PARAMETER, "UnknownOperation",
                        "The service has no operation of that method and path.");
        return false;
    }
    passage->service = passage->operation->service;
    return read_claim(passage, error);
}

// ------------------------------------------------------------------ the doors

/** Who has signed; of an operation that is not signed, nobody, whatever the request has. */
static bool recognize(struct passage *passage, struct error *error)
{
    if (passage->operation->anonymous)
        return true;
    const struct caller_question question = {
        .request = &passage->request->message,
        .claim = &passage->claim,
        .service = slice_of(passage->service->signing_name),
        .global_region = slice_of(passage->service->global_region),
        .now = passage->request->now,
        .tls = passage->request->tls,
    };
    struct caller caller;
    if (!caller_recognize(&passage->worker->desk, &question, passage->worker->arena, &caller, error))
        return false;
    passage->caller = caller;
    return true;
}

/** Without an address of its own to tell, the service is where this client found it; its Host is signed. */
const char *worker_find_base(const struct worker *worker, const struct http_request *request)
{
    if (worker->endpoint_base != NULL)
        return worker->endpoint_base;
    const struct slice parts[] = {request->tls ? SLICE("https://") : SLICE("http://"),
                                  slice_trim(http_header(request, "host"))};
    return arena_join(worker->arena, parts, sizeof parts / sizeof parts[0]);
}

/** A header that would change what is asked for, and so must be signed; data NULL when there is none. */
static bool find_signed(const struct passage *passage, const char *name, struct slice *out, struct error *error)
{
    const struct sigv4_claim *claim = &passage->claim;
    *out = http_header(passage->request, name);
    for (size_t i = 0; out->data != NULL && i < claim->signed_count; i++)
        if (slice_equal_nocase(claim->signed_headers[i], slice_of(name)))
            return true;
    return out->data == NULL ||
           error_set(error, ERROR_PARAMETER, "InvalidSignature", "The header %s must be signed.", name);
}

static json_t *run(struct passage *passage, struct buffer *answer, struct error *error)
{
    struct worker *worker = passage->worker;
    if (!worker_refresh(worker, error) || !route(passage, error) || !recognize(passage, error))
        return NULL;
    struct slice scope;
    if (!find_signed(passage, API_SCOPE_HEADER, &scope, error))
        return NULL;
    JSON_AUTO *input = decode_input(passage->operation, passage->request, error);
    if (input == NULL)
        return NULL;
    const struct operation_call call = {
        .desk = &worker->desk,
        .resources = worker->resources,
        .roles = worker->roles,
        .arena = worker->arena,
        .caller = passage->operation->anonymous ? NULL : &passage->caller,
        .input = input,
        .answer = answer,
        .endpoint_base = worker_find_base(worker, passage->request),
        .endpoint_hosts = worker->endpoint_hosts,
        .client = passage->request->client,
        .scope = scope,
        .user_agent = http_header(passage->request, "user-agent"),
        .tls = passage->request->tls,
        .now = passage->request->now,
        .wait = &passage->wait,
    };
    return operation_run(passage->operation, &call, error);
}

// ------------------------------------------------------------------ the whole

/** For load balancers: whether the process answers. Not signed, not logged. */
static bool answer_health(const struct http_request *request, struct http_response *response)
{
    if (!slice_is(request->message.path, "/healthz") ||
        (!slice_is(request->message.method, "GET") && !slice_is(request->message.method, "HEAD")))
        return false;
    response->status = 200;
    response->content_type = "text/plain";
    buffer_append_text(&response->body, "ok\n");
    return true;
}

static void log_passage(const struct passage *passage, const struct http_response *response,
                        const struct render_code *code, const struct error *error, int64_t microseconds)
{
    bool internal = error->class == ERROR_INTERNAL || response->status >= 500;
    const struct log_entry entry = {
        .request = passage->request,
        .response = response,
        .operation = passage->operation == NULL ? NULL : passage->operation->name,
        .caller = passage->caller.arn,
        .access_key = passage->claimed ? passage->claim.access_key_id : (struct slice){NULL, 0},
        .error_code = code->code,
        .detail = internal ? error->message : NULL,
        .microseconds = microseconds,
    };
    log_request(&passage->worker->log, &entry);
}

void worker_refuse(struct worker *worker, const struct http_request *request, const struct error *error,
                   struct http_response *response)
{
    struct passage passage = {.worker = worker, .request = request, .protocol = API_REST_JSON};
    if (gate_is_asked(request->message.path)) {
        worker_refuse_question(worker, request, error, response);
        return;
    }
    worker_make_request_id(worker, response->request_id);
    buffer_clear(&response->fields);
    if (is_query(request)) {
        passage.protocol = API_QUERY_XML;
        passage.service = default_query_service();
    }
    const struct render_code code = render_find_code(NULL, passage.protocol, error);
    render_error(&code, passage.protocol, passage.service == NULL ? "" : passage.service->xml_namespace, error,
                 response);
    log_passage(&passage, response, &code, error, 0);
}

bool worker_handle(struct worker *worker, const struct http_request *request, struct web_identity_waiter *waiter,
                   struct http_response *response)
{
    int64_t start = worker_clock();
    worker_make_request_id(worker, response->request_id);
    response->error_type = NULL;
    response->common = false;
    buffer_clear(&response->fields);
    if (answer_health(request, response))
        return true;
    if (gate_is_asked(request->message.path)) {
        worker_ask_gate(worker, request, response);
        return true;
    }
    if (worker_is_introspection(worker, request)) {
        worker_introspect(worker, request, response);
        return true;
    }
    struct passage passage = {
        .worker = worker, .request = request, .protocol = API_REST_JSON, .wait = {.waiter = waiter}};
    struct render_code code = {0};
    ERROR_AUTO error = {0};
    JSON_AUTO *output = run(&passage, &response->body, &error);
    if (passage.wait.pending) {
        arena_reset(worker->arena);
        return false;
    }
    if (output != NULL) {
        render_result(passage.operation, output, response);
    } else {
        code = render_find_code(passage.operation, passage.protocol, &error);
        render_error(&code, passage.protocol, passage.service == NULL ? "" : passage.service->xml_namespace, &error,
                     response);
    }
    log_passage(&passage, response, &code, &error, worker_clock() - start);
    // It may hold a session's secret, and the next request may be long in coming.
    arena_reset(worker->arena);
    return true;
}
