// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A change as it is kept: where it was made, what was there before, and a digest of what was set, never the value
 * itself, which may be a token. JSON objects with "file", "kind" ("value", "item" or "file"), "format", "path",
 * "selectKey", "select", "key", "before" (null: nothing) and "after" (SHA-256).
 */
#ifndef JETON_CLIENT_PACKAGERS_CHANGE_RECORD_H
#define JETON_CLIENT_PACKAGERS_CHANGE_RECORD_H

#include "client/edit/edit.h"

#include <jansson.h>

/** Each makes one; a new reference. @param before NULL: nothing was there. */
json_t *change_record_value(const char *file, const struct edit_place *place, const struct buffer *before,
                            const char *after);
json_t *change_record_item(const char *file, const struct edit_place *place, const char *item);
json_t *change_record_file(const char *file, const struct buffer *before, struct slice after);

/** Its file and place, which borrow from it; NULL when it is no such record. */
const char *change_record_read(const json_t *record, struct edit_place *out);

bool change_record_is_file(const json_t *record);
bool change_record_is_item(const json_t *record);
/** What was there before; NULL: nothing. */
const char *change_record_before(const json_t *record);
/** Whether VALUE is what was set. */
bool change_record_matches(const json_t *record, struct slice value);
/** Whether two are of the same place. */
bool change_record_same_place(const json_t *a, const json_t *b);

/** Appends VALUE with SECRET in it as `******`. */
void change_record_mask(struct buffer *out, struct slice value, const char *secret);

#endif
