// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/python.h"
#include "base/json.h"
#include "base/text.h"

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

/** What is neither ASCII nor printable: control, format, surrogate, private, blank. Unicode 14, as Python 3.11's. */
static const struct {
    uint32_t first;
    uint32_t last;
} hidden[] = {
    {0x80, 0xa0},         {0xad, 0xad},       {0x600, 0x605},     {0x61c, 0x61c},     {0x6dd, 0x6dd},
    {0x70f, 0x70f},       {0x890, 0x891},     {0x8e2, 0x8e2},     {0x1680, 0x1680},   {0x180e, 0x180e},
    {0x2000, 0x200f},     {0x2028, 0x202f},   {0x205f, 0x206f},   {0x3000, 0x3000},   {0xd800, 0xf8ff},
    {0xfeff, 0xfeff},     {0xfff9, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x13438},
    {0x1bca0, 0x1bca3},   {0x1d173, 0x1d17a}, {0xe0001, 0xe0001}, {0xe0020, 0xe007f}, {0xf0000, 0xffffd},
    {0x100000, 0x10fffd},
};

static bool is_hidden(uint32_t code)
{
    size_t i = 0;
    while (i < sizeof hidden / sizeof *hidden && code > hidden[i].last)
        i++;
    return i < sizeof hidden / sizeof *hidden && code >= hidden[i].first;
}

static void write_ascii(struct buffer *out, char c, char quote)
{
    char escape = short_escape((unsigned char)c);
    if (c == quote)
        buffer_append_format(out, "\\%c", quote);
    else if (escape != '\0')
        buffer_append_format(out, "\\%c", escape);
    else if (c < 0x20 || c == 0x7f)
        buffer_append_format(out, "\\x%02x", (unsigned)c);
    else
        buffer_append_char(out, c);
}

/** The character at the start of TEXT, which is well-formed UTF-8. @return its size. */
static size_t write_character(struct buffer *out, struct slice text)
{
    size_t size;
    uint32_t code = text_utf8_first(text, &size);
    if (is_hidden(code))
        buffer_append_format(out, code < 0x100 ? "\\x%02x" : code < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)code);
    else
        buffer_append(out, text.data, size);
    return size;
}

static char quote_for(struct slice text)
{
    bool has_single = slice_find(text, '\'', 0) < text.size;
    bool has_double = slice_find(text, '"', 0) < text.size;
    return has_single && !has_double ? '"' : '\'';
}

void python_write_quoted(struct buffer *out, struct slice text)
{
    char quote = quote_for(text);
    buffer_append_char(out, quote);
    for (size_t at = 0, valid = 0; at < text.size;) {
        if (at >= valid)
            valid = at + text_utf8_valid(slice_part(text, at, text.size));
        if ((unsigned char)text.data[at] < 0x80)
            write_ascii(out, text.data[at++], quote);
        else if (at < valid)
            at += write_character(out, slice_part(text, at, text.size));
        else // what is no UTF-8 is a lone surrogate to Python
            buffer_append_format(out, "\\udc%02x", (unsigned char)text.data[at++]);
    }
    buffer_append_char(out, quote);
}

void python_write_bytes(struct buffer *out, struct slice bytes)
{
    char quote = quote_for(bytes);
    buffer_append_format(out, "b%c", quote);
    for (size_t i = 0; i < bytes.size; i++)
        if ((unsigned char)bytes.data[i] < 0x80)
            write_ascii(out, bytes.data[i], quote);
        else
            buffer_append_format(out, "\\x%02x", (unsigned char)bytes.data[i]);
    buffer_append_char(out, quote);
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
