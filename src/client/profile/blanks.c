// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile/blanks.h"

#include <string.h>

/** The white space beyond ASCII that str.isspace() knows; those of the first three end a line. */
static const char *const wide_blanks[] = {
    "\xc2\x85",     "\xe2\x80\xa8", "\xe2\x80\xa9", "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
    "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
};
#define WIDE_BLANKS (sizeof wide_blanks / sizeof *wide_blanks)
#define WIDE_ENDS 3

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f');
}

/** The number of bytes of one of the first COUNT wide blanks at AT, or 0. */
static size_t wide_at(const char *at, size_t size, size_t count)
{
    for (size_t i = 0; (unsigned char)*at >= 0x80 && i < count; i++) {
        size_t length = strlen(wide_blanks[i]);
        if (length <= size && strncmp(at, wide_blanks[i], length) == 0)
            return length;
    }
    return 0;
}

static size_t blank_at_start(struct slice text)
{
    return is_blank(text.data[0]) ? 1 : wide_at(text.data, text.size, WIDE_BLANKS);
}

static size_t blank_at_end(struct slice text)
{
    if (is_blank(text.data[text.size - 1]))
        return 1;
    for (size_t length = 2; length <= 3 && length <= text.size; length++)
        if (wide_at(text.data + text.size - length, length, WIDE_BLANKS) == length)
            return length;
    return 0;
}

struct slice blanks_trim(struct slice text)
{
    size_t blank;
    while (text.size > 0 && (blank = blank_at_start(text)) > 0)
        text = slice_part(text, blank, text.size);
    while (text.size > 0 && (blank = blank_at_end(text)) > 0)
        text.size -= blank;
    return text;
}

static size_t end_at(struct slice text, size_t at)
{
    char c = text.data[at];
    if ((c >= '\n' && c <= '\r') || (c >= '\x1c' && c <= '\x1e'))
        return 1;
    return wide_at(text.data + at, text.size - at, WIDE_ENDS);
}

bool blanks_cut_line(struct slice *rest, struct slice *line)
{
    if (rest->size == 0)
        return false;
    size_t end = 0;
    size_t length = 0;
    while (end < rest->size && (length = end_at(*rest, end)) == 0)
        end++;
    *line = slice_part(*rest, 0, end);
    *rest = slice_part(*rest, end + length, rest->size);
    return true;
}
