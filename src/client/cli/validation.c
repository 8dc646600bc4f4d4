// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/validation.h"
#include "client/python.h"

#include <string.h>

struct report {
    const struct input *input;
    struct buffer lines;
};

static const char *place_name(const struct api_finding *finding)
{
    return finding->path[0] == '\0' ? "input" : finding->path;
}

static void write_unknown(struct buffer *out, const struct api_finding *finding)
{
    buffer_append_format(out, "Unknown parameter in %s: \"%s\", must be one of: ", place_name(finding), finding->name);
    for (size_t i = 0; i < finding->shape->member_count; i++)
        buffer_append_format(out, "%s%s", i > 0 ? ", " : "", finding->shape->members[i].name);
}

static const char *valid_types(enum api_type type)
{
    switch (type) {
    case API_STRING:
        return "<class 'str'>";
    case API_INTEGER:
    case API_LONG:
        return "<class 'int'>";
    case API_BOOLEAN:
        return "<class 'bool'>";
    case API_TIMESTAMP:
        return "<class 'datetime.datetime'>, timestamp-string";
    case API_LIST:
        return "<class 'list'>, <class 'tuple'>";
    case API_STRUCTURE:
        break;
    }
    return "<class 'dict'>";
}

static void write_minimum(struct buffer *out, const char *what, const struct api_finding *finding, struct slice value)
{
    buffer_append_format(out, "Invalid %s for parameter %s, value: %.*s, valid min %s: %lld", what, place_name(finding),
                         SLICE_ARGS(value), what, (long long)finding->shape->min);
}

/** The number of characters of a string, or of elements of a list. */
static size_t length_of(const json_t *value)
{
    if (json_is_array(value))
        return json_array_size(value);
    size_t count = 0;
    for (size_t i = 0; i < json_string_length(value); i++)
        count += ((unsigned char)json_string_value(value)[i] & 0xc0) != 0x80;
    return count;
}

static void write_short(struct buffer *out, const struct api_finding *finding)
{
    BUFFER_AUTO length = {0};
    buffer_append_format(&length, "%zu", length_of(finding->value));
    write_minimum(out, "length", finding, buffer_slice(&length));
}

static void write_small(struct buffer *out, const struct api_finding *finding)
{
    BUFFER_AUTO value = {0};
    python_write_text(&value, finding->value);
    write_minimum(out, "value", finding, buffer_slice(&value));
}

static bool is_integer(const struct api_shape *shape)
{
    return shape->type == API_INTEGER || shape->type == API_LONG;
}

static void write_type(struct buffer *out, const struct api_finding *finding, const char *value, const char *type)
{
    buffer_append_format(out, "Invalid type for parameter %s, value: %s, type: <class '%s'>, valid types: %s",
                         place_name(finding), value, type, valid_types(finding->shape->type));
}

/** What stands for a value that JSON cannot hold is of no member's type, so every finding of it is a wrong type. */
static void write_literal(struct buffer *out, const struct api_finding *finding, const struct input_literal *literal)
{
    if (!is_integer(finding->shape) || strcmp(literal->type, "int") != 0)
        write_type(out, finding, literal->text, literal->type);
    else if (literal->text[0] == '-' && finding->shape->has_min)
        write_minimum(out, "value", finding, slice_of(literal->text));
}

static void write_wrong_type(struct buffer *out, const struct api_finding *finding, const struct input *input)
{
    const struct input_literal *literal = input_find_literal(input, finding->value);
    if (literal != NULL) {
        write_literal(out, finding, literal);
        return;
    }
    // Python's True and False are the numbers 1 and 0.
    if (json_is_boolean(finding->value) && is_integer(finding->shape)) {
        if (finding->shape->has_min && (json_is_true(finding->value) ? 1 : 0) < finding->shape->min)
            write_small(out, finding);
        return;
    }
    BUFFER_AUTO value = {0};
    python_write_text(&value, finding->value);
    write_type(out, finding, buffer_text(&value), python_type_name(finding->value));
}

static void add_finding(void *context, const struct api_finding *finding)
{
    struct report *report = context;
    BUFFER_AUTO line = {0};
    switch (finding->problem) {
    case API_MISSING:
        buffer_append_format(&line, "Missing required parameter in %s: \"%s\"", place_name(finding), finding->name);
        break;
    case API_UNKNOWN:
        write_unknown(&line, finding);
        break;
    case API_WRONG_TYPE:
        write_wrong_type(&line, finding, report->input);
        break;
    case API_TOO_SHORT:
        write_short(&line, finding);
        break;
    case API_TOO_SMALL:
        write_small(&line, finding);
        break;
    case API_TOO_LONG:
    case API_TOO_LARGE:
    case API_NO_MATCH:
    case API_NO_CHOICE:
        break;
    }
    if (line.size > 0)
        buffer_append_format(&report->lines, "\n%s", buffer_text(&line));
}

bool validation_check(const struct api_shape *shape, const struct input *input, struct error *error)
{
    struct report report = {.input = input};
    (void)api_validate(shape, input->values, add_finding, &report);
    bool clean = report.lines.size == 0;
    if (!clean)
        (void)error_set(error, ERROR_PARAMETER, NULL, "Parameter validation failed:%s", buffer_text(&report.lines));
    buffer_free(&report.lines);
    return clean;
}
