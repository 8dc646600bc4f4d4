// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_SIZE ((size_t)16384)
/** As many as the system follows. */
#define LINKS 40

void file_close_at(int *descriptor)
{
    if (*descriptor >= 0)
        (void)close(*descriptor);
}

static bool fail(struct error *error, const char *what, const char *path)
{
    return error_set(error, ERROR_CONFIGURATION, NULL, "cannot %s %s: %s", what, path, strerror(errno));
}

enum file_result file_read(const char *path, size_t limit, struct buffer *out, struct error *error)
{
    DESCRIPTOR_AUTO descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        bool absent = errno == ENOENT || errno == ENOTDIR;
        (void)fail(error, "open", path);
        return absent ? FILE_ABSENT : FILE_FAILED;
    }
    return file_read_descriptor(descriptor, path, limit, out, error);
}

enum file_result file_read_descriptor(int descriptor, const char *path, size_t limit, struct buffer *out,
                                      struct error *error)
{
    size_t start = out->size;
    struct stat status;
    // What the system says of the size saves growing step by step; how much is read is decided below.
    if (fstat(descriptor, &status) == 0 && status.st_size > 0 && (size_t)status.st_size <= limit)
        buffer_reserve(out, (size_t)status.st_size + READ_SIZE);
    for (;;) {
        buffer_reserve(out, READ_SIZE);
        ssize_t got = read(descriptor, out->data + out->size, READ_SIZE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            (void)fail(error, "read", path);
            return FILE_FAILED;
        }
        out->size += (size_t)got;
        out->data[out->size] = '\0';
        if (out->size - start > limit) {
            (void)error_set(error, ERROR_CONFIGURATION, NULL, "%s is larger than the %zu bytes that are read", path,
                            limit);
            return FILE_FAILED;
        }
        if (got == 0)
            return FILE_READ;
    }
}

bool file_fill_descriptor(int descriptor, const char *path, struct slice content, struct error *error)
{
    while (content.size > 0) {
        ssize_t done = write(descriptor, content.data, content.size);
        if (done < 0 && errno != EINTR)
            return fail(error, "write", path);
        content = slice_part(content, done < 0 ? 0 : (size_t)done, content.size);
    }
    return true;
}

bool file_sync_directory(const char *path, struct error *error)
{
    DESCRIPTOR_AUTO descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || fsync(descriptor) != 0)
        return fail(error, "flush the directory", path);
    return true;
}

bool file_write_descriptor(int descriptor, const char *path, struct slice content, struct error *error)
{
    return file_fill_descriptor(descriptor, path, content, error) &&
           (fsync(descriptor) == 0 || fail(error, "write", path));
}

/** One of the functions above. */
typedef bool write_function(int descriptor, const char *path, struct slice content, struct error *error);

/** Writes and renames; the caller removes the new file on failure. */
static bool write_and_rename(int descriptor, const char *beside, const char *path, struct slice content,
                             write_function *write_content, struct error *error)
{
    if (!write_content(descriptor, beside, content, error))
        return false;
    if (rename(beside, path) != 0)
        return fail(error, "rename the new file over", path);
    return true;
}

bool file_is_special(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

bool file_refuse_special(const char *path, struct error *error)
{
    return !file_is_special(path) ||
           error_set(error, ERROR_CONFIGURATION, NULL,
                     "cannot write %s: it is no regular file, but a device, a pipe or a socket", path);
}

static bool replace(const char *path, struct slice content, write_function *write_content, struct error *error)
{
    if (!file_refuse_special(path, error))
        return false;
    MEMORY_AUTO char *beside = memory_format("%s.XXXXXX", path);
    // mkostemp() creates with mode 0600.
    DESCRIPTOR_AUTO descriptor = mkostemp(beside, O_CLOEXEC);
    if (descriptor < 0)
        return fail(error, "create a file beside", path);
    if (write_and_rename(descriptor, beside, path, content, write_content, error))
        return true;
    (void)unlink(beside);
    return false;
}

bool file_write_cache(const char *path, struct slice content, struct error *error)
{
    return replace(path, content, file_fill_descriptor, error);
}

bool file_write(const char *path, struct slice content, struct error *error)
{
    if (!replace(path, content, file_write_descriptor, error))
        return false;
    MEMORY_AUTO char *copy = memory_copy(path, strlen(path));
    return file_sync_directory(dirname(copy), error);
}

bool file_make_folders(const char *path, struct error *error)
{
    MEMORY_AUTO char *copy = memory_copy(path, strlen(path));
    for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, S_IRWXU) != 0 && errno != EEXIST)
            return fail(error, "make the folder", copy);
        *slash = '/';
    }
    return true;
}

/** Where the link PATH leads, as a path by itself; NULL when it is no link. */
static char *read_link(const char *path)
{
    char to[PATH_MAX];
    ssize_t size = readlink(path, to, sizeof to - 1);
    if (size <= 0)
        return NULL;
    to[size] = '\0';
    const char *slash = strrchr(path, '/');
    return to[0] == '/' || slash == NULL ? memory_copy(to, (size_t)size)
                                         : memory_format("%.*s/%s", (int)(slash - path), path, to);
}

char *file_resolve(const char *path)
{
    MEMORY_AUTO char *at = memory_copy(path, strlen(path));
    for (unsigned links = 0; links < LINKS; links++) {
        MEMORY_AUTO char *resolved = realpath(at, NULL);
        if (resolved != NULL)
            return memory_copy(resolved, strlen(resolved));
        char *to = read_link(at);
        if (to == NULL)
            break;
        free(at);
        at = to;
    }
    const char *slash = strrchr(at, '/');
    MEMORY_AUTO char *folder = slash != NULL ? memory_copy(at, (size_t)(slash - at) + 1) : memory_copy(".", 1);
    MEMORY_AUTO char *whole = realpath(folder, NULL);
    return whole != NULL ? memory_format("%s/%s", whole, slash != NULL ? slash + 1 : at) : memory_copy(at, strlen(at));
}
