// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/upkeep.h"

#include "service/store/sqlite.h"

/** How many sentences of SQLite's are enough to say that a file is damaged. */
#define DAMAGE_LIMIT "20"

bool store_begin(struct store *store, bool changes, struct error *error)
{
    return sqlite_execute(store, changes ? "BEGIN IMMEDIATE" : "BEGIN", changes ? "write" : "read", error);
}

bool store_end(struct store *store, bool keep, struct error *error)
{
    if (keep && sqlite_execute(store, "COMMIT", "write", error))
        return true;
    // A rollback that fails leaves the same to recovery.
    (void)sqlite_execute(store, "ROLLBACK", "write", NULL);
    return !keep;
}

static void add(struct arena *arena, const char ***out, size_t *count, const char *text)
{
    *out = sqlite_grow(arena, *out, *count, sizeof **out);
    (*out)[(*count)++] = text;
}

static bool find_broken_pages(struct store *store, struct arena *arena, const char ***out, size_t *count,
                              struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, "PRAGMA integrity_check(" DAMAGE_LIMIT ")", NULL, 0, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        const char *text = sqlite_column_copy(statement, 0, arena);
        if (text != NULL && !slice_is(slice_of(text), "ok"))
            add(arena, out, count, text);
    }
    return result == STORE_ABSENT;
}

/** References that lead nowhere. */
static bool find_loose_ends(struct store *store, struct arena *arena, const char ***out, size_t *count,
                            struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(
        store, "SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2", NULL, 0, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        const char *table = sqlite_column_copy(statement, 0, arena);
        const char *parent = sqlite_column_copy(statement, 1, arena);
        MEMORY_AUTO char *text = memory_format("%lld rows of %s name a %s that is not there",
                                               (long long)sqlite3_column_int64(statement, 2), table, parent);
        add(arena, out, count, arena_copy(arena, text, strlen(text)));
    }
    return result == STORE_ABSENT;
}

bool store_find_damage(struct store *store, struct arena *arena, const char ***out, size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    return find_broken_pages(store, arena, out, count, error) && find_loose_ends(store, arena, out, count, error);
}

bool store_list_sealed_keys(struct store *store, const char *after, int64_t limit, struct arena *arena,
                            struct store_access_key **out, size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value values[] = {sqlite_slice(slice_of(after)), sqlite_integer(limit)};
    STATEMENT_AUTO *statement = sqlite_begin(store,
                                             "SELECT id, principal, active, sealed_secret, created FROM access_key"
                                             " WHERE id > ? ORDER BY id LIMIT ?",
                                             values, COUNT_OF(values), error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = (struct store_access_key){
            .id = sqlite_column_copy(statement, 0, arena),
            .principal = sqlite_column_copy(statement, 1, arena),
            .active = sqlite3_column_int(statement, 2) != 0,
            .sealed_secret = sqlite_column_slice(statement, 3, arena),
            .created = sqlite3_column_int64(statement, 4),
        };
    }
    return result == STORE_ABSENT;
}
