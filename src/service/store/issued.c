// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/issued.h"
#include "service/store/schema.h"
#include "service/store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

// Rows are only appended, and read in order: an index by the id, which is random, would cost more than all else.
static const char *const steps[] = {
    "CREATE TABLE issued ("
    " number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " id TEXT NOT NULL,"
    " principal TEXT NOT NULL,"
    " caller TEXT NOT NULL,"
    " domain TEXT NOT NULL,"
    " scope TEXT NOT NULL,"
    " issued INTEGER NOT NULL,"
    " expires INTEGER NOT NULL,"
    " session INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX issued_by_end ON issued (expires);",
};

static bool make_file(const char *path, struct error *error)
{
    // SQLite would create the file with the umask's mode, and its companions take the mode of the file.
    int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "cannot make the record of tokens %s: %s", path,
                         strerror(errno));
    (void)close(descriptor);
    return true;
}

static bool prepare(struct store *store, struct error *error)
{
    bool absent;
    return schema_is_absent(store, &absent, error) && (absent ? schema_create(store, steps, COUNT_OF(steps), error)
                                                              : schema_upgrade(store, steps, COUNT_OF(steps), error));
}

struct store *store_open_issued(const char *path, bool make, struct error *error)
{
    if (!make && access(path, F_OK) != 0) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL,
                        "there is no record of tokens %s; it is made by jetond serve --record-tokens", path);
        return NULL;
    }
    struct store *store = make && !make_file(path, error) ? NULL : sqlite_open_file(path, error);
    if (store != NULL && !prepare(store, error)) {
        store_close(store);
        return NULL;
    }
    return store;
}

struct store *store_open_issued_unchanged(const char *path, size_t *behind, struct error *error)
{
    struct store *store = sqlite_open_file(path, error);
    if (store != NULL && !schema_compare(store, COUNT_OF(steps), behind, error)) {
        store_close(store);
        return NULL;
    }
    return store;
}

/** A batch on its way. */
struct batch {
    const struct store_issued *items;
    size_t count;
    int64_t now;
};

static enum store_result add_one(struct store *store, const struct store_issued *item, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_slice(item->id),        sqlite_slice(item->principal),
        sqlite_slice(item->caller),    sqlite_slice(item->domain),
        sqlite_slice(item->scope),     sqlite_integer(item->issued),
        sqlite_integer(item->expires), sqlite_integer(item->session_issued),
    };
    return sqlite_change(store,
                         "INSERT INTO issued (id, principal, caller, domain, scope, issued, expires, session)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                         values, COUNT_OF(values), STORE_FAILED, error);
}

static enum store_result add_all(struct store *store, const void *context, struct error *error)
{
    const struct batch *batch = context;
    const struct sqlite_value now = sqlite_integer(batch->now);
    for (size_t i = 0; i < batch->count; i++)
        if (add_one(store, &batch->items[i], error) != STORE_OK)
            return STORE_FAILED;
    enum store_result pruned =
        sqlite_change(store, "DELETE FROM issued WHERE expires <= ?", &now, 1, STORE_FAILED, error);
    return pruned == STORE_ABSENT ? STORE_OK : pruned;
}

bool store_add_issued(struct store *store, const struct store_issued *items, size_t count, int64_t now,
                      struct error *error)
{
    const struct batch batch = {items, count, now};
    return sqlite_transact(store, add_all, &batch, error) == STORE_OK;
}

bool store_list_issued(struct store *store, const struct store_issued_listing *listing, struct arena *arena,
                       struct store_issued **out, size_t *count, int64_t *last, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value values[] = {sqlite_integer(listing->after), sqlite_integer(listing->now),
                                          sqlite_slice(listing->principal), sqlite_slice(listing->domain),
                                          sqlite_integer(listing->limit)};
    STATEMENT_AUTO *statement = sqlite_begin(
        store,
        "SELECT number, id, principal, caller, domain, scope, issued, expires, session FROM issued"
        " WHERE number > ?1 AND expires > ?2 AND (?4 = '' OR domain = ?4)"
        " AND (?3 = '' OR principal = ?3 OR substr(principal, 1, length(?3) + 1) = ?3 || ':') ORDER BY number LIMIT ?5",
        values, COUNT_OF(values), error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        *last = sqlite3_column_int64(statement, 0);
        (*out)[(*count)++] = (struct store_issued){
            .id = sqlite_column_slice(statement, 1, arena),
            .principal = sqlite_column_slice(statement, 2, arena),
            .caller = sqlite_column_slice(statement, 3, arena),
            .domain = sqlite_column_slice(statement, 4, arena),
            .scope = sqlite_column_slice(statement, 5, arena),
            .issued = sqlite3_column_int64(statement, 6),
            .expires = sqlite3_column_int64(statement, 7),
            .session_issued = sqlite3_column_int64(statement, 8),
        };
    }
    return result == STORE_ABSENT;
}
