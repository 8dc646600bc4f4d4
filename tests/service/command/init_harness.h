// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Running `jetond init` within a test, and looking whether what it made is whole. */
#ifndef JETON_TESTS_SERVICE_COMMAND_INIT_HARNESS_H
#define JETON_TESTS_SERVICE_COMMAND_INIT_HARNESS_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/** Runs the subcommand with NULL-terminated words; what it prints goes to OUT, which may be NULL. */
bool init_run(const char *const *words, struct buffer *out, struct error *error);

/** Asserts that the directory PATH holds a whole service: files, modes, keys that open. DOMAIN may be NULL. */
void init_expect_whole(const char *path, const char *account, const char *region, const char *domain);

#endif
