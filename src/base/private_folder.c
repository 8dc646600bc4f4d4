// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/private_folder.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define OTHERS (S_IRWXG | S_IRWXO)
#define FILE_MODE (S_IRUSR | S_IWUSR)
/** How long the first and the longest waits for a lock are, in microseconds. */
#define SHORT_WAIT INT64_C(1000)
#define LONG_WAIT INT64_C(20000)

static bool fail(struct error *error, const char *what, const struct private_folder *folder, const char *name)
{
    return error_set(error, ERROR_CONFIGURATION, NULL, "cannot %s %s/%s: %s", what, folder->path, name,
                     strerror(errno));
}

/** What is not ours alone may have been read, or put there, by others. */
static bool check_private(int descriptor, const char *path, const char *mend, struct error *error)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "cannot look at %s: %s", path, strerror(errno));
    if (status.st_uid != geteuid())
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s belongs to the user with the number %lu, and we are %lu: remove it", path,
                         (unsigned long)status.st_uid, (unsigned long)geteuid());
    if ((status.st_mode & OTHERS) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s is open to others (mode %03o): remove it, or run chmod %s on it when nobody has looked",
                         path, (unsigned)status.st_mode & 0777U, mend);
    return S_ISDIR(status.st_mode) || S_ISREG(status.st_mode) ||
           error_set(error, ERROR_CONFIGURATION, NULL, "%s is no plain file: remove it", path);
}

enum file_result private_folder_open(const char *path, struct private_folder *out, struct error *error)
{
    *out = PRIVATE_FOLDER_NONE;
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool absent = descriptor < 0 && errno == ENOENT;
    if (descriptor < 0)
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "cannot open the folder %s: %s", path, strerror(errno));
    else if (check_private(descriptor, path, "700", error)) {
        *out = (struct private_folder){memory_copy(path, strlen(path)), descriptor};
        return FILE_READ;
    } else
        (void)close(descriptor);
    return absent ? FILE_ABSENT : FILE_FAILED;
}

bool private_folder_make(const char *path, struct private_folder *out, struct error *error)
{
    MEMORY_AUTO char *inside = memory_format("%s/", path);
    *out = PRIVATE_FOLDER_NONE;
    return file_make_folders(inside, error) && private_folder_open(path, out, error) == FILE_READ;
}

enum file_result private_folder_read(const struct private_folder *folder, const char *name, size_t limit,
                                     struct buffer *out, struct error *error)
{
    // A pipe in the place of the file would let us wait for its writer.
    DESCRIPTOR_AUTO descriptor = openat(folder->descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    MEMORY_AUTO char *path = memory_format("%s/%s", folder->path, name);
    if (descriptor < 0) {
        bool absent = errno == ENOENT;
        if (errno == ELOOP)
            (void)error_set(error, ERROR_CONFIGURATION, NULL, "%s is a link: remove it", path);
        else
            (void)fail(error, "open", folder, name);
        return absent ? FILE_ABSENT : FILE_FAILED;
    }
    if (!check_private(descriptor, path, "600", error))
        return FILE_FAILED;
    return file_read_descriptor(descriptor, path, limit, out, error);
}

/** Creates a file of a new name; what a crash leaves of it is known by the name. */
static int create_beside(const struct private_folder *folder, const char *name, struct buffer *beside)
{
    unsigned char random[8];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return -1;
    buffer_append_format(beside, "%s.", name);
    text_hex_encode(beside, random, sizeof random);
    return openat(folder->descriptor, buffer_text(beside), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  FILE_MODE);
}

static bool write_and_rename(const struct private_folder *folder, int descriptor, const char *beside, const char *name,
                             struct slice content, struct error *error)
{
    MEMORY_AUTO char *path = memory_format("%s/%s", folder->path, name);
    if (!file_fill_descriptor(descriptor, path, content, error))
        return false;
    return renameat(folder->descriptor, beside, folder->descriptor, name) == 0 ||
           fail(error, "rename the new file over", folder, name);
}

bool private_folder_write(const struct private_folder *folder, const char *name, struct slice content,
                          struct error *error)
{
    BUFFER_AUTO beside = {0};
    DESCRIPTOR_AUTO descriptor = create_beside(folder, name, &beside);
    if (descriptor < 0)
        return fail(error, "create a file beside", folder, name);
    if (write_and_rename(folder, descriptor, buffer_text(&beside), name, content, error))
        return true;
    (void)unlinkat(folder->descriptor, buffer_text(&beside), 0);
    return false;
}

bool private_folder_remove(const struct private_folder *folder, const char *name, struct error *error)
{
    return unlinkat(folder->descriptor, name, 0) == 0 || errno == ENOENT || fail(error, "remove", folder, name);
}

/** Whether the locked file still has the name: whoever cleaned up in between may have removed it. */
static bool is_named(const struct private_folder *folder, int lock, const char *name)
{
    struct stat locked;
    struct stat named;
    return fstat(lock, &locked) == 0 && fstatat(folder->descriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

/** Tries once. @return false for an error; *LOCK is -1 when somebody else has it. */
static bool try_lock(const struct private_folder *folder, const char *name, int *lock, struct error *error)
{
    int descriptor = openat(folder->descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    *lock = -1;
    if (descriptor < 0)
        return fail(error, "create", folder, name);
    bool taken = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    bool busy = !taken && (errno == EWOULDBLOCK || errno == EINTR);
    if (!taken && !busy)
        (void)fail(error, "lock", folder, name);
    if (taken && is_named(folder, descriptor, name)) {
        *lock = descriptor;
        return true;
    }
    (void)close(descriptor);
    return taken || busy;
}

bool private_folder_lock(const struct private_folder *folder, const char *name, int64_t patience, int *lock,
                         bool *waited, struct error *error)
{
    int64_t wait = SHORT_WAIT;
    *waited = false;
    for (int64_t left = patience;; left -= wait) {
        if (!try_lock(folder, name, lock, error))
            return false;
        if (*lock >= 0 || left <= 0)
            return true;
        *waited = true;
        timestamp_wait(wait);
        wait = wait * 2 < LONG_WAIT ? wait * 2 : LONG_WAIT;
    }
}

bool private_folder_walk(const struct private_folder *folder, void (*each)(void *context, const char *name),
                         void *context, struct error *error)
{
    int descriptor = openat(folder->descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (names == NULL) {
        (void)fail(error, "list", folder, "");
        file_close_at(&descriptor);
        return false;
    }
    const struct dirent *entry;
    while ((entry = readdir(names)) != NULL)
        if (entry->d_name[0] != '.')
            each(context, entry->d_name);
    (void)closedir(names);
    return true;
}

int64_t private_folder_changed(const struct private_folder *folder, const char *name)
{
    struct stat status;
    if (fstatat(folder->descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return 0;
    return (int64_t)status.st_mtim.tv_sec * TIMESTAMP_SECOND + status.st_mtim.tv_nsec / 1000;
}

void private_folder_close(struct private_folder *folder)
{
    free(folder->path);
    file_close_at(&folder->descriptor);
    *folder = PRIVATE_FOLDER_NONE;
}
