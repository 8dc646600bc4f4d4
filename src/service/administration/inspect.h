// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whether a data directory is sound: its store, its keys, and what its policies say. Nothing is changed. */
#ifndef JETON_SERVICE_ADMINISTRATION_INSPECT_H
#define JETON_SERVICE_ADMINISTRATION_INSPECT_H

#include "base/error.h"

#include <stdbool.h>

/** Called once a finding, with what is wrong and what to do. NOTE: it may well be meant so. */
typedef void inspect_report(void *context, bool note, const char *text);

/**
 * Looks through it all, as far as it can be read.
 * @param key_path the master key's file; NULL: only whether the store's file is sound.
 * @return false when something could not be looked at for another reason than that it is wrong (a locked store).
 */
bool inspect_store(const char *store_path, const char *key_path, inspect_report *report, void *context,
                   struct error *error);

#endif
