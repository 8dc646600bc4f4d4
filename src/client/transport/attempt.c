// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/attempt.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/debug.h"
#include "sigv4/sigv4.h"

#include <stdlib.h>

/** A list that is being written. */
struct list {
    struct http_header *headers;
    size_t count;
};

static void add(struct list *list, const char *name, struct slice value)
{
    list->headers[list->count++] = (struct http_header){name, value};
}

void attempt_name(char out[static ATTEMPT_ID_SIZE])
{
    unsigned char bytes[16];
    if (!secret_random(bytes, sizeof bytes))
        abort(); // a system without randomness can do no TLS either
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    static const size_t groups[] = {4, 2, 2, 2, 6};
    char *place = out;
    size_t from = 0;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (i > 0)
            *place++ = '-';
        text_hex_write(place, bytes + from, groups[i]);
        place += 2 * groups[i];
        from += groups[i];
    }
}

/** Whether a line of the canonical request is a header that may be a secret: the session token, or a member. */
static bool is_secret(const struct request *request, struct slice name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (slice_equal_nocase(name, slice_of(request->headers[i].name)))
            return true;
    return slice_is(name, "x-amz-security-token");
}

/** The canonical request for --debug: without the values of secret headers. */
static void tell_canonical_request(const struct attempt_call *call, struct slice canonical)
{
    BUFFER_AUTO redacted = {0};
    struct slice line;
    while (slice_cut(&canonical, '\n', &line)) {
        struct slice name = slice_part(line, 0, slice_find(line, ':', 0));
        bool hide = name.size < line.size && is_secret(call->request, name);
        buffer_append_slice(&redacted, hide ? name : line);
        buffer_append_text(&redacted, hide ? ":(not shown)" : "");
        buffer_append_text(&redacted, canonical.data != NULL ? "\n" : "");
    }
    debug_line(call->settings, "canonical request:\n%s", buffer_text(&redacted));
}

/** Every header that is sent is signed, but for those that a proxy may change (botocore/auth.py). */
static const struct sigv4_header *headers_to_sign(const struct attempt_call *call, struct arena *arena, size_t *count)
{
    const struct request *request = call->request;
    struct sigv4_header *headers = arena_allocate(arena, request->header_count + 2, sizeof *headers);
    headers[0] = (struct sigv4_header){SLICE("Host"), slice_of(call->endpoint->host)};
    *count = 1;
    for (size_t i = 0; i < request->header_count; i++)
        headers[(*count)++] =
            (struct sigv4_header){slice_of(request->headers[i].name), slice_of(request->headers[i].value)};
    if (request->content_type != NULL)
        headers[(*count)++] = (struct sigv4_header){SLICE("Content-Type"), slice_of(request->content_type)};
    return headers;
}

static void sign(const struct attempt_call *call, const struct attempt_state *state, struct digest *digest,
                 struct arena *arena, struct list *list)
{
    size_t count;
    const struct sigv4_header *headers = headers_to_sign(call, arena, &count);
    const struct sigv4_request request = {.method = slice_of(call->method),
                                          .path = call->path,
                                          .query = call->query,
                                          .headers = headers,
                                          .header_count = count,
                                          .body = buffer_slice(&call->request->body)};
    const struct sigv4_signer signer = {.access_key_id = slice_of(call->credentials->access_key_id),
                                        .secret_access_key = slice_of(call->credentials->secret_access_key),
                                        .session_token = slice_of(call->credentials->session_token),
                                        .region = slice_of(call->endpoint->region),
                                        .service = slice_of(call->service),
                                        .now = state->now,
                                        .options = sigv4_default_options};
    struct sigv4_signature *signature = arena_allocate(arena, 1, sizeof *signature);
    sigv4_sign(digest, &signer, &request, arena, signature);
    if (call->settings->debug) {
        tell_canonical_request(call, signature->canonical_request);
        debug_line(call->settings, "string to sign:\n%.*s", SLICE_ARGS(signature->string_to_sign));
    }
    add(list, "X-Amz-Date", slice_of(signature->amz_date));
    if (signer.session_token.size > 0)
        add(list, "X-Amz-Security-Token", signer.session_token);
    add(list, "Authorization", signature->authorization);
}

/** "attempt=1", later "[ttl=20260830T123600Z; ]attempt=2; max=3". */
static struct slice describe(const struct attempt_call *call, const struct attempt_state *state, struct arena *arena)
{
    if (state->number == 1)
        return SLICE("attempt=1");
    char deadline[TIMESTAMP_AMZ_SIZE] = "";
    if (state->deadline != 0)
        timestamp_format_amz(state->deadline, deadline);
    return slice_of(arena_format(arena, "%s%s%sattempt=%ld; max=%ld", state->deadline != 0 ? "ttl=" : "", deadline,
                                 state->deadline != 0 ? "; " : "", state->number, call->settings->max_attempts));
}

/** Those that attempt_headers() itself adds. */
#define OWN_HEADERS 9

const struct http_header *attempt_headers(const struct attempt_call *call, const struct attempt_state *state,
                                          struct digest *digest, struct arena *arena, size_t *count)
{
    const struct request *request = call->request;
    struct list list = {arena_allocate(arena, OWN_HEADERS + request->header_count, sizeof *list.headers), 0};
    add(&list, "Host", slice_of(call->endpoint->host));
    add(&list, "Accept-Encoding", SLICE("identity"));
    for (size_t i = 0; i < request->header_count; i++)
        add(&list, request->headers[i].name, slice_of(request->headers[i].value));
    if (request->content_type != NULL)
        add(&list, "Content-Type", slice_of(request->content_type));
    add(&list, "User-Agent", slice_of(call->user_agent));
    if (call->credentials != NULL)
        sign(call, state, digest, arena, &list);
    add(&list, "amz-sdk-invocation-id", slice_of(call->invocation));
    add(&list, "amz-sdk-request", describe(call, state, arena));
    *count = list.count;
    return list.headers;
}
