// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What goes to standard error before the end: --debug, and warnings. The words come from whoever knows. */
#ifndef JETON_CLIENT_DEBUG_H
#define JETON_CLIENT_DEBUG_H

struct settings;

/**
 * Prints "TIME - jeton - MESSAGE" to standard error when settings->debug; else nothing.
 * Secrets (secret keys, session tokens, issued tokens) must not be among the arguments.
 * @param settings NULL prints nothing.
 */
void debug_line(const struct settings *settings, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Prints MESSAGE and a line feed to standard error. */
void debug_warn(const char *message);

/** The same, but each message once for these settings and their copies; NULL prints nothing. */
void debug_warn_once(const struct settings *settings, const char *message);

/** Prints TEXT to standard error as it is, without a line feed: a question. */
void debug_prompt(const char *text);

#endif
