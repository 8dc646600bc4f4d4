// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A command of the person's, run to its end. */
#ifndef JETON_CLIENT_CREDENTIALS_PROCESS_RUN_H
#define JETON_CLIENT_CREDENTIALS_PROCESS_RUN_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/** More than this on standard output is no credentials; the command is ended. */
#define PROCESS_OUTPUT_LIMIT ((size_t)1 << 20)
/** As much of standard error is kept. */
#define PROCESS_ERRORS_LIMIT ((size_t)64 << 10)

/** How a command ended. process_result_free() wipes it. */
struct process_result {
    int status; /**< 0 is success; below 0 the signal that ended it. */
    struct buffer output;
    struct buffer errors;
};

/**
 * Runs WORDS[0], looked for on PATH when it holds no slash, with our standard input and environment, without a shell
 * and without our other descriptors, and gathers what it prints. There is no time limit: it may ask the person.
 * @param words NULL-terminated, one at least.
 * @param error ERROR_INTERNAL: "[Errno 2] No such file or directory: '/x'", as Python says it, or that it printed
 *              too much.
 */
bool process_run(char *const *words, struct process_result *out, struct error *error);

/** Wipes and frees what it owns and makes it empty again. */
void process_result_free(struct process_result *result);
#define PROCESS_RESULT_AUTO __attribute__((cleanup(process_result_free))) struct process_result

#endif
