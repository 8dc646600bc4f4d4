// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/sqlite.h"
#include "service/store/schema.h"
#include "service/store/upkeep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/** How long a connection waits for another process that writes, in milliseconds; and when that was in vain before. */
#define BUSY_LIMIT 1000
#define BUSY_LIMIT_AGAIN 20
/** Milliseconds between two tries. */
#define BUSY_STEP 5

/** What SQLite's result codes, most of them primary ones, mean for the person. */
static const struct {
    int code;
    enum error_class class;
    const char *text;
} reasons[] = {
    {SQLITE_FULL, ERROR_INTERNAL, "the disk is full; free some space and try again"},
    // SQLite has often forgotten by now what the system said.
    {SQLITE_IOERR_WRITE, ERROR_INTERNAL,
     "the disk is full, or a quota or a limit on the size of files is reached, or the disk fails; make room and try "
     "again"},
    {SQLITE_READONLY, ERROR_CONFIGURATION,
     "the file or its directory cannot be written; run as the user that owns them, on a disk that is mounted "
     "read-write"},
    {SQLITE_PERM, ERROR_CONFIGURATION, "the file cannot be used by this user; run as the user that owns it"},
    {SQLITE_CANTOPEN, ERROR_CONFIGURATION,
     "the file or its -wal and -shm companions cannot be opened; run as the user that owns the directory"},
    {SQLITE_NOTADB, ERROR_CONFIGURATION, "the file is damaged, or no store of jetond at all; restore a copy of it"},
    {SQLITE_CORRUPT, ERROR_INTERNAL,
     "the file is damaged; stop the service and restore a copy, or save what can be read with sqlite3's .recover"},
};

/** Clients are told this, so it does not say where the store is. */
static bool fail_busy(struct error *error)
{
    return error_set(error, ERROR_CONFIGURATION, STORE_BUSY,
                     "the store is locked by another process; try again in a moment");
}

/** Says which file is locked, where no client is told. @return false. */
static bool name_file(const char *doing, const char *path, struct error *error)
{
    if (error != NULL && error->code != NULL && strcmp(error->code, STORE_BUSY) == 0)
        return error_prefix(error, "cannot %s the store %s", doing, path);
    return false;
}

bool sqlite_fail(const struct store *store, const char *doing, struct error *error)
{
    int code = sqlite3_extended_errcode(store->database);
    if ((code & 0xff) == SQLITE_BUSY)
        return fail_busy(error);
    for (size_t i = 0; i < COUNT_OF(reasons); i++) {
        if (code == reasons[i].code || (code & 0xff) == reasons[i].code)
            return error_set(error, reasons[i].class, NULL, "cannot %s the store %s: %s", doing, store->path,
                             reasons[i].text);
    }
    int system_error = sqlite3_system_errno(store->database);
    if ((code & 0xff) == SQLITE_IOERR && system_error != 0)
        return error_set(error, ERROR_INTERNAL, NULL, "cannot %s the store %s: %s (SQLite error %d)", doing,
                         store->path, strerror(system_error), code);
    return error_set(error, ERROR_INTERNAL, NULL, "cannot %s the store %s: %s (SQLite error %d)", doing, store->path,
                     sqlite3_errmsg(store->database), code);
}

bool sqlite_execute(struct store *store, const char *sql, const char *doing, struct error *error)
{
    if (sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return sqlite_fail(store, doing, error);
}

static int64_t clock_milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** SQLite's busy handler: it tries again unless this returns 0. TRIES of this wait have been made. */
static int wait_for_lock(void *context, int tries)
{
    struct store *store = context;
    const struct timespec step = {0, BUSY_STEP * 1000000L};
    int64_t now = clock_milliseconds();
    if (tries == 0)
        store->wait_end = now + (store->gave_up ? BUSY_LIMIT_AGAIN : BUSY_LIMIT);
    if (now >= store->wait_end || atomic_load_explicit(&store->hurried, memory_order_relaxed)) {
        store->gave_up = true;
        return 0;
    }
    (void)nanosleep(&step, NULL);
    return 1;
}

void store_hurry(struct store *store)
{
    atomic_store_explicit(&store->hurried, true, memory_order_relaxed);
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    sqlite_free_kept(store);
    (void)sqlite3_close(store->database);
    free(store->path);
    free(store);
}

static void close_at(struct store **store)
{
    store_close(*store);
}
#define STORE_AUTO __attribute__((cleanup(close_at))) struct store

struct store *sqlite_open_file(const char *path, struct error *error)
{
    STORE_AUTO *store = memory_new(1, sizeof *store);
    store->path = memory_copy(path, strlen(path));
    // One connection belongs to one thread, so SQLite's own locks are of no use.
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE;
    if (sqlite3_open_v2(path, &store->database, flags, NULL) != SQLITE_OK) {
        if (store->database == NULL)
            abort();
        (void)sqlite_fail(store, "open", error);
        return NULL;
    }
    (void)sqlite3_busy_handler(store->database, wait_for_lock, store);
    (void)sqlite3_db_config(store->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    // SQLite falls back to reading only when the file's mode forbids writing.
    if (sqlite3_db_readonly(store->database, "main") == 1) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL,
                        "the store %s cannot be written by this user; run as the user that owns it", path);
        return NULL;
    }
    // FULL: a commit has reached the disk before the caller is told so.
    if (!sqlite_execute(store,
                        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;"
                        "PRAGMA cell_size_check = ON",
                        "open", error))
        return NULL;
    struct store *opened = store;
    store = NULL;
    return opened;
}

static bool add_setting(struct store *store, const char *name, const char *value, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(name), sqlite_text(value)};
    return sqlite_change(store, "INSERT INTO setting (name, value) VALUES (?, ?)", values, COUNT_OF(values),
                         STORE_FAILED, error) == STORE_OK;
}

static bool fill_file(const char *path, const struct store_settings *settings, struct error *error)
{
    STORE_AUTO *store = sqlite_open_file(path, error);
    return store != NULL && schema_create(store, schema_steps, schema_step_count, error) &&
           add_setting(store, "account", settings->account, error) &&
           add_setting(store, "region", settings->region, error) && store_settle(store, error);
}

bool store_create(const char *path, const struct store_settings *settings, struct error *error)
{
    // SQLite would create the file with the umask's mode, and its companions take the mode of the file.
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "cannot create the store %s: %s", path, strerror(errno));
    (void)close(descriptor);
    if (fill_file(path, settings, error))
        return true;
    (void)name_file("create", path, error);
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
        MEMORY_AUTO char *file = memory_format("%s%s", path, suffixes[i]);
        (void)unlink(file);
    }
    return false;
}

static bool check_file(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return error_set(error, ERROR_CONFIGURATION, NULL, "there is no store %s; make one with jetond init", path);
    if (stat(path, &status) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "cannot open the store %s: %s", path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return error_set(error, ERROR_CONFIGURATION, NULL, "%s is not a file and so cannot be the store", path);
    return true;
}

/** @param behind NULL: the schema is brought up to date. */
static struct store *open_store(const char *path, size_t *behind, struct error *error)
{
    if (!check_file(path, error))
        return NULL;
    STORE_AUTO *store = sqlite_open_file(path, error);
    if (store == NULL || !(behind == NULL ? schema_upgrade(store, schema_steps, schema_step_count, error)
                                          : schema_compare(store, schema_step_count, behind, error))) {
        (void)name_file("open", path, error);
        return NULL;
    }
    struct store *opened = store;
    store = NULL;
    return opened;
}

struct store *store_open(const char *path, struct error *error)
{
    return open_store(path, NULL, error);
}

struct store *store_open_unchanged(const char *path, size_t *behind, struct error *error)
{
    return open_store(path, behind, error);
}

bool store_settle(struct store *store, struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, 0, error);
    if (statement == NULL)
        return false;
    if (sqlite3_step(statement) != SQLITE_ROW) {
        (void)sqlite_fail(store, "settle", error);
        return name_file("settle", store->path, error);
    }
    if (sqlite3_column_int(statement, 0) == 0)
        return true;
    return error_set(error, ERROR_INTERNAL, NULL, "cannot settle the store %s: another process is reading it",
                     store->path);
}

bool store_version(struct store *store, uint64_t *out, struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, "PRAGMA data_version", NULL, 0, error);
    if (statement == NULL)
        return false;
    if (sqlite3_step(statement) != SQLITE_ROW)
        return sqlite_fail(store, "read", error);
    // The first number grows when another connection has changed something, the second when this one has; neither
    // ever falls, so their sum differs when either does.
    *out = (uint64_t)sqlite3_column_int64(statement, 0) + (uint64_t)sqlite3_total_changes64(store->database);
    return true;
}

static bool read_setting(struct store *store, const char *name, struct arena *arena, const char **out,
                         struct error *error)
{
    const struct sqlite_value value = sqlite_text(name);
    STATEMENT_AUTO *statement = sqlite_begin(store, "SELECT value FROM setting WHERE name = ?", &value, 1, error);
    if (statement == NULL)
        return false;
    switch (sqlite_next(store, statement, error)) {
    case STORE_OK:
        *out = sqlite_column_copy(statement, 0, arena);
        return true;
    case STORE_ABSENT:
        return error_set(error, ERROR_INTERNAL, NULL, "the store %s is damaged: it does not say its %s; restore a copy",
                         store->path, name);
    default:
        return false;
    }
}

bool store_read_settings(struct store *store, struct arena *arena, struct store_settings *out, struct error *error)
{
    return read_setting(store, "account", arena, &out->account, error) &&
           read_setting(store, "region", arena, &out->region, error);
}
