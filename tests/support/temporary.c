// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "support/temporary.h"

#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void need(bool done, const char *what)
{
    if (done)
        return;
    perror(what);
    abort();
}

char *temporary_make(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = memory_format("%s/jeton-test-XXXXXX", parent == NULL ? "/tmp" : parent);
    need(mkdtemp(path) != NULL, "mkdtemp");
    return path;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

void temporary_remove(const char *path)
{
    need(nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0, path);
}

char *temporary_path(const char *directory, const char *name)
{
    return memory_format("%s/%s", directory, name);
}

void temporary_write(const char *path, struct slice content)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    need(descriptor >= 0, path);
    need(write(descriptor, content.data == NULL ? "" : content.data, content.size) == (ssize_t)content.size, path);
    need(close(descriptor) == 0, path);
}

void temporary_read(const char *path, struct buffer *out)
{
    buffer_clear(out);
    need(file_read(path, (size_t)1 << 26, out, NULL) == FILE_READ, path);
}

bool temporary_exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

mode_t temporary_mode(const char *path)
{
    struct stat status;
    need(lstat(path, &status) == 0, path);
    return status.st_mode & 07777;
}
