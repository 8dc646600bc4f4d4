// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/helpers/git.h"
#include "base/timestamp.h"
#include "client/helpers/ask.h"
#include "client/helpers/channel.h"

#include <inttypes.h>
#include <string.h>

/** The URL comes in parts, in this order, or whole. */
static void take_part(struct git_request *request, struct slice key, struct slice value)
{
    if (slice_is(key, "url"))
        buffer_clear(&request->url);
    if (slice_is(key, "url") || slice_is(key, "protocol"))
        buffer_append_slice(&request->url, value);
    if (slice_is(key, "protocol"))
        buffer_append_text(&request->url, "://");
    if (slice_is(key, "host"))
        buffer_append_slice(&request->url, value);
    if (slice_is(key, "path")) {
        buffer_append_char(&request->url, '/');
        buffer_append_slice(&request->url, value);
    }
}

static void take_challenge(struct git_request *request, struct slice challenge)
{
    static const struct slice bearer = {"Bearer", 6};
    request->challenged = true;
    request->bearer = request->bearer || slice_equal_nocase(slice_part(challenge, 0, bearer.size), bearer);
}

bool git_take_line(struct git_request *request, struct slice line)
{
    if (slice_ends_with(line, SLICE("\r")))
        line.size--;
    size_t equals = slice_find(line, '=', 0);
    struct slice key = slice_part(line, 0, equals);
    struct slice value = slice_part(line, equals + 1, line.size);
    if (slice_is(key, "capability[]"))
        request->authtype = request->authtype || slice_is(value, "authtype");
    else if (slice_is(key, "wwwauth[]"))
        take_challenge(request, value);
    else if (value.size <= GIT_VALUE_SIZE)
        take_part(request, key, value);
    return line.size > 0;
}

void git_request_free(struct git_request *request)
{
    buffer_free(&request->url);
}

static bool read_request(const struct helper_call *call, struct git_request *request, struct error *error)
{
    CHANNEL_AUTO channel = {.input = call->input, .output = call->output};
    struct slice line;
    enum channel_result result;
    do
        result = channel_next(&channel, &line, error);
    while (result == CHANNEL_LINE && git_take_line(request, line));
    return result != CHANNEL_FAILED;
}

static void write_answer(struct buffer *out, const struct git_request *request, const struct live_token *token)
{
    // A server that asks for Basic alone would refuse Bearer.
    if (request->authtype && (request->bearer || !request->challenged))
        // Ephemeral: another helper's storage is no place for it.
        buffer_append_text(out, "capability[]=authtype\nauthtype=Bearer\nephemeral=1\ncredential=");
    else
        buffer_append_text(out, "username=aws\npassword=");
    buffer_append_text(out, token->text);
    buffer_append_char(out, '\n');
    if (token->expiration > 0)
        buffer_append_format(out, "password_expiry_utc=%" PRId64 "\n", token->expiration / TIMESTAMP_SECOND);
}

/** Another's host is answered with nothing, and git asks the next helper. */
static bool answer_get(const struct helper_call *call, struct buffer *out, struct error *error)
{
    GIT_REQUEST_AUTO request = {0};
    HELPER_ANSWER_AUTO answer = {0};
    if (!read_request(call, &request, error))
        return false;
    enum target_result result =
        helper_ask(call, helper_copy_url(call, buffer_slice(&request.url)), false, &answer, error);
    if (result == TARGET_FOUND)
        write_answer(out, &request, &answer.token);
    return result != TARGET_FAILED;
}

/** What git erases was refused. */
static bool erase(const struct helper_call *call, struct error *error)
{
    GIT_REQUEST_AUTO request = {0};
    return read_request(call, &request, error) &&
           helper_drop(call, helper_copy_url(call, buffer_slice(&request.url)), error);
}

bool helper_git(struct helper_call *call, struct buffer *out, struct error *error)
{
    const char *operation = call->words.count > 0 ? call->words.items[call->words.count - 1] : "";
    if (strcmp(operation, "get") == 0)
        return answer_get(call, out, error);
    if (strcmp(operation, "erase") == 0)
        return erase(call, error);
    // `store`, and what later versions ask for: silence, says gitcredentials(7).
    return operation[0] != '\0' ||
           error_set(error, ERROR_USAGE, NULL, "usage: credential-helper git [options] get|store|erase");
}
