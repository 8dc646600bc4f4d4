// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Several files, each written whole, and all of them or none, as far as a file system allows that. Each new file is
 * written beside the old one and flushed to the disk before any of them gets its name; when a name cannot be given, the
 * files before it are put back. A crash in between leaves each file as it was or as it will be, and a file
 * NAME.jeton-DIGITS beside it, which goes when NAME is written an hour later or more.
 */
#ifndef JETON_BASE_FILE_BATCH_H
#define JETON_BASE_FILE_BATCH_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

struct file_batch;

/** Never NULL; file_batch_free() ends it. */
struct file_batch *file_batch_new(void);

/** Removes what is beside the files, and, when nothing was committed, the folders that were made. NULL is fine. */
void file_batch_free(struct file_batch *batch);
void file_batch_free_at(struct file_batch **batch);
#define FILE_BATCH_AUTO __attribute__((cleanup(file_batch_free_at))) struct file_batch

/**
 * Prepares a file: CONTENT will be the whole of it. Missing folders on the way are made with mode 0700.
 * @param path  no link, since a link would be replaced.
 * @param mode  of the file, 0600 in general.
 * @param error ERROR_CONFIGURATION with path and reason; nothing has changed, and nothing is to be committed.
 */
bool file_batch_write(struct file_batch *batch, const char *path, mode_t mode, struct slice content,
                      struct error *error);

/** Prepares that a file goes; one that is not there is fine. */
bool file_batch_remove(struct file_batch *batch, const char *path, struct error *error);

/**
 * Does what was prepared, in its order; once.
 * @param error ERROR_CONFIGURATION with path and reason: all is as it was, or the message says what is not.
 */
bool file_batch_commit(struct file_batch *batch, struct error *error);

#endif
