// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/credential_helper.h"
#include "client/cli/help.h"
#include "client/command/own_call.h"
#include "client/command/own_commands.h"
#include "client/helpers/helper.h"
#include "client/helpers/options.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define COMMAND "credential-helper"
#define EXIT_FAILED 1

/** Words by which a package manager calls a helper that has no link: the configuration names jeton itself. */
static const struct {
    const char *word;
    const char *protocol;
} calls[] = {{"--cargo-plugin", "cargo"}, {"-Plugin", "nuget"}};

/** The helper whose protocol stands first among WORDS but for options of ours, and the words that are left for it. */
static const struct helper *find_protocol(struct words words, struct arena *arena, struct words *left)
{
    size_t at = helper_options_skip(words);
    if (at == words.count)
        return NULL;
    const char **rest = arena_allocate(arena, words.count, sizeof *rest);
    for (size_t i = 0; i + 1 < words.count; i++)
        rest[i] = words.items[i < at ? i : i + 1];
    *left = (struct words){rest, words.count - 1};
    return helper_find(slice_of(words.items[at]));
}

/** Which helper the line means, and the words that are left for it. */
static const struct helper *find(const struct line *line, struct words *words, const char **name)
{
    const struct helper *helper = helper_find_link(line->program, name);
    *words = line->words;
    if (helper != NULL || line_is_aws(line))
        return helper;
    for (size_t i = 0; words->count == 1 && i < sizeof calls / sizeof *calls; i++)
        if (strcmp(words->items[0], calls[i].word) == 0)
            return helper_find(slice_of(calls[i].protocol));
    if (words->count < 2 || strcmp(words->items[0], COMMAND) != 0 || help_is_asked(*words))
        return NULL;
    return find_protocol((struct words){words->items + 1, words->count - 1}, line->arena, words);
}

/**
 * Standard input is the protocol's alone: it becomes a descriptor of ours, and whatever else would read there (a
 * process that gives credentials, the question for an MFA code) finds nothing.
 */
static int take_input(void)
{
    int input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing >= 0 && nothing != STDIN_FILENO) {
        (void)dup2(nothing, STDIN_FILENO);
        (void)close(nothing);
    }
    return input;
}

static int answer(const struct helper *helper, struct words words, struct helper_call *call)
{
    BUFFER_AUTO out = {0};
    ERROR_AUTO error = {0};
    bool good = helper_options_take(call, words, &error) && helper->run(call, &out, &error);
    bool sent = output_send(STDOUT_FILENO, buffer_slice(&out), good ? &error : NULL);
    if (good && sent)
        return call->exit_code;
    BUFFER_AUTO line = {0};
    buffer_append_format(&line, "jeton: %s\n", error.message);
    (void)output_send(STDERR_FILENO, buffer_slice(&line), NULL);
    return EXIT_FAILED;
}

bool credential_helper_try(const struct line *line, int *exit_code)
{
    struct words words;
    const char *name;
    const struct helper *helper = find(line, &words, &name);
    struct helper_call call = {
        .name = name, .environment = line->environment, .arena = line->arena, .output = STDOUT_FILENO};
    if (helper == NULL)
        return false;
    call.input = take_input();
    *exit_code = answer(helper, words, &call);
    return true;
}

/** The same where global options stood before the command's name. */
static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    const struct options *options = call->options;
    struct words words;
    const struct helper *helper = find_protocol(call->words, call->line->arena, &words);
    struct helper_call made = {
        .options = {.profile = options->profile, .region = options->region, .endpoint_url = options->endpoint_url},
        .environment = call->line->environment,
        .arena = call->line->arena,
        .output = STDOUT_FILENO};
    if (helper == NULL)
        return own_call_read(call, error) && error_set(error, ERROR_INTERNAL, NULL, "There is no such protocol");
    made.input = take_input();
    bool good = helper_options_take(&made, words, error) && helper->run(&made, out, error);
    call->line->exit_code = made.exit_code;
    return good;
}

const struct own_command own_credential_helper = {
    .name = COMMAND,
    .text = "Answers a package manager's question for a credential in its own protocol.",
    .detail = "The same is done by links to jeton of these names: bazel-credential-jeton, cargo-credential-jeton, "
              "docker-credential-jeton, git-credential-jeton, keyring, nuget-plugin-jeton, pnpm-token-jeton. "
              "A token that was refused is forgotten when the package manager says so: NuGet by a retry, git and "
              "docker by erase, cargo by login and logout, keyring by del. pip, uv, pdm, poetry, twine, pnpm, yarn, "
              "Gradle and Bazel do not say it; jeton cache clear --url URL does. Where a role needs the code of an MFA "
              "device, it is asked for at the terminal alone, and never where NuGet forbids questions.",
    .usage = "bazel|cargo|cargo-token|docker|git|keyring|nuget|pnpm|token ...",
    .words = helper_protocols,
    .options = helper_option_rows,
    .option_count = HELPER_OPTION_COUNT,
    .run = run,
};
