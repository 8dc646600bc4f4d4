// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/xml.h"
#include "base/text.h"

void xml_open(struct buffer *out, const char *name)
{
    buffer_append_char(out, '<');
    buffer_append_text(out, name);
    buffer_append_char(out, '>');
}

void xml_close(struct buffer *out, const char *name)
{
    buffer_append(out, "</", 2);
    buffer_append_text(out, name);
    buffer_append_char(out, '>');
}

static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\r':
        return "&#13;"; // a parser would turn it into a line feed (XML 1.0 section 2.11)
    case '\t':
    case '\n':
        return NULL;
    default:
        return (unsigned char)c < 0x20 ? "\xef\xbf\xbd" : NULL;
    }
}

/** What of ASCII stands for itself, as a table: most of a text is that. */
static const bool is_plain[256] = {
    ['\t' ... '\n'] = true, [' ' ... '!'] = true, ['#' ... '%'] = true,
    ['(' ... ';'] = true,   ['='] = true,         ['?' ... 0x7f] = true,
};

/** How many characters from there on stand for themselves. */
static size_t count_plain(struct slice text, size_t start)
{
    size_t end = start;
    while (end < text.size && is_plain[(unsigned char)text.data[end]])
        end++;
    return end - start;
}

void xml_text(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.size;) {
        size_t plain = count_plain(text, i);
        buffer_append(out, text.data + i, plain);
        i += plain;
        if (i == text.size)
            return;
        const char *escape = escape_of(text.data[i]);
        if (escape != NULL) {
            buffer_append_text(out, escape);
            i++;
            continue;
        }
        size_t start = i++;
        while (i < text.size && escape_of(text.data[i]) == NULL)
            i++;
        text_append_utf8(out, slice_part(text, start, i - start), "\xef\xbf\xbd");
    }
}

void xml_element(struct buffer *out, const char *name, struct slice text)
{
    xml_open(out, name);
    xml_text(out, text);
    xml_close(out, name);
}

/** "&#x0010ffff;", with the zeros that are taken. */
#define LONGEST_REFERENCE ((size_t)12)

static void append_character(struct buffer *out, uint64_t code)
{
    if (code < 0x80) {
        buffer_append_char(out, (char)code);
    } else if (code < 0x800) {
        buffer_append_char(out, (char)(0xc0 | code >> 6));
        buffer_append_char(out, (char)(0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        buffer_append_char(out, (char)(0xe0 | code >> 12));
        buffer_append_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buffer_append_char(out, (char)(0x80 | (code & 0x3f)));
    } else {
        buffer_append_char(out, (char)(0xf0 | code >> 18));
        buffer_append_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
        buffer_append_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buffer_append_char(out, (char)(0x80 | (code & 0x3f)));
    }
}

/** The number of "#65" or "#x41"; 0 when it names no character that XML allows. */
static uint64_t character_number(struct slice digits)
{
    uint64_t code = 0;
    bool hexadecimal = digits.size > 1 && digits.data[1] == 'x';
    digits = slice_part(digits, hexadecimal ? 2 : 1, digits.size);
    if (digits.size == 0 || digits.size > 8)
        return 0;
    for (size_t i = 0; i < digits.size; i++) {
        char c = text_lower(digits.data[i]);
        if (text_is_digit(c))
            code = code * (hexadecimal ? 16 : 10) + (uint64_t)(c - '0');
        else if (hexadecimal && c >= 'a' && c <= 'f')
            code = code * 16 + (uint64_t)(c - 'a' + 10);
        else
            return 0;
    }
    bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    return control || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff ? 0 : code;
}

size_t xml_read_reference(struct slice text, struct buffer *out)
{
    static const struct {
        const char *name;
        char character;
    } predefined[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    if (!slice_starts_with(text, SLICE("&")))
        return 0;
    // No reference is longer; a text of ampersands would be searched to its end for each.
    struct slice most = slice_part(text, 0, LONGEST_REFERENCE);
    size_t end = slice_find(most, ';', 0);
    struct slice name = slice_part(most, 1, end - 1);
    if (end == most.size)
        return 0;
    for (size_t i = 0; i < sizeof predefined / sizeof *predefined; i++) {
        if (!slice_is(name, predefined[i].name))
            continue;
        buffer_append_char(out, predefined[i].character);
        return end + 1;
    }
    uint64_t code = name.size > 1 && name.data[0] == '#' ? character_number(name) : 0;
    if (code != 0)
        append_character(out, code);
    return code != 0 ? end + 1 : 0;
}
