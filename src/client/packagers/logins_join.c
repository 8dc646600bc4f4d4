// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/logins_join.h"
#include "client/packagers/change_record.h"

/** The change of ENTRY in the place of CHANGE, or NULL. @param index out: where it is. */
static json_t *find(const json_t *entry, const json_t *change, size_t *index)
{
    size_t i;
    json_t *other;
    json_array_foreach(json_object_get(entry, "changes"), i, other)
    {
        *index = i;
        if (change_record_same_place(other, change))
            return other;
    }
    return NULL;
}

void logins_bequeath(const json_t *list, const json_t *entry, const json_t *change)
{
    size_t i;
    bool is_later = false;
    const json_t *other;
    json_array_foreach(list, i, other)
    {
        size_t k;
        json_t *later = is_later ? find(other, change, &k) : NULL;
        is_later = is_later || other == entry;
        if (later != NULL && change_record_precedes(change, later, change_record_before(later)))
            change_record_inherit(later, change);
    }
}

bool logins_is_replaced(const json_t *list, const json_t *entry, const json_t *change)
{
    size_t i;
    size_t k;
    const json_t *other;
    json_array_foreach(list, i, other)
    {
        if (other != entry && find(other, change, &k) != NULL)
            return true;
    }
    return false;
}

bool logins_is_shared(const json_t *list, const json_t *entry, const json_t *change)
{
    size_t i;
    size_t k;
    const json_t *other;
    json_array_foreach(list, i, other)
    {
        const json_t *same = other != entry ? find(other, change, &k) : NULL;
        if (same != NULL && change_record_same_value(same, change))
            return true;
    }
    return false;
}

/** Meets what the login itself set before, and takes its place in the list. FOUND: what stood there now. */
static void meet_own(const json_t *list, json_t *entry, json_t *change, const char *found)
{
    size_t k;
    json_t *changes = json_object_get(entry, "changes");
    const json_t *earlier = find(entry, change, &k);
    if (earlier == NULL) {
        (void)json_array_append(changes, change);
        return;
    }
    // Where another login came between, that one has to give back what was there before the earlier one.
    if (change_record_precedes(earlier, change, found))
        change_record_inherit(change, earlier);
    else
        logins_bequeath(list, entry, earlier);
    // What stood there already was not set anew.
    if (change_record_is_unchanged(change) && change_record_same_value(change, earlier))
        change_record_follow(change, earlier);
    (void)json_array_set(changes, k, change);
}

/** Meets what another login set. */
static void meet_other(json_t *other, json_t *change, const char *found)
{
    size_t k;
    json_t *theirs = find(other, change, &k);
    if (theirs == NULL || !change_record_precedes(theirs, change, found))
        return;
    bool same = change_record_same_form(theirs, change);
    if (!same && !change_record_is_secret(theirs))
        return;
    change_record_inherit(change, theirs);
    if (same)
        change_record_follow(theirs, change);
    else if (json_array_remove(json_object_get(other, "changes"), k) == 0)
        (void)json_object_set_new(other, "lost", json_true());
}

void logins_join(const json_t *list, json_t *entry, json_t *record)
{
    size_t i;
    json_t *change;
    json_array_foreach(record, i, change)
    {
        size_t k;
        json_t *other;
        json_t *before = json_incref(json_object_get(change, "before"));
        const char *found = json_string_value(before);
        meet_own(list, entry, change, found);
        json_array_foreach(list, k, other)
        {
            if (other != entry)
                meet_other(other, change, found);
        }
        json_decref(before);
    }
}
