// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/pager.h"
#include "client/cli/output.h"
#include "client/profile/words.h"
#include "client/python.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_LESS "LESS=FRX"

/** Ours, with the default of LESS. */
static char **pager_environment(struct arena *arena)
{
    size_t count = 0;
    while (environ[count] != NULL)
        count++;
    char **list = arena_allocate(arena, count + 2, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = environ[i];
    if (getenv("LESS") == NULL)
        list[count] = arena_copy(arena, DEFAULT_LESS, sizeof DEFAULT_LESS - 1);
    return list;
}

/** The words of COMMAND; none of them is a list with only its end. */
static bool split(const char *command, struct arena *arena, char ***words, struct error *error)
{
    size_t count;
    switch (words_split(slice_of(command), arena, words, &count)) {
    case WORDS_SPLIT:
        return true;
    case WORDS_OPEN_QUOTE:
        return error_set(error, ERROR_INTERNAL, NULL, "The pager \"%s\" cannot be run: No closing quotation", command);
    case WORDS_OPEN_ESCAPE:
        break;
    }
    return error_set(error, ERROR_INTERNAL, NULL, "The pager \"%s\" cannot be run: No escaped character", command);
}

static bool refuse(const char *program, int code, struct error *error)
{
    BUFFER_AUTO name = {0};
    python_write_quoted(&name, slice_of(program));
    if (code != ENOENT)
        return error_set(error, ERROR_INTERNAL, NULL, "[Errno %d] %s: %s", code, strerror(code), buffer_text(&name));
    return error_set(error, ERROR_CONFIGURATION, "Pager",
                     "Unable to redirect output to pager. Received the following error when opening pager:\n"
                     "[Errno %d] %s: %s\n\n"
                     "Learn more about configuring the output pager by running \"aws help config-vars\".",
                     code, strerror(code), buffer_text(&name));
}

/** Starts the program with INPUT as its standard input, and with the signals as they are for any program. */
static int start(char *const *words, char *const *environment, int input, pid_t *process)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    (void)posix_spawnattr_init(&attributes);
    (void)sigemptyset(&defaults);
    (void)sigaddset(&defaults, SIGINT);
    (void)sigaddset(&defaults, SIGPIPE);
    (void)posix_spawnattr_setsigdefault(&attributes, &defaults);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int code = posix_spawnp(process, words[0], &actions, &attributes, words, environment);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return code;
}

/** Feeds the program and waits for it; it may close its end whenever it likes. */
static void serve(int output, struct slice text, pid_t process)
{
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    struct sigaction before;
    (void)sigaction(SIGINT, &ignored, &before);
    (void)output_send(output, text, NULL);
    (void)close(output);
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR)
        continue;
    (void)sigaction(SIGINT, &before, NULL);
}

bool pager_show(const char *command, struct slice text, struct arena *arena, struct error *error)
{
    char **words;
    if (!split(command, arena, &words, error))
        return false;
    if (words[0] == NULL)
        return output_send(STDOUT_FILENO, text, error);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return refuse(words[0], errno, error);
    pid_t process;
    int code = start(words, pager_environment(arena), ends[0], &process);
    (void)close(ends[0]);
    if (code == 0) {
        serve(ends[1], text, process);
        return true;
    }
    (void)close(ends[1]);
    return refuse(words[0], code, error);
}
