// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/memory.h"
#include "client/cli/table.h"
#include "client/python.h"

#include <stdint.h>
#include <stdlib.h>

/** Keys in byte order, without doubles. */
struct keys {
    struct slice *names;
    size_t count;
    size_t capacity;
};

/** An object's keys, or those of all objects of a list: of scalars, which make columns, and of the rest. */
struct groups {
    struct keys scalars;
    struct keys others;
};

#define NO_TITLE ((struct slice){NULL, 0})

static bool build(struct table *table, struct slice title, const json_t *value, size_t indent, struct error *error);

static bool is_container(const json_t *value)
{
    return json_is_object(value) || json_is_array(value);
}

/** What Python takes for false: a section of it is left out. */
static bool is_nothing(const json_t *value)
{
    if (json_is_string(value))
        return json_string_length(value) == 0;
    if (json_is_number(value))
        return json_number_value(value) == 0;
    return json_is_null(value) || json_is_false(value) || (json_is_object(value) && json_object_size(value) == 0) ||
           (json_is_array(value) && json_array_size(value) == 0);
}

static void free_groups(struct groups *groups)
{
    free(groups->scalars.names);
    free(groups->others.names);
}

#define GROUPS_AUTO __attribute__((cleanup(free_groups))) struct groups

static void add_key(struct keys *keys, struct slice name)
{
    if (keys->count == keys->capacity) {
        keys->capacity = 2 * keys->capacity + 8;
        keys->names = memory_resize(keys->names, keys->capacity, sizeof *keys->names);
    }
    keys->names[keys->count++] = name;
}

static void group(struct groups *groups, const json_t *object)
{
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)object;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at))
        add_key(is_container(json_object_iter_value(at)) ? &groups->others : &groups->scalars,
                (struct slice){json_object_iter_key(at), json_object_iter_key_len(at)});
}

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void sort(struct keys *keys)
{
    size_t kept = 0;
    if (keys->count > 0)
        qsort(keys->names, keys->count, sizeof *keys->names, compare_names);
    for (size_t i = 0; i < keys->count; i++)
        if (kept == 0 || !slice_equal(keys->names[kept - 1], keys->names[i]))
            keys->names[kept++] = keys->names[i];
    keys->count = kept;
}

static const json_t *member(const json_t *object, struct slice name)
{
    return json_object_getn(object, name.data, name.size);
}

/** A value as a cell, an absent one as an empty one. */
static struct slice cell_of(struct table *table, const json_t *value)
{
    BUFFER_AUTO text = {0};
    if (value != NULL)
        python_write_text(&text, value);
    return (struct slice){arena_copy(table->arena, buffer_text(&text), text.size), text.size};
}

static struct slice *new_cells(struct table *table, size_t count)
{
    return arena_allocate(table->arena, count + 1, sizeof(struct slice));
}

static bool add_headers(struct table *table, const struct keys *keys, struct error *error)
{
    struct slice *cells = new_cells(table, keys->count);
    for (size_t i = 0; i < keys->count; i++)
        cells[i] = keys->names[i];
    return table_add_headers(table, cells, keys->count, error);
}

static bool add_values(struct table *table, const struct keys *keys, const json_t *object, struct error *error)
{
    struct slice *cells = new_cells(table, keys->count);
    for (size_t i = 0; i < keys->count; i++)
        cells[i] = cell_of(table, member(object, keys->names[i]));
    return table_add_row(table, cells, keys->count, error);
}

static bool add_scalar(struct table *table, const json_t *value, struct error *error)
{
    struct slice *cells = new_cells(table, 1);
    cells[0] = cell_of(table, value);
    return table_add_row(table, cells, 1, error);
}

/** One key and its value side by side. */
static bool add_pair(struct table *table, struct slice name, const json_t *value, struct error *error)
{
    struct slice *cells = new_cells(table, 2);
    cells[0] = name;
    cells[1] = cell_of(table, value);
    return table_add_row(table, cells, 2, error);
}

/** The keys of OTHERS that OBJECT has, a level deeper. */
static bool build_others(struct table *table, const struct keys *others, const json_t *object, size_t indent,
                         struct error *error)
{
    for (size_t i = 0; i < others->count; i++) {
        const json_t *value = member(object, others->names[i]);
        if (value != NULL && !build(table, others->names[i], value, indent + 1, error))
            return false;
    }
    return true;
}

static bool build_object(struct table *table, const json_t *object, size_t indent, struct error *error)
{
    GROUPS_AUTO groups = {0};
    group(&groups, object);
    sort(&groups.scalars);
    sort(&groups.others);
    bool good = true;
    if (groups.scalars.count == 1)
        good = add_pair(table, groups.scalars.names[0], member(object, groups.scalars.names[0]), error);
    else if (groups.scalars.count > 1)
        good = add_headers(table, &groups.scalars, error) && add_values(table, &groups.scalars, object, error);
    return good && build_others(table, &groups.others, object, indent, error);
}

/** A row for each object; where they hold more, each in a section of its own. */
static bool build_objects(struct table *table, struct slice title, const json_t *list, size_t indent,
                          struct error *error)
{
    GROUPS_AUTO groups = {0};
    bool others = false;
    bool blanks = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *element = json_array_get(list, i);
        if (json_is_object(element))
            group(&groups, element);
        else if (is_nothing(element) && (json_is_array(element) || json_is_string(element)))
            blanks = true;
        else
            others = true;
    }
    // Where there are no columns to fill, what is empty passes for an object without members.
    if (others || (blanks && groups.scalars.count > 0))
        return error_set(error, ERROR_INTERNAL, NULL,
                         "The result mixes objects with other values, which a table cannot show; choose another "
                         "--output");
    sort(&groups.scalars);
    sort(&groups.others);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        bool apart = i > 0 && groups.others.count > 0;
        if (apart)
            table_add_section(table, title, indent);
        if (((i == 0 || apart) && !add_headers(table, &groups.scalars, error)) ||
            !add_values(table, &groups.scalars, object, error) ||
            !build_others(table, &groups.others, object, indent, error))
            return false;
    }
    return true;
}

static bool holds_containers(const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (is_container(json_array_get(list, i)))
            return true;
    return false;
}

/** The elements of a list as one row; of an object its keys, which is what Python goes through. */
static bool add_elements(struct table *table, const json_t *element, struct error *error)
{
    if (json_is_object(element)) {
        size_t names = 0;
        json_t *iterated = (json_t *)(uintptr_t)element;
        struct slice *cells = new_cells(table, json_object_size(element));
        for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at))
            cells[names++] = (struct slice){json_object_iter_key(at), json_object_iter_key_len(at)};
        return table_add_row(table, cells, names, error);
    }
    size_t count = json_array_size(element);
    struct slice *cells = new_cells(table, count);
    for (size_t i = 0; i < count; i++)
        cells[i] = cell_of(table, json_array_get(element, i));
    return table_add_row(table, cells, count, error);
}

static bool build_list(struct table *table, const json_t *list, struct error *error)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *element = json_array_get(list, i);
        bool good;
        if (!is_container(element))
            good = add_scalar(table, element, error);
        else if (!holds_containers(element))
            good = add_elements(table, element, error);
        else
            good = build(table, NO_TITLE, element, 0, error);
        if (!good)
            return false;
    }
    return true;
}

static bool build(struct table *table, struct slice title, const json_t *value, size_t indent, struct error *error)
{
    if (is_nothing(value))
        return true;
    if (title.data != NULL)
        table_add_section(table, title, indent);
    if (json_is_object(value))
        return build_object(table, value, indent, error);
    if (!json_is_array(value))
        return true;
    return json_is_object(json_array_get(value, 0)) ? build_objects(table, title, value, indent, error)
                                                    : build_list(table, value, error);
}

bool output_write_table(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct table table = {.arena = arena};
    struct slice title = slice_of(style->title);
    if (!is_container(value) && !json_is_null(value) && !(json_is_string(value) && json_string_length(value) == 0)) {
        table_add_section(&table, title, 0);
        if (!add_scalar(&table, value, error))
            return false;
    } else if (!build(&table, title, value, 0, error)) {
        return false;
    }
    if (table.sections != NULL)
        table_draw(out, &table, style);
    return true;
}
