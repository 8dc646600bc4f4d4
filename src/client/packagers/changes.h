// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a login changes in the files of package managers: all of it is worked out first, then every file is written
 * anew, whole, with mode 0600, and all of them or none (base/file_batch.h). What was set is recorded, so that a logout
 * takes out just that (logins.h).
 */
#ifndef JETON_CLIENT_PACKAGERS_CHANGES_H
#define JETON_CLIENT_PACKAGERS_CHANGES_H

#include "base/error.h"
#include "base/memory.h"
#include "client/edit/edit.h"

#include <jansson.h>

struct changes;

/** Never NULL; changes_free() ends it. */
struct changes *changes_new(void);
/** The same as if no file were there: what a login would set, to be looked at and never to be written. */
struct changes *changes_new_blank(void);
/** Wipes and frees; NULL is fine. */
void changes_free(struct changes *changes);
void changes_free_at(struct changes **changes);
#define CHANGES_AUTO __attribute__((cleanup(changes_free_at))) struct changes

/**
 * The content of a file as it will be; a file that is not there is empty.
 * @param file absolute.
 * @param error ERROR_CONFIGURATION when it cannot be read.
 * @return false on failure. OUT is valid until the next change of that file.
 */
bool changes_read(struct changes *changes, const char *file, struct slice *out, struct error *error);

/** Whether the file is there, or will be. */
bool changes_has_file(struct changes *changes, const char *file);

/**
 * What is never shown, and by which the record tells a secret. Both are borrowed.
 * @param token NULL: there is none.
 * @param whose what it opens: see change_record.h.
 */
void changes_hide(struct changes *changes, const char *token, const char *whose);

/** As edit_find(), in a file; what cannot be read has no value. */
bool changes_find(struct changes *changes, const char *file, const struct edit_place *place, struct buffer *out);

/** As edit_set(), recorded. @param error names the file. */
bool changes_set(struct changes *changes, const char *file, const struct edit_place *place, const char *value,
                 struct error *error);

/** As edit_add_item(), recorded. */
bool changes_add_item(struct changes *changes, const char *file, const struct edit_place *place, const char *item,
                      struct error *error);

/** Puts ITEM in the place of the item OLD, recorded; nothing when OLD is not there. */
bool changes_replace_item(struct changes *changes, const char *file, const struct edit_place *place, struct slice old,
                          const char *item, struct error *error);

/**
 * Takes a value out, recorded: a logout puts it back, unless a secret is in it, which is not kept.
 * @return whether it was there.
 */
bool changes_take(struct changes *changes, const char *file, const struct edit_place *place, bool secret);

/** Takes out what is stale: not recorded, since no logout puts it back. @return whether it was there. */
bool changes_remove(struct changes *changes, const char *file, const struct edit_place *place);
bool changes_remove_item(struct changes *changes, const char *file, const struct edit_place *place, struct slice item);

/** Makes CONTENT the whole of a file, recorded. */
bool changes_write(struct changes *changes, const char *file, struct slice content, struct error *error);

/** The same for a program: its owner may run it. */
bool changes_write_program(struct changes *changes, const char *file, struct slice content, struct error *error);

/** Makes CONTENT the whole of a file, not recorded: layout, or a file's own format. */
bool changes_replace(struct changes *changes, const char *file, struct slice content, struct error *error);

/** A sentence for the person, on standard error when all is done. */
void changes_note(struct changes *changes, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The sentences, a line each. */
struct slice changes_notes(const struct changes *changes);

/** Appends each change as a line, the token as `******`. */
void changes_show(const struct changes *changes, struct buffer *out);

/** The record of what was set since the last call: an array for logins.h. A new reference. */
json_t *changes_take_record(struct changes *changes);

/**
 * Undoes one recorded change, when what is there is still what was set; a note says when it is not.
 * @param replaced no note: it is known what came in its place.
 * @param error    a file that cannot be read or understood.
 */
bool changes_undo(struct changes *changes, const json_t *record, bool replaced, struct error *error);

/**
 * Prepares what changed to be written: beside the files, which stay as they are. Missing folders are made with mode
 * 0700; a file that was made by us and is empty again will go.
 * @param error ERROR_CONFIGURATION: a file that cannot be written.
 */
bool changes_prepare(struct changes *changes, struct error *error);

/** Puts in place what was prepared. @param error as file_batch_commit(). */
bool changes_commit(struct changes *changes, struct error *error);

#endif
