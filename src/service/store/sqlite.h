// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the files of the SQLite store share: the connection, statements that are prepared once, and errors in
 * words. Not for other rooms; they include service/store/store.h.
 */
#ifndef JETON_SERVICE_STORE_SQLITE_H
#define JETON_SERVICE_STORE_SQLITE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "service/store/store.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A statement that stays prepared as long as the connection lives. */
struct kept_statement;

struct store {
    sqlite3 *database;
    char *path;
    struct kept_statement *kept;
    int64_t wait_end;    /**< Milliseconds of the monotonic clock: when the present wait for a lock is given up. */
    bool gave_up;        /**< The last wait was in vain, and no change has succeeded since. */
    atomic_bool hurried; /**< See store_hurry(). */
};

/** Opens a file that is there as a database; what is in it has not been looked at yet. NULL with the error. */
struct store *sqlite_open_file(const char *path, struct error *error);

/** The error of the last call on the connection, in words: the file, the reason, and what to do. @return false. */
bool sqlite_fail(const struct store *store, const char *doing, struct error *error);

/** Runs SQL that has neither parameters nor a result. */
bool sqlite_execute(struct store *store, const char *sql, const char *doing, struct error *error);

/** A parameter of a statement. */
struct sqlite_value {
    enum { SQLITE_VALUE_NULL, SQLITE_VALUE_TEXT, SQLITE_VALUE_BLOB, SQLITE_VALUE_INTEGER } type;
    struct slice bytes;
    int64_t integer;
};

/** A text; NULL is SQL's NULL. */
struct sqlite_value sqlite_text(const char *text);
/** A text that is never NULL: no data is the empty text. */
struct sqlite_value sqlite_slice(struct slice text);
struct sqlite_value sqlite_blob(struct slice bytes);
struct sqlite_value sqlite_integer(int64_t integer);

/**
 * A statement with its parameters bound, ready to step; it borrows the values until sqlite_end().
 * @param sql a constant of the program: the statement is kept by its address.
 * @return NULL on failure.
 */
sqlite3_stmt *sqlite_begin(struct store *store, const char *sql, const struct sqlite_value *values, size_t count,
                           struct error *error);
/** Makes the statement ready for its next use, and ends its read transaction. */
void sqlite_end(sqlite3_stmt **statement);
/** A scope-bound use of a kept statement. */
#define STATEMENT_AUTO __attribute__((cleanup(sqlite_end))) sqlite3_stmt
/** Gives up all statements, before the connection closes. */
void sqlite_free_kept(struct store *store);

/** STORE_OK with a row to read, STORE_ABSENT after the last one, STORE_FAILED. */
enum store_result sqlite_next(struct store *store, sqlite3_stmt *statement, struct error *error);

/**
 * The same for a statement that changes something and returns it (RETURNING): what it did is durable once it has given
 * STORE_ABSENT after its last row.
 */
enum store_result sqlite_next_changed(struct store *store, sqlite3_stmt *statement, struct error *error);

/** The column of the present row as a copy in the arena, NULL for SQL's NULL. */
const char *sqlite_column_copy(sqlite3_stmt *statement, int column, struct arena *arena);
/** The same for a blob or a text as a slice; NULL is the empty slice. */
struct slice sqlite_column_slice(sqlite3_stmt *statement, int column, struct arena *arena);

/**
 * Runs one statement that changes something; it is a durable transaction of its own.
 * @param when_tied what a foreign key that does not fit means here: STORE_ABSENT (no such parent) or STORE_NOT_EMPTY.
 * @return STORE_EXISTS for a key that is taken, STORE_ABSENT also when nothing was there to change.
 */
enum store_result sqlite_change(struct store *store, const char *sql, const struct sqlite_value *values, size_t count,
                                enum store_result when_tied, struct error *error);

/**
 * Runs WORK in one transaction, which is kept when it returns STORE_OK and otherwise as if it had never been.
 * @return what WORK returns, or STORE_FAILED.
 */
typedef enum store_result sqlite_work(struct store *store, const void *context, struct error *error);
enum store_result sqlite_transact(struct store *store, sqlite_work *work, const void *context, struct error *error);

/** The number that a query of one row and one column gives. */
bool sqlite_read_number(struct store *store, const char *sql, const struct sqlite_value *values, size_t count,
                        int64_t *out, struct error *error);

/** The bounds of a page in byte order, as parameters of `name >= ? AND name < ? AND name <> ? ... LIMIT ?`. */
struct sqlite_bounds {
    struct sqlite_value lowest;
    struct sqlite_value below;
    struct sqlite_value except;
    struct sqlite_value limit;
};
/** What it points to lives as long as PAGE and the arena. */
struct sqlite_bounds sqlite_page_bounds(const struct store_page *page, struct arena *arena);

/** Room for one more item of SIZE bytes in an array of the arena that holds COUNT; the items may move. */
void *sqlite_grow(struct arena *arena, void *items, size_t count, size_t size);

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
