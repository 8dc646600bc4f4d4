// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/shorthand.h"
#include "base/json.h"
#include "base/text.h"

#include <string.h>

#define DEPTH_MAX 64

struct reader {
    struct slice text;
    size_t at;
    unsigned depth;
    struct error *error;
};

/** Python's white space among ASCII. */
static bool is_blank(char c)
{
    return text_is_space(c) || (c >= 0x1c && c <= 0x1f);
}

/** The byte at the reader's place, or -1 at the end. */
static int current(const struct reader *reader)
{
    return reader->at < reader->text.size ? (unsigned char)reader->text.data[reader->at] : -1;
}

static void skip_blanks(struct reader *reader)
{
    while (current(reader) >= 0 && is_blank(reader->text.data[reader->at]))
        reader->at++;
}

/** The text with a caret under the place, on a line of its own after the line that holds it. */
static void write_location(struct buffer *out, const struct reader *reader, size_t at)
{
    size_t line_start = at;
    while (line_start > 0 && reader->text.data[line_start - 1] != '\n')
        line_start--;
    size_t line_end = slice_find(reader->text, '\n', at);
    size_t column = 0;
    for (size_t i = line_start; i < at && i < reader->text.size; i++)
        column += ((unsigned char)reader->text.data[i] & 0xc0) != 0x80;
    buffer_append_slice(out, slice_part(reader->text, 0, line_end));
    buffer_append_format(out, "\n%*s^", (int)(column & 0xffff), "");
    buffer_append_slice(out, slice_part(reader->text, line_end, reader->text.size));
}

static bool refuse(struct reader *reader, const char *expected, const char *received)
{
    BUFFER_AUTO location = {0};
    write_location(&location, reader, reader->at);
    return error_set(reader->error, ERROR_PARAMETER, NULL, "Expected: '%s', received: '%s' for input:\n%s", expected,
                     received, buffer_text(&location));
}

static bool expect(struct reader *reader, char c)
{
    if (current(reader) == (unsigned char)c) {
        reader->at++;
        return true;
    }
    size_t size = 1;
    while (reader->at + size < reader->text.size &&
           ((unsigned char)reader->text.data[reader->at + size] & 0xc0) == 0x80)
        size++;
    char received[8] = "EOF";
    if (current(reader) >= 0 && size < sizeof received) {
        memcpy(received, reader->text.data + reader->at, size);
        received[size] = '\0';
    }
    return refuse(reader, (char[]){c, '\0'}, received);
}

static bool expect_between_blanks(struct reader *reader, char c)
{
    skip_blanks(reader);
    if (!expect(reader, c))
        return false;
    skip_blanks(reader);
    return true;
}

/** A bare word that is a value alone may hold `=`; one in a comma-separated list ends there. */
enum word_place {
    WORD_FIRST,
    WORD_SECOND,
};

static bool starts_word(int c)
{
    return c > ' ' && strchr("\"',=[{", c) == NULL;
}

static bool continues_word(int c, enum word_place place)
{
    if (c < 0 || (c < ' ' && !is_blank((char)c)))
        return false;
    return strchr(place == WORD_FIRST ? "\"',]}" : "\"',=", c) == NULL;
}

/** Reads a bare word; false when none starts here. `\,` is a comma; blanks at its end are dropped. */
static bool read_word(struct reader *reader, enum word_place place, struct buffer *out)
{
    size_t start = reader->at;
    while (current(reader) >= 0) {
        int c = current(reader);
        bool escaped = c == '\\' && slice_starts_with(slice_part(reader->text, reader->at, 2), SLICE("\\,"));
        if (!escaped && !(reader->at == start ? starts_word(c) : continues_word(c, place)))
            break;
        reader->at += escaped ? 1 : 0;
        buffer_append_char(out, reader->text.data[reader->at++]);
    }
    size_t size = out->size;
    while (size > 0 && is_blank(out->data[size - 1]))
        size--;
    if (size < out->size)
        buffer_cut(out, size);
    return reader->at > start;
}

/**
 * The place of the quote that ends the value opened at START: the first that no backslash takes away, else the
 * last there is; 0 when there is none.
 */
static size_t find_closing_quote(struct slice text, size_t start)
{
    char quote = text.data[start];
    size_t last = 0;
    bool escaped = false;
    for (size_t i = start + 1; i < text.size; i++) {
        last = text.data[i] == quote ? i : last;
        if (text.data[i] == quote && !escaped)
            return i;
        escaped = text.data[i] == '\\' && !escaped;
    }
    return last;
}

/** Reads a quoted value; a backslash before the quote or a backslash takes it as it is. */
static bool read_quoted(struct reader *reader, struct buffer *out)
{
    char quote = reader->text.data[reader->at];
    size_t end = find_closing_quote(reader->text, reader->at);
    if (end == 0)
        return refuse(reader, quote == '\'' ? "<singled quoted>" : "<double quoted>", "<none>");
    for (size_t i = reader->at + 1; i < end; i++) {
        char c = reader->text.data[i];
        bool escape =
            c == '\\' && i + 1 < end && (reader->text.data[i + 1] == quote || reader->text.data[i + 1] == '\\');
        buffer_append_char(out, escape ? reader->text.data[++i] : c);
    }
    reader->at = end + 1;
    return true;
}

static json_t *string_of(const struct buffer *text)
{
    return json_stringn(buffer_text(text), text->size);
}

static json_t *read_value(struct reader *reader, enum word_place place)
{
    BUFFER_AUTO text = {0};
    bool quoted = current(reader) == '\'' || current(reader) == '"';
    if (quoted && !read_quoted(reader, &text))
        return NULL;
    if (!quoted && !read_word(reader, place, &text) && place == WORD_SECOND) {
        (void)refuse(reader, "<second>", "<none>");
        return NULL;
    }
    return string_of(&text);
}

static json_t *read_explicit(struct reader *reader);

/** `,` between the entries of a bracketed list or map, unless CLOSE comes. */
static bool separate(struct reader *reader, char close)
{
    skip_blanks(reader);
    if (current(reader) == (unsigned char)close)
        return true;
    if (!expect(reader, ','))
        return false;
    skip_blanks(reader);
    return true;
}

static json_t *read_list(struct reader *reader)
{
    JSON_AUTO *list = json_array();
    if (!expect_between_blanks(reader, '['))
        return NULL;
    while (current(reader) != ']') {
        json_t *value = read_explicit(reader);
        if (value == NULL || json_array_append_new(list, value) != 0 || !separate(reader, ']'))
            return NULL;
    }
    reader->at++;
    return json_incref(list);
}

static struct slice read_key(struct reader *reader)
{
    size_t start = reader->at;
    while (current(reader) >= 0) {
        char c = reader->text.data[reader->at];
        if (!text_is_alpha(c) && !text_is_digit(c) && (c == '\0' || strchr("-_.#/:", c) == NULL))
            break;
        reader->at++;
    }
    return slice_part(reader->text, start, reader->at - start);
}

static json_t *read_map(struct reader *reader)
{
    JSON_AUTO *map = json_object();
    if (!expect_between_blanks(reader, '{'))
        return NULL;
    while (current(reader) != '}') {
        struct slice key = read_key(reader);
        json_t *value = expect_between_blanks(reader, '=') ? read_explicit(reader) : NULL;
        if (value == NULL || json_object_setn_new(map, key.data, key.size, value) != 0 || !separate(reader, '}'))
            return NULL;
    }
    reader->at++;
    return json_incref(map);
}

static json_t *read_explicit(struct reader *reader)
{
    json_t *value = NULL;
    if (++reader->depth > DEPTH_MAX)
        (void)error_set(reader->error, ERROR_PARAMETER, NULL, "The value is nested more than %d deep", DEPTH_MAX);
    else if (current(reader) == '[')
        value = read_list(reader);
    else if (current(reader) == '{')
        value = read_map(reader);
    else
        value = read_value(reader, WORD_FIRST);
    reader->depth--;
    return value;
}

/**
 * `a` or `a,b,c`: a comma-separated list ends where the next `key=` begins, so a word that turns out to be a
 * key is given back: up to the nearest comma, be it an escaped one, as the AWS CLI does.
 */
static json_t *read_csv(struct reader *reader)
{
    json_t *first = read_value(reader, WORD_FIRST);
    if (first == NULL)
        return NULL;
    skip_blanks(reader);
    if (current(reader) != ',')
        return first;
    JSON_AUTO *list = json_array();
    (void)json_array_append(list, first);
    for (;;) {
        struct error *outer = reader->error;
        ERROR_AUTO inner = {0};
        reader->error = &inner;
        (void)expect_between_blanks(reader, ',');
        json_t *value = read_value(reader, WORD_SECOND);
        skip_blanks(reader);
        bool ended = current(reader) < 0;
        bool fits = value != NULL && (ended || current(reader) == ',');
        reader->error = outer;
        if (fits) {
            (void)json_array_append_new(list, value);
            if (!ended)
                continue;
        } else if (ended) {
            json_decref(value);
            json_decref(first);
            (void)error_move(outer, &inner);
            return NULL;
        } else {
            json_decref(value);
            while (reader->text.data[reader->at] != ',')
                reader->at--;
        }
        break;
    }
    if (json_array_size(list) == 1)
        return first;
    json_decref(first);
    return json_incref(list);
}

static json_t *read_member_value(struct reader *reader)
{
    if (current(reader) < 0)
        return json_string("");
    return current(reader) == '[' || current(reader) == '{' ? read_explicit(reader) : read_csv(reader);
}

static bool refuse_duplicate(struct reader *reader, struct slice key, size_t at)
{
    BUFFER_AUTO location = {0};
    write_location(&location, reader, at);
    return error_set(reader->error, ERROR_PARAMETER, NULL,
                     "Second instance of key \"%.*s\" encountered for input:\n%s\nThis is often because there is a "
                     "preceding \",\" instead of a space.",
                     SLICE_ARGS(key), buffer_text(&location));
}

json_t *shorthand_parse(struct slice text, struct error *error)
{
    struct reader reader = {.text = text, .error = error};
    if (text_utf8_valid(text) < text.size) {
        (void)error_set(error, ERROR_PARAMETER, NULL, "The value is not UTF-8");
        return NULL;
    }
    JSON_AUTO *result = json_object();
    size_t last = 0;
    do {
        if (json_object_size(result) > 0 && !expect_between_blanks(&reader, ','))
            return NULL;
        struct slice key = read_key(&reader);
        json_t *value = expect_between_blanks(&reader, '=') ? read_member_value(&reader) : NULL;
        if (value == NULL)
            return NULL;
        if (json_object_getn(result, key.data, key.size) != NULL) {
            json_decref(value);
            (void)refuse_duplicate(&reader, key, last + 1);
            return NULL;
        }
        (void)json_object_setn_new(result, key.data, key.size, value);
        last = reader.at;
    } while (reader.at < text.size);
    return json_incref(result);
}
