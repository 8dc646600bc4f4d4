// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/sqlite.h"

#define COLUMNS "name, domain, owner, administrator, description, upstreams, tags, created"
/** The same without what a listing does not show and what can be large. */
#define LISTED_COLUMNS "name, domain, owner, administrator, description, NULL, NULL, created"

static struct store_repository read_repository(sqlite3_stmt *statement, struct arena *arena)
{
    return (struct store_repository){
        .name = sqlite_column_copy(statement, 0, arena),
        .domain = sqlite_column_copy(statement, 1, arena),
        .domain_owner = sqlite_column_copy(statement, 2, arena),
        .administrator = sqlite_column_copy(statement, 3, arena),
        .description = sqlite_column_copy(statement, 4, arena),
        .upstreams = sqlite_column_copy(statement, 5, arena),
        .tags = sqlite_column_copy(statement, 6, arena),
        .created = sqlite3_column_int64(statement, 7),
    };
}

static enum store_result add_repository(struct store *store, const void *context, struct error *error)
{
    const struct store_repository *repository = context;
    const struct sqlite_value values[] = {
        sqlite_text(repository->name),         sqlite_text(repository->domain),
        sqlite_text(repository->domain_owner), sqlite_text(repository->administrator),
        sqlite_text(repository->description),  sqlite_text(repository->upstreams),
        sqlite_text(repository->tags),         sqlite_integer(repository->created),
    };
    enum store_result result =
        sqlite_change(store, "INSERT INTO repository (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values,
                      COUNT_OF(values), STORE_ABSENT, error);
    int64_t count = 0;
    if (result != STORE_OK || repository->limit == 0)
        return result;
    if (!sqlite_read_number(store, "SELECT count(*) FROM repository WHERE domain = ? AND owner = ?", values + 1, 2,
                            &count, error))
        return STORE_FAILED;
    return count <= repository->limit ? STORE_OK : STORE_LIMIT;
}

enum store_result store_add_repository(struct store *store, const struct store_repository *repository,
                                       struct error *error)
{
    return sqlite_transact(store, add_repository, repository, error);
}

enum store_result store_find_repository(struct store *store, struct slice owner, struct slice domain, struct slice name,
                                        struct arena *arena, struct store_repository *out, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(owner), sqlite_slice(domain), sqlite_slice(name)};
    STATEMENT_AUTO *statement =
        sqlite_begin(store, "SELECT " COLUMNS " FROM repository WHERE owner = ? AND domain = ? AND name = ?", values,
                     COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result == STORE_OK)
        *out = read_repository(statement, arena);
    return result;
}

enum store_result store_update_repository(struct store *store, const struct store_resource *resource,
                                          const char *description, const char *upstreams, struct arena *arena,
                                          struct store_repository *out, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_slice(resource->owner), sqlite_slice(resource->domain), sqlite_slice(resource->repository),
        sqlite_text(description),      sqlite_text(upstreams),
    };
    STATEMENT_AUTO *statement = sqlite_begin(
        store,
        "UPDATE repository SET description = coalesce(?4, description), upstreams = coalesce(?5, upstreams)"
        " WHERE owner = ?1 AND domain = ?2 AND name = ?3 RETURNING " COLUMNS,
        values, COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next_changed(store, statement, error);
    if (result != STORE_OK)
        return result;
    *out = read_repository(statement, arena);
    return sqlite_next_changed(store, statement, error) == STORE_FAILED ? STORE_FAILED : STORE_OK;
}

enum store_result store_delete_repository(struct store *store, struct slice owner, struct slice domain,
                                          struct slice name, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(owner), sqlite_slice(domain), sqlite_slice(name)};
    return sqlite_change(store, "DELETE FROM repository WHERE owner = ? AND domain = ? AND name = ?", values,
                         COUNT_OF(values), STORE_NOT_EMPTY, error);
}

static bool read_list(struct store *store, sqlite3_stmt *statement, struct arena *arena, struct store_repository **out,
                      size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = read_repository(statement, arena);
    }
    return result == STORE_ABSENT;
}

bool store_list_repositories(struct store *store, struct slice owner, struct slice domain, struct slice administrator,
                             const struct store_page *page, struct arena *arena, struct store_repository **out,
                             size_t *count, struct error *error)
{
    const struct sqlite_bounds bounds = sqlite_page_bounds(page, arena);
    const struct sqlite_value values[] = {
        sqlite_slice(owner), sqlite_slice(domain),        bounds.lowest, bounds.below,
        bounds.except,       sqlite_slice(administrator), bounds.limit,
    };
    STATEMENT_AUTO *statement =
        sqlite_begin(store,
                     "SELECT " LISTED_COLUMNS " FROM repository"
                     " WHERE owner = ?1 AND domain = ?2 AND name >= ?3 AND name < ?4 AND name <> ?5"
                     " AND (?6 = '' OR administrator = ?6) ORDER BY name LIMIT ?7",
                     values, COUNT_OF(values), error);
    return read_list(store, statement, arena, out, count, error);
}

bool store_list_administered_repositories(struct store *store, struct slice administrator,
                                          const struct store_page *page, const struct store_resource *after,
                                          struct arena *arena, struct store_repository **out, size_t *count,
                                          struct error *error)
{
    const struct store_resource start = {0};
    if (after == NULL)
        after = &start;
    const struct sqlite_bounds bounds = sqlite_page_bounds(page, arena);
    const struct sqlite_value values[] = {
        sqlite_slice(administrator),
        bounds.lowest,
        bounds.below,
        sqlite_slice(after->repository),
        sqlite_slice(after->domain),
        sqlite_slice(after->owner),
        bounds.limit,
    };
    // One name can stand in many domains, so a page may end among them.
    STATEMENT_AUTO *statement =
        sqlite_begin(store,
                     "SELECT " LISTED_COLUMNS " FROM repository"
                     " WHERE administrator = ?1 AND name >= ?2 AND name < ?3 AND (name, domain, owner) > (?4, ?5, ?6)"
                     " ORDER BY name, domain, owner LIMIT ?7",
                     values, COUNT_OF(values), error);
    return read_list(store, statement, arena, out, count, error);
}
