// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The protocols whose answer is one line: pnpm's tokenHelper, cargo:token-from-stdout, and `token` for scripts. */
#include "client/helpers/ask.h"

#include <string.h>

/** The variable by which cargo says which registry it asks for. */
#define CARGO_INDEX_VARIABLE "CARGO_REGISTRY_INDEX_URL"

static void write_line(struct buffer *out, bool bearer, const char *token)
{
    buffer_append_text(out, bearer ? "Bearer " : "");
    buffer_append_text(out, token);
    buffer_append_char(out, '\n');
}

static bool refuse(const char *what, const char *given, struct error *error)
{
    return error_set(error, ERROR_PARAMETER, NULL,
                     "%s is \"%s\", which is no repository of CodeArtifact; name its host in the file hosts if it "
                     "is one of yours",
                     what, given);
}

static bool is_one_word(const struct helper_call *call, const char *usage, struct error *error)
{
    return call->words.count == 1 || error_set(error, ERROR_USAGE, NULL, "usage: credential-helper %s", usage);
}

/** Another's URL gets no line, so that a caller can tell that from a failure. */
bool helper_token(struct helper_call *call, struct buffer *out, struct error *error)
{
    HELPER_ANSWER_AUTO answer = {0};
    // A caller that passes on what others say puts `--` before it.
    if (call->words.count == 2 && strcmp(call->words.items[0], "--") == 0)
        call->words = (struct words){call->words.items + 1, 1};
    if (!is_one_word(call, "token URL", error))
        return false;
    enum target_result result = helper_ask(call, call->words.items[0], false, &answer, error);
    if (result == TARGET_FOUND)
        write_line(out, call->bearer, answer.token.text);
    return result != TARGET_FAILED;
}

/** Who has configured this for a registry wants an answer: nothing would be sent as a request without a token. */
bool helper_cargo_token(struct helper_call *call, struct buffer *out, struct error *error)
{
    HELPER_ANSWER_AUTO answer = {0};
    const char *url = call->environment(CARGO_INDEX_VARIABLE);
    if (url == NULL)
        return error_set(error, ERROR_USAGE, NULL,
                         "%s is not set: cargo sets it when its configuration has credential-provider = "
                         "\"cargo:token-from-stdout jeton credential-helper cargo-token\"",
                         CARGO_INDEX_VARIABLE);
    enum target_result result = helper_ask(call, url, false, &answer, error);
    if (result == TARGET_FOUND)
        write_line(out, call->bearer, answer.token.text);
    return result == TARGET_FOREIGN ? refuse(CARGO_INDEX_VARIABLE, url, error) : result == TARGET_FOUND;
}

/** pnpm says nothing of the registry. What it gets is the header's value; a bare token is refused up to version 10. */
bool helper_pnpm(struct helper_call *call, struct buffer *out, struct error *error)
{
    HELPER_ANSWER_AUTO answer = {0};
    const char *asked = call->words.count > 0 ? call->words.items[0] : call->name;
    if (call->words.count > 1)
        return is_one_word(call, "pnpm [HOST|URL]", error);
    enum target_result result = helper_ask(call, asked, false, &answer, error);
    if (result == TARGET_FOUND)
        write_line(out, true, answer.token.text);
    return result == TARGET_FOREIGN ? refuse("the host", asked, error) : result == TARGET_FOUND;
}
