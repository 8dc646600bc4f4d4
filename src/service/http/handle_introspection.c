// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The way of a question about a token (RFC 7662) in HTTP. */
#include "service/http/worker.h"

#include "service/http/decode.h"
#include "service/introspection/introspection.h"

#include <string.h>

/** The errors of OAuth 2.0 (RFC 6749 section 5.2, RFC 6750 section 3.1) for our own. */
static const struct {
    const char *code;
    int status;
    const char *name;
} refusals[] = {
    {"UnrecognizedClient", 401, "invalid_client"},
    {"AccessDenied", 403, "insufficient_scope"},
    {"ValidationError", 400, "invalid_request"},
};
#define REFUSALS (sizeof refusals / sizeof refusals[0])

bool worker_is_introspection(const struct worker *worker, const struct http_request *request)
{
    return worker->introspection != NULL && slice_is(request->message.path, "/introspect");
}

/** The parameter `token` of the form; its hint (section 2.1) is of no use, there is but one kind. */
static bool read_token(const struct http_request *request, struct buffer *token, struct error *error)
{
    struct slice type = http_header(request, "content-type");
    type = slice_trim(slice_part(type, 0, slice_find(type, ';', 0)));
    if (!slice_is(request->message.method, "POST") ||
        !slice_equal_nocase(type, SLICE("application/x-www-form-urlencoded")))
        return error_set(error, ERROR_PARAMETER, "ValidationError", "Ask by a POST of a form with the token in it");
    if (decode_parameter(request->message.body, "token", true, token, error))
        return true;
    return error->class == ERROR_NONE &&
           error_set(error, ERROR_PARAMETER, "ValidationError", "The form has no parameter token");
}

static void refuse(const struct error *error, struct http_response *response)
{
    size_t i = 0;
    while (i < REFUSALS &&
           (error->code == NULL || error->class != ERROR_PARAMETER || strcmp(refusals[i].code, error->code) != 0))
        i++;
    buffer_clear(&response->body);
    response->status = i < REFUSALS ? refusals[i].status : 500;
    buffer_append_format(&response->body, "{\"error\":\"%s\"}", i < REFUSALS ? refusals[i].name : "server_error");
    if (response->status != 401)
        return;
    http_add_field(response, "WWW-Authenticate", SLICE("Basic realm=\"introspection\""));
    http_add_field(response, "WWW-Authenticate", SLICE("Bearer realm=\"introspection\""));
}

static bool ask(struct worker *worker, const struct http_request *request, struct http_response *response,
                struct introspection_note *note, struct error *error)
{
    BUFFER_AUTO token = {0};
    const struct introspection introspection = {
        .desk = &worker->desk,
        .resources = worker->resources,
        .roles = worker->roles,
        .clients = worker->introspection,
    };
    if (!worker_refresh(worker, error) || !read_token(request, &token, error))
        return false;
    const struct introspection_question question = {
        .authorization = http_header(request, "authorization"),
        .token = buffer_slice(&token),
        .issuer = slice_of(worker_find_base(worker, request)),
        .client = request->client,
        .tls = request->tls,
        .now = request->now,
    };
    return introspection_answer(&introspection, &question, worker->arena, &response->body, note, error);
}

void worker_introspect(struct worker *worker, const struct http_request *request, struct http_response *response)
{
    int64_t start = worker_clock();
    ERROR_AUTO error = {0};
    struct introspection_note note = {0};
    response->status = 200;
    response->content_type = "application/json";
    if (!ask(worker, request, response, &note, &error))
        refuse(&error, response);
    const struct log_entry entry = {
        .request = request,
        .response = response,
        .operation = "Introspect",
        .caller = note.asker,
        .token = note.token_id,
        .error_code = response->status == 200 ? NULL : error.code,
        .detail = response->status < 500 ? NULL : error.message,
        .microseconds = worker_clock() - start,
    };
    log_request(&worker->log, &entry);
    arena_reset(worker->arena);
}
