// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The schema of the SQLite store, as steps that each lead from one version to the next. */
#ifndef JETON_SERVICE_STORE_SCHEMA_H
#define JETON_SERVICE_STORE_SCHEMA_H

#include "service/store/sqlite.h"

/** The steps of this program: schema_steps[N] leads from version N to N + 1. Steps that were released never change. */
extern const char *const schema_steps[];
extern const size_t schema_step_count;

/** Marks the empty file as ours and takes it to version COUNT; another process may be at it at the same moment. */
bool schema_create(struct store *store, const char *const *steps, size_t count, struct error *error);
/** Whether the file is empty: nobody has marked it. */
bool schema_is_absent(struct store *store, bool *absent, struct error *error);

/**
 * Takes the schema from its version to version COUNT in one transaction; another process may be at it at the
 * same moment.
 * @param error ERROR_CONFIGURATION when the file is not ours or its schema is newer than COUNT.
 */
bool schema_upgrade(struct store *store, const char *const *steps, size_t count, struct error *error);

/** Only looks by how many steps the schema is behind version COUNT; refuses what schema_upgrade() refuses. */
bool schema_compare(struct store *store, size_t count, size_t *behind, struct error *error);

#endif
