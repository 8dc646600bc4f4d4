// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The tags of domains and repositories: a column of either, JSON. */
#include "service/store/sqlite.h"

/** The statement for a domain, and for a repository. */
static const char *choose(const struct store_resource *resource, const char *of_domain, const char *of_repository)
{
    return resource->repository.size == 0 ? of_domain : of_repository;
}

enum store_result store_find_resource_tags(struct store *store, const struct store_resource *resource,
                                           struct arena *arena, const char **out, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(resource->owner), sqlite_slice(resource->domain),
                                          sqlite_slice(resource->repository)};
    STATEMENT_AUTO *statement =
        sqlite_begin(store,
                     choose(resource, "SELECT tags FROM domain WHERE owner = ?1 AND name = ?2 AND ?3 = ''",
                            "SELECT tags FROM repository WHERE owner = ?1 AND domain = ?2 AND name = ?3"),
                     values, COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result == STORE_OK)
        *out = sqlite_column_copy(statement, 0, arena);
    return result;
}

enum store_result store_replace_resource_tags(struct store *store, const struct store_resource *resource,
                                              const char *before, const char *after, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_slice(resource->owner),
        sqlite_slice(resource->domain),
        sqlite_slice(resource->repository),
        sqlite_text(before),
        sqlite_text(after),
    };
    enum store_result result = sqlite_change(
        store,
        choose(resource, "UPDATE domain SET tags = ?5 WHERE owner = ?1 AND name = ?2 AND ?3 = '' AND tags IS ?4",
               "UPDATE repository SET tags = ?5 WHERE owner = ?1 AND domain = ?2 AND name = ?3 AND tags IS ?4"),
        values, COUNT_OF(values), STORE_ABSENT, error);
    return result == STORE_ABSENT ? STORE_CHANGED : result;
}
