// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/transport.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "client/debug.h"
#include "client/transport/attempt.h"
#include "client/transport/clock.h"
#include "client/transport/endpoint.h"
#include "client/transport/http.h"
#include "client/transport/metadata.h"
#include "client/transport/rate_limit.h"
#include "client/transport/request.h"
#include "client/transport/response.h"
#include "client/transport/retry.h"
#include "client/transport/service_error.h"
#include "client/transport/user_agent.h"

#include <inttypes.h>
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
    struct rate_limit limit;
    int64_t clock_ahead; // where the settings keep none
    char *warning;
};

/** For what counts in seconds and fractions of them. */
static double seconds_now(void)
{
    return (double)timestamp_now() / (double)TIMESTAMP_SECOND;
}

struct transport *transport_new(const struct settings *settings, const struct api_service *service,
                                const struct credentials *credentials, struct error *error)
{
    struct transport *transport = memory_new(1, sizeof *transport);
    transport->settings = settings;
    transport->service = service;
    transport->credentials = credentials;
    transport->arena = arena_new();
    transport->quota.left = RETRY_QUOTA;
    rate_limit_start(&transport->limit, seconds_now());
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
    digest_start_lean();
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
    long price;        // that the last retry cost
    bool clock_helped; // the clock was corrected for this call already
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
    buffer_append_format(&call->url, "%s://%s", endpoint->https ? "https" : "http", endpoint->authority);
    endpoint_write_sent(buffer_slice(&call->path), &call->url);
    buffer_append_text(&call->url, call->query.size > 0 ? "?" : "");
    endpoint_write_sent(buffer_slice(&call->query), &call->url);
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

static int64_t *clock_of(struct transport *transport)
{
    int64_t *kept = transport->settings->clock_ahead;
    return kept != NULL ? kept : &transport->clock_ahead;
}

/** Sends once. The error stays as it was when an answer came, whatever that says. */
static enum http_result attempt(struct call *call, struct error *error)
{
    struct transport *transport = call->transport;
    ARENA_AUTO *arena = arena_new();
    size_t count;
    int64_t start = timestamp_now();
    call->state.now = start + *clock_of(transport);
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
    int64_t took = timestamp_now() - start;
    if (result == HTTP_ANSWERED)
        debug_line(transport->settings, "attempt %ld: %s %s: status %ld, %zu bytes, request id %s, %" PRId64 " us",
                   call->state.number, request.method, request.url, call->answer.status, call->answer.body.size,
                   call->answer.request_id == NULL ? "none" : call->answer.request_id, took);
    else
        debug_line(transport->settings, "attempt %ld: %s %s: no answer, %" PRId64 " us: %s", call->state.number,
                   request.method, request.url, took, error->message);
    return result;
}

/** In retry mode `adaptive`: sends no faster than the service bears. */
static void wait_for_rate(struct transport *transport)
{
    if (!transport->settings->adaptive_retries)
        return;
    for (;;) {
        double wait = rate_limit_acquire(&transport->limit, seconds_now());
        if (wait <= 0)
            return;
        debug_line(transport->settings, "the service has throttled: sending in %.3f s", wait);
        timestamp_wait((int64_t)(wait * (double)TIMESTAMP_SECOND) + 1);
    }
}

static void learn_rate(struct transport *transport, const struct retry_outcome *outcome)
{
    if (!transport->settings->adaptive_retries)
        return;
    bool throttled = retry_is_throttling(outcome);
    rate_limit_record(&transport->limit, seconds_now(), throttled);
    if (throttled)
        debug_line(transport->settings, "the service has throttled: at most %.3f requests a second",
                   transport->limit.fill_rate);
}

/** The service's clock, as the answer tells it, or ours. */
static int64_t server_now(const struct call *call)
{
    int64_t date;
    const char *given = call->answer.date;
    return given != NULL && timestamp_parse_http(slice_of(given), &date) ? date : call->state.now;
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

static struct retry_outcome outcome_of(const struct call *call, enum http_result result, const char *code)
{
    const struct http_answer *answer = &call->answer;
    struct retry_outcome outcome = {
        .result = result, .status = answer->status, .code = code, .service = call->operation->service->signing_name};
    if (answer->retry_after != NULL)
        outcome.after = retry_read_after(answer->retry_after, server_now(call));
    if (answer->amz_retry_after != NULL)
        outcome.renewed_after = retry_read_renewed_after(answer->amz_retry_after);
    return outcome;
}

static bool try_again(struct call *call, const struct retry_outcome *outcome)
{
    static const char *const reasons[] = {
        [RETRY_AGAIN] = "",
        [RETRY_USELESS] = "another attempt would not mend it",
        [RETRY_NO_ATTEMPT] = "that was the last attempt",
        [RETRY_NO_QUOTA] = "too much was tried again already",
    };
    struct transport *transport = call->transport;
    const struct retry_rules rules = {transport->settings->max_attempts, transport->settings->renewed_retries};
    enum retry_verdict verdict = retry_decide(&rules, outcome, call->state.number, &transport->quota, &call->price);
    if (verdict != RETRY_AGAIN) {
        debug_line(transport->settings, "not tried again: %s", reasons[verdict]);
        return false;
    }
    int64_t delay = retry_delay(&rules, outcome, call->state.number, chance());
    debug_line(transport->settings, "trying again in %" PRId64 " us%s, for %ld of the retry quota, %ld left", delay,
               outcome->after > 0 ? ", as Retry-After asks" : "", call->price, transport->quota.left);
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
    retry_reward(&transport->quota, call->price);
    return response_parse(call->operation, &transport->last, output, error);
}

json_t *transport_metadata(const struct transport *transport)
{
    if (transport->last.status == 0)
        return NULL;
    return metadata_read(&transport->last, transport->service->protocol, transport->attempts,
                         transport->settings->max_attempts);
}

/**
 * Where a wrong clock explains the refusal, the attempt is made again, signed by the server's; once a call. It is no
 * attempt of its own: with the right clock there would have been no other.
 */
static bool correct_clock(struct call *call, const char *code)
{
    struct transport *transport = call->transport;
    int64_t ahead;
    if (call->wire.credentials == NULL || call->clock_helped ||
        !clock_is_blamed(code, call->answer.date, call->state.now, &ahead))
        return false;
    int64_t total = *clock_of(transport) += ahead;
    debug_line(transport->settings,
               "%s, and this machine's clock is %" PRId64 " s %s the server's: signing by the server's from now on",
               code, (total < 0 ? -total : total) / TIMESTAMP_SECOND, total < 0 ? "ahead of" : "behind");
    call->clock_helped = true;
    set_deadline(call);
    return true;
}

/** Tells of a refusal; by how many attempts, when those were all. */
static bool report(const struct call *call, struct service_error *refusal, struct error *error)
{
    long max_attempts = call->transport->settings->max_attempts;
    long retries = call->state.number >= max_attempts ? max_attempts - 1 : -1;
    return service_error_report(call->operation, refusal, retries, error);
}

bool transport_call(struct transport *transport, const struct api_operation *operation, const json_t *input,
                    json_t **output, struct error *error)
{
    CALL_AUTO call = {.transport = transport, .operation = operation, .state = {.number = 1}};
    prepare(&call, input);
    for (;;) {
        ERROR_AUTO failure = {0};
        SERVICE_ERROR_AUTO refusal = {0};
        wait_for_rate(transport);
        enum http_result result = attempt(&call, &failure);
        bool refused = result == HTTP_ANSWERED && service_error_is(call.answer.status);
        // An error that cannot be read counts by its status.
        bool understood = refused && service_error_read(operation, &call.answer, &refusal, &failure);
        const char *code = understood ? buffer_text(&refusal.code) : NULL;
        const struct retry_outcome outcome = outcome_of(&call, result, code);
        learn_rate(transport, &outcome);
        if (result == HTTP_ANSWERED && !refused)
            return take_answer(&call, output, error);
        if ((!understood || !correct_clock(&call, code)) && !try_again(&call, &outcome))
            return understood ? report(&call, &refusal, error) : error_move(error, &failure);
    }
}
