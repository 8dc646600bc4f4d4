// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/introspection/introspection.h"

#include "base/json.h"
#include "base/text.h"
#include "service/caller/bearer.h"
#include "service/operations/authorize.h"

/** What is known so far of one question. */
struct inquiry {
    const struct introspection *introspection;
    const struct introspection_question *question;
    struct arena *arena;
    struct slice domain; /**< The only one that may be told of; empty: all. */
};

static bool refuse(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "UnrecognizedClient",
                     "Whoever asks must show a client's id and secret (Basic), or a token of its own (Bearer)");
}

// ------------------------------------------------------------------ whose token it is

/** Opens a token and finds its caller: alive, of someone who is there, not revoked. */
static bool recognize(const struct inquiry *inquiry, struct slice token, struct bearer *out, struct error *error)
{
    const struct caller_desk *desk = inquiry->introspection->desk;
    const int64_t now = inquiry->question->now;
    return caller_recognize_bearer(inquiry->introspection->desk, token, now / TIMESTAMP_SECOND, inquiry->arena, out,
                                   error) &&
           revocations_check_token(desk->revocations, desk->store, out->claims, now, error);
}

static const char *keep(const struct inquiry *inquiry, struct slice text)
{
    return arena_copy(inquiry->arena, text.data, text.size);
}

// ------------------------------------------------------------------ who asks

/** RFC 6749 section 2.3.1: both are encoded as in a form before they are put together. */
static bool check_client(const struct inquiry *inquiry, struct slice encoded, const char **asker, struct error *error)
{
    BUFFER_AUTO pair = {0};
    BUFFER_AUTO id = {0};
    BUFFER_AUTO secret = {0};
    if (!text_base64_decode(encoded, &pair))
        return refuse(error);
    size_t colon = slice_find(buffer_slice(&pair), ':', 0);
    if (colon == pair.size || !text_percent_decode(&id, slice_part(buffer_slice(&pair), 0, colon), true) ||
        !text_percent_decode(&secret, slice_part(buffer_slice(&pair), colon + 1, pair.size), true) ||
        !introspection_clients_check(inquiry->introspection->clients, buffer_slice(&id), buffer_slice(&secret)))
        return refuse(error);
    *asker = keep(inquiry, buffer_slice(&id));
    return true;
}

/** A caller who shows its own token. What that is narrowed to counts as well. */
static bool check_caller(struct inquiry *inquiry, struct slice token, const char **asker, struct error *error)
{
    struct bearer bearer;
    ERROR_AUTO reason = {0};
    if (!recognize(inquiry, token, &bearer, &reason))
        return reason.class == ERROR_PARAMETER ? refuse(error) : error_move(error, &reason);
    const struct operation_call call = {
        .desk = inquiry->introspection->desk,
        .resources = inquiry->introspection->resources,
        .roles = inquiry->introspection->roles,
        .arena = inquiry->arena,
        .caller = &bearer.caller,
        .client = inquiry->question->client,
        .tls = inquiry->question->tls,
        .now = inquiry->question->now,
    };
    const char *domain = keep(inquiry, bearer.claims->domain);
    inquiry->domain = slice_of(domain);
    *asker = keep(inquiry, slice_of(bearer.caller.arn));
    return authorize(&call, INTROSPECTION_ACTION, domain, error);
}

static bool check_asker(struct inquiry *inquiry, const char **asker, struct error *error)
{
    const struct slice header = slice_trim(inquiry->question->authorization);
    const size_t blank = slice_find(header, ' ', 0);
    const struct slice scheme = slice_part(header, 0, blank);
    const struct slice rest = slice_trim(slice_part(header, blank, header.size));
    if (slice_equal_nocase(scheme, SLICE("Basic")))
        return check_client(inquiry, rest, asker, error);
    if (slice_equal_nocase(scheme, SLICE("Bearer")))
        return check_caller(inquiry, rest, asker, error);
    return refuse(error);
}

// ------------------------------------------------------------------ the answer

static void write_text(struct buffer *out, const char *name, struct slice value)
{
    if (value.size == 0)
        return;
    buffer_append_format(out, ",\"%s\":", name);
    json_write_string(out, value);
}

static void write_active(struct buffer *out, const struct bearer *bearer, struct slice issuer)
{
    const struct token_claims *claims = bearer->claims;
    buffer_append_text(out, "{\"active\":true,\"token_type\":\"Bearer\"");
    write_text(out, "sub", claims->principal);
    write_text(out, "username", slice_of(bearer->caller.arn));
    write_text(out, "client_id", slice_of(bearer->caller.principal->id));
    write_text(out, "scope", claims->narrowing);
    write_text(out, "aud", claims->domain);
    write_text(out, "iss", issuer);
    write_text(out, "jti", claims->id);
    buffer_append_text(out, ",\"iat\":");
    text_append_integer(out, claims->issued);
    buffer_append_text(out, ",\"exp\":");
    text_append_integer(out, claims->expires);
    buffer_append_char(out, '}');
}

bool introspection_answer(const struct introspection *introspection, const struct introspection_question *question,
                          struct arena *arena, struct buffer *body, struct introspection_note *note,
                          struct error *error)
{
    struct inquiry inquiry = {.introspection = introspection, .question = question, .arena = arena};
    struct bearer bearer;
    ERROR_AUTO reason = {0};
    *note = (struct introspection_note){0};
    if (!check_asker(&inquiry, &note->asker, error))
        return false;
    bool alive = recognize(&inquiry, question->token, &bearer, &reason);
    if (!alive && reason.class != ERROR_PARAMETER)
        return error_move(error, &reason);
    if (!alive || (inquiry.domain.size > 0 && !slice_equal(inquiry.domain, bearer.claims->domain))) {
        buffer_append_text(body, "{\"active\":false}");
        return true;
    }
    write_active(body, &bearer, question->issuer);
    note->token_id = slice_of(keep(&inquiry, bearer.claims->id));
    return true;
}
