// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/xml.h"
#include "base/text.h"

void xml_open(struct buffer *out, const char *name)
{
    buffer_append_format(out, "<%s>", name);
}

void xml_close(struct buffer *out, const char *name)
{
    buffer_append_format(out, "</%s>", name);
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

void xml_text(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.size;) {
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
