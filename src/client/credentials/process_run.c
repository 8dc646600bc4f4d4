// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/process_run.h"
#include "client/python.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/** The child's own descriptors. */
enum { CHILD_OUTPUT = 1, CHILD_ERRORS = 2, CHILD_REST = 3 };

/** Both ends of a pipe; -1 where closed. */
struct pipe_ends {
    int read;
    int write;
};

#define NO_PIPE                                                                                                        \
    {                                                                                                                  \
        -1, -1                                                                                                         \
    }

static void close_end(int *end)
{
    if (*end >= 0)
        (void)close(*end);
    *end = -1;
}

static void close_pipe(struct pipe_ends *ends)
{
    close_end(&ends->read);
    close_end(&ends->write);
}

#define PIPE_AUTO __attribute__((cleanup(close_pipe))) struct pipe_ends

void process_result_free(struct process_result *result)
{
    buffer_free(&result->output);
    buffer_free(&result->errors);
    result->status = 0;
}

static bool open_pipe(struct pipe_ends *out)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    *out = (struct pipe_ends){ends[0], ends[1]};
    return true;
}

/** @return 0 or the reason. */
static int add_actions(posix_spawn_file_actions_t *actions, const struct pipe_ends *output,
                       const struct pipe_ends *errors)
{
    int reason = posix_spawn_file_actions_adddup2(actions, output->write, CHILD_OUTPUT);
    if (reason == 0)
        reason = posix_spawn_file_actions_adddup2(actions, errors->write, CHILD_ERRORS);
    if (reason == 0)
        reason = posix_spawn_file_actions_addclosefrom_np(actions, CHILD_REST);
    return reason;
}

/** We are deaf to a closed pipe; what we start is not, as with Python's subprocess. @return 0 or the reason. */
static int add_signals(posix_spawnattr_t *attributes)
{
    sigset_t restored;
    (void)sigemptyset(&restored);
    (void)sigaddset(&restored, SIGPIPE);
    int reason = posix_spawnattr_setsigdefault(attributes, &restored);
    return reason == 0 ? posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF) : reason;
}

/** @return 0 or the reason. */
static int spawn(char *const *words, const struct pipe_ends *output, const struct pipe_ends *errors, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason != 0)
        return reason;
    reason = posix_spawnattr_init(&attributes);
    if (reason == 0) {
        reason = add_actions(&actions, output, errors);
        if (reason == 0)
            reason = add_signals(&attributes);
        if (reason == 0)
            reason = posix_spawnp(child, words[0], &actions, &attributes, words, environ);
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return reason;
}

/** Reads what is there; the end of the pipe closes it. What is beyond LIMIT is dropped. @return false when it is. */
static bool drain(int *end, struct buffer *out, size_t limit)
{
    char data[4096];
    ssize_t count = read(*end, data, sizeof data);
    if (count < 0 && errno == EINTR)
        return true;
    if (count <= 0) {
        close_end(end);
        return true;
    }
    size_t room = limit - out->size;
    buffer_append(out, data, (size_t)count < room ? (size_t)count : room);
    explicit_bzero(data, sizeof data);
    return (size_t)count <= room;
}

/** Reads both at once, or a command that fills the one while we wait for the other would never end. */
static bool gather(struct pipe_ends *output, struct pipe_ends *errors, struct process_result *out)
{
    while (output->read >= 0 || errors->read >= 0) {
        struct pollfd ends[] = {{.fd = output->read, .events = POLLIN}, {.fd = errors->read, .events = POLLIN}};
        if (poll(ends, 2, -1) < 0)
            continue;
        if (ends[0].revents != 0 && !drain(&output->read, &out->output, PROCESS_OUTPUT_LIMIT))
            return false;
        if (ends[1].revents != 0)
            (void)drain(&errors->read, &out->errors, PROCESS_ERRORS_LIMIT);
    }
    return true;
}

static int await(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 0;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

bool process_run(char *const *words, struct process_result *out, struct error *error)
{
    PIPE_AUTO output = NO_PIPE;
    PIPE_AUTO errors = NO_PIPE;
    pid_t child = 0;
    *out = (struct process_result){0};
    int reason = open_pipe(&output) && open_pipe(&errors) ? spawn(words, &output, &errors, &child) : errno;
    if (reason != 0)
        return python_fail_system(reason, words[0], error);
    close_end(&output.write);
    close_end(&errors.write);
    bool whole = gather(&output, &errors, out);
    if (!whole)
        (void)kill(child, SIGKILL);
    out->status = await(child);
    return whole || error_set(error, ERROR_INTERNAL, NULL,
                              "Error when retrieving credentials from custom-process: The command printed more than "
                              "%zu bytes, which no credentials should be",
                              PROCESS_OUTPUT_LIMIT);
}
