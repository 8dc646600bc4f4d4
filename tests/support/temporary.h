// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A directory for one test, and what tests do with files in it. Failures end the program: it is the test's ground. */
#ifndef JETON_TESTS_SUPPORT_TEMPORARY_H
#define JETON_TESTS_SUPPORT_TEMPORARY_H

#include "base/bytes.h"

#include <stdbool.h>
#include <sys/types.h>

/** A new, empty directory (0700) of a random name; the caller frees the path. */
char *temporary_make(void);
/** Removes the directory and all in it. */
void temporary_remove(const char *path);
/** "DIRECTORY/NAME"; the caller frees it. */
char *temporary_path(const char *directory, const char *name);
/** Writes a file as it is, mode 0600. */
void temporary_write(const char *path, struct slice content);
/** Reads a whole file; OUT is emptied first. */
void temporary_read(const char *path, struct buffer *out);
bool temporary_exists(const char *path);
/** The permission bits of a file. */
mode_t temporary_mode(const char *path);

#endif
