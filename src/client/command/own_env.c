// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Prints what `exec` would set, for a shell, or hands it on to the later steps of a CI system's job. */
#include "base/file.h"
#include "client/command/own_commands.h"
#include "client/command/own_env_ways.h"
#include "client/command/own_environment.h"
#include "client/debug.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** What a set of variables becomes on its way. */
struct text {
    const struct env_way *way;
    struct buffer lines;
    size_t count;
};

static void text_free(struct text *text)
{
    buffer_free(&text->lines);
}
#define TEXT_AUTO __attribute__((cleanup(text_free))) struct text

/** Says what is left out: to a shell in a comment, else to the person. */
static void note(struct text *text, const char *name)
{
    MEMORY_AUTO char *said =
        memory_format("%s cannot be handed on to %s, and is left out; jeton exec sets it", name, text->way->name);
    if (text->way->place == ENV_OUTPUT_OR_FILE)
        buffer_append_format(&text->lines, "# %s cannot be exported by a shell: jeton exec sets it.\n", name);
    else
        debug_warn(said);
}

static void check_size(const struct text *text)
{
    const struct env_way *way = text->way;
    MEMORY_AUTO char *said =
        memory_format("%s takes %zu bytes and, by default, %zu variables, and these are %zu and "
                      "%zu: name the package managers with --tool",
                      way->name, way->most_bytes, way->most_variables, text->lines.size, text->count);
    if (way->most_bytes > 0 && (text->lines.size > way->most_bytes || text->count > way->most_variables))
        debug_warn(said);
}

static bool write_all(struct text *text, const struct environment *environment, struct error *error)
{
    for (size_t i = 0; i < environment->count; i++) {
        const struct environment_variable *variable = &environment->variables[i];
        if (!text->way->takes(variable->name))
            note(text, variable->name);
        else if (!text->way->write(variable, &text->lines))
            return error_set(error, ERROR_INTERNAL, NULL, "the system gives no randomness");
        else
            text->count++;
    }
    for (size_t i = 0; i < ENVIRONMENT_FILE_COUNT; i++) {
        MEMORY_AUTO char *what = memory_format("%s, a file in memory,", own_environment_files[i].variable);
        if (environment->files[i] != NULL)
            note(text, what);
    }
    check_size(text);
    return true;
}

/** Whether the file ends in the middle of a line, which ours would go on with. */
static bool is_unfinished(int descriptor)
{
    char last = '\n';
    off_t size = lseek(descriptor, 0, SEEK_END);
    return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

/** Appends to a file that others may have begun; a new one is its owner's alone. */
static bool append(const char *path, struct slice lines, struct error *error)
{
    DESCRIPTOR_AUTO descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    BUFFER_AUTO text = {0};
    if (descriptor < 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "cannot open %s: %s", path, strerror(errno));
    if (is_unfinished(descriptor))
        buffer_append_char(&text, '\n');
    buffer_append_slice(&text, lines);
    return file_write_descriptor(descriptor, path, buffer_slice(&text), error);
}

/** The file that the lines go to; NULL: standard output. */
static bool find_file(const struct own_call *call, const struct env_way *way, const char **path, struct error *error)
{
    *path = own_call_value(call, "--file");
    if (*path != NULL && way->place == ENV_OUTPUT)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s takes variables from standard output alone: leave --file out", way->name);
    if (*path != NULL || way->place != ENV_FILE)
        return true;
    if (way->variable == NULL)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s takes variables from a file, and standard output is in the job's log: name the file with "
                         "--file",
                         way->name);
    *path = call->line->environment(way->variable);
    if (*path != NULL && **path != '\0')
        return true;
    return error_set(error, ERROR_CONFIGURATION, NULL,
                     "%s is not set, which names the file that %s takes variables from: run this in such a job, or "
                     "name a file with --file",
                     way->variable, way->name);
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    struct environment environment = {.arena = call->line->arena};
    TEXT_AUTO text = {0};
    const char *path;
    if (!own_call_read(call, error))
        return false;
    text.way = env_way_find(own_call_value(call, "--to"));
    if (!find_file(call, text.way, &path, error) || !own_environment_make(call, NULL, &environment, error) ||
        !write_all(&text, &environment, error) || (path != NULL && !append(path, buffer_slice(&text.lines), error)))
        return false;
    // The mask stands first: what comes behind it is hidden.
    if (text.way->mask != NULL)
        text.way->mask(environment.variables[0].value, out);
    if (path == NULL)
        buffer_append_slice(out, buffer_slice(&text.lines));
    return true;
}

static const struct option_row rows[] = {
    {"--to", "WHOM", "Who reads it: shell, github, gitlab, azure or circleci.", env_way_names, false, false},
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
