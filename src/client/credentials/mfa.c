// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/mfa.h"
#include "client/debug.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

/** Longer lines are not read to their end. */
#define LINE_LIMIT 4096

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
#define ENDING_SIGNALS (sizeof ending_signals / sizeof *ending_signals)

/** A terminal that does not show what is typed, and how it was before. */
struct quiet_terminal {
    int descriptor;
    struct termios before;
    struct sigaction actions[ENDING_SIGNALS];
};

/** For the signal handler: there is one terminal at a time. */
static struct quiet_terminal quiet;

/** Makes the terminal show what is typed again, and then does what the signal would have done. */
static void end(int number)
{
    int saved = errno;
    (void)tcsetattr(quiet.descriptor, TCSANOW, &quiet.before);
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        if (ending_signals[i] == number)
            (void)sigaction(number, &quiet.actions[i], NULL);
    (void)raise(number);
    errno = saved;
}

static void set_signals(void)
{
    struct sigaction action = {.sa_handler = end};
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        // What is ignored stays so.
        if (sigaction(ending_signals[i], NULL, &quiet.actions[i]) == 0 && quiet.actions[i].sa_handler != SIG_IGN)
            (void)sigaction(ending_signals[i], &action, NULL);
}

static void reset_signals(void)
{
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        (void)sigaction(ending_signals[i], &quiet.actions[i], NULL);
}

/** @return false at the end of the input before any character. */
static bool read_line(int descriptor, struct buffer *line)
{
    for (;;) {
        char c;
        ssize_t got = read(descriptor, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return line->size > 0;
        if (c == '\n' || line->size >= LINE_LIMIT)
            return true;
        buffer_append_char(line, c);
    }
}

static void write_all(int descriptor, struct slice text)
{
    while (text.size > 0) {
        ssize_t put = write(descriptor, text.data, text.size);
        if (put < 0 && errno != EINTR)
            return;
        text = slice_part(text, put < 0 ? 0 : (size_t)put, text.size);
    }
}

/** Says PROMPT on the terminal itself, or on standard error when the terminal is only to be read. */
static void say(int descriptor, const char *text)
{
    if (descriptor == STDIN_FILENO)
        debug_prompt(text);
    else
        write_all(descriptor, slice_of(text));
}

/** @return false, with nothing changed, when DESCRIPTOR is no terminal. */
static bool ask_terminal(int descriptor, const char *prompt, struct buffer *line, bool *answered)
{
    if (descriptor < 0 || tcgetattr(descriptor, &quiet.before) != 0)
        return false;
    quiet.descriptor = descriptor;
    struct termios silent = quiet.before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    set_signals();
    bool good = tcsetattr(descriptor, TCSAFLUSH, &silent) == 0;
    if (good) {
        say(descriptor, prompt);
        *answered = read_line(descriptor, line);
        (void)tcsetattr(descriptor, TCSAFLUSH, &quiet.before);
    }
    reset_signals();
    if (good && *answered)
        say(descriptor, "\n");
    return good;
}

static bool ask(const char *prompt, struct buffer *line)
{
    bool answered = false;
    int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    bool asked = ask_terminal(terminal, prompt, line, &answered);
    if (terminal >= 0)
        (void)close(terminal);
    if (asked || ask_terminal(STDIN_FILENO, prompt, line, &answered))
        return answered;
    debug_warn("GetPassWarning: Can not control echo on the terminal.");
    debug_warn("Warning: Password input may be echoed.");
    debug_prompt(prompt);
    if (!read_line(STDIN_FILENO, line))
        return false;
    debug_prompt("\n");
    return true;
}

const char *mfa_ask(const char *serial, bool silent, struct arena *arena, struct error *error)
{
    BUFFER_AUTO line = {0};
    if (!silent && ask(arena_format(arena, "Enter MFA code for %s: ", serial), &line))
        return arena_copy(arena, buffer_text(&line), line.size);
    (void)error_set(error, ERROR_INTERNAL, NULL, "%s", "");
    return NULL;
}
