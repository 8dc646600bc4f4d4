// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whole files: read with a bound, written beside and renamed. */
#ifndef JETON_BASE_FILE_H
#define JETON_BASE_FILE_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/** How file_read() ended. */
enum file_result {
    FILE_READ,   /**< The content is in the buffer. */
    FILE_ABSENT, /**< No such file, or a directory on the way is missing. */
    FILE_FAILED, /**< Any other reason; the error says which. */
};

/**
 * Appends the whole file to OUT.
 * @param limit most bytes to read; a larger file is FILE_FAILED.
 * @param error ERROR_CONFIGURATION with path and reason, also for FILE_ABSENT.
 */
enum file_result file_read(const char *path, size_t limit, struct buffer *out, struct error *error);

/**
 * Writes a file whole or not at all: a new file beside it with mode 0600, flushed to the disk, renamed
 * over PATH, and the directory flushed. What is no regular file is refused.
 * @param error ERROR_CONFIGURATION with path and reason.
 */
bool file_write(const char *path, struct slice content, struct error *error);

/**
 * The same without waiting for the disk, for what can be had again: after a failure of the power the file may be empty,
 * or as it was before.
 */
bool file_write_cache(const char *path, struct slice content, struct error *error);

/** file_read() of a file that is open; PATH is its name in messages. */
enum file_result file_read_descriptor(int descriptor, const char *path, size_t limit, struct buffer *out,
                                      struct error *error);

/** Writes CONTENT to an open file; PATH is its name in messages. */
bool file_fill_descriptor(int descriptor, const char *path, struct slice content, struct error *error);

/** The same, and flushes it to the disk. */
bool file_write_descriptor(int descriptor, const char *path, struct slice content, struct error *error);

/**
 * Whether PATH leads to a device, a pipe or a socket: reading that may never end, and a rename would put a file in its
 * place.
 */
bool file_is_special(const char *path);

/** The same as a failure. @param error ERROR_CONFIGURATION with the path. @return whether it is none of these. */
bool file_refuse_special(const char *path, struct error *error);

/**
 * Makes the folders that are missing on the way to PATH, with mode 0700; what stands behind its last slash is no
 * folder.
 * @param error ERROR_CONFIGURATION with the folder and the reason.
 */
bool file_make_folders(const char *path, struct error *error);

/** The path without links and dots, also of a file that is not there yet, though a link leads to it; free() it. */
char *file_resolve(const char *path);

void file_close_at(int *descriptor);
/** A scope-bound descriptor: closed when it is not negative. */
#define DESCRIPTOR_AUTO __attribute__((cleanup(file_close_at))) int

/** Flushes a directory, so that a rename in it outlasts a power failure. */
bool file_sync_directory(const char *path, struct error *error);

#endif
