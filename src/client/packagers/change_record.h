// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A change as it is kept: where it was made, what was there before, and digests of what was set, never the value
 * itself, which may be a token. JSON objects with "file", "kind" ("value", "item" or "file"), "format", "path",
 * "selectKey", "select", "key", "before" (null: nothing; of an item: empty when it was there), and SHA-256 digests:
 * "after" of what was set (null: what was there was taken out), "earlier" of what stood there just before (none:
 * nothing), which still does when a crash came in between, and "form" of what was set with the token masked and whose
 * it is (none: there is no token in it).
 */
#ifndef JETON_CLIENT_PACKAGERS_CHANGE_RECORD_H
#define JETON_CLIENT_PACKAGERS_CHANGE_RECORD_H

#include "client/edit/edit.h"

#include <jansson.h>

/** A token, and in words of one's own what it opens: two that open the same take each other's place. */
struct change_secret {
    const char *token; /**< NULL: none. */
    const char *whose;
};

/**
 * Each makes one; a new reference.
 * @param before NULL: nothing was there. Of an item, the one in whose place it was put, which is not kept.
 */
json_t *change_record_value(const char *file, const struct edit_place *place, const struct buffer *before,
                            struct slice after, const struct change_secret *secret);
json_t *change_record_item(const char *file, const struct edit_place *place, const struct buffer *before,
                           struct slice item, const struct change_secret *secret);
/** An item that was there already. */
json_t *change_record_same_item(const char *file, const struct edit_place *place, struct slice item,
                                const struct change_secret *secret);
/** A value was taken out, or was not there. @param kept whether what was there before is. */
json_t *change_record_gone(const char *file, const struct edit_place *place, const struct buffer *before, bool kept);
json_t *change_record_file(const char *file, const struct buffer *before, struct slice after);

/** Its file and place, which borrow from it; NULL when it is no such record. */
const char *change_record_read(const json_t *record, struct edit_place *out);

bool change_record_is_file(const json_t *record);
bool change_record_is_item(const json_t *record);
bool change_record_is_gone(const json_t *record);
/** What was there before; NULL: nothing. */
const char *change_record_before(const json_t *record);
/** Whether VALUE is what was set, or what still stands there when that came to nothing. */
bool change_record_matches(const json_t *record, struct slice value);
/** Whether LATER, of the same place, found there what RECORD left. FOUND: what it found; NULL: nothing. */
bool change_record_precedes(const json_t *record, const json_t *later, const char *found);
/** Whether two are of the same place; of items, whether B is A or came in its place. */
bool change_record_same_place(const json_t *a, const json_t *b);
/** Whether two are of one place, whatever is of its items. */
bool change_record_same_list(const json_t *a, const json_t *b);
/** Whether a token is in what was set. */
bool change_record_is_secret(const json_t *record);
/** Whether two set the same, whatever their tokens. */
bool change_record_same_form(const json_t *a, const json_t *b);
/** Whether two set the same to the letter. */
bool change_record_same_value(const json_t *a, const json_t *b);
/** Whether what was set stood there already. */
bool change_record_is_unchanged(const json_t *record);
/** Makes what B set what A set as well. */
void change_record_follow(json_t *a, const json_t *b);
/** Makes what was there before B what was there before A. */
void change_record_inherit(json_t *a, const json_t *b);

/** Appends VALUE with SECRET in it, as it is and percent-encoded, as `******`. @return whether it was. */
bool change_record_mask(struct buffer *out, struct slice value, const char *secret);

#endif
