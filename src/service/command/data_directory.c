// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/data_directory.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STORE_NAME "store.sqlite"
#define NEW_STORE_NAME "store.new"
#define MASTER_KEY_NAME "master.key"
#define CREDENTIALS_NAME "credentials"
#define CONFIG_NAME "config"
#define TOKENS_NAME "tokens.sqlite"
#define MARK_NAME "init.unfinished"

/** All that init makes before the store is in place. WRITTEN: by file_write(), which may leave NAME.XXXXXX. */
static const struct {
    const char *name;
    bool written;
} makings[] = {
    {NEW_STORE_NAME, false},
    {NEW_STORE_NAME "-wal", false},
    {NEW_STORE_NAME "-shm", false},
    {NEW_STORE_NAME "-journal", false},
    {MASTER_KEY_NAME, true},
    {CREDENTIALS_NAME, true},
    {CONFIG_NAME, true},
    {MARK_NAME, false},
};
#define MAKING_COUNT (sizeof makings / sizeof makings[0])
/** The dot and the letters that mkostemp() appends. */
#define SUFFIX_SIZE 7

void data_directory_set(struct data_directory *directory, const char *path)
{
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    char *base = memory_copy(path, size);
    const char *slash = strcmp(base, "/") == 0 ? "" : "/";
    *directory = (struct data_directory){
        .path = base,
        .store = memory_format("%s%s" STORE_NAME, base, slash),
        .master_key = memory_format("%s%s" MASTER_KEY_NAME, base, slash),
        .credentials = memory_format("%s%s" CREDENTIALS_NAME, base, slash),
        .config = memory_format("%s%s" CONFIG_NAME, base, slash),
        .tokens = memory_format("%s%s" TOKENS_NAME, base, slash),
        .new_store = memory_format("%s%s" NEW_STORE_NAME, base, slash),
        .mark = memory_format("%s%s" MARK_NAME, base, slash),
    };
}

void data_directory_free(struct data_directory *directory)
{
    free(directory->path);
    free(directory->store);
    free(directory->master_key);
    free(directory->credentials);
    free(directory->config);
    free(directory->tokens);
    free(directory->new_store);
    free(directory->mark);
    *directory = (struct data_directory){0};
}

static bool fail(struct error *error, const char *what, const char *path)
{
    return error_set(error, ERROR_CONFIGURATION, NULL, "cannot %s %s: %s", what, path, strerror(errno));
}

static bool make_directory(const char *path, struct error *error)
{
    if (mkdir(path, 0700) != 0) {
        if (errno == EEXIST)
            return true;
        if (errno == ENOENT)
            return error_set(error, ERROR_CONFIGURATION, NULL,
                             "cannot make the directory %s: the one that should hold it does not exist; make that "
                             "first",
                             path);
        return fail(error, "make the directory", path);
    }
    MEMORY_AUTO char *copy = memory_copy(path, strlen(path));
    return file_sync_directory(dirname(copy), error);
}

/** Takes the lock and makes sure that the directory is ours alone. */
static bool secure_directory(int descriptor, const char *path, struct error *error)
{
    struct stat status;
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return error_set(error, ERROR_CONFIGURATION, NULL, "another jetond init is at work in %s", path);
        return fail(error, "lock", path);
    }
    if (fstat(descriptor, &status) != 0)
        return fail(error, "look at", path);
    if (status.st_uid != geteuid())
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s belongs to user %lu; run jetond init as that user, or choose another directory", path,
                         (unsigned long)status.st_uid);
    return true;
}

static bool is_making(const char *name)
{
    for (size_t i = 0; i < MAKING_COUNT; i++) {
        size_t size = strlen(makings[i].name);
        if (strncmp(name, makings[i].name, size) != 0)
            continue;
        if (name[size] == '\0' || (makings[i].written && name[size] == '.' && strlen(name + size) == SUFFIX_SIZE))
            return true;
    }
    return false;
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static void close_directory(DIR **stream)
{
    if (*stream != NULL)
        (void)closedir(*stream);
}
#define STREAM_AUTO __attribute__((cleanup(close_directory))) DIR

/** Refuses a directory with anything in it that an init did not leave, before anything is changed there. */
static bool check_content(const struct data_directory *directory, struct error *error)
{
    bool unfinished = exists(directory->mark);
    STREAM_AUTO *stream = opendir(directory->path);
    if (stream == NULL)
        return fail(error, "read the directory", directory->path);
    const struct dirent *entry;
    for (errno = 0; (entry = readdir(stream)) != NULL; errno = 0) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || (unfinished && is_making(name)))
            continue;
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s is not empty: it holds %s, which jetond init did not make; choose a new directory",
                         directory->path, name);
    }
    return errno == 0 || fail(error, "read the directory", directory->path);
}

void data_directory_clear(const struct data_directory *directory)
{
    STREAM_AUTO *stream = opendir(directory->path);
    if (stream == NULL)
        return;
    const struct dirent *entry;
    while ((entry = readdir(stream)) != NULL) {
        // The mark goes last: without it the rest would be taken for somebody else's.
        if (is_making(entry->d_name) && strcmp(entry->d_name, MARK_NAME) != 0)
            (void)unlinkat(dirfd(stream), entry->d_name, 0);
    }
    (void)fsync(dirfd(stream));
    (void)unlinkat(dirfd(stream), MARK_NAME, 0);
}

static bool set_mark(const struct data_directory *directory, struct error *error)
{
    int descriptor = open(directory->mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(error, "create", directory->mark);
    (void)close(descriptor);
    return file_sync_directory(directory->path, error);
}

static bool prepare_locked(const struct data_directory *directory, int descriptor, struct error *error)
{
    if (!secure_directory(descriptor, directory->path, error))
        return false;
    if (exists(directory->store)) {
        // An init that died between its last two steps has finished its work but for the mark.
        (void)unlink(directory->mark);
        return error_set(
            error, ERROR_CONFIGURATION, NULL,
            "%s holds a service already; start it with jetond serve --data %s, or choose another directory",
            directory->path, directory->path);
    }
    if (!check_content(directory, error))
        return false;
    if (fchmod(descriptor, 0700) != 0)
        return fail(error, "close to other users", directory->path);
    data_directory_clear(directory);
    return set_mark(directory, error);
}

int data_directory_prepare(const struct data_directory *directory, struct error *error)
{
    if (!make_directory(directory->path, error))
        return -1;
    int descriptor = open(directory->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        (void)fail(error, "open the directory", directory->path);
        return -1;
    }
    if (prepare_locked(directory, descriptor, error))
        return descriptor;
    (void)close(descriptor);
    return -1;
}

static bool flush_file(const char *path, struct error *error)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(error, "open", path);
    bool flushed = fsync(descriptor) == 0 || fail(error, "flush", path);
    (void)close(descriptor);
    return flushed;
}

bool data_directory_commit(const struct data_directory *directory, struct error *error)
{
    if (!flush_file(directory->new_store, error))
        return false;
    if (rename(directory->new_store, directory->store) != 0)
        return fail(error, "rename the finished store to", directory->store);
    if (!file_sync_directory(directory->path, error))
        return false;
    (void)unlink(directory->mark);
    return true;
}
