// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs a command in the environment that its package manager reads. We become the command, so its signals, its exit
 * code and its terminal are its own. What a tool wants as a file is one in memory, which the process hands on by its
 * descriptor: it is reached by /proc/PID/fd, which holds for the command's own children too, and ends with the command,
 * however that ends.
 */
#include "base/file.h"
#include "client/command/own_commands.h"
#include "client/command/own_environment.h"
#include "client/debug.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/** As shells and env(1) say it. */
#define EXIT_NOT_FOUND 127
#define EXIT_NOT_RUN 126

/** A file in memory that the command inherits; its path, or NULL. */
static const char *make_file(struct arena *arena, const char *content, struct error *error)
{
    int descriptor = memfd_create("jeton", 0);
    const char *path = arena_format(arena, "/proc/%ld/fd/%d", (long)getpid(), descriptor);
    if (descriptor >= 0 && fchmod(descriptor, S_IRUSR | S_IWUSR) == 0 &&
        file_write_descriptor(descriptor, path, slice_of(content), error))
        return path;
    (void)error_set(error, ERROR_INTERNAL, NULL, "cannot make a file in memory: %s", strerror(errno));
    file_close_at(&descriptor);
    return NULL;
}

static bool add_file(const struct own_call *call, struct environment *environment,
                     const struct own_environment_file *file, struct error *error)
{
    const char *content = file->content(call, environment, error);
    const char *path = content != NULL ? make_file(environment->arena, content, error) : NULL;
    const char *before = file->beside ? call->line->environment(file->variable) : NULL;
    if (path == NULL)
        return false;
    if (before != NULL && *before != '\0')
        path = arena_format(environment->arena, "%s:%s", before, path);
    environment_set(environment, file->variable, path, false);
    return true;
}

static bool add_files(const struct own_call *call, struct environment *environment, struct error *error)
{
    for (size_t i = 0; i < ENVIRONMENT_FILE_COUNT; i++)
        if (environment->files[i] != NULL && !add_file(call, environment, &own_environment_files[i], error))
            return false;
    return true;
}

/** Whether ENTRY of an environment is one of ours, which takes its place. */
static bool is_replaced(const struct environment *environment, const char *entry)
{
    struct slice name = slice_part(slice_of(entry), 0, slice_find(slice_of(entry), '=', 0));
    for (size_t i = 0; i < environment->count; i++)
        if (slice_is(name, environment->variables[i].name))
            return true;
    return false;
}

static char **make_entries(const struct environment *environment)
{
    size_t count = 0;
    while (environ[count] != NULL)
        count++;
    char **entries = arena_allocate(environment->arena, count + environment->count + 1, sizeof *entries);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_replaced(environment, environ[i]))
            entries[used++] = environ[i];
    for (size_t i = 0; i < environment->count; i++)
        entries[used++] =
            arena_format(environment->arena, "%s=%s", environment->variables[i].name, environment->variables[i].value);
    return entries;
}

static const char *find(const struct environment *environment, const char *name)
{
    for (size_t i = 0; i < environment->count; i++)
        if (slice_is(slice_of(environment->variables[i].name), name))
            return environment->variables[i].value;
    return NULL;
}

/** Who takes the private .netrc by an option, and behind which words. */
static const struct {
    const char *tool;
    bool must;                  /**< One of WORDS has to be there. */
    const char *const words[6]; /**< Of which one may stand first. */
} netrc_takers[] = {
    {"netrc", false, {"--disable", "-q"}}, // curl heeds these in the first place alone
    {"swift", true, {"build", "package", "package-registry", "run", "test"}},
};

/** Before which word the option stands; 0: the command does not take it. */
static size_t netrc_place(const struct words *words)
{
    const struct environment_tool *tool = environment_find_program(words->items[0]);
    for (size_t i = 0; tool != NULL && i < sizeof netrc_takers / sizeof *netrc_takers; i++) {
        if (!slice_is(slice_of(tool->name), netrc_takers[i].tool))
            continue;
        for (const char *const *word = netrc_takers[i].words; *word != NULL; word++)
            if (words->count > 1 && slice_is(slice_of(words->items[1]), *word))
                return 2;
        return netrc_takers[i].must ? 0 : 1;
    }
    return 0;
}

static char **make_words(const struct words *words, const struct environment *environment)
{
    char **made = arena_allocate(environment->arena, words->count + 3, sizeof *made);
    const char *path = find(environment, "JETON_NETRC");
    size_t place = path != NULL ? netrc_place(words) : 0;
    size_t used = 0;
    for (size_t i = 0; i < words->count; i++) {
        made[used++] = arena_copy(environment->arena, words->items[i], strlen(words->items[i]));
        if (i + 1 != place)
            continue;
        made[used++] = arena_format(environment->arena, "--netrc-file");
        made[used++] = arena_copy(environment->arena, path, strlen(path));
    }
    return made;
}

/** Becomes the command. Returns when that cannot be. */
static void become(struct own_call *call, const struct environment *environment)
{
    static const int ignored[] = {SIGPIPE, SIGXFSZ};
    const struct words *words = &call->behind;
    char **made = make_words(words, environment);
    char **entries = make_entries(environment);
    // We ignore these; the command should not.
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        (void)signal(ignored[i], SIG_DFL);
    (void)execvpe(made[0], made, entries);
    int reason = errno;
    (void)signal(SIGPIPE, SIG_IGN);
    MEMORY_AUTO char *message = memory_format("jeton: cannot run %s: %s", words->items[0], strerror(reason));
    debug_warn(message);
    call->line->exit_code = reason == ENOENT || reason == ENOTDIR ? EXIT_NOT_FOUND : EXIT_NOT_RUN;
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    struct environment environment = {.arena = call->line->arena};
    (void)out;
    if (!own_call_read(call, error))
        return false;
    if (call->behind.count == 0)
        return error_set(error, ERROR_USAGE, NULL, "there is no command to run: write it behind --");
    if (!own_environment_make(call, call->behind.items[0], &environment, error) ||
        !add_files(call, &environment, error))
        return false;
    become(call, &environment);
    return true;
}

static const struct option_row rows[] = {OWN_ENVIRONMENT_OPTIONS};

const struct own_command own_exec = {
    .name = "exec",
    .text = "Runs a command with the token in its environment.",
    .detail = "The command gets what its package manager reads, CODEARTIFACT_AUTH_TOKEN among it, and nothing is "
              "written to a disk or stands in an argument. The token and the endpoint of the repository come "
              "from the cache; the token from CODEARTIFACT_AUTH_TOKEN when that is set. Signals, the terminal and the "
              "exit code are the command's own.",
    .usage = "-- COMMAND ...",
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .repeated = own_environment_repeated,
    .runs_command = true,
    .run = run,
};
