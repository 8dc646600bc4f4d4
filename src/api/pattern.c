// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/api.h"
#include "base/text.h"

#include <string.h>

/** The blanks of Unicode, as far as a name could hide one. */
static bool is_white(unsigned long c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/** Control, format, surrogate and private-use characters, as far as text uses them. */
static bool is_control(unsigned long c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || (c >= 0xe000 && c <= 0xf8ff) ||
           c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || c >= 0xe0000;
}

/** What is not ASCII counts as a letter unless it is a control character: the tables of Unicode are not here. */
static const struct slice any_script = {"\\p{L}\\p{Z}\\p{N}", 15};

static bool in_class(const char *class, unsigned long c)
{
    if (strcmp(class, "\\S") == 0)
        return !is_white(c);
    if (strcmp(class, "\\P{C}") == 0)
        return !is_control(c);
    if (strcmp(class, "\\P{C}\\s") == 0)
        return !is_control(c) || is_white(c);
    if (slice_starts_with(slice_of(class), any_script)) {
        if (c < 0x80 ? c == ' ' || text_is_alpha((char)c) || text_is_digit((char)c) : !is_control(c))
            return true;
        class += any_script.size;
    }
    for (const char *at = class; *at != '\0'; at++) {
        if (at[1] == '-' && at[2] != '\0') {
            if (c >= (unsigned char)at[0] && c <= (unsigned char)at[2])
                return true;
            at += 2;
        } else if (c == (unsigned char)*at) {
            return true;
        }
    }
    return false;
}

bool api_pattern_matches(const struct api_pattern *pattern, struct slice text)
{
    const char *class = pattern->first;
    while (text.size > 0) {
        size_t size;
        unsigned long c = text_utf8_first(text, &size);
        bool last = size == text.size;
        if (!in_class(class, c) || (last && !in_class(pattern->last, c)))
            return false;
        class = pattern->rest;
        text = slice_part(text, size, text.size);
        // The last character belongs to its own class; it need not be of REST.
        if (text.size > 0) {
            size_t next;
            (void)text_utf8_first(text, &next);
            if (next == text.size)
                class = pattern->last;
        }
    }
    return true;
}
