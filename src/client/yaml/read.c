// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/memory.h"
#include "client/python.h"
#include "client/yaml/yaml.h"

#include <stdint.h>
#include <stdlib.h>
#include <yaml.h>

/** A value that has a name, and how many values it comes to. */
struct anchor {
    char *name;
    json_t *value;
    size_t size;
};

struct reader {
    yaml_parser_t parser;
    struct anchor *anchors;
    size_t anchor_count;
    size_t depth;
    size_t values; // so far, with aliases expanded
    yaml_foreign_function *foreign;
    void *context;
    struct error *error; // never NULL
    struct error no_value;
};

static void free_event(yaml_event_t *event)
{
    yaml_event_delete(event);
}

#define EVENT_AUTO __attribute__((cleanup(free_event))) yaml_event_t

static json_t *read_node(struct reader *reader, yaml_event_t *event);

static json_t *refuse(struct reader *reader)
{
    if (reader->error->class == ERROR_NONE)
        (void)error_set(reader->error, ERROR_PARAMETER, NULL, "Invalid YAML received.");
    return NULL;
}

static bool next(struct reader *reader, yaml_event_t *event)
{
    *event = (yaml_event_t){0};
    return yaml_parser_parse(&reader->parser, event) != 0;
}

/** Counts values; false when there are too many. */
static bool count_values(struct reader *reader, size_t count)
{
    reader->values += count;
    if (reader->values <= YAML_VALUE_LIMIT)
        return true;
    return error_set(reader->error, ERROR_PARAMETER, NULL, "Invalid YAML received: it holds more than %d values.",
                     YAML_VALUE_LIMIT);
}

static bool enter(struct reader *reader)
{
    if (++reader->depth <= YAML_DEPTH_LIMIT)
        return true;
    return error_set(reader->error, ERROR_PARAMETER, NULL, "Invalid YAML received: it is nested deeper than %d levels.",
                     YAML_DEPTH_LIMIT);
}

static void keep_anchor(struct reader *reader, const yaml_char_t *name, json_t *value, size_t size)
{
    if (name == NULL)
        return;
    const char *text = (const char *)name;
    reader->anchors = memory_resize(reader->anchors, reader->anchor_count + 1, sizeof *reader->anchors);
    reader->anchors[reader->anchor_count++] =
        (struct anchor){memory_copy(text, strlen(text)), json_incref(value), size};
}

/** The last value of that name so far. One that is still being read has none yet, so nothing holds itself. */
static json_t *read_alias(struct reader *reader, const yaml_event_t *event)
{
    for (size_t i = reader->anchor_count; i-- > 0;)
        if (strcmp(reader->anchors[i].name, (const char *)event->data.alias.anchor) == 0)
            return count_values(reader, reader->anchors[i].size) ? json_incref(reader->anchors[i].value) : NULL;
    return refuse(reader);
}

/** By its tag, or by its text when it is plain. */
static bool find_kind(const yaml_event_t *event, enum yaml_kind *kind)
{
    static const struct {
        const char *tag;
        enum yaml_kind kind;
    } tags[] = {
        {YAML_STR_TAG, YAML_KIND_TEXT},
        {YAML_NULL_TAG, YAML_KIND_NULL},
        {YAML_BOOL_TAG, YAML_KIND_BOOLEAN},
        {YAML_INT_TAG, YAML_KIND_INTEGER},
        {YAML_FLOAT_TAG, YAML_KIND_REAL},
        {YAML_TIMESTAMP_TAG, YAML_KIND_TIMESTAMP},
        {"tag:yaml.org,2002:binary", YAML_KIND_BINARY},
    };
    const char *tag = (const char *)event->data.scalar.tag;
    struct slice text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    // A tag without a name asks for the meaning of the plain text.
    bool plain = event->data.scalar.plain_implicit || (tag != NULL && strcmp(tag, "!") == 0);
    if (plain)
        tag = NULL;
    *kind = plain ? yaml_scalar_kind(text) : YAML_KIND_TEXT;
    for (size_t i = 0; tag != NULL && i < sizeof tags / sizeof *tags; i++) {
        *kind = tags[i].kind;
        if (strcmp(tag, tags[i].tag) == 0)
            return true;
    }
    return tag == NULL;
}

static json_t *read_scalar(struct reader *reader, const yaml_event_t *event)
{
    enum yaml_kind kind;
    if (!find_kind(event, &kind))
        return refuse(reader);
    struct slice text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    ERROR_AUTO failure = {0};
    json_t *value = yaml_scalar_read(text, kind, reader->foreign, reader->context, &failure);
    if (value != NULL)
        return value;
    if (failure.class != ERROR_INTERNAL)
        return refuse(reader);
    // A mistake of the syntax, even behind it, is told before a value that is none.
    if (reader->no_value.class == ERROR_NONE)
        (void)error_move(&reader->no_value, &failure);
    return json_null();
}

static bool has_tag(const yaml_char_t *tag, const char *wanted)
{
    return tag == NULL || strcmp((const char *)tag, "!") == 0 || strcmp((const char *)tag, wanted) == 0;
}

static json_t *read_sequence(struct reader *reader, const yaml_event_t *start)
{
    if (!has_tag(start->data.sequence_start.tag, YAML_SEQ_TAG))
        return refuse(reader);
    JSON_AUTO *list = json_array();
    for (;;) {
        EVENT_AUTO event;
        if (!next(reader, &event))
            return refuse(reader);
        if (event.type == YAML_SEQUENCE_END_EVENT)
            return json_incref(list);
        json_t *element = read_node(reader, &event);
        if (element == NULL || json_array_append_new(list, element) != 0)
            return NULL;
    }
}

/** Keeps the text of a key that JSON cannot hold: a name is all that is needed of it. */
static void keep_key(void *context, const json_t *place, struct slice text, const char *type)
{
    (void)place;
    (void)type;
    buffer_append_slice(context, text);
}

/** A key as Python prints it; MERGE when it is `<<`. */
static bool read_key(struct reader *reader, const yaml_event_t *event, struct buffer *name, bool *merge)
{
    enum yaml_kind kind = YAML_KIND_TEXT;
    JSON_AUTO *value = NULL;
    if (event->type == YAML_ALIAS_EVENT) {
        value = read_alias(reader, event);
    } else if (event->type == YAML_SCALAR_EVENT && find_kind(event, &kind)) {
        struct slice text = {(const char *)event->data.scalar.value, event->data.scalar.length};
        if (kind == YAML_KIND_OTHER && slice_is(text, "="))
            kind = YAML_KIND_TEXT;
        value =
            kind == YAML_KIND_MERGE ? json_string("<<") : yaml_scalar_read(text, kind, keep_key, name, reader->error);
        keep_anchor(reader, event->data.scalar.anchor, value, 1);
    }
    *merge = kind == YAML_KIND_MERGE;
    if (value == NULL || json_is_object(value) || json_is_array(value))
        return false;
    if (name->size == 0)
        python_write_text(name, value);
    // A member's name without its end is another one.
    return slice_find(buffer_slice(name), '\0', 0) == name->size && count_values(reader, 1);
}

/** What `<<` names: a mapping, or a list of them of which the first has the last word. */
static bool merge_value(json_t *merged, const json_t *value)
{
    if (json_is_object(value))
        return json_object_update(merged, (json_t *)(uintptr_t)value) == 0;
    if (!json_is_array(value))
        return false;
    for (size_t i = json_array_size(value); i-- > 0;)
        if (json_object_update(merged, json_array_get(value, i)) != 0)
            return false;
    return true;
}

/** One key and its value, into OWN, or into MERGED for `<<`. */
static bool read_member(struct reader *reader, const yaml_event_t *key, json_t *own, json_t **merged)
{
    BUFFER_AUTO name = {0};
    bool merge;
    EVENT_AUTO event = {0};
    if (!read_key(reader, key, &name, &merge) || !next(reader, &event))
        return false;
    JSON_AUTO *value = read_node(reader, &event);
    if (value == NULL)
        return false;
    if (!merge)
        return json_object_getn(own, buffer_text(&name), name.size) == NULL &&
               json_object_setn(own, buffer_text(&name), name.size, value) == 0;
    if (*merged != NULL)
        return false;
    *merged = json_object();
    return merge_value(*merged, value);
}

static json_t *read_mapping(struct reader *reader, const yaml_event_t *start)
{
    if (!has_tag(start->data.mapping_start.tag, YAML_MAP_TAG))
        return refuse(reader);
    JSON_AUTO *own = json_object();
    JSON_AUTO *merged = NULL;
    for (;;) {
        EVENT_AUTO event;
        if (!next(reader, &event))
            return refuse(reader);
        if (event.type == YAML_MAPPING_END_EVENT)
            break;
        if (!read_member(reader, &event, own, &merged))
            return refuse(reader);
    }
    if (merged == NULL)
        return json_incref(own);
    return json_object_update(merged, own) == 0 ? json_incref(merged) : NULL;
}

/** The name of the node that EVENT starts. */
static const yaml_char_t *anchor_of(const yaml_event_t *event)
{
    if (event->type == YAML_SCALAR_EVENT)
        return event->data.scalar.anchor;
    return event->type == YAML_SEQUENCE_START_EVENT ? event->data.sequence_start.anchor
                                                    : event->data.mapping_start.anchor;
}

static json_t *read_node(struct reader *reader, yaml_event_t *event)
{
    if (event->type == YAML_ALIAS_EVENT)
        return read_alias(reader, event);
    size_t before = reader->values;
    if (!count_values(reader, 1) || !enter(reader))
        return NULL;
    json_t *value;
    if (event->type == YAML_SCALAR_EVENT)
        value = read_scalar(reader, event);
    else if (event->type == YAML_SEQUENCE_START_EVENT)
        value = read_sequence(reader, event);
    else
        value = read_mapping(reader, event);
    reader->depth--;
    if (value != NULL)
        keep_anchor(reader, anchor_of(event), value, reader->values - before);
    return value;
}

/** The stream's start and, when it is not empty, the document's; of YAML 1.1 we would read the words wrongly. */
static bool begin(struct reader *reader, bool *empty)
{
    EVENT_AUTO stream;
    if (!next(reader, &stream))
        return false;
    EVENT_AUTO document;
    if (!next(reader, &document))
        return false;
    *empty = document.type == YAML_STREAM_END_EVENT;
    const yaml_version_directive_t *version = document.data.document_start.version_directive;
    return *empty || version == NULL || (version->major == 1 && version->minor == 2);
}

/** Nothing may follow the document. */
static bool end(struct reader *reader)
{
    EVENT_AUTO document;
    if (!next(reader, &document))
        return false;
    EVENT_AUTO stream;
    return next(reader, &stream) && stream.type == YAML_STREAM_END_EVENT;
}

static json_t *read_document(struct reader *reader)
{
    bool empty;
    if (!begin(reader, &empty))
        return refuse(reader);
    if (empty)
        return json_null();
    EVENT_AUTO event;
    if (!next(reader, &event))
        return refuse(reader);
    JSON_AUTO *value = read_node(reader, &event);
    if (value == NULL || !end(reader))
        return refuse(reader);
    return json_incref(value);
}

static void free_reader(struct reader *reader)
{
    for (size_t i = 0; i < reader->anchor_count; i++) {
        free(reader->anchors[i].name);
        json_decref(reader->anchors[i].value);
    }
    free(reader->anchors);
    error_free(&reader->no_value);
    yaml_parser_delete(&reader->parser);
}

json_t *yaml_read(struct slice text, yaml_foreign_function *foreign, void *context, struct error *error)
{
    ERROR_AUTO failure = {0};
    struct reader reader = {.foreign = foreign, .context = context, .error = &failure};
    if (yaml_parser_initialize(&reader.parser) == 0) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "libyaml could not be started");
        return NULL;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)(text.data != NULL ? text.data : ""),
                                 text.size);
    JSON_AUTO *value = read_document(&reader);
    bool good = value != NULL && reader.no_value.class == ERROR_NONE;
    if (!good)
        (void)error_move(error, value == NULL ? &failure : &reader.no_value);
    free_reader(&reader);
    return good ? json_incref(value) : NULL;
}
