// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/decode_form.h"

#include "base/json.h"
#include "base/text.h"

/** Digits of a list's index: a body has room for no more entries than that. */
#define INDEX_DIGITS 6

/**
 * Where a value is put: a member of a structure, or an entry of a list, which is an object keyed by indices until all
 * parameters have been read.
 */
struct target {
    const struct api_shape *shape;
    json_t *holder;
    struct slice key;
};

/** What already stands there; borrowed, or NULL. */
static json_t *present(const struct target *target)
{
    return json_object_getn(target->holder, target->key.data, target->key.size);
}

static json_t *put(const struct target *target, json_t *value)
{
    (void)json_object_setn_new(target->holder, target->key.data, target->key.size, value);
    return value;
}

/** An index as it is always written: no sign, no zero in front. */
static bool is_index(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_digit(text.data[i]))
            return false;
    return text.size > 0 && text.size <= INDEX_DIGITS && text.data[0] != '0';
}

/** Takes one step down to what NAME says next, inside what stands at TARGET. @return false when there is no such. */
static bool descend(struct target *target, struct slice *name)
{
    json_t *inner = present(target);
    if (inner == NULL)
        inner = put(target, json_object());
    struct slice part;
    if (!json_is_object(inner) || !slice_cut(name, '.', &part))
        return false;
    const struct api_shape *shape = target->shape;
    if (shape->type == API_STRUCTURE) {
        const struct api_member *member = api_find_member(shape, part);
        if (member == NULL)
            return false;
        *target = (struct target){member->shape, inner, part};
        return true;
    }
    if (!slice_is(part, "member") || !slice_cut(name, '.', &part) || !is_index(part))
        return false;
    *target = (struct target){shape->element, inner, part};
    return true;
}

static bool is_nest(const struct api_shape *shape)
{
    return shape->type == API_LIST || shape->type == API_STRUCTURE;
}

static bool set_value(const struct target *target, const char *name, struct slice encoded, bool is_form,
                      struct error *error)
{
    BUFFER_AUTO text = {0};
    if (present(target) != NULL)
        return decode_refuse(error, "there is more than one parameter", name);
    if (!text_percent_decode(&text, encoded, is_form) || text_utf8_valid(buffer_slice(&text)) != text.size)
        return decode_refuse(error, "broken escapes or characters in the parameter", name);
    // What has no entries has no parameter either, so it comes as an empty one of its own name.
    if (is_nest(target->shape) && text.size > 0)
        return decode_refuse(error, "wrong type of the value of", name);
    json_t *value = is_nest(target->shape) ? json_object() : decode_text(target->shape, buffer_slice(&text));
    if (value == NULL)
        return decode_refuse(error, "wrong type of the value of", name);
    (void)put(target, value);
    return true;
}

static bool add_pair(json_t *input, const struct api_shape *shape, struct slice pair, bool is_form, struct error *error)
{
    size_t equals = slice_find(pair, '=', 0);
    BUFFER_AUTO decoded = {0};
    // A name with broken escapes is none that the shape knows.
    if (!text_percent_decode(&decoded, slice_part(pair, 0, equals), is_form))
        return true;
    struct slice name = buffer_slice(&decoded);
    struct slice part;
    if (!slice_cut(&name, '.', &part))
        return true;
    const struct api_member *member = api_find_member(shape, part);
    if (member == NULL)
        return true;
    struct target target = {member->shape, input, part};
    while (name.data != NULL && is_nest(target.shape))
        if (!descend(&target, &name))
            return true;
    return name.data != NULL ||
           set_value(&target, member->name, slice_part(pair, equals + 1, pair.size), is_form, error);
}

// ------------------------------------------------------------------ lists

static bool settle(const struct api_shape *shape, json_t *holder, const char *key, const char *name,
                   struct error *error);

/** Makes an array of the entries that are keyed by their indices, in the place of the object that holds them. */
static bool settle_list(const struct api_shape *shape, json_t *holder, const char *key, const char *name,
                        struct error *error)
{
    json_t *entries = json_object_get(holder, key);
    JSON_AUTO *list = json_array();
    for (size_t i = 1; i <= json_object_size(entries); i++) {
        BUFFER_ROOM(index, INDEX_DIGITS + 2);
        text_append_integer(&index, (int64_t)i);
        bool there = json_object_get(entries, buffer_text(&index)) != NULL;
        if (!there)
            (void)decode_refuse(error, "not numbered from 1 without gaps is the list", name);
        if (!there || !settle(shape->element, entries, buffer_text(&index), name, error))
            return false;
        (void)json_array_append(list, json_object_get(entries, buffer_text(&index)));
    }
    return json_object_set(holder, key, list) == 0;
}

/** Settles the lists in what stands at KEY of HOLDER; NAME is the member of the input that it belongs to. */
static bool settle(const struct api_shape *shape, json_t *holder, const char *key, const char *name,
                   struct error *error)
{
    if (shape->type == API_LIST)
        return settle_list(shape, holder, key, name, error);
    if (shape->type != API_STRUCTURE)
        return true;
    json_t *value = json_object_get(holder, key);
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        if (json_object_get(value, member->name) != NULL && !settle(member->shape, value, member->name, name, error))
            return false;
    }
    return true;
}

bool decode_form(json_t *input, const struct api_shape *shape, struct slice parameters, bool is_form,
                 struct error *error)
{
    struct slice pair;
    while (shape->member_count > 0 && slice_cut(&parameters, '&', &pair))
        if (!add_pair(input, shape, pair, is_form, error))
            return false;
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        if (json_object_get(input, member->name) != NULL &&
            !settle(member->shape, input, member->name, member->name, error))
            return false;
    }
    return true;
}
