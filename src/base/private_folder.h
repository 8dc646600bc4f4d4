// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A folder that is its owner's alone, mode 0700, and the files in it, mode 0600. All is reached by the folder's
 * descriptor and nothing follows a link, so nobody can put anything else in the way. What belongs to somebody else, or
 * is open to others, is refused with the reason.
 */
#ifndef JETON_BASE_PRIVATE_FOLDER_H
#define JETON_BASE_PRIVATE_FOLDER_H

#include "base/file.h"

#include <stdint.h>

/** An open folder; private_folder_close() ends it. PRIVATE_FOLDER_NONE is none. */
struct private_folder {
    char *path; /**< Owned; for messages. */
    int descriptor;
};
#define PRIVATE_FOLDER_NONE ((struct private_folder){NULL, -1})

/**
 * Opens the folder at PATH, which is absolute.
 * @param error ERROR_CONFIGURATION: it is no folder, belongs to somebody else, or is open to others.
 */
enum file_result private_folder_open(const char *path, struct private_folder *out, struct error *error);

/** The same, and makes it and the folders on the way when they are missing. */
bool private_folder_make(const char *path, struct private_folder *out, struct error *error);

/**
 * Appends the file NAME to OUT.
 * @param limit most bytes to read.
 * @param error ERROR_CONFIGURATION, also when it is a link, no plain file, somebody else's, or open to others.
 */
enum file_result private_folder_read(const struct private_folder *folder, const char *name, size_t limit,
                                     struct buffer *out, struct error *error);

/** Writes the file NAME whole or not at all, by a new file beside it that is renamed. */
bool private_folder_write(const struct private_folder *folder, const char *name, struct slice content,
                          struct error *error);

/** Removes the file NAME; one that is not there is fine. */
bool private_folder_remove(const struct private_folder *folder, const char *name, struct error *error);

/**
 * Takes the lock of the file NAME, which is made for that, and waits for whoever has it, so many microseconds at most.
 * @param lock  out: closing it gives the lock back; -1 when it was not to be had in that time.
 * @param waited out: whether somebody else had it.
 * @param error ERROR_CONFIGURATION: the file cannot be made, or the system has no locks there.
 */
bool private_folder_lock(const struct private_folder *folder, const char *name, int64_t patience, int *lock,
                         bool *waited, struct error *error);

/**
 * Calls EACH for every name in the folder, in no order; what it does to the folder is up to it.
 * @param error ERROR_CONFIGURATION with the reason.
 */
bool private_folder_walk(const struct private_folder *folder, void (*each)(void *context, const char *name),
                         void *context, struct error *error);

/** When the file NAME was changed last: a moment (base/timestamp.h), or 0 when it is not there. */
int64_t private_folder_changed(const struct private_folder *folder, const char *name);

/** Closes it and makes it none. */
void private_folder_close(struct private_folder *folder);
#define PRIVATE_FOLDER_AUTO __attribute__((cleanup(private_folder_close))) struct private_folder

#endif
