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
