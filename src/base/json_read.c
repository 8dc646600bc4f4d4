// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json_read.h"
#include "base/json.h"
#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/** Deeper documents are left to jansson, which has a bound of its own. */
#define DEPTH_MAX 256

/** Integers of so many digits fit 64 bits; a real number may be longer by a point and an exponent. */
#define DIGITS_MAX 18
#define NUMBER_MAX 40

struct reader {
    struct slice text;
    size_t at;
    bool unique;
    unsigned depth;
    struct buffer unescaped;
};

static json_t *read_value(struct reader *reader);

/** The next byte, NUL at the end: that is in no JSON outside a string. */
static char peek(const struct reader *reader)
{
    return reader->at < reader->text.size ? reader->text.data[reader->at] : '\0';
}

static void skip_blanks(struct reader *reader)
{
    for (char c = peek(reader); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek(reader))
        reader->at++;
}

/** Goes past C and the blanks before it. */
static bool take(struct reader *reader, char c)
{
    skip_blanks(reader);
    if (peek(reader) != c)
        return false;
    reader->at++;
    return true;
}

// ------------------------------------------------------------------ strings

/** \uXXXX behind the u, for a character that needs no pair and is not U+0000. */
static bool read_unicode_escape(struct reader *reader)
{
    unsigned char pair[2];
    if (!text_hex_decode(slice_part(reader->text, reader->at, 4), pair, sizeof pair))
        return false;
    unsigned code = (unsigned)pair[0] << 8 | pair[1];
    reader->at += 4;
    if (code == 0 || (code >= 0xd800 && code < 0xe000))
        return false;
    if (code >= 0x800) {
        buffer_append_char(&reader->unescaped, (char)(0xe0 | code >> 12));
        buffer_append_char(&reader->unescaped, (char)(0x80 | (code >> 6 & 0x3f)));
    } else if (code >= 0x80) {
        buffer_append_char(&reader->unescaped, (char)(0xc0 | code >> 6));
    }
    buffer_append_char(&reader->unescaped, (char)(code < 0x80 ? code : 0x80 | (code & 0x3f)));
    return true;
}

/** Behind a backslash. */
static bool read_escape(struct reader *reader)
{
    static const char meanings[] = {
        ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
    unsigned char c = (unsigned char)peek(reader);
    reader->at++;
    if (c == 'u')
        return read_unicode_escape(reader);
    if (c >= sizeof meanings || meanings[c] == '\0')
        return false;
    buffer_append_char(&reader->unescaped, meanings[c]);
    return true;
}

/** The rest of a string whose first part holds no escape. */
static bool read_escaped(struct reader *reader, struct slice first)
{
    buffer_clear(&reader->unescaped);
    buffer_append_slice(&reader->unescaped, first);
    while (peek(reader) == '\\') {
        reader->at++;
        if (!read_escape(reader))
            return false;
        size_t plain = json_plain_run(reader->text, reader->at);
        buffer_append(&reader->unescaped, reader->text.data + reader->at, plain);
        reader->at += plain;
    }
    return true;
}

/** Behind the opening quote; what is read lasts until the next string. */
static bool read_string(struct reader *reader, bool escapes, struct slice *out)
{
    size_t plain = json_plain_run(reader->text, reader->at);
    *out = slice_part(reader->text, reader->at, plain);
    reader->at += plain;
    if (peek(reader) == '\\') {
        if (!escapes || !read_escaped(reader, *out))
            return false;
        *out = buffer_slice(&reader->unescaped);
    }
    if (peek(reader) != '"')
        return false;
    reader->at++;
    return true;
}

static json_t *read_text(struct reader *reader)
{
    struct slice text;
    reader->at++;
    // All of the document has been found to be UTF-8.
    return read_string(reader, true, &text) ? json_stringn_nocheck(text.data, text.size) : NULL;
}

// ------------------------------------------------------------------ numbers and words

static size_t skip_digits(struct reader *reader)
{
    size_t start = reader->at;
    while (text_is_digit(peek(reader)))
        reader->at++;
    return reader->at - start;
}

static json_t *read_real(struct slice digits)
{
    char text[NUMBER_MAX + 1];
    if (digits.size > NUMBER_MAX)
        return NULL;
    memcpy(text, digits.data, digits.size);
    text[digits.size] = '\0';
    double value = strtod(text, NULL);
    return isfinite(value) ? json_real(value) : NULL;
}

/** The part behind the point, and the exponent; false when one of them lacks its digits. */
static bool skip_fraction(struct reader *reader)
{
    if (peek(reader) == '.') {
        reader->at++;
        if (skip_digits(reader) == 0)
            return false;
    }
    if (text_lower(peek(reader)) != 'e')
        return true;
    reader->at++;
    reader->at += peek(reader) == '-' || peek(reader) == '+';
    return skip_digits(reader) > 0;
}

static json_t *read_number(struct reader *reader)
{
    size_t start = reader->at;
    reader->at += peek(reader) == '-';
    char first = peek(reader);
    size_t digits = skip_digits(reader);
    size_t end = reader->at;
    if (digits == 0 || (first == '0' && digits > 1) || !skip_fraction(reader))
        return NULL;
    if (reader->at > end)
        return read_real(slice_part(reader->text, start, reader->at - start));
    int64_t integer;
    if (digits > DIGITS_MAX || !text_parse_integer(slice_part(reader->text, start, end - start), &integer))
        return NULL;
    return json_integer(integer);
}

static json_t *read_word(struct reader *reader, struct slice word, json_t *value)
{
    if (!slice_equal(slice_part(reader->text, reader->at, word.size), word))
        return NULL;
    reader->at += word.size;
    return value;
}

// ------------------------------------------------------------------ lists and objects

static json_t *read_array(struct reader *reader)
{
    JSON_AUTO *array = json_array();
    reader->at++;
    if (take(reader, ']'))
        return json_incref(array);
    do {
        json_t *element = read_value(reader);
        if (element == NULL)
            return NULL;
        (void)json_array_append_new(array, element);
    } while (take(reader, ','));
    return take(reader, ']') ? json_incref(array) : NULL;
}

static bool read_member(struct reader *reader, json_t *object)
{
    struct slice name;
    size_t count = json_object_size(object);
    // A name with escapes would be in the way of its value's.
    if (!take(reader, '"') || !read_string(reader, false, &name) || !take(reader, ':'))
        return false;
    json_t *value = read_value(reader);
    if (value == NULL)
        return false;
    (void)json_object_setn_new_nocheck(object, name.data, name.size, value);
    return !reader->unique || json_object_size(object) > count;
}

static json_t *read_object(struct reader *reader)
{
    JSON_AUTO *object = json_object();
    reader->at++;
    if (take(reader, '}'))
        return json_incref(object);
    do {
        if (!read_member(reader, object))
            return NULL;
    } while (take(reader, ','));
    return take(reader, '}') ? json_incref(object) : NULL;
}

static json_t *read_container(struct reader *reader)
{
    if (reader->depth == DEPTH_MAX)
        return NULL;
    reader->depth++;
    json_t *value = peek(reader) == '[' ? read_array(reader) : read_object(reader);
    reader->depth--;
    return value;
}

static json_t *read_value(struct reader *reader)
{
    skip_blanks(reader);
    switch (peek(reader)) {
    case '"':
        return read_text(reader);
    case '[':
    case '{':
        return read_container(reader);
    case 't':
        return read_word(reader, SLICE("true"), json_true());
    case 'f':
        return read_word(reader, SLICE("false"), json_false());
    case 'n':
        return read_word(reader, SLICE("null"), json_null());
    default:
        return read_number(reader);
    }
}

json_t *json_read(struct slice text, bool unique)
{
    if (text_utf8_valid(text) < text.size)
        return NULL;
    struct reader reader = {.text = text, .unique = unique};
    JSON_AUTO *value = read_value(&reader);
    skip_blanks(&reader);
    buffer_free(&reader.unescaped);
    return reader.at == text.size ? json_incref(value) : NULL;
}
