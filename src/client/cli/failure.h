// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An error as the person sees it: its frame on standard error, its exit code (sections 5.1 and 6 of the reference). */
#ifndef JETON_CLIENT_CLI_FAILURE_H
#define JETON_CLIENT_CLI_FAILURE_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/cli/output.h"

/** The exit code of an error's class. */
int failure_exit_code(const struct error *error);

/**
 * Appends the whole text for standard error.
 * @param program the name under which the program was called, which the frame and the usage show.
 * @param format  "enhanced", "legacy", "json", "yaml", "text" or "table"; NULL is "enhanced".
 * @param table  how a table looks; its format and title do not matter.
 */
void failure_write(struct buffer *out, const struct error *error, const char *program, const char *format,
                   const struct output_style *table);

/** Appends "usage: PROGRAM [options] ..." and the lines about help. */
void failure_write_usage(struct buffer *out, const char *program);

#endif
