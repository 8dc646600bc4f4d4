// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/sqlite.h"

#include <stdlib.h>
#include <string.h>

struct kept_statement {
    const char *sql;
    sqlite3_stmt *statement;
    struct kept_statement *next;
};

struct sqlite_value sqlite_text(const char *text)
{
    if (text == NULL)
        return (struct sqlite_value){.type = SQLITE_VALUE_NULL};
    return sqlite_slice(slice_of(text));
}

struct sqlite_value sqlite_slice(struct slice text)
{
    // SQLite takes a null pointer for NULL.
    return (struct sqlite_value){.type = SQLITE_VALUE_TEXT, .bytes = text.data == NULL ? SLICE("") : text};
}

struct sqlite_value sqlite_blob(struct slice bytes)
{
    return (struct sqlite_value){.type = SQLITE_VALUE_BLOB, .bytes = bytes.data == NULL ? SLICE("") : bytes};
}

struct sqlite_value sqlite_integer(int64_t integer)
{
    return (struct sqlite_value){.type = SQLITE_VALUE_INTEGER, .integer = integer};
}

static struct kept_statement *keep(struct store *store, const char *sql, struct error *error)
{
    for (struct kept_statement *kept = store->kept; kept != NULL; kept = kept->next) {
        if (kept->sql == sql)
            return kept;
    }
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        (void)sqlite_fail(store, "use", error);
        return NULL;
    }
    struct kept_statement *kept = memory_new(1, sizeof *kept);
    *kept = (struct kept_statement){.sql = sql, .statement = statement, .next = store->kept};
    store->kept = kept;
    return kept;
}

static int bind(sqlite3_stmt *statement, int index, const struct sqlite_value *value)
{
    switch (value->type) {
    case SQLITE_VALUE_NULL:
        return sqlite3_bind_null(statement, index);
    case SQLITE_VALUE_TEXT:
        return sqlite3_bind_text64(statement, index, value->bytes.data, value->bytes.size, SQLITE_STATIC, SQLITE_UTF8);
    case SQLITE_VALUE_BLOB:
        return sqlite3_bind_blob64(statement, index, value->bytes.data, value->bytes.size, SQLITE_STATIC);
    case SQLITE_VALUE_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    }
    return SQLITE_MISUSE;
}

sqlite3_stmt *sqlite_begin(struct store *store, const char *sql, const struct sqlite_value *values, size_t count,
                           struct error *error)
{
    struct kept_statement *kept = keep(store, sql, error);
    if (kept == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (bind(kept->statement, (int)i + 1, &values[i]) == SQLITE_OK)
            continue;
        (void)sqlite_fail(store, "use", error);
        sqlite3_stmt *statement = kept->statement;
        sqlite_end(&statement);
        return NULL;
    }
    return kept->statement;
}

void sqlite_end(sqlite3_stmt **statement)
{
    if (*statement == NULL)
        return;
    (void)sqlite3_reset(*statement);
    (void)sqlite3_clear_bindings(*statement);
}

void sqlite_free_kept(struct store *store)
{
    while (store->kept != NULL) {
        struct kept_statement *kept = store->kept;
        store->kept = kept->next;
        (void)sqlite3_finalize(kept->statement);
        free(kept);
    }
}

enum store_result sqlite_next(struct store *store, sqlite3_stmt *statement, struct error *error)
{
    switch (sqlite3_step(statement)) {
    case SQLITE_ROW:
        return STORE_OK;
    case SQLITE_DONE:
        return STORE_ABSENT;
    default:
        (void)sqlite_fail(store, "read", error);
        return STORE_FAILED;
    }
}

enum store_result sqlite_next_changed(struct store *store, sqlite3_stmt *statement, struct error *error)
{
    switch (sqlite3_step(statement)) {
    case SQLITE_ROW:
        return STORE_OK;
    case SQLITE_DONE:
        store->gave_up = false;
        return STORE_ABSENT;
    default:
        (void)sqlite_fail(store, "write", error);
        return STORE_FAILED;
    }
}

const char *sqlite_column_copy(sqlite3_stmt *statement, int column, struct arena *arena)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return NULL;
    return sqlite_column_slice(statement, column, arena).data;
}

struct slice sqlite_column_slice(sqlite3_stmt *statement, int column, struct arena *arena)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return (struct slice){0};
    const void *data = sqlite3_column_blob(statement, column);
    size_t size = (size_t)sqlite3_column_bytes(statement, column);
    // An empty text has a null pointer; one of some size has none only when memory has run out.
    if (data == NULL && size > 0)
        abort();
    return (struct slice){arena_copy(arena, data, size), size};
}

enum store_result sqlite_change(struct store *store, const char *sql, const struct sqlite_value *values, size_t count,
                                enum store_result when_tied, struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, sql, values, count, error);
    if (statement == NULL)
        return STORE_FAILED;
    switch (sqlite3_step(statement)) {
    case SQLITE_DONE:
        store->gave_up = false;
        return sqlite3_changes64(store->database) > 0 ? STORE_OK : STORE_ABSENT;
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
        return STORE_EXISTS;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return when_tied;
    default:
        (void)sqlite_fail(store, "write", error);
        return STORE_FAILED;
    }
}

enum store_result sqlite_transact(struct store *store, sqlite_work *work, const void *context, struct error *error)
{
    // Within a transaction (store_begin()) it is a part of that one, which can be undone by itself.
    bool part = sqlite3_get_autocommit(store->database) == 0;
    if (!sqlite_execute(store, part ? "SAVEPOINT part" : "BEGIN IMMEDIATE", "write", error))
        return STORE_FAILED;
    enum store_result result = work(store, context, error);
    if (result == STORE_OK) {
        if (sqlite_execute(store, part ? "RELEASE part" : "COMMIT", "write", error))
            return STORE_OK;
        result = STORE_FAILED;
    }
    // The error that counts is the first one; a rollback that fails leaves the same to recovery.
    (void)sqlite_execute(store, part ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK", "write", NULL);
    return result;
}

bool sqlite_read_number(struct store *store, const char *sql, const struct sqlite_value *values, size_t count,
                        int64_t *out, struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, sql, values, count, error);
    if (statement == NULL)
        return false;
    if (sqlite3_step(statement) != SQLITE_ROW)
        return sqlite_fail(store, "read", error);
    *out = sqlite3_column_int64(statement, 0);
    return true;
}

/** The first text above all that start with PREFIX; a blob, which is above every text, when there is none. */
static struct sqlite_value above_prefix(struct slice prefix, struct arena *arena)
{
    size_t size = prefix.size;
    while (size > 0 && (unsigned char)prefix.data[size - 1] == 0xff)
        size--;
    if (size == 0)
        return sqlite_blob((struct slice){0});
    char *above = arena_copy(arena, prefix.data, size);
    above[size - 1] = (char)((unsigned char)above[size - 1] + 1);
    return sqlite_slice((struct slice){above, size});
}

struct sqlite_bounds sqlite_page_bounds(const struct store_page *page, struct arena *arena)
{
    struct slice after = slice_of(page->after);
    struct slice prefix = slice_of(page->prefix);
    return (struct sqlite_bounds){
        .lowest = sqlite_slice(slice_compare(after, prefix) > 0 ? after : prefix),
        .below = above_prefix(prefix, arena),
        .except = sqlite_slice(after),
        // SQLite takes a negative limit for none.
        .limit = sqlite_integer(page->limit < 0 ? 0 : page->limit),
    };
}

void *sqlite_grow(struct arena *arena, void *items, size_t count, size_t size)
{
    // The array is full when COUNT is 0 or a power of two.
    if ((count & (count - 1)) != 0)
        return items;
    void *larger = arena_allocate(arena, count == 0 ? 1 : count * 2, size);
    if (count > 0)
        memcpy(larger, items, count * size);
    return larger;
}
