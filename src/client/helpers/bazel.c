// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Bazel's credential helpers: `get`, {"uri": URL} on standard input, headers with their end as the answer.
 * Source: the published specification (EngFlow/credential-helper-spec, spec.md).
 */
#include "base/json.h"
#include "base/timestamp.h"
#include "client/helpers/ask.h"
#include "client/helpers/channel.h"

#include <string.h>

static bool read_uri(const struct helper_call *call, const char **uri, struct error *error)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO reason = {0};
    if (!channel_read_all(call->input, &text, error))
        return false;
    JSON_AUTO *request = json_parse(buffer_slice(&text), &reason);
    struct slice member = json_member_text(request, "uri");
    if (member.data == NULL)
        return error_set(error, ERROR_PARAMETER, NULL, "The request is no JSON object with a \"uri\": %s",
                         request == NULL ? reason.message : "there is no such member");
    *uri = helper_copy_url(call, member);
    return true;
}

static void write_answer(struct buffer *out, const struct helper_answer *answer)
{
    BUFFER_AUTO header = {0};
    helper_write_header(&header, answer);
    buffer_append_text(out, "{\"headers\":{\"Authorization\":[");
    json_write_string(out, buffer_slice(&header));
    buffer_append_text(out, "]}");
    if (answer->token.expiration > 0) {
        buffer_append_text(out, ",\"expires\":\"");
        timestamp_format_utc(out, answer->token.expiration, false);
        buffer_append_char(out, '"');
    }
    buffer_append_text(out, "}\n");
}

bool helper_bazel(struct helper_call *call, struct buffer *out, struct error *error)
{
    HELPER_ANSWER_AUTO answer = {0};
    const char *uri = "";
    if (call->words.count != 1 || strcmp(call->words.items[0], "get") != 0)
        return error_set(error, ERROR_USAGE, NULL, "usage: credential-helper bazel get");
    if (!read_uri(call, &uri, error))
        return false;
    enum target_result result = helper_ask(call, uri, false, &answer, error);
    if (result == TARGET_FOUND)
        write_answer(out, &answer);
    // Another's host needs no header of ours; a failure would end the build.
    else if (result == TARGET_FOREIGN)
        buffer_append_text(out, "{\"headers\":{}}\n");
    return result != TARGET_FAILED;
}
