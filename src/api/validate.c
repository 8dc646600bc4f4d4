// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/api.h"

#include <stdint.h>
#include <string.h>

/** One run of api_validate(): where it is, and whom it tells. */
struct walk {
    struct buffer *path;
    api_finding_function *report;
    void *context;
    bool clean;
};

static void check(struct walk *walk, const struct api_shape *shape, const json_t *value);

static void find(struct walk *walk, enum api_problem problem, const char *name, const struct api_shape *shape,
                 const json_t *value)
{
    walk->clean = false;
    if (walk->report == NULL)
        return;
    const struct api_finding finding = {
        .problem = problem, .path = buffer_text(walk->path), .name = name, .shape = shape, .value = value};
    walk->report(walk->context, &finding);
}

/** The number of characters, as the models count lengths. */
static int64_t characters(const char *text, size_t size)
{
    int64_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

static void check_range(struct walk *walk, const struct api_shape *shape, const json_t *value, int64_t size,
                        enum api_problem low, enum api_problem high)
{
    if (shape->has_min && size < shape->min)
        find(walk, low, NULL, shape, value);
    if (shape->has_max && size > shape->max)
        find(walk, high, NULL, shape, value);
}

static bool is_choice(const char *const *values, const char *text)
{
    while (*values != NULL && strcmp(*values, text) != 0)
        values++;
    return *values != NULL;
}

static void check_string(struct walk *walk, const struct api_shape *shape, const json_t *value)
{
    const struct slice text = {json_string_value(value), json_string_length(value)};
    check_range(walk, shape, value, characters(text.data, text.size), API_TOO_SHORT, API_TOO_LONG);
    if (shape->pattern != NULL && !api_pattern_matches(shape->pattern, text))
        find(walk, API_NO_MATCH, NULL, shape, value);
    if (shape->values != NULL && (strlen(text.data) != text.size || !is_choice(shape->values, text.data)))
        find(walk, API_NO_CHOICE, NULL, shape, value);
}

static void check_list(struct walk *walk, const struct api_shape *shape, const json_t *value)
{
    size_t place = walk->path->size;
    check_range(walk, shape, value, (int64_t)json_array_size(value), API_TOO_SHORT, API_TOO_LONG);
    for (size_t i = 0; i < json_array_size(value); i++) {
        buffer_append_format(walk->path, "[%zu]", i);
        check(walk, shape->element, json_array_get(value, i));
        buffer_cut(walk->path, place);
    }
}

static void check_structure(struct walk *walk, const struct api_shape *shape, const json_t *value)
{
    for (size_t i = 0; i < shape->member_count; i++)
        if (shape->members[i].required && json_object_get(value, shape->members[i].name) == NULL)
            find(walk, API_MISSING, shape->members[i].name, shape, NULL);
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)value;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at))
        if (api_find_member(shape, slice_of(json_object_iter_key(at))) == NULL)
            find(walk, API_UNKNOWN, json_object_iter_key(at), shape, json_object_iter_value(at));
    size_t place = walk->path->size;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        const struct api_member *member = api_find_member(shape, slice_of(json_object_iter_key(at)));
        if (member == NULL)
            continue;
        buffer_append_text(walk->path, place == 0 ? "" : ".");
        buffer_append_text(walk->path, member->name);
        check(walk, member->shape, json_object_iter_value(at));
        buffer_cut(walk->path, place);
    }
}

static bool has_type(enum api_type type, const json_t *value)
{
    switch (type) {
    case API_STRING:
        return json_is_string(value);
    case API_INTEGER:
    case API_LONG:
        return json_is_integer(value);
    case API_BOOLEAN:
        return json_is_boolean(value);
    case API_TIMESTAMP:
        return json_is_number(value) || json_is_string(value);
    case API_LIST:
        return json_is_array(value);
    case API_STRUCTURE:
        return json_is_object(value);
    }
    return false;
}

static void check(struct walk *walk, const struct api_shape *shape, const json_t *value)
{
    if (!has_type(shape->type, value)) {
        find(walk, API_WRONG_TYPE, NULL, shape, value);
        return;
    }
    switch (shape->type) {
    case API_STRING:
        check_string(walk, shape, value);
        return;
    case API_INTEGER:
    case API_LONG:
        check_range(walk, shape, value, json_integer_value(value), API_TOO_SMALL, API_TOO_LARGE);
        return;
    case API_LIST:
        check_list(walk, shape, value);
        return;
    case API_STRUCTURE:
        check_structure(walk, shape, value);
        return;
    case API_BOOLEAN:
    case API_TIMESTAMP:
        return;
    }
}

bool api_validate(const struct api_shape *shape, const json_t *value, api_finding_function *report, void *context)
{
    BUFFER_ROOM(path, 128);
    struct walk walk = {.path = &path, .report = report, .context = context, .clean = true};
    check(&walk, shape, value);
    return walk.clean;
}
