// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** jeton: runs a command line and says how it went. */
#include "base/json_memory.h"
#include "base/memory.h"
#include "base/secret.h"
#include "client/cli/encoding.h"
#include "client/cli/failure.h"
#include "client/cli/output.h"
#include "client/command/credential_helper.h"
#include "client/command/line.h"
#include "client/command/pager.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_INTERRUPTED 130
/** As for any output that is closed. */
#define EXIT_NO_DESCRIPTOR 255

/** Ctrl-C ends the program with a newline, as it ends the AWS CLI (section 5.1 of the reference). */
static void end_interrupted(int signal_number)
{
    (void)signal_number;
    ssize_t ignored = write(STDOUT_FILENO, "\n", 1);
    (void)ignored;
    _exit(EXIT_INTERRUPTED);
}

/** A reader that has gone, or a file that may grow no more, is an error of writing, not the end of the process. */
static void set_signals(void)
{
    struct sigaction interrupted = {.sa_handler = end_interrupted};
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    struct sigaction inherited;
    // A shell's job in the background is started deaf to Ctrl-C, which is meant for others.
    if (sigaction(SIGINT, NULL, &inherited) == 0 && inherited.sa_handler != SIG_IGN)
        (void)sigaction(SIGINT, &interrupted, NULL);
    (void)sigaction(SIGPIPE, &ignored, NULL);
    (void)sigaction(SIGXFSZ, &ignored, NULL);
}

/**
 * Takes the places of standard descriptors that are closed, so that no socket or file gets their numbers and our
 * words with them. What takes them is open the wrong way round: using them still fails as if they were closed.
 */
static bool fill_descriptors(void)
{
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) < 0 && open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY) != i)
            return false;
    return true;
}

static const char *read_environment(const char *name)
{
    return getenv(name);
}

/** The last part of the name that the program was called by. */
static const char *program_name(const char *called)
{
    const char *slash = called != NULL ? strrchr(called, '/') : NULL;
    const char *name = slash != NULL ? slash + 1 : called;
    return name != NULL && name[0] != '\0' ? name : "jeton";
}

/** Says what went wrong on standard error. */
static int report(const struct line *line, const struct error *error)
{
    BUFFER_AUTO text = {0};
    BUFFER_AUTO encoded = {0};
    failure_write(&text, error, line->program, line->error_format, &line->error_style);
    // An encoding that is not known is what the error may be about.
    if (!encoding_convert(line->environment(ENCODING_VARIABLE), buffer_slice(&text), true, &encoded, NULL))
        buffer_append_slice(&encoded, buffer_slice(&text));
    (void)output_send(STDERR_FILENO, buffer_slice(&encoded), NULL);
    return failure_exit_code(error);
}

/** To standard output, by way of the person's pager when that is a terminal. */
static bool deliver(const struct line *line, struct slice text, struct error *error)
{
    BUFFER_AUTO encoded = {0};
    if (!encoding_convert(line->environment(ENCODING_VARIABLE), text, false, &encoded, error))
        return false;
    ERROR_AUTO unpaged = {0};
    if (line->pager != NULL && text.size > 0) {
        if (pager_show(line->pager, buffer_slice(&encoded), line->arena, &unpaged))
            return true;
        if (!line->pager_is_optional)
            return error_move(error, &unpaged);
    }
    return output_send(STDOUT_FILENO, buffer_slice(&encoded), error);
}

static int run(struct line *line)
{
    BUFFER_AUTO out = {0};
    ERROR_AUTO error = {0};
    bool good = line_run(line, &out, &error);
    // What a command had said before it failed goes out as it is; what could not be shown as asked does not.
    if (!good)
        (void)output_send(STDOUT_FILENO, buffer_slice(&out), NULL);
    if (good && deliver(line, buffer_slice(&out), &error) &&
        output_send(STDOUT_FILENO, slice_of(line->trailer), &error))
        return line->exit_code;
    return report(line, &error);
}

int main(int count, char *words[])
{
    if (!fill_descriptors())
        return EXIT_NO_DESCRIPTOR;
    secret_protect_process();
    json_memory_install();
    set_signals();
    ARENA_AUTO *arena = arena_new();
    size_t rest = count > 0 ? (size_t)count - 1 : 0;
    struct line line = {.program = program_name(count > 0 ? words[0] : NULL),
                        .words = {(const char *const *)words + (count > 0 ? 1 : 0), rest},
                        .environment = read_environment,
                        .arena = arena};
    int exit_code;
    return credential_helper_try(&line, &exit_code) ? exit_code : run(&line);
}
