// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Copies of the store, made while it is used. */
#include "service/store/sqlite.h"
#include "service/store/upkeep.h"

static void close_database(sqlite3 **database)
{
    (void)sqlite3_close(*database);
}

/** All pages in one step, which is one read transaction: the copy is of one moment, and nobody who writes waits. */
static int copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *copying = sqlite3_backup_init(to, "main", from, "main");
    if (copying == NULL)
        return sqlite3_errcode(to);
    (void)sqlite3_backup_step(copying, -1);
    return sqlite3_backup_finish(copying);
}

bool store_copy(struct store *store, const char *path, struct error *error)
{
    __attribute__((cleanup(close_database))) sqlite3 *copy = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE;
    int code = sqlite3_open_v2(path, &copy, flags, NULL);
    // What has been copied has reached the disk before it gets its name.
    if (code == SQLITE_OK)
        code = sqlite3_exec(copy, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = copy_pages(store->database, copy);
    if (code == SQLITE_OK)
        return true;
    return error_set(error, ERROR_CONFIGURATION, NULL, "cannot copy the store %s to %s: %s; nothing was written",
                     store->path, path, sqlite3_errstr(code));
}
