// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/changes.h"
#include "base/file.h"
#include "base/file_batch.h"
#include "client/packagers/change_record.h"
#include "client/packagers/changes_inside.h"
#include "client/packagers/work_tree.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/** Larger than any configuration that a person keeps. */
#define FILE_LIMIT ((size_t)16 << 20)

struct changes *changes_new(void)
{
    struct changes *changes = memory_new(1, sizeof *changes);
    changes->record = json_array();
    return changes;
}

struct changes *changes_new_blank(void)
{
    struct changes *changes = changes_new();
    changes->blank = true;
    return changes;
}

void changes_free(struct changes *changes)
{
    if (changes == NULL)
        return;
    while (changes->files != NULL) {
        struct changes_file *file = changes->files;
        changes->files = file->next;
        buffer_free(&file->text);
        buffer_free(&file->old);
        free(file->path);
        free(file->target);
        free(file);
    }
    file_batch_free(changes->batch);
    json_decref(changes->record);
    buffer_free(&changes->notes);
    free(changes);
}

void changes_free_at(struct changes **changes)
{
    changes_free(*changes);
}

/** The file, whatever path leads to it. */
static struct changes_file *find_file(const struct changes *changes, const char *path)
{
    MEMORY_AUTO char *target = file_resolve(path);
    struct changes_file *file = changes->files;
    while (file != NULL && !slice_is(slice_of(file->target), target))
        file = file->next;
    return file;
}

struct changes_file *changes_open(struct changes *changes, const char *path, struct error *error)
{
    struct changes_file *file = find_file(changes, path);
    if (file != NULL)
        return file;
    BUFFER_AUTO text = {0};
    if (!changes->blank && !file_refuse_special(path, error))
        return NULL;
    enum file_result result = changes->blank ? FILE_ABSENT : file_read(path, FILE_LIMIT, &text, error);
    if (result == FILE_FAILED)
        return NULL;
    file = memory_new(1, sizeof *file);
    file->path = memory_copy(path, strlen(path));
    file->target = file_resolve(path);
    file->exists = result == FILE_READ;
    buffer_append_slice(&file->text, buffer_slice(&text));
    buffer_append_slice(&file->old, buffer_slice(&text));
    file->next = changes->files;
    changes->files = file;
    return file;
}

bool changes_read(struct changes *changes, const char *file, struct slice *out, struct error *error)
{
    const struct changes_file *found = changes_open(changes, file, error);
    *out = found != NULL ? buffer_slice(&found->text) : (struct slice){0};
    return found != NULL;
}

bool changes_has_file(struct changes *changes, const char *file)
{
    const struct changes_file *found = changes_open(changes, file, NULL);
    return found != NULL && (found->text.size > 0 || (found->exists && !found->undone));
}

void changes_hide(struct changes *changes, const char *token, const char *whose)
{
    changes->secret = (struct change_secret){token, whose};
}

bool changes_find(struct changes *changes, const char *file, const struct edit_place *place, struct buffer *out)
{
    const struct changes_file *found = changes_open(changes, file, NULL);
    return found != NULL && edit_find(buffer_slice(&found->text), place, out);
}

bool changes_name_file(const char *file, struct error *error)
{
    if (error == NULL)
        return false;
    ERROR_AUTO inner = {0};
    (void)error_move(&inner, error);
    return error_set(error, ERROR_CONFIGURATION, NULL, "cannot change %s: %s", file, inner.message);
}

bool changes_set(struct changes *changes, const char *file, const struct edit_place *place, const char *value,
                 struct error *error)
{
    struct changes_file *found = changes_open(changes, file, error);
    if (found == NULL)
        return false;
    BUFFER_AUTO before = {0};
    bool had = edit_find(buffer_slice(&found->text), place, &before);
    found->set = true;
    if (!edit_set(&found->text, place, slice_of(value), error))
        return changes_name_file(file, error);
    (void)json_array_append_new(
        changes->record, change_record_value(file, place, had ? &before : NULL, slice_of(value), &changes->secret));
    return true;
}

bool changes_add_item(struct changes *changes, const char *file, const struct edit_place *place, const char *item,
                      struct error *error)
{
    struct changes_file *found = changes_open(changes, file, error);
    if (found == NULL)
        return false;
    size_t size = found->text.size;
    found->set = true;
    if (!edit_add_item(&found->text, place, slice_of(item), error))
        return changes_name_file(file, error);
    bool added = found->text.size != size;
    (void)json_array_append_new(changes->record,
                                added ? change_record_item(file, place, NULL, slice_of(item), &changes->secret)
                                      : change_record_same_item(file, place, slice_of(item), &changes->secret));
    return true;
}

bool changes_replace_item(struct changes *changes, const char *file, const struct edit_place *place, struct slice old,
                          const char *item, struct error *error)
{
    struct changes_file *found = changes_open(changes, file, error);
    BUFFER_AUTO before = {0};
    if (found == NULL)
        return false;
    buffer_append_slice(&before, old);
    found->set = true;
    if (slice_is(old, item))
        return changes_add_item(changes, file, place, item, error);
    if (edit_replace_item(&found->text, place, buffer_slice(&before), slice_of(item)))
        (void)json_array_append_new(changes->record,
                                    change_record_item(file, place, &before, slice_of(item), &changes->secret));
    return true;
}

bool changes_take(struct changes *changes, const char *file, const struct edit_place *place, bool secret)
{
    BUFFER_AUTO before = {0};
    bool had = changes_find(changes, file, place, &before);
    if (had && !changes_remove(changes, file, place))
        return false;
    (void)json_array_append_new(changes->record, change_record_gone(file, place, had ? &before : NULL, !secret));
    return had;
}

bool changes_remove(struct changes *changes, const char *file, const struct edit_place *place)
{
    struct changes_file *found = changes_open(changes, file, NULL);
    if (found == NULL || !edit_remove(&found->text, place))
        return false;
    found->undone = true;
    return true;
}

bool changes_remove_item(struct changes *changes, const char *file, const struct edit_place *place, struct slice item)
{
    struct changes_file *found = changes_open(changes, file, NULL);
    return found != NULL && edit_remove_item(&found->text, place, item);
}

bool changes_replace(struct changes *changes, const char *file, struct slice content, struct error *error)
{
    struct changes_file *found = changes_open(changes, file, error);
    if (found == NULL)
        return false;
    BUFFER_AUTO made = {0};
    found->set = true;
    buffer_append_slice(&made, content);
    buffer_clear(&found->text);
    buffer_append_slice(&found->text, buffer_slice(&made));
    return true;
}

bool changes_write(struct changes *changes, const char *file, struct slice content, struct error *error)
{
    const struct changes_file *found = changes_open(changes, file, error);
    if (found == NULL)
        return false;
    bool had = found->exists || found->text.size > 0;
    (void)json_array_append_new(changes->record, change_record_file(file, had ? &found->text : NULL, content));
    return changes_replace(changes, file, content, error);
}

bool changes_write_program(struct changes *changes, const char *file, struct slice content, struct error *error)
{
    if (!changes_write(changes, file, content, error))
        return false;
    find_file(changes, file)->program = true;
    return true;
}

void changes_note(struct changes *changes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    MEMORY_AUTO char *text = memory_format_list(format, arguments);
    va_end(arguments);
    buffer_append_format(&changes->notes, "%s\n", text);
}

struct slice changes_notes(const struct changes *changes)
{
    return buffer_slice(&changes->notes);
}

json_t *changes_take_record(struct changes *changes)
{
    json_t *record = changes->record;
    changes->record = json_array();
    return record;
}

void changes_show(const struct changes *changes, struct buffer *out)
{
    size_t i;
    const json_t *record;
    json_array_foreach(changes->record, i, record)
    {
        struct edit_place place;
        const char *file = change_record_read(record, &place);
        BUFFER_AUTO value = {0};
        if (change_record_is_file(record)) {
            buffer_append_format(out, "%s would be written\n", file);
            continue;
        }
        const struct changes_file *found = find_file(changes, file);
        if (found == NULL || !edit_find(buffer_slice(&found->text), &place, &value))
            continue;
        buffer_append_format(out, "%s: ", file);
        for (size_t depth = 0; depth < EDIT_DEPTH && place.path[depth] != NULL; depth++)
            buffer_append_format(out, "%s/", place.path[depth]);
        buffer_append_format(out, "%s = ", place.key != NULL ? place.key : "");
        (void)change_record_mask(out, buffer_slice(&value), changes->secret.token);
        buffer_append_char(out, '\n');
    }
}

/** Whether nothing is left but what a format begins with. */
static bool is_bare(struct slice text)
{
    static const char *const bare[] = {"",
                                       "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n</configuration>",
                                       "{\n  \"authentication\": {},\n  \"registries\": {},\n  \"version\": 1\n}",
                                       "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<settings>\n</settings>"};
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        if (slice_is(slice_trim(text), bare[i]))
            return true;
    return false;
}

/** Whether others may read it, or do more. */
static bool is_open(const struct changes_file *file)
{
    struct stat status;
    return stat(file->target, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

/** A token in a file that git keeps may be pushed with the next commit. */
static void note_work_tree(struct changes *changes, const struct changes_file *file)
{
    BUFFER_AUTO masked = {0};
    if (!file->set || !change_record_mask(&masked, buffer_slice(&file->text), changes->secret.token))
        return;
    MEMORY_AUTO char *tree = work_tree_find(file->path, file->target);
    if (tree != NULL)
        changes_note(changes, "%s is in the git work tree %s: see that no token in it is committed", file->path, tree);
}

static bool prepare(struct file_batch *batch, const struct changes_file *file, struct error *error)
{
    // A file that we only looked at stays as open as it is.
    if (slice_equal(buffer_slice(&file->text), buffer_slice(&file->old)) && !(file->set && is_open(file)))
        return true;
    if (file->undone && is_bare(buffer_slice(&file->text)))
        return file_batch_remove(batch, file->target, error);
    return file_batch_write(batch, file->target, file->program ? S_IRWXU : S_IRUSR | S_IWUSR, buffer_slice(&file->text),
                            error);
}

bool changes_prepare(struct changes *changes, struct error *error)
{
    file_batch_free(changes->batch);
    changes->batch = file_batch_new();
    for (struct changes_file *file = changes->files; file != NULL; file = file->next)
        if (!prepare(changes->batch, file, error))
            return false;
    for (const struct changes_file *file = changes->files; file != NULL; file = file->next)
        note_work_tree(changes, file);
    return true;
}

bool changes_commit(struct changes *changes, struct error *error)
{
    return file_batch_commit(changes->batch, error);
}
