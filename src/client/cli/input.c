// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/input.h"
#include "base/json.h"
#include "client/cli/document.h"
#include "client/cli/integer.h"
#include "client/cli/paramfile.h"
#include "client/cli/shorthand.h"
#include "client/python.h"

#include <string.h>

/** One value of an option on its way into the input. */
struct reading {
    const struct api_member *member;
    const struct argument *argument;
    environment_function *environment;
    struct arena *arena;
    struct input *out;
    struct error *error;
};

static bool refuse(struct reading *reading, const char *words)
{
    return error_set(reading->error, ERROR_PARAMETER, NULL, "Error parsing parameter '%s': %s", reading->argument->name,
                     words);
}

static void add_literal(struct reading *reading, const json_t *place, struct slice text, const char *type)
{
    struct input_literal *literal = arena_allocate(reading->arena, 1, sizeof *literal);
    *literal = (struct input_literal){.place = place,
                                      .text = arena_copy(reading->arena, text.data, text.size),
                                      .type = type,
                                      .next = reading->out->literals};
    reading->out->literals = literal;
}

/** Makes what stands for the literal among the values. */
static json_t *keep_literal(struct reading *reading, const char *type, struct slice text)
{
    json_t *place = json_real(0);
    add_literal(reading, place, text, type);
    return place;
}

static void keep_foreign(void *context, const json_t *place, struct slice text, const char *type)
{
    add_literal(context, place, text, type);
}

/** What is no number is shown as the text or the bytes that it came as. */
static json_t *read_integer(struct reading *reading, struct slice text, enum paramfile_kind kind)
{
    BUFFER_AUTO decimal = {0};
    BUFFER_AUTO shown = {0};
    if (kind == PARAMFILE_BYTES && !integer_read(text, &decimal)) {
        python_write_bytes(&shown, text);
        (void)error_set(reading->error, ERROR_INTERNAL, NULL, "invalid literal for int() with base 10: %s",
                        buffer_text(&shown));
        return NULL;
    }
    if (decimal.size == 0 && !integer_require(text, &decimal, reading->error))
        return NULL;
    json_t *number = integer_json(buffer_slice(&decimal));
    return number != NULL ? number : keep_literal(reading, "int", buffer_slice(&decimal));
}

static json_t *read_scalar(struct reading *reading)
{
    BUFFER_AUTO text = {0};
    enum paramfile_kind kind = PARAMFILE_LITERAL;
    const char *value = reading->argument->values[0];
    if (!paramfile_read(reading->argument->name, value, reading->environment, &text, &kind, reading->error))
        return NULL;
    enum api_type type = reading->member->shape->type;
    if (type == API_INTEGER || type == API_LONG)
        return read_integer(reading, buffer_slice(&text), kind);
    if (kind == PARAMFILE_BYTES) {
        BUFFER_AUTO repr = {0};
        python_write_bytes(&repr, buffer_slice(&text));
        return keep_literal(reading, "bytes", buffer_slice(&repr));
    }
    return json_stringn(buffer_text(&text), text.size);
}

static bool looks_like_json(struct slice text)
{
    struct slice trimmed = slice_trim(text);
    return trimmed.size > 0 && (trimmed.data[0] == '[' || trimmed.data[0] == '{');
}

static json_t *read_json(struct reading *reading, struct slice text)
{
    ERROR_AUTO reason = {0};
    json_t *value = json_parse(text, &reason);
    if (value != NULL)
        return value;
    BUFFER_AUTO words = {0};
    buffer_append_format(&words, "Invalid JSON: %s\nJSON received: %.*s", reason.message, SLICE_ARGS(text));
    (void)refuse(reading, buffer_text(&words));
    return NULL;
}

static json_t *read_shorthand(struct reading *reading, const struct api_shape *shape, struct slice text)
{
    ERROR_AUTO reason = {0};
    json_t *value = shorthand_parse(text, &reason);
    if (value == NULL) {
        (void)refuse(reading, reason.message);
        return NULL;
    }
    if (shorthand_apply_types(value, shape, reading->error))
        return value;
    json_decref(value);
    return NULL;
}

/** One element of a list, or a whole structure. */
static json_t *read_complex(struct reading *reading, const struct api_shape *shape, struct slice text, bool as_json)
{
    if (shape->type != API_STRUCTURE && shape->type != API_LIST)
        return json_stringn(text.data, text.size);
    if (!as_json)
        return read_shorthand(reading, shape, text);
    struct slice trimmed = slice_trim(text);
    if (trimmed.size > 0 && trimmed.data[0] == '{')
        return read_json(reading, text);
    BUFFER_AUTO words = {0};
    buffer_append_format(&words, "Invalid JSON:\n%.*s", SLICE_ARGS(text));
    (void)refuse(reading, buffer_text(&words));
    return NULL;
}

/**
 * A list's values: one JSON array, or one element a word, all in the form of the first. A single word may name a
 * file.
 */
static json_t *read_list(struct reading *reading)
{
    const struct argument *argument = reading->argument;
    BUFFER_AUTO only = {0};
    enum paramfile_kind kind = PARAMFILE_LITERAL;
    if (argument->value_count == 1 &&
        !paramfile_read(argument->name, argument->values[0], reading->environment, &only, &kind, reading->error))
        return NULL;
    struct slice whole = slice_trim(buffer_slice(&only));
    if (whole.size > 0 && whole.data[0] == '[')
        return read_json(reading, buffer_slice(&only));
    JSON_AUTO *list = json_array();
    bool as_json = false;
    for (size_t i = 0; i < argument->value_count; i++) {
        struct slice text = argument->value_count == 1 ? buffer_slice(&only) : slice_of(argument->values[i]);
        as_json = as_json || (i == 0 && looks_like_json(text));
        json_t *element = read_complex(reading, reading->member->shape->element, text, as_json);
        if (element == NULL || json_array_append_new(list, element) != 0)
            return NULL;
    }
    return json_incref(list);
}

static json_t *read_structure(struct reading *reading)
{
    BUFFER_AUTO text = {0};
    enum paramfile_kind kind = PARAMFILE_LITERAL;
    if (!paramfile_read(reading->argument->name, reading->argument->values[0], reading->environment, &text, &kind,
                        reading->error))
        return NULL;
    return read_complex(reading, reading->member->shape, buffer_slice(&text), looks_like_json(buffer_slice(&text)));
}

static json_t *read_member(struct reading *reading)
{
    switch (reading->member->shape->type) {
    case API_LIST:
        return read_list(reading);
    case API_STRUCTURE:
        return read_structure(reading);
    case API_BOOLEAN:
        return json_true();
    case API_STRING:
    case API_INTEGER:
    case API_LONG:
    case API_TIMESTAMP:
        break;
    }
    return read_scalar(reading);
}

static bool read_options(const struct operation_options *options, struct reading *reading)
{
    const struct api_shape *shape = options->operation->input;
    for (size_t i = 0; i < shape->member_count; i++) {
        reading->member = &shape->members[i];
        reading->argument = options->members[i].set;
        json_t *value = NULL;
        if (options->members[i].unset != NULL && options->members[i].unset->given)
            value = json_false();
        else if (reading->argument->given)
            value = read_member(reading);
        else
            continue;
        if (value == NULL || json_object_set_new(reading->out->values, reading->member->name, value) != 0)
            return false;
    }
    return true;
}

/** The document fills in what the options left open. */
static bool read_document(const struct operation_options *options, struct reading *reading)
{
    JSON_AUTO *document = NULL;
    if (!document_read(options, reading->environment, keep_foreign, reading, &document, reading->error))
        return false;
    const char *key;
    json_t *value;
    json_object_foreach(document, key, value)
    {
        if (json_object_get(reading->out->values, key) == NULL)
            (void)json_object_set(reading->out->values, key, value);
    }
    return true;
}

bool input_read(const struct operation_options *options, environment_function *environment, struct arena *arena,
                struct input *out, struct error *error)
{
    *out = (struct input){.values = json_object()};
    struct reading reading = {.environment = environment, .arena = arena, .out = out, .error = error};
    if (read_options(options, &reading) && read_document(options, &reading))
        return true;
    if (error->class == ERROR_NONE)
        (void)error_set(error, ERROR_PARAMETER, NULL, "The value of a parameter is not UTF-8");
    input_free(out);
    return false;
}

const struct input_literal *input_find_literal(const struct input *input, const json_t *value)
{
    const struct input_literal *literal = input->literals;
    while (literal != NULL && literal->place != value)
        literal = literal->next;
    return literal;
}

/** VALUE with its literals replaced. A new reference. */
static json_t *wire(const struct input *input, json_t *value)
{
    const struct input_literal *literal = json_is_real(value) ? input_find_literal(input, value) : NULL;
    if (literal != NULL)
        return json_string(literal->text);
    if (!json_is_object(value) && !json_is_array(value))
        return json_incref(value);
    json_t *copy = json_copy(value);
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member)
    {
        (void)json_object_set_new(copy, key, wire(input, member));
    }
    for (size_t i = 0; i < json_array_size(value); i++)
        (void)json_array_set_new(copy, i, wire(input, json_array_get(value, i)));
    return copy;
}

json_t *input_wire(const struct input *input)
{
    return input->literals != NULL ? wire(input, input->values) : json_copy(input->values);
}

void input_free(struct input *input)
{
    json_decref(input->values);
    *input = (struct input){0};
}
