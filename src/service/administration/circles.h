// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Repositories that are upstreams of themselves, by way of others. Pure. */
#ifndef JETON_SERVICE_ADMINISTRATION_CIRCLES_H
#define JETON_SERVICE_ADMINISTRATION_CIRCLES_H

#include "base/memory.h"

#include <jansson.h>

/**
 * Looks for a circle among the repositories of a domain.
 * @param domain the domain's record, with all of its repositories and their upstreams (record.h).
 * @return the first one, as "a -> b -> a" where b is an upstream of a, in the arena; NULL when there is none.
 */
const char *circles_find(const json_t *domain, struct arena *arena);

#endif
