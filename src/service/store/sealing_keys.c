// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/sqlite.h"

enum store_result store_add_sealing_key(struct store *store, const struct store_sealing_key *key, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(key->id), sqlite_blob(key->sealed_key),
                                          sqlite_integer(key->created)};
    return sqlite_change(store, "INSERT INTO sealing_key (id, sealed_key, created) VALUES (?, ?, ?)", values,
                         COUNT_OF(values), STORE_ABSENT, error);
}

bool store_list_sealing_keys(struct store *store, struct arena *arena, struct store_sealing_key **out, size_t *count,
                             struct error *error)
{
    *out = NULL;
    *count = 0;
    STATEMENT_AUTO *statement = sqlite_begin(
        store, "SELECT id, sealed_key, created FROM sealing_key ORDER BY created DESC, id", NULL, 0, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = (struct store_sealing_key){
            .id = sqlite_column_copy(statement, 0, arena),
            .sealed_key = sqlite_column_slice(statement, 1, arena),
            .created = sqlite3_column_int64(statement, 2),
        };
    }
    return result == STORE_ABSENT;
}
