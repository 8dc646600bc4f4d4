// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/entity.h"
#include "service/store/upkeep.h"

/** A version being added; its number is found within the transaction. */
struct adding {
    const char *policy;
    struct store_policy_version *version;
    int64_t limit;
};

static enum store_result add_version(struct store *store, const void *context, struct error *error)
{
    const struct adding *adding = context;
    struct store_policy_version *version = adding->version;
    const struct sqlite_value change[] = {sqlite_text(adding->policy), sqlite_integer(version->is_default),
                                          sqlite_integer(version->created)};
    enum store_result result =
        sqlite_change(store,
                      "UPDATE entity SET last_version = last_version + 1, updated = iif(?2, ?3, updated),"
                      " default_version = iif(?2, last_version + 1, default_version)"
                      " WHERE id = ?1 AND kind = 'policy'",
                      change, COUNT_OF(change), STORE_FAILED, error);
    int64_t count = 0;
    if (result != STORE_OK)
        return result;
    if (!sqlite_read_number(store, "SELECT last_version FROM entity WHERE id = ?", change, 1, &version->number, error))
        return STORE_FAILED;
    const struct sqlite_value row[] = {change[0], sqlite_integer(version->number), sqlite_slice(version->document),
                                       change[2]};
    result = sqlite_change(store, "INSERT INTO policy_version (policy, number, document, created) VALUES (?, ?, ?, ?)",
                           row, COUNT_OF(row), STORE_ABSENT, error);
    if (result != STORE_OK)
        return result;
    if (!sqlite_read_number(store, "SELECT count(*) FROM policy_version WHERE policy = ?", row, 1, &count, error))
        return STORE_FAILED;
    return count <= adding->limit ? STORE_OK : STORE_LIMIT;
}

enum store_result store_add_policy_version(struct store *store, const char *policy,
                                           struct store_policy_version *version, int64_t limit, struct error *error)
{
    const struct adding adding = {.policy = policy, .version = version, .limit = limit};
    return sqlite_transact(store, add_version, &adding, error);
}

static enum store_result put_version(struct store *store, const void *context, struct error *error)
{
    const struct adding *adding = context;
    const struct sqlite_value values[] = {sqlite_text(adding->policy), sqlite_integer(adding->version->number),
                                          sqlite_slice(adding->version->document),
                                          sqlite_integer(adding->version->created)};
    enum store_result result = sqlite_change(store,
                                             "INSERT INTO policy_version (policy, number, document, created)"
                                             " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET document = ?3",
                                             values, COUNT_OF(values), STORE_ABSENT, error);
    if (result != STORE_OK)
        return result;
    return sqlite_change(store, "UPDATE entity SET last_version = max(last_version, ?2) WHERE id = ?1", values, 2,
                         STORE_ABSENT, error);
}

enum store_result store_put_policy_version(struct store *store, const char *policy,
                                           const struct store_policy_version *version, struct error *error)
{
    struct store_policy_version copy = *version;
    const struct adding adding = {.policy = policy, .version = &copy};
    return sqlite_transact(store, put_version, &adding, error);
}

#define COLUMNS "v.number, v.number = e.default_version, v.created"

static struct store_policy_version read_version(sqlite3_stmt *statement)
{
    return (struct store_policy_version){
        .number = sqlite3_column_int64(statement, 0),
        .is_default = sqlite3_column_int(statement, 1) != 0,
        .created = sqlite3_column_int64(statement, 2),
    };
}

enum store_result store_find_policy_version(struct store *store, const char *policy, int64_t number,
                                            struct arena *arena, struct store_policy_version *out, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(policy), sqlite_integer(number)};
    STATEMENT_AUTO *statement =
        sqlite_begin(store,
                     "SELECT " COLUMNS ", v.document FROM policy_version v JOIN entity e ON e.id = v.policy"
                     " WHERE v.policy = ? AND v.number = ?",
                     values, COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result != STORE_OK)
        return result;
    *out = read_version(statement);
    out->document = sqlite_column_slice(statement, 3, arena);
    return STORE_OK;
}

bool store_list_policy_versions(struct store *store, const char *policy, struct arena *arena,
                                struct store_policy_version **out, size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value value = sqlite_text(policy);
    STATEMENT_AUTO *statement = sqlite_begin(store,
                                             "SELECT " COLUMNS " FROM policy_version v JOIN entity e ON e.id = v.policy"
                                             " WHERE v.policy = ? ORDER BY v.number DESC",
                                             &value, 1, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = read_version(statement);
    }
    return result == STORE_ABSENT;
}

enum store_result store_set_default_version(struct store *store, const char *policy, int64_t number, int64_t now,
                                            struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(policy), sqlite_integer(number), sqlite_integer(now)};
    return sqlite_change(store,
                         "UPDATE entity SET default_version = ?2, updated = ?3 WHERE id = ?1"
                         " AND EXISTS (SELECT 1 FROM policy_version WHERE policy = ?1 AND number = ?2)",
                         values, COUNT_OF(values), STORE_FAILED, error);
}

enum store_result store_delete_policy_version(struct store *store, const char *policy, int64_t number,
                                              struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(policy), sqlite_integer(number)};
    enum store_result result = sqlite_change(store,
                                             "DELETE FROM policy_version WHERE policy = ?1 AND number = ?2"
                                             " AND number <> (SELECT default_version FROM entity WHERE id = ?1)",
                                             values, COUNT_OF(values), STORE_FAILED, error);
    int64_t count = 0;
    if (result != STORE_ABSENT)
        return result;
    if (!sqlite_read_number(store, "SELECT count(*) FROM policy_version WHERE policy = ? AND number = ?", values,
                            COUNT_OF(values), &count, error))
        return STORE_FAILED;
    return count > 0 ? STORE_NOT_EMPTY : STORE_ABSENT;
}
