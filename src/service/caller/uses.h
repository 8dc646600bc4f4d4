// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * When access keys and roles were last used. Coarsely: a thread notes each once a minute, and what all have noted goes
 * into the store once a minute, in one transaction of a thread of its own, so that no request waits for it. What cannot
 * be written is forgotten: nothing but a date depends on it.
 */
#ifndef JETON_SERVICE_CALLER_USES_H
#define JETON_SERVICE_CALLER_USES_H

#include "base/bytes.h"
#include "base/memory.h"
#include "service/store/iam.h"

#include <stdbool.h>
#include <stdint.h>

/** What a use of the same key must be later by to be noted again. */
#define USES_INTERVAL STORE_USE_INTERVAL
/** The most uses that are kept for the next writing; more are forgotten. */
#define USES_MAX ((size_t)16384)

/** Shared by all threads of a site. */
struct uses;

/** STORE_PATH is borrowed. The writing thread starts with the first use. */
struct uses *uses_new(const char *store_path);
/** Writes what is left, and frees; NULL is fine. */
void uses_free(struct uses *uses);

/** Notes a use of an access key, or of a role by its id. Service and region are those that were signed for. */
void uses_note(struct uses *uses, struct slice key, int64_t when, struct slice service, struct slice region);
/** The latest use of a key or role that is not in the store yet; false when there is none. The texts are in the arena.
 */
bool uses_find(struct uses *uses, struct slice key, struct arena *arena, struct store_use *out);

#endif
