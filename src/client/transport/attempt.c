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

/** The canonical request for --debug: without the session token. */
static void tell_canonical_request(const struct settings *settings, struct slice canonical)
{
    static const struct slice secret = {"x-amz-security-token:", 21};
    BUFFER_AUTO redacted = {0};
    struct slice line;
    while (slice_cut(&canonical, '\n', &line)) {
        bool hide = slice_starts_with(line, secret);
        buffer_append_slice(&redacted, hide ? secret : line);
        buffer_append_text(&redacted, hide ? "(not shown)" : "");
        buffer_append_text(&redacted, canonical.data != NULL ? "\n" : "");
    }
    debug_line(settings, "canonical request:\n%s", buffer_text(&redacted));
}

static void sign(const struct attempt_call *call, const struct attempt_state *state, struct digest *digest,
                 struct arena *arena, struct list *list)
{
    struct sigv4_header headers[2] = {{SLICE("Host"), slice_of(call->endpoint->host)}};
    size_t count = 1;
    if (call->request->content_type != NULL)
        headers[count++] = (struct sigv4_header){SLICE("Content-Type"), slice_of(call->request->content_type)};
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
        tell_canonical_request(call->settings, signature->canonical_request);
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

size_t attempt_write_headers(const struct attempt_call *call, const struct attempt_state *state, struct digest *digest,
                             struct arena *arena, struct http_header headers[static ATTEMPT_HEADERS_MAX])
{
    struct list list = {headers, 0};
    add(&list, "Host", slice_of(call->endpoint->host));
    add(&list, "Accept-Encoding", SLICE("identity"));
    add(&list, "User-Agent", slice_of(call->user_agent));
    if (call->request->content_type != NULL)
        add(&list, "Content-Type", slice_of(call->request->content_type));
    if (call->credentials != NULL)
        sign(call, state, digest, arena, &list);
    add(&list, "amz-sdk-invocation-id", slice_of(call->invocation));
    add(&list, "amz-sdk-request", describe(call, state, arena));
    return list.count;
}
