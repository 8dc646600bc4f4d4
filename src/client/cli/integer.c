// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/integer.h"
#include "base/text.h"
#include "client/python.h"

#include <stdint.h>

/** Python refuses longer ones (sys.int_info.default_max_str_digits). */
#define DIGITS_MAX 4300

/** The zeros of the decimal digits beyond ASCII; nine more follow each (Unicode's general category Nd). */
static const uint32_t zeros[] = {
    0x660,   0x6f0,   0x7c0,   0x966,   0x9e6,   0xa66,   0xae6,   0xb66,   0xbe6,   0xc66,   0xce6,
    0xd66,   0xde6,   0xe50,   0xed0,   0xf20,   0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,
    0x1a80,  0x1a90,  0x1b50,  0x1bb0,  0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,  0xa9f0,
    0xaa50,  0xabf0,  0xff10,  0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450,
    0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0,
    0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0};

/** Reads one character; its size, 0 at the end or when it is not UTF-8. */
static size_t read_character(struct slice text, size_t at, uint32_t *out)
{
    if (at >= text.size)
        return 0;
    unsigned char first = (unsigned char)text.data[at];
    size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (text_utf8_valid(slice_part(text, at, size)) != size)
        return 0;
    *out = size == 1 ? first : first & (0xffU >> (size + 1));
    for (size_t i = 1; i < size; i++)
        *out = *out << 6 | ((unsigned char)text.data[at + i] & 0x3f);
    return size;
}

/** The digit's value, or -1. */
static int digit_value(uint32_t character)
{
    if (character >= '0' && character <= '9')
        return (int)(character - '0');
    for (size_t i = 0; character >= 0x80 && i < sizeof zeros / sizeof *zeros; i++)
        if (character >= zeros[i] && character <= zeros[i] + 9)
            return (int)(character - zeros[i]);
    return -1;
}

static bool read_digits(struct slice text, struct buffer *out)
{
    bool after_digit = false;
    for (size_t at = 0; at < text.size;) {
        uint32_t character = 0;
        size_t size = read_character(text, at, &character);
        int digit = digit_value(character);
        if (size == 0 || (digit < 0 && !(character == '_' && after_digit)) || out->size > DIGITS_MAX)
            return false;
        after_digit = digit >= 0;
        if (after_digit)
            buffer_append_char(out, (char)('0' + digit));
        at += size;
    }
    return after_digit;
}

bool integer_read(struct slice text, struct buffer *out)
{
    struct slice rest = python_strip(text);
    bool negative = rest.size > 0 && rest.data[0] == '-';
    if (negative || (rest.size > 0 && rest.data[0] == '+'))
        rest = slice_part(rest, 1, rest.size);
    BUFFER_AUTO digits = {0};
    if (!read_digits(rest, &digits))
        return false;
    size_t start = 0;
    while (start + 1 < digits.size && digits.data[start] == '0')
        start++;
    if (negative && digits.data[start] != '0')
        buffer_append_char(out, '-');
    buffer_append_slice(out, slice_part(buffer_slice(&digits), start, digits.size));
    return true;
}

bool integer_require(struct slice text, struct buffer *out, struct error *error)
{
    if (integer_read(text, out))
        return true;
    BUFFER_AUTO quoted = {0};
    python_write_quoted(&quoted, text);
    return error_set(error, ERROR_INTERNAL, NULL, "invalid literal for int() with base 10: %s", buffer_text(&quoted));
}

json_t *integer_json(struct slice decimal)
{
    int64_t number;
    return text_parse_integer(decimal, &number) ? json_integer(number) : NULL;
}
