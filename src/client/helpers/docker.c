// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Docker's credential helpers: the server's URL or host on standard input, JSON as the answer; a failure is told on
 * standard output, with exit code 1. Source: the package docker-credential-helpers.
 */
#include "base/json.h"
#include "client/helpers/ask.h"
#include "client/helpers/channel.h"

#include <string.h>

/** The words by which docker knows that it shall go on without a credential. */
#define NOT_FOUND "credentials not found in native keychain"

static bool say(struct helper_call *call, struct buffer *out, const char *text)
{
    buffer_append_text(out, text);
    buffer_append_char(out, '\n');
    call->exit_code = 1;
    return true;
}

static void write_answer(struct buffer *out, struct slice server, const char *token)
{
    buffer_append_text(out, "{\"ServerURL\":");
    json_write_string(out, server);
    buffer_append_text(out, ",\"Username\":\"aws\",\"Secret\":");
    json_write_string(out, slice_of(token));
    buffer_append_text(out, "}\n");
}

static bool get(struct helper_call *call, struct slice server, struct buffer *out)
{
    HELPER_ANSWER_AUTO answer = {0};
    ERROR_AUTO reason = {0};
    const char *url = helper_copy_url(call, server);
    enum target_result result = helper_ask(call, url, false, &answer, &reason);
    if (result != TARGET_FOUND)
        return say(call, out, result == TARGET_FOREIGN ? NOT_FOUND : reason.message);
    write_answer(out, server, answer.token.text);
    return true;
}

static bool erase(struct helper_call *call, struct slice server, struct buffer *out)
{
    ERROR_AUTO reason = {0};
    return helper_drop(call, helper_copy_url(call, server), &reason) || say(call, out, reason.message);
}

/** `docker login` stores what it was given. For what is ours that is in vain; another's password we do not keep. */
static bool store(struct helper_call *call, struct slice request, struct buffer *out)
{
    struct target target;
    ERROR_AUTO reason = {0};
    JSON_AUTO *login = json_parse(request, NULL);
    struct slice server = json_member_text(login, "ServerURL");
    switch (
        target_find(helper_copy_url(call, server), &call->options, call->environment, call->arena, &target, &reason)) {
    case TARGET_FOUND:
        return true;
    case TARGET_FAILED:
        return say(call, out, reason.message);
    case TARGET_FOREIGN:
        break;
    }
    return say(call, out, "jeton keeps no passwords: name it under credHelpers, for its hosts, not as credsStore");
}

bool helper_docker(struct helper_call *call, struct buffer *out, struct error *error)
{
    BUFFER_AUTO request = {0};
    const char *operation = call->words.count == 1 ? call->words.items[0] : "";
    if (strcmp(operation, "list") == 0) {
        buffer_append_text(out, "{}\n");
        return true;
    }
    if (strcmp(operation, "get") != 0 && strcmp(operation, "erase") != 0 && strcmp(operation, "store") != 0)
        return error_set(error, ERROR_USAGE, NULL, "usage: credential-helper docker get|store|erase|list");
    if (!channel_read_all(call->input, &request, error))
        return false;
    struct slice text = slice_trim(buffer_slice(&request));
    if (strcmp(operation, "store") == 0)
        return store(call, text, out);
    return strcmp(operation, "get") == 0 ? get(call, text, out) : erase(call, text, out);
}
