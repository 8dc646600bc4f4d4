// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/entity.h"
#include "service/store/identifier.h"

enum store_result store_add_access_key(struct store *store, const struct store_access_key *key, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_text(key->id),         sqlite_text(key->principal),
        sqlite_integer(key->active),  sqlite_blob(key->sealed_secret),
        sqlite_integer(key->created),
    };
    return sqlite_change(store,
                         "INSERT INTO access_key (id, principal, active, sealed_secret, created)"
                         " VALUES (?, ?, ?, ?, ?)",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

struct adding {
    const struct store_access_key *key;
    int64_t limit;
};

static enum store_result add_key(struct store *store, const void *context, struct error *error)
{
    const struct adding *adding = context;
    const struct sqlite_value value = sqlite_text(adding->key->principal);
    enum store_result result = store_add_access_key(store, adding->key, error);
    int64_t count = 0;
    if (result != STORE_OK)
        return result;
    if (!sqlite_read_number(store, "SELECT count(*) FROM access_key WHERE principal = ?", &value, 1, &count, error))
        return STORE_FAILED;
    return count <= adding->limit ? STORE_OK : STORE_LIMIT;
}

enum store_result store_add_limited_key(struct store *store, const struct store_access_key *key, int64_t limit,
                                        struct error *error)
{
    const struct adding adding = {.key = key, .limit = limit};
    return sqlite_transact(store, add_key, &adding, error);
}

#define COLUMNS "id, principal, active, created, last_used, last_service, last_region"

/** Without the secret: who administers keys has no use for it. */
static struct store_access_key read_key(sqlite3_stmt *statement, struct arena *arena)
{
    return (struct store_access_key){
        .id = sqlite_column_copy(statement, 0, arena),
        .principal = sqlite_column_copy(statement, 1, arena),
        .active = sqlite3_column_int(statement, 2) != 0,
        .created = sqlite3_column_int64(statement, 3),
        .last_used = sqlite3_column_int64(statement, 4),
        .last_service = sqlite_column_copy(statement, 5, arena),
        .last_region = sqlite_column_copy(statement, 6, arena),
    };
}

enum store_result store_find_access_key(struct store *store, struct slice id, struct arena *arena,
                                        struct store_access_key *out, struct error *error)
{
    const struct sqlite_value value = sqlite_slice(id);
    STATEMENT_AUTO *statement =
        sqlite_begin(store, "SELECT " COLUMNS " FROM access_key WHERE id = ?", &value, 1, error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result == STORE_OK)
        *out = read_key(statement, arena);
    return result;
}

bool store_list_access_keys(struct store *store, const char *principal, struct arena *arena,
                            struct store_access_key **out, size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value value = sqlite_text(principal);
    STATEMENT_AUTO *statement =
        sqlite_begin(store, "SELECT " COLUMNS " FROM access_key WHERE principal = ? ORDER BY id", &value, 1, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = read_key(statement, arena);
    }
    return result == STORE_ABSENT;
}

enum store_result store_switch_access_key(struct store *store, const char *principal, struct slice id, bool active,
                                          struct error *error)
{
    const struct sqlite_value values[] = {sqlite_integer(active), sqlite_text(principal), sqlite_slice(id)};
    return sqlite_change(store, "UPDATE access_key SET active = ? WHERE principal = ? AND id = ?", values,
                         COUNT_OF(values), STORE_FAILED, error);
}

enum store_result store_delete_access_key(struct store *store, const char *principal, struct slice id,
                                          struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(principal), sqlite_slice(id)};
    return sqlite_change(store, "DELETE FROM access_key WHERE principal = ? AND id = ?", values, COUNT_OF(values),
                         STORE_FAILED, error);
}

struct recording {
    const struct store_use *uses;
    size_t count;
};

static enum store_result record_uses(struct store *store, const void *context, struct error *error)
{
    const struct recording *recording = context;
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < recording->count && result != STORE_FAILED; i++) {
        const struct store_use *use = &recording->uses[i];
        const struct sqlite_value values[] = {sqlite_text(use->key), sqlite_integer(use->when),
                                              sqlite_text(use->service), sqlite_text(use->region),
                                              sqlite_integer(STORE_USE_INTERVAL)};
        bool is_role = slice_starts_with(slice_of(use->key), SLICE(IDENTIFIER_ROLE));
        result = sqlite_change(store,
                               is_role ? "UPDATE entity SET last_used = ?2, last_region = ?4"
                                         " WHERE id = ?1 AND kind = 'role' AND coalesce(last_used, 0) + ?5 <= ?2"
                                       : "UPDATE access_key SET last_used = ?2, last_service = ?3, last_region = ?4"
                                         " WHERE id = ?1 AND coalesce(last_used, 0) + ?5 <= ?2",
                               values, COUNT_OF(values), STORE_FAILED, error);
    }
    return result == STORE_FAILED ? STORE_FAILED : STORE_OK;
}

enum store_result store_record_uses(struct store *store, const struct store_use *uses, size_t count,
                                    struct error *error)
{
    const struct recording recording = {.uses = uses, .count = count};
    return sqlite_transact(store, record_uses, &recording, error);
}
