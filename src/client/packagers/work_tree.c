// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/work_tree.h"
#include "base/file.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** An index of a million files. */
#define INDEX_LIMIT ((size_t)128 << 20)

/** The nearest folder above PATH that has a `.git`; NULL: none. */
static char *find_top(const char *path)
{
    char *folder = memory_copy(path, strlen(path));
    for (char *slash = strrchr(folder, '/'); slash != NULL; slash = strrchr(folder, '/')) {
        *slash = '\0';
        MEMORY_AUTO char *mark = memory_format("%s/.git", folder);
        if (access(mark, F_OK) == 0)
            return folder;
    }
    free(folder);
    return NULL;
}

/**
 * Whether the index of the work tree has the file. A path stands there as it is, with a zero behind it
 * (gitformat-index, versions 2 and 3; version 4 leaves out what it shares with the path before, and is not looked
 * through).
 */
static bool is_tracked(const char *top, const char *target)
{
    BUFFER_AUTO text = {0};
    MEMORY_AUTO char *index = memory_format("%s/.git/index", top);
    const char *name = target + strlen(top) + 1;
    if (file_is_special(index) || file_read(index, INDEX_LIMIT, &text, NULL) != FILE_READ)
        return false;
    return memmem(text.data, text.size, name, strlen(name) + 1) != NULL;
}

char *work_tree_find(const char *path, const char *target)
{
    struct stat status;
    char *top = find_top(target);
    MEMORY_AUTO char *there = find_top(path);
    bool is_link = there == NULL || (lstat(path, &status) == 0 && S_ISLNK(status.st_mode));
    if (top != NULL && (is_link || is_tracked(top, target)))
        return top;
    free(top);
    return NULL;
}
