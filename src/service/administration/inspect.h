// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whether a data directory is sound: its files, its keys, and what its policies say. Nothing is changed. */
#ifndef JETON_SERVICE_ADMINISTRATION_INSPECT_H
#define JETON_SERVICE_ADMINISTRATION_INSPECT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/** Called once a finding, with what is wrong and what to do. NOTE: it may well be meant so. */
typedef void inspect_report(void *context, bool note, const char *text);

/**
 * Looks through it all, as far as it can be read.
 * @param key_path the master key's file; NULL: only whether the store's file is sound.
 * @return false when something could not be looked at for another reason than that it is wrong (a locked store).
 */
bool inspect_store(const char *store_path, const char *key_path, inspect_report *report, void *context,
                   struct error *error);

/** Looks through the record of issued tokens, if there is one. @return as inspect_store(). */
bool inspect_tokens(const char *path, inspect_report *report, void *context, struct error *error);

/**
 * Whether nobody else can read the files that hold secrets, and all belong to the user who owns the first.
 * @param paths those that are not there are passed over.
 */
void inspect_files(const char *const *paths, size_t count, inspect_report *report, void *context);

#endif
