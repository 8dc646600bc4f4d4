// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/memory.h"
#include "client/yaml/yaml.h"

#include <inttypes.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <yaml.h>

/** An object or array by its address. */
struct seen {
    const json_t *value;
    unsigned anchor; // 0: it stands in one place only
    bool written;
};

struct writer {
    yaml_emitter_t emitter;
    void *seen; // a tree of struct seen, as tsearch() keeps it
    unsigned anchors;
    bool moments; // texts that are moments are none
};

/** Keys in byte order, which for UTF-8 is that of the characters. */
struct keys {
    struct slice *names;
    size_t count;
};

static bool write_node(struct writer *writer, const json_t *value);

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static int compare_seen(const void *a, const void *b)
{
    uintptr_t first = (uintptr_t)((const struct seen *)a)->value;
    uintptr_t second = (uintptr_t)((const struct seen *)b)->value;
    return first < second ? -1 : first > second;
}

static void free_keys(struct keys *keys)
{
    free(keys->names);
}

#define KEYS_AUTO __attribute__((cleanup(free_keys))) struct keys

static struct keys keys_of(const json_t *object)
{
    struct keys keys = {memory_new(json_object_size(object) + 1, sizeof *keys.names), 0};
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)object;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at))
        keys.names[keys.count++] = (struct slice){json_object_iter_key(at), json_object_iter_key_len(at)};
    qsort(keys.names, keys.count, sizeof *keys.names, compare_names);
    return keys;
}

static struct seen *find_seen(struct writer *writer, const json_t *value)
{
    const struct seen wanted = {.value = value};
    struct seen **found = tfind(&wanted, &writer->seen, compare_seen);
    return found != NULL ? *found : NULL;
}

/** Gives what stands in two places its anchor, numbered in the order in which the second places come. */
static void find_shared(struct writer *writer, const json_t *value)
{
    if (!json_is_object(value) && !json_is_array(value))
        return;
    // What only its parent holds cannot stand in two places.
    if (value->refcount > 1) {
        struct seen *seen = find_seen(writer, value);
        if (seen != NULL) {
            seen->anchor = seen->anchor != 0 ? seen->anchor : ++writer->anchors;
            return;
        }
        seen = memory_new(1, sizeof *seen);
        seen->value = value;
        if (tsearch(seen, &writer->seen, compare_seen) == NULL)
            free(seen);
    }
    for (size_t i = 0; i < json_array_size(value); i++)
        find_shared(writer, json_array_get(value, i));
    if (!json_is_object(value))
        return;
    KEYS_AUTO keys = keys_of(value);
    for (size_t i = 0; i < keys.count; i++)
        find_shared(writer, json_object_getn(value, keys.names[i].data, keys.names[i].size));
}

/** Hands an event on; the emitter frees it. MADE is what its initialisation said. */
static bool emit(struct writer *writer, yaml_event_t *event, int made)
{
    return made != 0 && yaml_emitter_emit(&writer->emitter, event) != 0;
}

/** A scalar that is plain when it may be; QUOTED says that quotes do not change what it is. */
static bool write_scalar(struct writer *writer, struct slice text, bool plain, bool quoted)
{
    yaml_event_t event;
    // libyaml copies the text but does not take it as constant, and counts in int.
    if (text.size > INT32_MAX)
        return false;
    return emit(writer, &event,
                yaml_scalar_event_initialize(&event, NULL, NULL,
                                             (yaml_char_t *)(uintptr_t)(text.data != NULL ? text.data : ""),
                                             (int)text.size, plain, quoted, YAML_ANY_SCALAR_STYLE));
}

static bool write_text(struct writer *writer, struct slice text)
{
    return write_scalar(writer, text, yaml_scalar_kind(text) == YAML_KIND_TEXT, true);
}

static bool write_moment(struct writer *writer, struct slice text)
{
    BUFFER_AUTO moment = {0};
    for (size_t i = 0; i < text.size; i++)
        buffer_append_char(&moment, text.data[i] == 'T' ? ' ' : text.data[i]);
    return write_scalar(writer, buffer_slice(&moment), true, false);
}

static bool write_string(struct writer *writer, const json_t *value)
{
    struct slice text = {json_string_value(value), json_string_length(value)};
    bool moment = writer->moments && yaml_scalar_kind(text) == YAML_KIND_TIMESTAMP;
    return moment ? write_moment(writer, text) : write_text(writer, text);
}

static bool write_list(struct writer *writer, const json_t *list, yaml_char_t *anchor)
{
    yaml_event_t event;
    if (!emit(writer, &event, yaml_sequence_start_event_initialize(&event, anchor, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE)))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!write_node(writer, json_array_get(list, i)))
            return false;
    return emit(writer, &event, yaml_sequence_end_event_initialize(&event));
}

static bool write_map(struct writer *writer, const json_t *object, yaml_char_t *anchor)
{
    yaml_event_t event;
    KEYS_AUTO keys = keys_of(object);
    if (!emit(writer, &event, yaml_mapping_start_event_initialize(&event, anchor, NULL, 1, YAML_BLOCK_MAPPING_STYLE)))
        return false;
    for (size_t i = 0; i < keys.count; i++)
        if (!write_text(writer, keys.names[i]) ||
            !write_node(writer, json_object_getn(object, keys.names[i].data, keys.names[i].size)))
            return false;
    return emit(writer, &event, yaml_mapping_end_event_initialize(&event));
}

static bool write_container(struct writer *writer, const json_t *value)
{
    struct seen *seen = value->refcount > 1 ? find_seen(writer, value) : NULL;
    BUFFER_AUTO name = {0};
    if (seen != NULL && seen->anchor != 0)
        buffer_append_format(&name, "id%03u", seen->anchor);
    yaml_char_t *anchor = name.size > 0 ? (yaml_char_t *)name.data : NULL;
    if (anchor != NULL && seen->written) {
        yaml_event_t event;
        return emit(writer, &event, yaml_alias_event_initialize(&event, anchor));
    }
    if (seen != NULL)
        seen->written = true;
    return json_is_array(value) ? write_list(writer, value, anchor) : write_map(writer, value, anchor);
}

static bool write_number(struct writer *writer, const json_t *value)
{
    BUFFER_AUTO text = {0};
    if (json_is_integer(value))
        buffer_append_format(&text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else
        json_write_real(&text, json_real_value(value));
    return write_scalar(writer, buffer_slice(&text), true, false);
}

static bool write_node(struct writer *writer, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        return write_container(writer, value);
    case JSON_STRING:
        return write_string(writer, value);
    case JSON_INTEGER:
    case JSON_REAL:
        return write_number(writer, value);
    case JSON_TRUE:
        return write_scalar(writer, SLICE("true"), true, false);
    case JSON_FALSE:
        return write_scalar(writer, SLICE("false"), true, false);
    case JSON_NULL:
        break;
    }
    return write_scalar(writer, SLICE("null"), true, false);
}

static int append(void *out, unsigned char *text, size_t size)
{
    buffer_append(out, text, size);
    return 1;
}

static bool write_stream(struct writer *writer, const json_t *value)
{
    yaml_event_t event;
    return emit(writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING)) &&
           emit(writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1)) &&
           write_node(writer, value) && emit(writer, &event, yaml_document_end_event_initialize(&event, 1)) &&
           emit(writer, &event, yaml_stream_end_event_initialize(&event));
}

static bool write_whole(struct buffer *out, const json_t *value, bool moments, struct error *error)
{
    struct writer writer = {.moments = moments};
    if (yaml_emitter_initialize(&writer.emitter) == 0)
        return error_set(error, ERROR_INTERNAL, NULL, "libyaml could not be started");
    yaml_emitter_set_output(&writer.emitter, append, out);
    yaml_emitter_set_unicode(&writer.emitter, 1);
    find_shared(&writer, value);
    bool good = write_stream(&writer, value);
    if (!good)
        (void)error_set(error, ERROR_INTERNAL, NULL, "The result could not be written as YAML: %s",
                        writer.emitter.problem != NULL ? writer.emitter.problem : "a text is too large");
    yaml_emitter_delete(&writer.emitter);
    tdestroy(writer.seen, free);
    return good;
}

bool yaml_write(struct buffer *out, const json_t *value, struct error *error)
{
    return write_whole(out, value, false, error);
}

bool yaml_write_with_moments(struct buffer *out, const json_t *value, struct error *error)
{
    return write_whole(out, value, true, error);
}
