// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/helpers/keyring.h"
#include "base/json.h"
#include "client/helpers/ask.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "keyring"
#define SELF "/proc/self/exe"

// ------------------------------------------------------------------ the words

/** Options with a value. */
static const char *const valued[] = {"--mode",         "--output", "--keyring-backend", "-b",
                                     "--keyring-path", "-p",       "--print-completion"};

static size_t find_valued(const char *word)
{
    size_t i = 0;
    while (i < sizeof valued / sizeof *valued && !slice_is((struct slice){word, strcspn(word, "=")}, valued[i]))
        i++;
    return i;
}

static void take_option(struct keyring_request *request, const char *name, const char *value)
{
    if (strncmp(name, "--mode", strlen("--mode")) == 0)
        request->pair = strcmp(value, "creds") == 0;
    if (strncmp(name, "--output", strlen("--output")) == 0)
        request->json = strcmp(value, "json") == 0;
}

struct keyring_request keyring_read(struct words words)
{
    struct keyring_request request = {0};
    const char **const operands[] = {&request.operation, &request.service, &request.user};
    size_t count = 0;
    bool only_operands = false;
    for (size_t i = 0; i < words.count; i++) {
        const char *word = words.items[i];
        bool option = !only_operands && find_valued(word) < sizeof valued / sizeof *valued;
        if (!only_operands && strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (option && strchr(word, '=') != NULL) {
            take_option(&request, word, strchr(word, '=') + 1);
        } else if (option) {
            take_option(&request, word, i + 1 < words.count ? words.items[i + 1] : "");
            i++;
        } else if (count < sizeof operands / sizeof *operands) {
            *operands[count++] = word;
        }
    }
    return request;
}

// ------------------------------------------------------------------ the next keyring

static bool is_self(const char *path, const struct stat *self)
{
    struct stat status;
    return stat(path, &status) == 0 && status.st_dev == self->st_dev && status.st_ino == self->st_ino;
}

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/** The first program behind START in PATH that is not ourselves. */
static bool find_from(struct slice path, const char *name, const struct stat *self, struct buffer *found, bool *met)
{
    struct slice folder;
    while (slice_cut(&path, ':', &folder)) {
        buffer_clear(found);
        buffer_append_format(found, "%.*s/%s", SLICE_ARGS(folder.size > 0 ? folder : SLICE(".")), name);
        if (is_self(buffer_text(found), self)) {
            *met = true;
            return find_from(path, name, self, found, met);
        }
        if (is_program(buffer_text(found)) && *met)
            return true;
    }
    buffer_clear(found);
    return false;
}

bool keyring_find_next(const char *path, const char *name, struct buffer *found)
{
    struct stat self;
    bool met = false;
    if (path == NULL || stat(SELF, &self) != 0)
        return false;
    if (find_from(slice_of(path), name, &self, found, &met) || met)
        return found->size > 0;
    // We were not called by PATH: all of it comes behind us.
    met = true;
    return find_from(slice_of(path), name, &self, found, &met);
}

/** Runs the next one in our place; comes back when there is none. */
static void hand_on(const struct helper_call *call)
{
    BUFFER_AUTO next = {0};
    if (!keyring_find_next(call->environment("PATH"), NAME, &next))
        return;
    char **words = arena_allocate(call->arena, call->words.count + 2, sizeof *words);
    size_t count = 0;
    words[count++] = arena_copy(call->arena, buffer_text(&next), next.size);
    for (size_t i = 0; i < call->words.count; i++)
        words[count++] = arena_copy(call->arena, call->words.items[i], strlen(call->words.items[i]));
    // We ignore it; the other should not.
    struct sigaction usual = {.sa_handler = SIG_DFL};
    (void)sigaction(SIGPIPE, &usual, NULL);
    // It may ask for a password there.
    if (call->input > STDIN_FILENO)
        (void)dup2(call->input, STDIN_FILENO);
    (void)execv(words[0], words);
}

// ------------------------------------------------------------------ the answer

static void write_json(struct buffer *out, const char *token)
{
    buffer_append_text(out, "{\"username\": \"aws\", \"password\": ");
    json_write_string(out, slice_of(token));
    buffer_append_text(out, "}\n");
}

static void write_answer(struct buffer *out, const struct keyring_request *request, const char *token)
{
    if (request->json) {
        write_json(out, token);
        return;
    }
    buffer_append_text(out, request->pair ? "aws\n" : "");
    buffer_append_text(out, token);
    buffer_append_char(out, '\n');
}

static bool refuse(struct helper_call *call)
{
    hand_on(call);
    call->exit_code = 1;
    return true;
}

static bool answer_get(struct helper_call *call, const struct keyring_request *request, struct buffer *out,
                       struct error *error)
{
    HELPER_ANSWER_AUTO answer = {0};
    enum target_result result = helper_ask(call, request->service, false, &answer, error);
    if (result == TARGET_FOUND)
        write_answer(out, request, answer.token.text);
    return result == TARGET_FOREIGN ? refuse(call) : result == TARGET_FOUND;
}

/**
 * `set` of what is ours is done by doing nothing: tokens come from the service. `del` forgets the cached one, so who
 * had it refused gets another.
 */
static bool answer_change(struct helper_call *call, const struct keyring_request *request, struct error *error)
{
    struct target target;
    enum target_result result =
        target_find(request->service, &call->options, call->environment, call->arena, &target, error);
    if (result == TARGET_FOREIGN)
        return refuse(call);
    bool forget = strcmp(request->operation, "del") == 0;
    return result == TARGET_FOUND && (!forget || helper_drop(call, request->service, error));
}

bool helper_keyring(struct helper_call *call, struct buffer *out, struct error *error)
{
    struct keyring_request request = keyring_read(call->words);
    bool get = request.operation != NULL && strcmp(request.operation, "get") == 0;
    bool change =
        request.operation != NULL && (strcmp(request.operation, "set") == 0 || strcmp(request.operation, "del") == 0);
    if (request.service == NULL || (!get && !change))
        return refuse(call);
    return get ? answer_get(call, &request, out, error) : answer_change(call, &request, error);
}
