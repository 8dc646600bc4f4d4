// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The permissions policies of domains and repositories. */
#include "service/store/sqlite.h"

#define THIS "owner = ?1 AND domain = ?2 AND repository = ?3"
/** The domain is there, or the repository. */
#define THERE                                                                                                          \
    "CASE WHEN ?3 = '' THEN EXISTS (SELECT 1 FROM domain WHERE owner = ?1 AND name = ?2)"                              \
    " ELSE EXISTS (SELECT 1 FROM repository WHERE owner = ?1 AND domain = ?2 AND name = ?3) END"
/** The revision is what the caller takes it for. */
#define FITS "(?4 = '' OR CAST(revision AS TEXT) = ?4)"

/** STORE_OK when the resource exists. */
static enum store_result find_resource(struct store *store, const struct store_resource *resource, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(resource->owner), sqlite_slice(resource->domain),
                                          sqlite_slice(resource->repository)};
    STATEMENT_AUTO *statement = sqlite_begin(store, "SELECT 1 WHERE " THERE, values, COUNT_OF(values), error);
    return statement == NULL ? STORE_FAILED : sqlite_next(store, statement, error);
}

enum store_result store_put_resource_policy(struct store *store, const struct store_resource *resource,
                                            struct slice revision, struct slice document, int64_t now,
                                            struct arena *arena, const char **out, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_slice(resource->owner), sqlite_slice(resource->domain), sqlite_slice(resource->repository),
        sqlite_slice(revision),        sqlite_slice(document),         sqlite_integer(now),
    };
    STATEMENT_AUTO *statement = sqlite_begin(
        store,
        "INSERT INTO resource_policy (owner, domain, repository, revision, document)"
        " SELECT ?1, ?2, ?3, ?6, ?5"
        " WHERE " THERE " AND (?4 = '' OR EXISTS (SELECT 1 FROM resource_policy WHERE " THIS " AND " FITS "))"
        " ON CONFLICT DO UPDATE SET revision = max(revision + 1, excluded.revision), document = excluded.document"
        " RETURNING CAST(revision AS TEXT)",
        values, COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next_changed(store, statement, error);
    if (result == STORE_OK) {
        *out = sqlite_column_copy(statement, 0, arena);
        return sqlite_next_changed(store, statement, error) == STORE_FAILED ? STORE_FAILED : STORE_OK;
    }
    if (result == STORE_FAILED)
        return STORE_FAILED;
    result = find_resource(store, resource, error);
    return result == STORE_OK ? STORE_CHANGED : result;
}

static struct store_resource_policy read_policy(sqlite3_stmt *statement, struct arena *arena)
{
    return (struct store_resource_policy){
        .document = sqlite_column_copy(statement, 0, arena),
        .revision = sqlite_column_copy(statement, 1, arena),
    };
}

enum store_result store_find_resource_policy(struct store *store, const struct store_resource *resource,
                                             struct arena *arena, struct store_resource_policy *out,
                                             struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(resource->owner), sqlite_slice(resource->domain),
                                          sqlite_slice(resource->repository)};
    STATEMENT_AUTO *statement =
        sqlite_begin(store, "SELECT document, CAST(revision AS TEXT) FROM resource_policy WHERE " THIS, values,
                     COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result == STORE_OK)
        *out = read_policy(statement, arena);
    return result;
}

enum store_result store_delete_resource_policy(struct store *store, const struct store_resource *resource,
                                               struct slice revision, struct arena *arena,
                                               struct store_resource_policy *out, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_slice(resource->owner), sqlite_slice(resource->domain),
                                          sqlite_slice(resource->repository), sqlite_slice(revision)};
    STATEMENT_AUTO *statement = sqlite_begin(
        store, "DELETE FROM resource_policy WHERE " THIS " AND " FITS " RETURNING document, CAST(revision AS TEXT)",
        values, COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next_changed(store, statement, error);
    if (result == STORE_OK) {
        *out = read_policy(statement, arena);
        return sqlite_next_changed(store, statement, error) == STORE_FAILED ? STORE_FAILED : STORE_OK;
    }
    if (result == STORE_FAILED)
        return STORE_FAILED;
    result = store_find_resource_policy(store, resource, arena, out, error);
    return result == STORE_OK ? STORE_CHANGED : result;
}
