// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/sqlite.h"

#define COLUMNS "name, owner, encryption_key, tags, created, repository_count"

static struct store_domain read_domain(sqlite3_stmt *statement, struct arena *arena)
{
    return (struct store_domain){
        .name = sqlite_column_copy(statement, 0, arena),
        .owner = sqlite_column_copy(statement, 1, arena),
        .encryption_key = sqlite_column_copy(statement, 2, arena),
        .tags = sqlite_column_copy(statement, 3, arena),
        .created = sqlite3_column_int64(statement, 4),
        .repository_count = sqlite3_column_int64(statement, 5),
    };
}

static enum store_result add_domain(struct store *store, const void *context, struct error *error)
{
    const struct store_domain *domain = context;
    const struct sqlite_value values[] = {
        sqlite_text(domain->owner), sqlite_text(domain->name),       sqlite_text(domain->encryption_key),
        sqlite_text(domain->tags),  sqlite_integer(domain->created),
    };
    enum store_result result =
        sqlite_change(store, "INSERT INTO domain (owner, name, encryption_key, tags, created) VALUES (?, ?, ?, ?, ?)",
                      values, COUNT_OF(values), STORE_ABSENT, error);
    int64_t count = 0;
    if (result != STORE_OK || domain->limit == 0)
        return result;
    if (!sqlite_read_number(store, "SELECT count(*) FROM domain WHERE owner = ?", values, 1, &count, error))
        return STORE_FAILED;
    return count <= domain->limit ? STORE_OK : STORE_LIMIT;
}

enum store_result store_add_domain(struct store *store, const struct store_domain *domain, struct error *error)
{
    return sqlite_transact(store, add_domain, domain, error);
}

enum store_result store_find_domain(struct store *store, struct slice owner, struct slice name, struct arena *arena,
                                    struct store_domain *out, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(owner), sqlite_slice(name)};
    STATEMENT_AUTO *statement = sqlite_begin(store, "SELECT " COLUMNS " FROM domain WHERE owner = ? AND name = ?",
                                             values, COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result == STORE_OK)
        *out = read_domain(statement, arena);
    return result;
}

enum store_result store_delete_domain(struct store *store, struct slice owner, struct slice name, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(owner), sqlite_slice(name)};
    return sqlite_change(store, "DELETE FROM domain WHERE owner = ? AND name = ?", values, COUNT_OF(values),
                         STORE_NOT_EMPTY, error);
}

bool store_list_domains(struct store *store, struct slice owner, const struct store_page *page, struct arena *arena,
                        struct store_domain **out, size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_bounds bounds = sqlite_page_bounds(page, arena);
    const struct sqlite_value values[] = {sqlite_slice(owner), bounds.lowest, bounds.below, bounds.except,
                                          bounds.limit};
    STATEMENT_AUTO *statement =
        sqlite_begin(store,
                     "SELECT " COLUMNS " FROM domain"
                     " WHERE owner = ? AND name >= ? AND name < ? AND name <> ? ORDER BY name LIMIT ?",
                     values, COUNT_OF(values), error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = read_domain(statement, arena);
    }
    return result == STORE_ABSENT;
}
