// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Cargo's credential provider protocol, version 1. Source: "Credential Provider Protocol" of The Cargo Book; section 5
 * of the reference.
 */
#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/helpers/ask.h"
#include "client/helpers/channel.h"
#include "client/helpers/conversation.h"
#include "client/helpers/options.h"

#include <string.h>

/** What we say first: the versions that we speak. */
#define HELLO "{\"v\":[1]}"

static void write_kind(struct buffer *out, const char *member, const char *kind)
{
    buffer_append_format(out, "{\"%s\":{\"kind\":\"%s\"}}", member, kind);
}

/** Cargo shows the message and, below, what has caused it. */
static void write_failure(struct buffer *out, const char *message, const char *cause)
{
    buffer_append_text(out, "{\"Err\":{\"kind\":\"other\",\"message\":");
    json_write_string(out, slice_of(message));
    buffer_append_text(out, ",\"caused-by\":[");
    json_write_string(out, slice_of(cause));
    buffer_append_text(out, "]}}");
}

/** One run a cargo process: the token opens every operation, and lives as long as it says. */
static void write_token(struct buffer *out, bool bearer, const struct live_token *token)
{
    BUFFER_AUTO value = {0};
    buffer_append_text(&value, bearer ? "Bearer " : "");
    buffer_append_text(&value, token->text);
    buffer_append_text(out, "{\"Ok\":{\"kind\":\"get\",\"token\":");
    json_write_string(out, buffer_slice(&value));
    if (token->expiration > 0) {
        buffer_append_text(out, ",\"cache\":\"expires\",\"expiration\":");
        text_append_integer(out, token->expiration / TIMESTAMP_SECOND);
    } else {
        buffer_append_text(out, ",\"cache\":\"session\"");
    }
    buffer_append_text(out, ",\"operation_independent\":true}}");
}

// ------------------------------------------------------------------ the kinds of requests

/** A request: the call with the options that the configuration has for cargo's provider, and the registry. */
struct cargo_request {
    struct helper_call call;
    const char *url;
};

static void answer_get(const struct cargo_request *request, struct buffer *out)
{
    HELPER_ANSWER_AUTO answer = {0};
    ERROR_AUTO reason = {0};
    switch (helper_ask(&request->call, request->url, false, &answer, &reason)) {
    case TARGET_FOUND:
        write_token(out, request->call.bearer, &answer.token);
        break;
    case TARGET_FOREIGN:
        write_kind(out, "Err", "url-not-supported");
        break;
    case TARGET_FAILED:
        write_failure(out, "there is no token for this registry", reason.message);
    }
}

/**
 * Nothing is kept of a login: each token comes from the service. But cargo says "please run cargo login" of a token
 * that was refused, so both forget the one in the cache, and the next question gets another.
 */
static void answer_change(const struct cargo_request *request, const char *kind, struct buffer *out)
{
    struct target target;
    ERROR_AUTO reason = {0};
    const struct helper_call *call = &request->call;
    enum target_result result =
        target_find(request->url, &call->options, call->environment, call->arena, &target, &reason);
    if (result == TARGET_FOUND && !helper_drop(call, request->url, &reason))
        result = TARGET_FAILED;
    if (result == TARGET_FOREIGN)
        write_kind(out, "Err", "url-not-supported");
    else if (result == TARGET_FAILED)
        write_failure(out, "the registry's settings are broken", reason.message);
    else
        write_kind(out, "Ok", kind);
}

static struct words read_words(const json_t *list, struct arena *arena)
{
    size_t count = json_array_size(list);
    const char **words = arena_allocate(arena, count + 1, sizeof *words);
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        const char *word = json_string_value(json_array_get(list, i));
        if (word != NULL)
            words[taken++] = arena_copy(arena, word, strlen(word));
    }
    return (struct words){words, taken};
}

void cargo_answer(struct helper_call *call, struct slice line, struct buffer *out)
{
    ERROR_AUTO reason = {0};
    JSON_AUTO *message = json_parse(line, &reason);
    const char *kind = json_string_value(json_object_get(message, "kind"));
    struct cargo_request request = {.call = *call};
    if (message == NULL || kind == NULL || json_integer_value(json_object_get(message, "v")) != 1) {
        write_failure(out, "this is no request of cargo's credential protocol, version 1",
                      message == NULL ? reason.message : "its \"v\" or \"kind\" is not known");
        return;
    }
    if (!helper_options_take(&request.call, read_words(json_object_get(message, "args"), call->arena), &reason)) {
        write_failure(out, "credential-provider in cargo's configuration is wrong", reason.message);
        return;
    }
    request.url = helper_copy_url(call, json_member_text(json_object_get(message, "registry"), "index-url"));
    if (strcmp(kind, "get") == 0)
        answer_get(&request, out);
    else if (strcmp(kind, "login") == 0 || strcmp(kind, "logout") == 0)
        answer_change(&request, kind, out);
    else
        write_kind(out, "Err", "operation-not-supported");
}

bool helper_cargo(struct helper_call *call, struct buffer *out, struct error *error)
{
    (void)out;
    CHANNEL_AUTO channel = {.input = call->input, .output = call->output};
    struct slice line;
    enum channel_result result;
    if (!channel_send(&channel, SLICE(HELLO), error))
        return false;
    while ((result = channel_next(&channel, &line, error)) == CHANNEL_LINE) {
        BUFFER_AUTO answer = {0};
        cargo_answer(call, line, &answer);
        if (!channel_send(&channel, buffer_slice(&answer), error))
            return false;
    }
    return result == CHANNEL_END;
}
