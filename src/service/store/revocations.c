// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/revocation.h"
#include "service/store/sqlite.h"

const char *const store_revoked_names[STORE_REVOKED_KINDS] = {
    [STORE_REVOKED_TOKEN] = "token",
    [STORE_REVOKED_PRINCIPAL] = "principal",
    [STORE_REVOKED_ALL] = "all",
};

static enum store_result add(struct store *store, const void *context, struct error *error)
{
    const struct store_revocation *revocation = context;
    const struct sqlite_value made = sqlite_integer(revocation->made);
    const struct sqlite_value values[] = {
        sqlite_text(store_revoked_names[revocation->kind]),
        sqlite_slice(slice_of(revocation->subject)),
        sqlite_integer(revocation->cutoff),
        made,
        sqlite_integer(revocation->ends),
    };
    if (sqlite_change(store, "DELETE FROM revocation WHERE ends <= ?", &made, 1, STORE_FAILED, error) == STORE_FAILED)
        return STORE_FAILED;
    // OR REPLACE gives the row a new number.
    return sqlite_change(store,
                         "INSERT OR REPLACE INTO revocation (kind, subject, cutoff, made, ends) SELECT ?1, ?2,"
                         " max(?3, coalesce((SELECT cutoff FROM revocation WHERE kind = ?1 AND subject = ?2), ?3)), ?4,"
                         " max(?5, coalesce((SELECT ends FROM revocation WHERE kind = ?1 AND subject = ?2), ?5))",
                         values, COUNT_OF(values), STORE_FAILED, error);
}

bool store_add_revocation(struct store *store, const struct store_revocation *revocation, struct error *error)
{
    return sqlite_transact(store, add, revocation, error) == STORE_OK;
}

static enum store_revoked kind_of(const char *name)
{
    enum store_revoked kind = STORE_REVOKED_TOKEN;
    while (kind < STORE_REVOKED_ALL && !slice_is(slice_of(name), store_revoked_names[kind]))
        kind++;
    return kind;
}

bool store_list_revocations(struct store *store, int64_t after, struct arena *arena, struct store_revocation **out,
                            size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value value = sqlite_integer(after);
    STATEMENT_AUTO *statement = sqlite_begin(
        store, "SELECT kind, subject, cutoff, made, ends, number FROM revocation WHERE number > ? ORDER BY number",
        &value, 1, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = (struct store_revocation){
            .kind = kind_of(sqlite_column_copy(statement, 0, arena)),
            .subject = sqlite_column_copy(statement, 1, arena),
            .cutoff = sqlite3_column_int64(statement, 2),
            .made = sqlite3_column_int64(statement, 3),
            .ends = sqlite3_column_int64(statement, 4),
            .number = sqlite3_column_int64(statement, 5),
        };
    }
    return result == STORE_ABSENT;
}
