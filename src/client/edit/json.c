// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Members of JSON objects, such as swift's registries.json. A document that changes is written anew, its members in
 * their order.
 */
#include "base/json.h"
#include "client/edit/format.h"

static const char no_object[] = "it is no JSON object; mend or remove it";

/** The object that the path leads to, made as far as it is missing when MAKE says so; NULL: it is not there. */
static json_t *find_object(json_t *document, const struct edit_place *place, bool make)
{
    json_t *at = document;
    for (size_t i = 0; i < EDIT_DEPTH && place->path[i] != NULL && at != NULL; i++) {
        json_t *next = json_object_get(at, place->path[i]);
        if (next == NULL && make && json_object_set_new(at, place->path[i], json_object()) == 0)
            next = json_object_get(at, place->path[i]);
        at = json_is_object(next) ? next : NULL;
    }
    return at;
}

static json_t *parse(struct slice text)
{
    ERROR_AUTO reason = {0};
    json_t *document = slice_trim(text).size > 0 ? json_parse(text, &reason) : json_object();
    if (json_is_object(document))
        return document;
    json_decref(document);
    return NULL;
}

static void write(struct buffer *text, const json_t *document)
{
    BUFFER_AUTO made = {0};
    json_write(&made, document, 2);
    buffer_append_char(&made, '\n');
    edit_splice(text, (struct edit_span){0, text->size}, buffer_slice(&made));
}

bool edit_json_find(struct slice text, const struct edit_place *place, struct buffer *out)
{
    JSON_AUTO *document = parse(text);
    const json_t *found = document != NULL ? json_object_get(find_object(document, place, false), place->key) : NULL;
    if (found != NULL)
        json_write(out, found, 0);
    return found != NULL;
}

bool edit_json_set(struct buffer *text, const struct edit_place *place, struct slice value, struct error *error)
{
    ERROR_AUTO reason = {0};
    JSON_AUTO *document = parse(buffer_slice(text));
    JSON_AUTO *wanted = json_parse(value, &reason);
    json_t *object = document != NULL ? find_object(document, place, true) : NULL;
    if (object == NULL || wanted == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, no_object);
    if (json_equal(json_object_get(object, place->key), wanted))
        return true;
    (void)json_object_set(object, place->key, wanted);
    write(text, document);
    return true;
}

bool edit_json_remove(struct buffer *text, const struct edit_place *place)
{
    JSON_AUTO *document = parse(buffer_slice(text));
    json_t *object = document != NULL ? find_object(document, place, false) : NULL;
    if (object == NULL || json_object_del(object, place->key) != 0)
        return false;
    write(text, document);
    return true;
}
