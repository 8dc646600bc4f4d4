// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/shell.h"
#include "base/text.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHELL "/bin/sh"

/** Starts the shell. We ignore SIGPIPE; it should not. */
static int spawn(char *command, pid_t *child)
{
    char name[] = "sh";
    char option[] = "-c";
    char *const arguments[] = {name, option, command, NULL};
    sigset_t pipe;
    posix_spawnattr_t attributes;
    int failed = posix_spawnattr_init(&attributes);
    if (failed != 0)
        return failed;
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)posix_spawnattr_setsigdefault(&attributes, &pipe);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    failed = posix_spawn(child, SHELL, NULL, &attributes, arguments, environ);
    (void)posix_spawnattr_destroy(&attributes);
    return failed;
}

bool shell_run(const char *command, struct words words, int *exit_code, struct error *error)
{
    BUFFER_AUTO line = {0};
    buffer_append_text(&line, command);
    for (size_t i = 0; i < words.count; i++) {
        buffer_append_char(&line, ' ');
        text_append_shell_word(&line, words.items[i]);
    }
    buffer_append_char(&line, '\0');
    pid_t child;
    int failed = spawn(line.data, &child);
    if (failed != 0)
        return error_set(error, ERROR_INTERNAL, NULL, "cannot run %s: %s", SHELL, strerror(failed));
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return error_set(error, ERROR_INTERNAL, NULL, "cannot wait for %s: %s", SHELL, strerror(errno));
    *exit_code = WIFSIGNALED(status) ? 256 - WTERMSIG(status) : WEXITSTATUS(status);
    return true;
}
