// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/memory.h"
#include "base/text.h"
#include "client/cli/output.h"
#include "client/python.h"

#include <stdint.h>
#include <stdlib.h>

/** Keys in byte order. */
struct keys {
    struct slice *names;
    size_t count;
};

static void write_item(struct buffer *out, const json_t *item, struct slice label, const struct keys *columns);

static bool is_container(const json_t *value)
{
    return json_is_object(value) || json_is_array(value);
}

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/** Adds OBJECT's keys, or only those of its scalars; a key that is there already is left out. */
static void collect_keys(struct keys *keys, const json_t *object, bool scalars_only)
{
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)object;
    keys->names = memory_resize(keys->names, keys->count + json_object_size(object) + 1, sizeof *keys->names);
    size_t known = keys->count;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        struct slice name = {json_object_iter_key(at), json_object_iter_key_len(at)};
        if (scalars_only && is_container(json_object_iter_value(at)))
            continue;
        if (known > 0 && bsearch(&name, keys->names, known, sizeof name, compare_names) != NULL)
            continue;
        keys->names[keys->count++] = name;
    }
    qsort(keys->names, keys->count, sizeof *keys->names, compare_names);
}

static void free_keys(struct keys *keys)
{
    free(keys->names);
}

#define KEYS_AUTO __attribute__((cleanup(free_keys))) struct keys

static bool has_key(const struct keys *keys, struct slice name)
{
    return keys->count > 0 && bsearch(&name, keys->names, keys->count, sizeof name, compare_names) != NULL;
}

static void write_label(struct buffer *out, struct slice label)
{
    for (size_t i = 0; i < label.size; i++) {
        char c = label.data[i];
        buffer_append_char(out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
}

static json_t *member(const json_t *object, struct slice name)
{
    return json_object_getn(object, name.data, name.size);
}

/** A value in a row: as Python prints it, an absent one as nothing. */
static void write_cell(struct buffer *out, const json_t *value, bool first)
{
    buffer_append_text(out, first ? "" : "\t");
    if (value != NULL)
        python_write_text(out, value);
}

/**
 * One row of the scalars, then the rest, each under its own key. COLUMNS are the scalars of all objects of the
 * list that this one is in, so that its rows line up; NULL outside a list.
 */
static void write_object(struct buffer *out, const json_t *object, struct slice label, const struct keys *columns)
{
    KEYS_AUTO own = {0};
    KEYS_AUTO all = {0};
    if (columns == NULL)
        collect_keys(&own, object, true);
    const struct keys *row = columns != NULL ? columns : &own;
    if (row->count > 0) {
        write_label(out, label);
        for (size_t i = 0; i < row->count; i++)
            write_cell(out, member(object, row->names[i]), i == 0 && label.data == NULL);
        buffer_append_char(out, '\n');
    }
    collect_keys(&all, object, false);
    for (size_t i = 0; i < all.count; i++)
        if (!has_key(row, all.names[i]))
            write_item(out, member(object, all.names[i]), all.names[i], NULL);
}

/** The scalars of LIST: on one line, or with a label on a line each. */
static void write_scalars(struct buffer *out, const json_t *list, struct slice label)
{
    bool first = true;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        if (is_container(value))
            continue;
        if (label.data != NULL) {
            write_label(out, label);
            write_cell(out, value, false);
            buffer_append_char(out, '\n');
            continue;
        }
        write_cell(out, value, first);
        first = false;
    }
    if (!first)
        buffer_append_char(out, '\n');
}

static void write_list(struct buffer *out, const json_t *list, struct slice label)
{
    KEYS_AUTO columns = {0};
    bool has_objects = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!json_is_object(json_array_get(list, i)))
            continue;
        has_objects = true;
        collect_keys(&columns, json_array_get(list, i), true);
    }
    if (!has_objects)
        write_scalars(out, list, label);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *element = json_array_get(list, i);
        if (has_objects || is_container(element))
            write_item(out, element, label, has_objects ? &columns : NULL);
    }
}

static void write_item(struct buffer *out, const json_t *item, struct slice label, const struct keys *columns)
{
    if (json_is_object(item)) {
        write_object(out, item, label, columns);
        return;
    }
    if (json_is_array(item)) {
        write_list(out, item, label);
        return;
    }
    python_write_text(out, item);
    buffer_append_char(out, '\n');
}

void output_write_text(struct buffer *out, const json_t *value)
{
    write_item(out, value, (struct slice){NULL, 0}, NULL);
}
