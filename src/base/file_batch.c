// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/file_batch.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK ".jeton-"
#define RANDOM_SIZE ((size_t)8)
/** No process that still needs a file beside another is so old, in microseconds. */
#define OLD (INT64_C(3600) * TIMESTAMP_SECOND)

/** One file on its way. */
struct entry {
    char *path;
    char *folder; // that it is in
    char *made;   // the outermost folder that was made for it; NULL: none
    char *fresh;  // what will be renamed over it; NULL: it goes
    char *kept;   // the old file under another name; NULL: there was none
    bool done;
    struct entry *next;
};

struct file_batch {
    struct entry *first;
    struct entry **end;
    bool committed;
};

struct file_batch *file_batch_new(void)
{
    struct file_batch *batch = memory_new(1, sizeof *batch);
    batch->end = &batch->first;
    return batch;
}

/** Removes the folders that were made, as far as nothing else is in them by now. */
static void remove_folders(const struct entry *entry)
{
    MEMORY_AUTO char *folder = memory_copy(entry->folder, strlen(entry->folder));
    while (entry->made != NULL && strlen(folder) >= strlen(entry->made) && rmdir(folder) == 0)
        *strrchr(folder, '/') = '\0';
}

static void unlink_if(const char *path)
{
    if (path != NULL)
        (void)unlink(path);
}

void file_batch_free(struct file_batch *batch)
{
    if (batch == NULL)
        return;
    while (batch->first != NULL) {
        struct entry *entry = batch->first;
        batch->first = entry->next;
        unlink_if(entry->fresh);
        unlink_if(entry->kept);
        if (!batch->committed)
            remove_folders(entry);
        free(entry->path);
        free(entry->folder);
        free(entry->made);
        free(entry->fresh);
        free(entry->kept);
        free(entry);
    }
    free(batch);
}

void file_batch_free_at(struct file_batch **batch)
{
    file_batch_free(*batch);
}

static bool fail(struct error *error, const char *what, const char *path)
{
    return error_set(error, ERROR_CONFIGURATION, NULL, "cannot %s %s: %s", what, path, strerror(errno));
}

// ------------------------------------------------------------------ files beside another

/** A name that is not there yet, in all likelihood. NULL on failure. */
static char *name_beside(const char *path)
{
    unsigned char random[RANDOM_SIZE];
    BUFFER_AUTO name = {0};
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return NULL;
    buffer_append_format(&name, "%s%s", path, MARK);
    text_hex_encode(&name, random, sizeof random);
    return buffer_take(&name);
}

/** Whether NAME is one of those beside the file BASE. */
static bool is_beside(struct slice name, struct slice base)
{
    size_t start = base.size + sizeof MARK - 1;
    bool good = name.size == start + 2 * RANDOM_SIZE && slice_starts_with(name, base) &&
                slice_is(slice_part(name, base.size, sizeof MARK - 1), MARK);
    for (size_t i = start; good && i < name.size; i++)
        good = text_is_digit(name.data[i]) || (name.data[i] >= 'a' && name.data[i] <= 'f');
    return good;
}

/** Removes what a crash left beside the file long ago. A link shares the times of its file, but for the last change. */
static void sweep(const struct entry *entry)
{
    DIR *listing = opendir(entry->folder);
    struct slice base = slice_of(strrchr(entry->path, '/') + 1);
    if (listing == NULL)
        return;
    for (const struct dirent *at = readdir(listing); at != NULL; at = readdir(listing)) {
        struct stat status;
        if (is_beside(slice_of(at->d_name), base) &&
            fstatat(dirfd(listing), at->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            timestamp_now() - (int64_t)status.st_ctim.tv_sec * TIMESTAMP_SECOND > OLD)
            (void)unlinkat(dirfd(listing), at->d_name, 0);
    }
    (void)closedir(listing);
}

/** The new file is whose the old one was, as far as the system lets us: what root writes stays a person's own. */
static void keep_owner(const char *path, int descriptor)
{
    struct stat status;
    bool same = lstat(path, &status) != 0 || (status.st_uid == geteuid() && status.st_gid == getegid());
    if (!same && fchown(descriptor, status.st_uid, status.st_gid) != 0)
        // Then it is ours, as it must be to be read by us.
        return;
}

/** Writes a new file beside PATH. NULL on failure, and nothing is left. */
static char *write_beside(const char *path, mode_t mode, struct slice content, struct error *error)
{
    char *name = name_beside(path);
    DESCRIPTOR_AUTO descriptor =
        name != NULL ? open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR) : -1;
    if (descriptor >= 0)
        keep_owner(path, descriptor);
    if (descriptor < 0)
        (void)fail(error, "create a file beside", path);
    else if ((mode == (S_IRUSR | S_IWUSR) || fchmod(descriptor, mode) == 0 || fail(error, "set the mode of", name)) &&
             file_write_descriptor(descriptor, name, content, error))
        return name;
    if (descriptor >= 0)
        (void)unlink(name);
    free(name);
    return NULL;
}

/** Where there are no hard links, a copy does. */
static char *copy_beside(const char *path, struct error *error)
{
    BUFFER_AUTO text = {0};
    struct stat status;
    if (stat(path, &status) != 0) {
        (void)fail(error, "look at", path);
        return NULL;
    }
    if (file_read(path, SIZE_MAX / 2, &text, error) != FILE_READ)
        return NULL;
    return write_beside(path, status.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO), buffer_slice(&text), error);
}

/** Gives the old file another name beside, by which it can be put back. */
static bool keep(struct entry *entry, struct error *error)
{
    char *name = name_beside(entry->path);
    if (name != NULL && link(entry->path, name) == 0) {
        entry->kept = name;
        return true;
    }
    free(name);
    bool absent = access(entry->path, F_OK) != 0 && errno == ENOENT;
    if (!absent)
        entry->kept = copy_beside(entry->path, error);
    return absent || entry->kept != NULL;
}

// ------------------------------------------------------------------ preparation

/** Makes the folders, and remembers the outermost one that was missing. */
static bool make_folders(struct entry *entry, struct error *error)
{
    for (const char *slash = strchr(entry->path + 1, '/'); slash != NULL && entry->made == NULL;
         slash = strchr(slash + 1, '/')) {
        char *folder = memory_copy(entry->path, (size_t)(slash - entry->path));
        if (access(folder, F_OK) != 0 && errno == ENOENT)
            entry->made = folder;
        else
            free(folder);
    }
    return file_make_folders(entry->path, error);
}

static struct entry *add(struct file_batch *batch, const char *path)
{
    struct entry *entry = memory_new(1, sizeof *entry);
    const char *slash = strrchr(path, '/');
    // A path without a folder is one of the current folder.
    entry->path = slash != NULL ? memory_copy(path, strlen(path)) : memory_format("./%s", path);
    slash = strrchr(entry->path, '/');
    size_t size = (size_t)(slash - entry->path);
    entry->folder = memory_copy(entry->path, size > 0 ? size : 1);
    *batch->end = entry;
    batch->end = &entry->next;
    return entry;
}

bool file_batch_write(struct file_batch *batch, const char *path, mode_t mode, struct slice content,
                      struct error *error)
{
    struct entry *entry = add(batch, path);
    if (!file_refuse_special(entry->path, error) || !make_folders(entry, error))
        return false;
    sweep(entry);
    entry->fresh = write_beside(entry->path, mode, content, error);
    return entry->fresh != NULL && keep(entry, error);
}

bool file_batch_remove(struct file_batch *batch, const char *path, struct error *error)
{
    struct entry *entry = add(batch, path);
    if (!file_refuse_special(entry->path, error))
        return false;
    sweep(entry);
    return keep(entry, error);
}

// ------------------------------------------------------------------ all of it

static bool put_in_place(struct entry *entry, struct error *error)
{
    if (entry->fresh == NULL)
        entry->done = unlink(entry->path) == 0 || errno == ENOENT || fail(error, "remove", entry->path);
    else
        entry->done = rename(entry->fresh, entry->path) == 0 || fail(error, "rename the new file over", entry->path);
    if (!entry->done)
        return false;
    free(entry->fresh);
    entry->fresh = NULL;
    return true;
}

static bool put_back(struct entry *entry)
{
    bool good =
        entry->kept != NULL ? rename(entry->kept, entry->path) == 0 : unlink(entry->path) == 0 || errno == ENOENT;
    if (good && entry->kept != NULL) {
        free(entry->kept);
        entry->kept = NULL;
    }
    return good;
}

/** Puts back what was done. What cannot be is named in the message, with the file that has what was there. */
static bool undo(struct file_batch *batch, struct error *error)
{
    for (struct entry *entry = batch->first; entry != NULL; entry = entry->next) {
        if (!entry->done || put_back(entry))
            continue;
        ERROR_AUTO reason = {0};
        (void)fail(&reason, "put back", entry->path);
        if (error != NULL && error->message != NULL) {
            ERROR_AUTO first = {0};
            (void)error_move(&first, error);
            (void)error_set(error, first.class, NULL, "%s; %s%s%s", first.message, reason.message,
                            entry->kept != NULL ? ", whose old content is in " : "",
                            entry->kept != NULL ? entry->kept : "");
        }
        // It is all that is left of it.
        free(entry->kept);
        entry->kept = NULL;
    }
    for (struct entry *entry = batch->first; entry != NULL; entry = entry->next)
        (void)file_sync_directory(entry->folder, NULL);
    return false;
}

bool file_batch_commit(struct file_batch *batch, struct error *error)
{
    for (struct entry *entry = batch->first; entry != NULL; entry = entry->next)
        if (!put_in_place(entry, error))
            return undo(batch, error);
    for (struct entry *entry = batch->first; entry != NULL; entry = entry->next)
        if (access(entry->folder, F_OK) == 0 && !file_sync_directory(entry->folder, error))
            return undo(batch, error);
    batch->committed = true;
    return true;
}
