// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes what package managers send: the first byte picks the protocol, the rest is its request, or its conversation
 * line by line. The token must only come out where a host of ours was asked for, and what is JSON must stay JSON.
 */
#include "base/json.h"
#include "client/helpers/channel.h"
#include "client/helpers/conversation.h"
#include "client/helpers/helper.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TOKEN "the-token-of-the-test"

static const char *look_up(const char *name)
{
    if (slice_is(slice_of(name), "CODEARTIFACT_AUTH_TOKEN"))
        return TOKEN;
    return slice_is(slice_of(name), "HOME") ? "/nonexistent" : NULL;
}

static void require(bool truth)
{
    if (!truth)
        abort();
}

static bool holds(struct slice text, const char *part)
{
    return text.size > 0 && memmem(text.data, text.size, part, strlen(part)) != NULL;
}

/** Whether the host of an endpoint may stand there: in JSON it may also be written by escapes. */
static bool names_aws(struct slice input)
{
    if (holds(input, "\\u"))
        return true;
    for (size_t i = 0; i + 12 <= input.size; i++)
        if (slice_equal_nocase(slice_part(input, i, 12), SLICE("codeartifact")))
            return true;
    return false;
}

/** Every line of the answer is JSON. */
static void check_lines(struct slice lines)
{
    struct slice line;
    while (lines.size > 0 && slice_cut(&lines, '\n', &line)) {
        JSON_AUTO *value = line.size > 0 ? json_parse(line, NULL) : NULL;
        require(line.size == 0 || json_is_object(value));
    }
}

static void run_request(const struct helper *helper, const char *word, struct slice input, struct buffer *out,
                        struct helper_call *call)
{
    ERROR_AUTO error = {0};
    int file = memfd_create("input", MFD_CLOEXEC);
    require(file >= 0 && write(file, input.data, input.size) == (ssize_t)input.size && lseek(file, 0, SEEK_SET) == 0);
    call->words = (struct words){&word, 1};
    call->input = file;
    call->output = -1;
    bool good = helper->run(call, out, &error);
    require(good || error.message != NULL);
    (void)close(file);
}

static void converse(bool cargo, struct slice input, struct buffer *out, struct helper_call *call)
{
    struct nuget_state state = {0};
    struct slice line;
    while (slice_cut(&input, '\n', &line)) {
        if (cargo) {
            cargo_answer(call, line, out);
            buffer_append_char(out, '\n');
            continue;
        }
        nuget_announce(line, out);
        (void)nuget_answer(call, &state, line, out, NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        const char *protocol;
        const char *word;
    } requests[] = {{"git", "get"}, {"git", "erase"}, {"bazel", "get"}, {"docker", "get"}, {"docker", "store"}};
    if (size == 0 || size > CHANNEL_LIMIT)
        return 0;
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO out = {0};
    struct helper_call call = {.environment = look_up, .arena = arena};
    struct slice input = {(const char *)data + 1, size - 1};
    size_t pick = data[0] % 7;
    if (pick < 5)
        run_request(helper_find(slice_of(requests[pick].protocol)), requests[pick].word, input, &out, &call);
    else
        converse(pick == 5, input, &out, &call);
    if (pick == 2 || pick > 4)
        check_lines(buffer_slice(&out));
    // The fuzzer learns the token, and may say it itself.
    if (holds(buffer_slice(&out), TOKEN) && !holds(input, "token"))
        require(names_aws(input));
    return 0;
}
