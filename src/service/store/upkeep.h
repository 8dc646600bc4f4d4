// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of the store for its upkeep: many calls as one, its soundness, its copies. What store.h says of
 * threads, memory and errors holds here too.
 */
#ifndef JETON_SERVICE_STORE_UPKEEP_H
#define JETON_SERVICE_STORE_UPKEEP_H

#include "service/store/iam.h"
#include "service/store/store.h"

/**
 * From here to store_end() all calls are one transaction: they see one moment, and what they change is done together
 * or not at all. A call that fails in between has changed nothing by itself.
 * @param changes whether anything will be changed; then others that want to change something wait.
 */
bool store_begin(struct store *store, bool changes, struct error *error);
/** @param keep false: as if nothing had been changed, which cannot fail. */
bool store_end(struct store *store, bool keep, struct error *error);

/**
 * Opens it as store_open() does, but leaves its schema as it is.
 * @param behind by how many steps the schema is older than this program's; only with 0 do all other calls work.
 */
struct store *store_open_unchanged(const char *path, size_t *behind, struct error *error);

/** Looks through the whole file: what is wrong with its pages, indexes and references, a sentence each. */
bool store_find_damage(struct store *store, struct arena *arena, const char ***out, size_t *count, struct error *error);

/**
 * Copies the store as it is at one moment, while others go on reading and changing it.
 * @param path an empty file of mode 0600, which then is a store of its own.
 */
bool store_copy(struct store *store, const char *path, struct error *error);

/** The access keys of everyone with their sealed secrets, by id, at most LIMIT of them above AFTER (NULL: the first).
 */
bool store_list_sealed_keys(struct store *store, const char *after, int64_t limit, struct arena *arena,
                            struct store_access_key **out, size_t *count, struct error *error);

/** Puts a version of that number in the place of whatever was there. It gets into force only by
 * store_set_default_version(). */
enum store_result store_put_policy_version(struct store *store, const char *policy,
                                           const struct store_policy_version *version, struct error *error);

#endif
