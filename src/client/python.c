// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/python.h"
#include "base/json.h"

#include <stdint.h>
#include <string.h>

/** The short escape of a control character, or 0. */
static char short_escape(unsigned char c)
{
    switch (c) {
    case '\\':
        return '\\';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return '\0';
    }
}

static void write_escaped(struct buffer *out, struct slice text, bool ascii_only)
{
    bool has_single = slice_find(text, '\'', 0) < text.size;
    bool has_double = slice_find(text, '"', 0) < text.size;
    char quote = has_single && !has_double ? '"' : '\'';
    buffer_append_char(out, quote);
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        char escape = short_escape(c);
        if (c == (unsigned char)quote)
            buffer_append_format(out, "\\%c", quote);
        else if (escape != '\0')
            buffer_append_format(out, "\\%c", escape);
        else if (c < 0x20 || c == 0x7f || (ascii_only && c > 0x7f))
            buffer_append_format(out, "\\x%02x", c);
        else
            buffer_append_char(out, (char)c);
    }
    buffer_append_char(out, quote);
}

void python_write_quoted(struct buffer *out, struct slice text)
{
    write_escaped(out, text, false);
}

void python_write_bytes(struct buffer *out, struct slice bytes)
{
    buffer_append_char(out, 'b');
    write_escaped(out, bytes, true);
}

static void write_list(struct buffer *out, const json_t *list)
{
    buffer_append_char(out, '[');
    for (size_t i = 0; i < json_array_size(list); i++) {
        buffer_append_text(out, i > 0 ? ", " : "");
        python_write_repr(out, json_array_get(list, i));
    }
    buffer_append_char(out, ']');
}

static void write_dict(struct buffer *out, const json_t *object)
{
    bool first = true;
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)object;
    buffer_append_char(out, '{');
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        buffer_append_text(out, first ? "" : ", ");
        first = false;
        python_write_quoted(out, (struct slice){json_object_iter_key(at), json_object_iter_key_len(at)});
        buffer_append_text(out, ": ");
        python_write_repr(out, json_object_iter_value(at));
    }
    buffer_append_char(out, '}');
}

void python_write_repr(struct buffer *out, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        write_dict(out, value);
        return;
    case JSON_ARRAY:
        write_list(out, value);
        return;
    case JSON_STRING:
        python_write_quoted(out, (struct slice){json_string_value(value), json_string_length(value)});
        return;
    case JSON_INTEGER:
        buffer_append_format(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return;
    case JSON_REAL:
        json_write_real(out, json_real_value(value));
        return;
    case JSON_TRUE:
        buffer_append_text(out, "True");
        return;
    case JSON_FALSE:
        buffer_append_text(out, "False");
        return;
    case JSON_NULL:
        buffer_append_text(out, "None");
        return;
    }
}

void python_write_text(struct buffer *out, const json_t *value)
{
    if (json_is_string(value))
        buffer_append(out, json_string_value(value), json_string_length(value));
    else
        python_write_repr(out, value);
}

const char *python_type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "dict";
    case JSON_ARRAY:
        return "list";
    case JSON_STRING:
        return "str";
    case JSON_INTEGER:
        return "int";
    case JSON_REAL:
        return "float";
    case JSON_TRUE:
    case JSON_FALSE:
        return "bool";
    case JSON_NULL:
        break;
    }
    return "NoneType";
}

/** What is white space to Python beyond ASCII, in UTF-8. */
static const struct slice blanks[] = {
    SLICE("\xc2\x85"),     SLICE("\xc2\xa0"),     SLICE("\xe1\x9a\x80"), SLICE("\xe2\x80\x80"), SLICE("\xe2\x80\x81"),
    SLICE("\xe2\x80\x82"), SLICE("\xe2\x80\x83"), SLICE("\xe2\x80\x84"), SLICE("\xe2\x80\x85"), SLICE("\xe2\x80\x86"),
    SLICE("\xe2\x80\x87"), SLICE("\xe2\x80\x88"), SLICE("\xe2\x80\x89"), SLICE("\xe2\x80\x8a"), SLICE("\xe2\x80\xa8"),
    SLICE("\xe2\x80\xa9"), SLICE("\xe2\x80\xaf"), SLICE("\xe2\x81\x9f"), SLICE("\xe3\x80\x80"),
};

static bool is_ascii_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

/** The size of the blank that TEXT starts with (or ends with), 0 when there is none. */
static size_t blank_size(struct slice text, bool at_end)
{
    if (text.size > 0 && is_ascii_blank(text.data[at_end ? text.size - 1 : 0]))
        return 1;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (at_end ? slice_ends_with(text, blanks[i]) : slice_starts_with(text, blanks[i]))
            return blanks[i].size;
    return 0;
}

struct slice python_strip_left(struct slice text)
{
    for (size_t size; (size = blank_size(text, false)) > 0;)
        text = slice_part(text, size, text.size);
    return text;
}

struct slice python_strip(struct slice text)
{
    text = python_strip_left(text);
    for (size_t size; (size = blank_size(text, true)) > 0;)
        text.size -= size;
    return text;
}

bool python_fail_system(int number, const char *name, struct error *error)
{
    BUFFER_AUTO quoted = {0};
    python_write_quoted(&quoted, slice_of(name));
    return error_set(error, ERROR_INTERNAL, NULL, "[Errno %d] %s: %s", number, strerror(number), buffer_text(&quoted));
}
