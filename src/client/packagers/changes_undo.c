// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/change_record.h"
#include "client/packagers/changes_inside.h"

/** Whether what is there now is what was set; of an item ITEM gets it. */
static bool is_ours(const struct changes_file *file, const json_t *record, const struct edit_place *place,
                    struct buffer *item)
{
    BUFFER_AUTO value = {0};
    if (change_record_is_file(record))
        return change_record_matches(record, buffer_slice(&file->text));
    bool found = edit_find(buffer_slice(&file->text), place, &value);
    if (change_record_is_gone(record) || !found)
        return change_record_is_gone(record) && !found;
    if (!change_record_is_item(record))
        return change_record_matches(record, buffer_slice(&value));
    struct slice rest = buffer_slice(&value);
    struct slice line;
    while (slice_cut(&rest, '\n', &line))
        if (change_record_matches(record, line)) {
            buffer_append_slice(item, line);
            return true;
        }
    return false;
}

static bool undo(struct changes_file *file, const json_t *record, const struct edit_place *place, struct slice item,
                 struct error *error)
{
    const char *before = change_record_before(record);
    // Of an item: it was there before.
    if (change_record_is_item(record) && before != NULL)
        return true;
    if (change_record_is_gone(record) && before == NULL)
        return true;
    file->undone = true;
    if (change_record_is_file(record)) {
        buffer_clear(&file->text);
        buffer_append_slice(&file->text, slice_of(before));
        return true;
    }
    if (change_record_is_item(record))
        return edit_remove_item(&file->text, place, item);
    if (before != NULL)
        return edit_set(&file->text, place, slice_of(before), error) || changes_name_file(file->path, error);
    return edit_remove(&file->text, place) ||
           error_set(error, ERROR_CONFIGURATION, NULL, "%s is not understood any more; nothing was taken out of it",
                     file->path);
}

bool changes_undo(struct changes *changes, const json_t *record, bool replaced, struct error *error)
{
    struct edit_place place;
    const char *path = change_record_read(record, &place);
    struct changes_file *file = path != NULL ? changes_open(changes, path, error) : NULL;
    if (file == NULL)
        return path == NULL;
    BUFFER_AUTO item = {0};
    if (!is_ours(file, record, &place, &item)) {
        // What is not there any more needs no word.
        BUFFER_AUTO value = {0};
        if (!replaced && !change_record_is_file(record) && !change_record_is_item(record) &&
            !change_record_is_gone(record) && edit_find(buffer_slice(&file->text), &place, &value))
            changes_note(changes, "%s: %s was changed since the login, and stays as it is", path,
                         place.key != NULL ? place.key : place.path[0]);
        return true;
    }
    return undo(file, record, &place, buffer_slice(&item), error);
}
