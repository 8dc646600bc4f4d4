// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/transport.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "client/debug.h"
#include "client/transport/attempt.h"
#include "client/transport/endpoint.h"
#include "client/transport/http.h"
#include "client/transport/metadata.h"
#include "client/transport/request.h"
#include "client/transport/response.h"
#include "client/transport/retry.h"
#include "client/transport/service_error.h"
#include "client/transport/user_agent.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <stdlib.h>

struct transport {
    const struct settings *settings;
    const struct api_service *service;
    const struct credentials *credentials;
    struct arena *arena; // as long as the transport
    struct endpoint endpoint;
    struct digest *digest;
    struct http *http;
    struct retry_quota quota;
    struct http_answer last; // the last good answer
    long attempts;           // that it took
    char *warning;
};

struct transport *transport_new(const struct settings *settings, const struct api_service *service,
                                const struct credentials *credentials, struct error *error)
{
    struct transport *transport = memory_new(1, sizeof *transport);
    transport->settings = settings;
    transport->service = service;
    transport->credentials = credentials;
    transport->arena = arena_new();
    transport->quota.left = RETRY_QUOTA;
    const char *prefix = service->endpoint_prefix != NULL ? service->endpoint_prefix : service->signing_name;
    if (!endpoint_resolve(settings, prefix, transport->arena, &transport->endpoint, error)) {
        transport_free(transport);
        return NULL;
    }
    if (transport->endpoint.https && !settings->verify)
        transport->warning = arena_format(transport->arena,
                                          "InsecureRequestWarning: Unverified HTTPS request is being made to host "
                                          "'%s'. Adding certificate verification is strongly advised.",
                                          transport->endpoint.host);
    // The system's OpenSSL file sets nothing that is needed here; reading it would cost every start.
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    transport->digest = digest_new();
    transport->http = http_new(settings);
    return transport;
}

void transport_free(struct transport *transport)
{
    if (transport == NULL)
        return;
    http_answer_free(&transport->last);
    http_free(transport->http);
    digest_free(transport->digest);
    arena_free(transport->arena);
    free(transport);
}

const char *transport_warning(const struct transport *transport)
{
    return transport->warning;
}

// ------------------------------------------------------------------ one call

/** A call on its way; call_free() ends it. */
struct call {
    struct transport *transport;
    const struct api_operation *operation;
    struct request request;
    struct buffer path;
    struct buffer query;
    struct buffer url;
    struct buffer user_agent;
    struct attempt_call wire;
    struct attempt_state state;
    struct http_answer answer;
};

static void call_free(struct call *call)
{
    request_free(&call->request);
    buffer_free(&call->path);
    buffer_free(&call->query);
    buffer_free(&call->url);
    buffer_free(&call->user_agent);
    http_answer_free(&call->answer);
}

#define CALL_AUTO __attribute__((cleanup(call_free))) struct call

static void prepare(struct call *call, const json_t *input)
{
    struct transport *transport = call->transport;
    const struct endpoint *endpoint = &transport->endpoint;
    request_build(call->operation, input, &call->request);
    endpoint_write_path(endpoint, call->operation->path, &call->path);
    endpoint_write_query(endpoint, buffer_slice(&call->request.query), &call->query);
    buffer_append_format(&call->url, "%s://%s%s%s%s", endpoint->https ? "https" : "http", endpoint->authority,
                         buffer_text(&call->path), call->query.size > 0 ? "?" : "", buffer_text(&call->query));
    user_agent_write(&call->user_agent, transport->settings, call->operation);
    call->wire = (struct attempt_call){.settings = transport->settings,
                                       .credentials = transport->settings->sign ? transport->credentials : NULL,
                                       .endpoint = endpoint,
                                       .service = transport->service->signing_name,
                                       .method = call->operation->method,
                                       .path = buffer_slice(&call->path),
                                       .query = buffer_slice(&call->query),
                                       .request = &call->request,
                                       .user_agent = buffer_text(&call->user_agent)};
    attempt_name(call->wire.invocation);
}

/** Sends once. The error stays as it was when an answer came, whatever that says. */
static enum http_result attempt(struct call *call, struct error *error)
{
    struct transport *transport = call->transport;
    ARENA_AUTO *arena = arena_new();
    size_t count;
    call->state.now = timestamp_now();
    const struct http_header *headers = attempt_headers(&call->wire, &call->state, transport->digest, arena, &count);
    const struct http_request request = {.method = call->operation->method,
                                         .url = buffer_text(&call->url),
                                         .authority = transport->endpoint.authority,
                                         .https = transport->endpoint.https,
                                         .headers = headers,
                                         .header_count = count,
                                         .body = buffer_slice(&call->request.body)};
    http_answer_free(&call->answer);
    enum http_result result = http_perform(transport->http, &request, &call->answer, error);
    int64_t took = timestamp_now() - call->state.now;
    if (result == HTTP_ANSWERED)
        debug_line(transport->settings, "attempt %ld: %s %s: status %ld, %zu bytes, request id %s, %" PRId64 " us",
                   call->state.number, request.method, request.url, call->answer.status, call->answer.body.size,
                   call->answer.request_id == NULL ? "none" : call->answer.request_id, took);
    else
        debug_line(transport->settings, "attempt %ld: %s %s: no answer, %" PRId64 " us", call->state.number,
                   request.method, request.url, took);
    return result;
}

/** When the service would give the next attempt up, by its own clock (botocore/endpoint.py). */
static void set_deadline(struct call *call)
{
    int64_t date;
    call->state.deadline = 0;
    if (call->answer.date != NULL && timestamp_parse_http(slice_of(call->answer.date), &date))
        call->state.deadline = date + call->transport->settings->read_timeout * TIMESTAMP_SECOND;
}

/** A number from 0 to below 1. */
static double chance(void)
{
    uint32_t bits = 0;
    (void)secret_random((unsigned char *)&bits, sizeof bits);
    return (double)bits / 4294967296.0;
}

static bool try_again(struct call *call, const struct retry_outcome *outcome)
{
    struct transport *transport = call->transport;
    if (!retry_decide(outcome, call->state.number, transport->settings->max_attempts, &transport->quota))
        return false;
    int64_t delay = retry_delay(call->state.number, chance());
    debug_line(transport->settings, "trying again in %" PRId64 " us", delay);
    set_deadline(call);
    timestamp_wait(delay);
    call->state.number++;
    return true;
}

static bool take_answer(struct call *call, json_t **output, struct error *error)
{
    struct transport *transport = call->transport;
    http_answer_free(&transport->last);
    transport->last = call->answer;
    transport->attempts = call->state.number;
    call->answer = (struct http_answer){0};
    return response_parse(call->operation, buffer_slice(&transport->last.body), output, error);
}

json_t *transport_metadata(const struct transport *transport)
{
    if (transport->last.status == 0)
        return NULL;
    return metadata_read(&transport->last, transport->service->protocol, transport->attempts);
}

bool transport_call(struct transport *transport, const struct api_operation *operation, const json_t *input,
                    json_t **output, struct error *error)
{
    CALL_AUTO call = {.transport = transport, .operation = operation, .state = {.number = 1}};
    prepare(&call, input);
    for (;;) {
        ERROR_AUTO failure = {0};
        SERVICE_ERROR_AUTO refusal = {0};
        enum http_result result = attempt(&call, &failure);
        bool refused = result == HTTP_ANSWERED && service_error_is(call.answer.status);
        if (result == HTTP_ANSWERED && !refused)
            return take_answer(&call, output, error);
        if (refused && !service_error_read(operation, &call.answer, &refusal, error))
            return false;
        const struct retry_outcome outcome = {result, call.answer.status, refused ? buffer_text(&refusal.code) : NULL};
        if (try_again(&call, &outcome))
            continue;
        long max_attempts = transport->settings->max_attempts;
        long retries = call.state.number >= max_attempts ? max_attempts - 1 : -1;
        return refused ? service_error_report(operation, &refusal, retries, error) : error_move(error, &failure);
    }
}
