// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The way of a question at the gate, and its answer in HTTP. */
#include "service/http/worker.h"

#include "service/gate/contract.h"

/** More than any realm: two names of at most 50 and 100 characters. */
#define REALM_MAX 160

/**
 * Two headers, because some clients read but the first challenge of one. Basic's is the first, because nginx
 * before 1.23 passes on no more, and who needs a challenge at all (Maven, NuGet) needs that. Nothing in a realm needs
 * escapes.
 */
static void add_challenges(const struct gate_place *place, struct http_response *response)
{
    BUFFER_ROOM(bearer, 2 * REALM_MAX);
    BUFFER_ROOM(basic, 2 * REALM_MAX);
    buffer_append_format(&bearer, "Bearer realm=\"%.*s/%.*s\"", SLICE_ARGS(place->domain),
                         SLICE_ARGS(place->repository));
    buffer_append_format(&basic, "Basic realm=\"%.*s/%.*s\"", SLICE_ARGS(place->domain), SLICE_ARGS(place->repository));
    http_add_field(response, "WWW-Authenticate", buffer_slice(&basic));
    http_add_field(response, "WWW-Authenticate", buffer_slice(&bearer));
}

/** Who it is and what was allowed, for the log of the upstream. */
static void add_names(const struct gate_answer *answer, struct http_response *response)
{
    const struct {
        const char *name;
        struct slice value;
    } names[] = {
        {"X-Jeton-Caller", slice_of(answer->caller)},
        {"X-Jeton-Account", slice_of(answer->account)},
        {"X-Jeton-Token-Id", answer->token},
        {"X-Jeton-Domain", answer->place.domain},
        {"X-Jeton-Repository", answer->place.repository},
        {"X-Jeton-Action", slice_of(answer->access.actions[0])},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        http_add_field(response, names[i].name, names[i].value);
}

static void render(const struct gate_answer *answer, struct http_response *response)
{
    response->status = answer->status;
    response->content_type = "text/plain";
    if (answer->status == 200)
        add_names(answer, response);
    if (answer->status == 401)
        add_challenges(&answer->place, response);
    if (answer->reason == NULL)
        return;
    // nginx passes on no body of a refusal, so that the reason is a header as well.
    http_add_field(response, "X-Jeton-Reason", slice_of(answer->reason));
    buffer_append_text(&response->body, answer->reason);
    buffer_append_char(&response->body, '\n');
}

static void log_answer(struct worker *worker, const struct http_request *request, const struct http_response *response,
                       const struct gate_question *question, const struct gate_answer *answer, int64_t microseconds)
{
    const struct log_entry entry = {
        .request = request,
        .response = response,
        .operation = "Gate",
        .caller = answer->caller,
        .asked_method = question->method,
        .asked_path = slice_part(question->target, 0, slice_find(question->target, '?', 0)),
        .action = answer->access.actions[0],
        .resource = answer->resource,
        .token = answer->token,
        .error_code = answer->code,
        .detail = answer->status == 200    ? NULL
                  : answer->detail == NULL ? answer->reason
                                           : answer->detail,
        .microseconds = microseconds,
    };
    log_request(&worker->log, &entry);
}

static void log_front(struct worker *worker, const struct http_request *request, const struct http_response *response,
                      const struct gate_answer *answer, int64_t microseconds)
{
    const struct log_entry entry = {
        .request = request,
        .response = response,
        .operation = "Forward",
        .caller = answer->caller,
        .action = answer->access.actions[0],
        .resource = answer->resource,
        .token = answer->token,
        .error_code = answer->code,
        .detail = answer->detail == NULL ? answer->reason : answer->detail,
        .microseconds = microseconds,
    };
    log_request(&worker->log, &entry);
}

void worker_ask_gate(struct worker *worker, const struct http_request *request, struct http_response *response)
{
    int64_t start = worker_clock();
    ERROR_AUTO error = {0};
    struct gate_answer answer;
    struct gate_question question = {.relayed = true, .now = request->now};
    if (worker_refresh(worker, &error) && gate_read_question(&request->message, worker->arena, &question, &error)) {
        gate_decide(&worker->gate, &question, worker->arena, &answer);
    } else {
        answer = (struct gate_answer){0};
        gate_refuse(&error, worker->arena, &answer);
    }
    render(&answer, response);
    response->common = answer.status == 200;
    log_answer(worker, request, response, &question, &answer, worker_clock() - start);
    arena_reset(worker->arena);
}

bool worker_ask_front(struct worker *worker, const struct http_request *request, struct gate_answer *answer,
                      struct http_response *response)
{
    int64_t start = worker_clock();
    ERROR_AUTO error = {0};
    const struct sigv4_request *message = &request->message;
    const struct gate_question question = {
        .method = message->method,
        .host = slice_trim(http_header(request, "host")),
        .target = {message->path.data, (size_t)(message->query.data + message->query.size - message->path.data)},
        .headers = message->headers,
        .header_count = message->header_count,
        .client = request->client,
        .tls = request->tls,
        .now = request->now,
    };
    worker_make_request_id(worker, response->request_id);
    response->error_type = NULL;
    buffer_clear(&response->fields);
    *answer = (struct gate_answer){0};
    if (worker_refresh(worker, &error))
        gate_decide(&worker->gate, &question, worker->arena, answer);
    else
        gate_refuse(&error, worker->arena, answer);
    render(answer, response);
    if (answer->status != 200)
        log_front(worker, request, response, answer, worker_clock() - start);
    return answer->status == 200;
}

void worker_refuse_front(struct worker *worker, const struct http_request *request, struct gate_answer *answer,
                         int status, const char *code, const char *reason, struct http_response *response)
{
    answer->status = status;
    answer->code = code;
    answer->reason = reason;
    buffer_clear(&response->fields);
    render(answer, response);
    log_front(worker, request, response, answer, 0);
}

void worker_refuse_question(struct worker *worker, const struct http_request *request, const struct error *error,
                            struct http_response *response)
{
    const struct gate_question question = {0};
    struct gate_answer answer = {0};
    worker_make_request_id(worker, response->request_id);
    buffer_clear(&response->fields);
    gate_refuse(error, worker->arena, &answer);
    render(&answer, response);
    log_answer(worker, request, response, &question, &answer, 0);
    arena_reset(worker->arena);
}
