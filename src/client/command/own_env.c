// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Prints what `exec` would set, for a shell, or hands it on to the later steps of a CI system's job. */
#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"
#include "client/command/own_commands.h"
#include "client/command/own_environment.h"
#include "client/command/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** A way to hand variables on. */
struct way {
    const char *name;
    const char *variable; /**< Names the file to append to; NULL: standard output, or --file. */
    bool words_only;      /**< Only names that a shell could export. */
    /** Writes one variable. @return false when the system gives no randomness. */
    bool (*write)(const struct environment_variable *variable, struct buffer *out);
    /** Appends to standard output what masks the token; NULL: the system has no such word. */
    void (*mask)(const char *token, struct buffer *out);
};

static bool write_export(const struct environment_variable *variable, struct buffer *out)
{
    buffer_append_format(out, "export %s=", variable->name);
    shell_quote(out, variable->value);
    buffer_append_char(out, '\n');
    return true;
}

/** With a line of chance at the end, so that no value can end it. */
static bool write_github(const struct environment_variable *variable, struct buffer *out)
{
    unsigned char random[16];
    char end[2 * sizeof random + 1];
    if (!secret_random(random, sizeof random))
        return false;
    text_hex_write(end, random, sizeof random);
    buffer_append_format(out, "%s<<%s\n%s\n%s\n", variable->name, end, variable->value, end);
    return true;
}

static void mask_github(const char *token, struct buffer *out)
{
    buffer_append_format(out, "::add-mask::%s\n", token);
}

static bool write_dotenv(const struct environment_variable *variable, struct buffer *out)
{
    buffer_append_format(out, "%s=%s\n", variable->name, variable->value);
    return true;
}

static bool write_azure(const struct environment_variable *variable, struct buffer *out)
{
    buffer_append_format(out, "##vso[task.setvariable variable=%s%s]%s\n", variable->name,
                         variable->secret ? ";issecret=true" : "", variable->value);
    return true;
}

static void mask_azure(const char *token, struct buffer *out)
{
    buffer_append_format(out, "##vso[task.setsecret]%s\n", token);
}

static const struct way ways[] = {
    {"shell", NULL, true, write_export, NULL},          {"github", "GITHUB_ENV", false, write_github, mask_github},
    {"gitlab", NULL, true, write_dotenv, NULL},         {"azure", NULL, false, write_azure, mask_azure},
    {"circleci", "BASH_ENV", true, write_export, NULL},
};
static const char *const way_names[] = {"shell", "github", "gitlab", "azure", "circleci", NULL};

static const struct way *find_way(const char *name)
{
    const struct way *found = &ways[0];
    for (size_t i = 0; name != NULL && i < sizeof ways / sizeof *ways; i++)
        if (slice_is(slice_of(name), ways[i].name))
            found = &ways[i];
    return found;
}

/** Says what is left out, as a comment of the shell's. */
static void note(const struct way *way, const char *name, struct buffer *out)
{
    if (way == &ways[0])
        buffer_append_format(out, "# %s cannot be exported by a shell: jeton exec sets it.\n", name);
}

static bool write_all(const struct way *way, const struct environment *environment, struct buffer *out,
                      struct error *error)
{
    for (size_t i = 0; i < environment->count; i++) {
        const struct environment_variable *variable = &environment->variables[i];
        if (way->words_only && !environment_is_word(variable->name))
            note(way, variable->name, out);
        else if (!way->write(variable, out))
            return error_set(error, ERROR_INTERNAL, NULL, "the system gives no randomness");
    }
    for (size_t i = 0; i < ENVIRONMENT_FILE_COUNT; i++) {
        MEMORY_AUTO char *what = memory_format("%s, a file in memory,", own_environment_files[i].variable);
        if (environment->files[i] != NULL)
            note(way, what, out);
    }
    return true;
}

/** Appends to a file that others may have begun; a new one is its owner's alone. */
static bool append(const char *path, struct slice text, struct error *error)
{
    DESCRIPTOR_AUTO descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "cannot open %s: %s", path, strerror(errno));
    return file_write_descriptor(descriptor, path, text, error);
}

static bool deliver(const struct own_call *call, const struct way *way, struct slice text, struct buffer *out,
                    struct error *error)
{
    const char *path = own_call_value(call, "--file");
    if (path == NULL && way->variable != NULL) {
        path = call->line->environment(way->variable);
        if (path == NULL || *path == '\0')
            return error_set(error, ERROR_CONFIGURATION, NULL,
                             "%s is not set, which names the file that %s takes variables from: run this in such a "
                             "job, or name a file with --file",
                             way->variable, way->name);
    }
    if (path != NULL)
        return append(path, text, error);
    buffer_append_slice(out, text);
    return true;
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    struct environment environment = {.arena = call->line->arena};
    BUFFER_AUTO text = {0};
    if (!own_call_read(call, error))
        return false;
    const struct way *way = find_way(own_call_value(call, "--to"));
    if (!own_environment_make(call, NULL, &environment, error) || !write_all(way, &environment, &text, error))
        return false;
    // The mask stands first: what comes behind it is hidden.
    if (way->mask != NULL)
        way->mask(environment.variables[0].value, out);
    return deliver(call, way, buffer_slice(&text), out, error);
}

static const struct option_row rows[] = {
    {"--to", "WHOM", "Who reads it: shell, github, gitlab, azure or circleci.", way_names, false, false},
    {"--file", "FILE", "Append to this file.", NULL, false, false},
    OWN_ENVIRONMENT_OPTIONS,
};

const struct own_command own_env = {
    .name = "env",
    .text = "Prints what exec would set, or hands it on in CI.",
    .detail = "For a shell there are lines of export; what no shell can export is named in a comment. In GitHub "
              "Actions the file of GITHUB_ENV gets it, in CircleCI that of BASH_ENV; for GitLab --file names the "
              "dotenv report; for Azure Pipelines the lines go to standard output. GitHub and Azure are told to mask "
              "the token; GitLab and CircleCI mask only what their own settings hold.",
    .usage = NULL,
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .repeated = own_environment_repeated,
    .run = run,
};
