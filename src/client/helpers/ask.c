// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/helpers/ask.h"
#include "base/text.h"

#include <string.h>

static struct options options_of(const struct helper_call *call, const struct target *target)
{
    return (struct options){.profile = target->profile,
                            .region = target->region,
                            .endpoint_url = target->endpoint_url,
                            .silent = call->silent};
}

static struct live_token_request request_of(const struct target *target, bool fresh)
{
    return (struct live_token_request){.domain = target->domain,
                                       .domain_owner = target->owner,
                                       .duration = target->duration,
                                       .use = fresh ? LIVE_TOKEN_FRESH : LIVE_TOKEN_CACHED,
                                       .take_variable = true};
}

/** What a failure without words means: the AWS CLI has none for a question that nobody answered. */
#define UNASKED                                                                                                        \
    "The profile wants the code of an MFA device, and there is nobody to ask here; assume the role in a terminal "     \
    "first, with: jeton sts get-caller-identity --profile NAME"

/** One line, and the command that says more. */
static bool explain(const char *url, struct error *error)
{
    BUFFER_AUTO line = {0};
    struct slice message = slice_trim(slice_of(error->message));
    if (message.size == 0)
        message = SLICE(UNASKED);
    for (size_t i = 0; i < message.size; i++)
        buffer_append_char(&line, message.data[i] == '\n' || message.data[i] == '\r' ? ' ' : message.data[i]);
    struct endpoint_url read;
    bool named = url != NULL && endpoint_url_read(slice_of(url), &read);
    return error_set(error, error->class, NULL, "%s (jeton doctor%s%s says more)", buffer_text(&line), named ? " " : "",
                     named ? read.authority : "");
}

const char *helper_copy_url(const struct helper_call *call, struct slice url)
{
    if (url.size == 0 || slice_find(url, '\0', 0) < url.size)
        return "";
    return arena_copy(call->arena, url.data, url.size);
}

enum target_result helper_ask(const struct helper_call *call, const char *url, bool fresh, struct helper_answer *out,
                              struct error *error)
{
    *out = (struct helper_answer){0};
    struct target *target = &out->target;
    enum target_result result = target_find(url, &call->options, call->environment, call->arena, target, error);
    if (result != TARGET_FOUND)
        return result;
    const struct options options = options_of(call, target);
    const struct live_token_request request = request_of(target, fresh);
    if (live_token_get(&options, call->environment, &request, &out->token, error))
        return TARGET_FOUND;
    (void)explain(url, error);
    return TARGET_FAILED;
}

bool helper_drop(const struct helper_call *call, const char *url, struct error *error)
{
    struct target target;
    enum target_result result = target_find(url, &call->options, call->environment, call->arena, &target, error);
    if (result != TARGET_FOUND)
        return result == TARGET_FOREIGN;
    const struct options options = options_of(call, &target);
    const struct live_token_request request = request_of(&target, false);
    return live_token_drop(&options, call->environment, &request, error);
}

static bool takes_bearer(const char *format)
{
    static const char *const formats[] = {"npm", "swift", "cargo"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i], format) == 0)
            return true;
    return false;
}

void helper_write_header(struct buffer *out, const struct helper_answer *answer)
{
    if (takes_bearer(answer->target.format)) {
        buffer_append_text(out, "Bearer ");
        buffer_append_text(out, answer->token.text);
        return;
    }
    BUFFER_AUTO pair = {0};
    buffer_append_text(&pair, "aws:");
    buffer_append_text(&pair, answer->token.text);
    buffer_append_text(out, "Basic ");
    text_base64_encode(out, pair.data, pair.size);
}

void helper_answer_free(struct helper_answer *answer)
{
    live_token_free(&answer->token);
}
