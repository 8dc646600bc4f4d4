// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/strays.h"
#include "base/json.h"
#include "base/text.h"
#include "client/packagers/change_record.h"

/** Stands for any token; no value has it by chance. */
#define ANY "any-token-of-jeton"

/** A search on its way. */
struct search {
    const struct login *login;
    struct changes *changes;
    struct changes *model; // the files that the login would make of none
    const json_t *record;  // what it would set
};

/** Whether VALUE is WANTED with any token in it: some text without blanks. */
static bool is_like(struct slice value, struct slice wanted)
{
    size_t at = 0;
    while (at < wanted.size && !slice_starts_with(slice_part(wanted, at, wanted.size), SLICE(ANY)))
        at++;
    if (at == wanted.size)
        return slice_equal(value, wanted);
    struct slice before = slice_part(wanted, 0, at);
    struct slice behind = slice_part(wanted, at + sizeof ANY - 1, wanted.size);
    if (value.size <= before.size + behind.size || !slice_starts_with(value, before) || !slice_ends_with(value, behind))
        return false;
    struct slice token = slice_part(value, before.size, value.size - before.size - behind.size);
    for (size_t i = 0; i < token.size; i++)
        if (text_is_space(token.data[i]))
            return false;
    return true;
}

/** Whether one of the values is an item's list, whose other items are not ours. */
static bool has_items(const struct search *search, const json_t *record)
{
    size_t i;
    const json_t *other;
    json_array_foreach(search->record, i, other)
    {
        if (change_record_is_item(other) && change_record_same_list(other, record))
            return true;
    }
    return false;
}

/** The place of a value that is there just as the login would set it. NULL: it is not. */
static const char *find(const struct search *search, const json_t *record, struct edit_place *place,
                        struct buffer *value)
{
    BUFFER_AUTO wanted = {0};
    const char *file = change_record_read(record, place);
    if (file == NULL || change_record_is_file(record) || change_record_is_item(record) || has_items(search, record) ||
        !changes_find(search->model, file, place, &wanted) || !changes_find(search->changes, file, place, value))
        return NULL;
    return is_like(buffer_slice(value), buffer_slice(&wanted)) ? file : NULL;
}

static bool has_host(const struct search *search, const char *text)
{
    return text != NULL && strstr(text, search->login->netloc) != NULL;
}

/** Whether the value or its place names the host. */
static bool names_host(const struct search *search, const struct edit_place *place, const struct buffer *value)
{
    bool named = has_host(search, place->key) || has_host(search, buffer_text(value)) ||
                 slice_is(buffer_slice(value), search->login->host);
    for (size_t i = 0; i < EDIT_DEPTH && place->path[i] != NULL; i++)
        named = named || has_host(search, place->path[i]) || slice_is(slice_of(place->path[i]), search->login->host);
    return named;
}

/** Whether any of them names the host: without that, they may be of another repository. */
static bool is_there(const struct search *search)
{
    size_t i;
    const json_t *record;
    json_array_foreach(search->record, i, record)
    {
        struct edit_place place;
        BUFFER_AUTO value = {0};
        if (find(search, record, &place, &value) != NULL && names_host(search, &place, &value))
            return true;
    }
    return false;
}

static size_t remove_values(const struct search *search)
{
    size_t count = 0;
    size_t i;
    const json_t *record;
    json_array_foreach(search->record, i, record)
    {
        struct edit_place place;
        BUFFER_AUTO value = {0};
        const char *file = find(search, record, &place, &value);
        count += file != NULL && changes_remove(search->changes, file, &place) ? 1 : 0;
    }
    return count;
}

/** Takes out URLs of the repository, which tell by themselves whose they are. */
static size_t remove_urls(const struct search *search, struct login *login)
{
    size_t count = 0;
    size_t i;
    const json_t *record;
    login->changes = search->changes;
    json_array_foreach(search->record, i, record)
    {
        struct edit_place place;
        const char *file = change_record_read(record, &place);
        if (file != NULL && change_record_is_item(record))
            count += packager_drop_items(login, file, &place) ? 1 : 0;
    }
    return count;
}

/** Takes out the other items that the login would add. */
static size_t remove_items(const struct search *search)
{
    size_t count = 0;
    size_t i;
    const json_t *record;
    json_array_foreach(search->record, i, record)
    {
        struct edit_place place;
        BUFFER_AUTO items = {0};
        const char *file = change_record_read(record, &place);
        if (file == NULL || !change_record_is_item(record))
            continue;
        (void)changes_find(search->model, file, &place, &items);
        struct slice rest = buffer_slice(&items);
        struct slice item;
        while (slice_cut(&rest, '\n', &item))
            if (change_record_matches(record, item) && changes_remove_item(search->changes, file, &place, item))
                count++;
    }
    return count;
}

/** Files that are written as a whole are not looked into. */
static void note_files(const struct search *search)
{
    size_t i;
    const json_t *record;
    json_array_foreach(search->record, i, record)
    {
        struct edit_place place;
        const char *file = change_record_read(record, &place);
        if (file != NULL && change_record_is_file(record))
            changes_note(search->changes, "%s was not looked into: take %s out of it by hand, if it is there", file,
                         search->login->endpoint);
    }
}

/** With the index as the default one, and as one more. */
static bool remove_all(struct login *login, struct changes *changes, bool extra, size_t *count, struct error *error)
{
    BUFFER_AUTO said = {0};
    CHANGES_AUTO *model = changes_new_blank();
    login->changes = model;
    login->token = ANY;
    login->extra_index = extra;
    login->strays = true;
    if (!login->packager->apply(login, &said, error))
        return false;
    JSON_AUTO *record = changes_take_record(model);
    const struct search search = {login, changes, model, record};
    size_t urls = remove_urls(&search, login);
    *count += urls;
    if (urls > 0 || is_there(&search))
        *count += remove_values(&search) + remove_items(&search);
    if (!extra)
        note_files(&search);
    return true;
}

bool strays_remove(struct login *login, struct changes *changes, size_t *count, struct error *error)
{
    *count = 0;
    // npm's way of a further index is a scope, which both have.
    bool extra = login->packager->takes_extra && !login->packager->takes_namespace;
    return remove_all(login, changes, false, count, error) &&
           (!extra || remove_all(login, changes, true, count, error));
}
