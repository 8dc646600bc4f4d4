// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/text.h"

#include <string.h>

// ------------------------------------------------------------------ hexadecimal

/** "d0" "d1" ... "d9", and on to "df". */
#define TENS(d) d "0" d "1" d "2" d "3" d "4" d "5" d "6" d "7" d "8" d "9"
#define SIXTEENS(d) TENS(d) d "a" d "b" d "c" d "d" d "e" d "f"

/** Both digits of every byte: what is hashed is written in them, at every request. */
static const char hex_pairs[] =
    SIXTEENS("0") SIXTEENS("1") SIXTEENS("2") SIXTEENS("3") SIXTEENS("4") SIXTEENS("5") SIXTEENS("6") SIXTEENS("7")
        SIXTEENS("8") SIXTEENS("9") SIXTEENS("a") SIXTEENS("b") SIXTEENS("c") SIXTEENS("d") SIXTEENS("e") SIXTEENS("f");
static const char hex_upper[] = "0123456789ABCDEF";

static int hex_value(char c)
{
    if (text_is_digit(c))
        return c - '0';
    c = text_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void text_hex_write(char *out, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        memcpy(out + 2 * i, hex_pairs + 2 * (size_t)bytes[i], 2);
    out[2 * size] = '\0';
}

void text_hex_encode(struct buffer *out, const void *data, size_t size)
{
    buffer_reserve(out, 2 * size);
    text_hex_write(out->data + out->size, data, size);
    out->size += 2 * size;
}

bool text_hex_decode(struct slice text, unsigned char *out, size_t size)
{
    if (text.size != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = hex_value(text.data[2 * i]);
        int low = hex_value(text.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

// ------------------------------------------------------------------ base64

static const char base64_plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64_url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Bytes that become digits in one step, and digits that they become. */
#define BASE64_FROM 12
#define BASE64_TO 16

/** What the processor works on at once; compilers make do where it cannot. */
typedef uint32_t base64_words __attribute__((vector_size(BASE64_TO)));
typedef signed char base64_values __attribute__((vector_size(BASE64_TO)));
typedef unsigned char base64_digits __attribute__((vector_size(BASE64_TO)));

/** VALUE where the condition holds, else 0: comparing vectors gives all ones or none. */
#define WHERE(condition, value) ((base64_digits)(condition) & (unsigned char)(value))

static uint32_t big_endian(const unsigned char *data)
{
    return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

/**
 * Writes BASE64_TO digits for BASE64_FROM bytes, of which one more may be read. Needs little-endian words.
 * @param plus  the digit of 62.
 * @param slash the digit of 63.
 */
static inline void base64_block(char *out, const unsigned char *data, char plus, char slash)
{
    base64_words words = {big_endian(data), big_endian(data + 3), big_endian(data + 6), big_endian(data + 9)};
    words = words >> 26 | (words >> 12 & 0x3f00) | (words << 2 & 0x3f0000) | (words << 16 & 0x3f000000);
    base64_values value = (base64_values)words; // signed, since many processors compare only those
    base64_digits digits = (base64_digits)words + 'A';
    digits += WHERE(value > 25, 'a' - 'Z' - 1);
    digits += WHERE(value > 51, '0' - 'z' - 1);
    digits += WHERE(value == 62, plus - '9' - 1);
    digits += WHERE(value == 63, slash - '9' - 2);
    memcpy(out, &digits, sizeof digits);
}

static void base64_encode(struct buffer *out, const unsigned char *data, size_t size, const char *alphabet, bool pad)
{
    buffer_reserve(out, (size / 3 + 1) * 4);
    char *digits = out->data + out->size;
    size_t i = 0;
    const char plus = alphabet[62];
    const char slash = alphabet[63];
    for (; __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && size - i > BASE64_FROM; i += BASE64_FROM) {
        base64_block(digits, data + i, plus, slash);
        digits += BASE64_TO;
    }
    for (; i + 2 < size; i += 3) {
        unsigned group = (unsigned)data[i] << 16 | (unsigned)data[i + 1] << 8 | (unsigned)data[i + 2];
        *digits++ = alphabet[group >> 18];
        *digits++ = alphabet[group >> 12 & 63];
        *digits++ = alphabet[group >> 6 & 63];
        *digits++ = alphabet[group & 63];
    }
    size_t left = size - i;
    if (left > 0) {
        unsigned group = (unsigned)data[i] << 16 | (left > 1 ? (unsigned)data[i + 1] << 8 : 0U);
        *digits++ = alphabet[group >> 18];
        *digits++ = alphabet[group >> 12 & 63];
        if (left > 1)
            *digits++ = alphabet[group >> 6 & 63];
        for (; pad && left < 3; left++)
            *digits++ = '=';
    }
    *digits = '\0';
    out->size = (size_t)(digits - out->data);
}

/** A digit's value and one, as tables: a token is decoded at many a request. 0: no digit. */
#define BASE64_COMMON                                                                                                  \
    ['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6, ['G'] = 7, ['H'] = 8, ['I'] = 9, ['J'] = 10,     \
    ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19,        \
    ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28,        \
    ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37,        \
    ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46,        \
    ['u'] = 47, ['v'] = 48, ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55,        \
    ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62
static const unsigned char base64_plain_values[256] = {BASE64_COMMON, ['+'] = 63, ['/'] = 64};
static const unsigned char base64_url_values[256] = {BASE64_COMMON, ['-'] = 63, ['_'] = 64};

/** Decodes digits without padding; the unused bits of the last digit must be zero. */
static bool base64_decode(struct slice text, struct buffer *out, const unsigned char *values)
{
    if (text.size % 4 == 1)
        return false;
    size_t start = out->size;
    buffer_reserve(out, text.size / 4 * 3 + 3);
    const unsigned char *digits = (const unsigned char *)text.data;
    unsigned char *bytes = (unsigned char *)out->data + start;
    bool good = true;
    size_t i = 0;
    for (; text.size - i >= 4; i += 4) {
        const unsigned v[] = {values[digits[i]], values[digits[i + 1]], values[digits[i + 2]], values[digits[i + 3]]};
        const unsigned group = (v[0] - 1) << 18 | (v[1] - 1) << 12 | (v[2] - 1) << 6 | (v[3] - 1);
        good &= v[0] != 0 && v[1] != 0 && v[2] != 0 && v[3] != 0;
        *bytes++ = (unsigned char)(group >> 16);
        *bytes++ = (unsigned char)(group >> 8);
        *bytes++ = (unsigned char)group;
    }
    size_t left = text.size - i;
    if (left > 0) {
        const unsigned v[] = {values[digits[i]], values[digits[i + 1]], left == 3 ? values[digits[i + 2]] : 1U};
        const unsigned group = (v[0] - 1) << 18 | (v[1] - 1) << 12 | (v[2] - 1) << 6;
        good &= v[0] != 0 && v[1] != 0 && v[2] != 0 && (group & (left == 3 ? 0xffU : 0xffffU)) == 0;
        *bytes++ = (unsigned char)(group >> 16);
        if (left == 3)
            *bytes++ = (unsigned char)(group >> 8);
    }
    out->size = (size_t)(bytes - (unsigned char *)out->data);
    out->data[out->size] = '\0';
    if (!good)
        buffer_cut(out, start);
    return good;
}

void text_base64url_encode(struct buffer *out, const void *data, size_t size)
{
    base64_encode(out, data, size, base64_url, false);
}

bool text_base64url_decode(struct slice text, struct buffer *out)
{
    return base64_decode(text, out, base64_url_values);
}

void text_base64_encode(struct buffer *out, const void *data, size_t size)
{
    base64_encode(out, data, size, base64_plain, true);
}

bool text_base64_decode(struct slice text, struct buffer *out)
{
    if (text.size % 4 != 0)
        return false;
    size_t padding = 0;
    while (padding < 2 && padding < text.size && text.data[text.size - 1 - padding] == '=')
        padding++;
    return base64_decode(slice_part(text, 0, text.size - padding), out, base64_plain_values);
}

// ------------------------------------------------------------------ percent-encoding

/** RFC 3986 section 2.3, as a table: this is asked for every character of every request. */
static const bool unreserved[256] = {
    ['-'] = true,         ['.'] = true,         ['_'] = true,         ['~'] = true,
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
};

static bool is_unreserved(char c)
{
    return unreserved[(unsigned char)c];
}

void text_percent_encode(struct buffer *out, struct slice text, const char *keep)
{
    buffer_reserve(out, text.size * 3);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_unreserved(c) || (c != '\0' && strchr(keep, c) != NULL)) {
            out->data[out->size++] = c;
            continue;
        }
        unsigned char byte = (unsigned char)c;
        out->data[out->size++] = '%';
        out->data[out->size++] = hex_upper[byte >> 4];
        out->data[out->size++] = hex_upper[byte & 15];
    }
    out->data[out->size] = '\0';
}

bool text_percent_decode(struct buffer *out, struct slice text, bool plus_is_space)
{
    size_t start = out->size;
    buffer_reserve(out, text.size);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '+' && plus_is_space) {
            c = ' ';
        } else if (c == '%') {
            unsigned char byte;
            if (!text_hex_decode(slice_part(text, i + 1, 2), &byte, 1)) {
                buffer_cut(out, start);
                return false;
            }
            c = (char)byte;
            i += 2;
        }
        out->data[out->size++] = c;
    }
    out->data[out->size] = '\0';
    return true;
}

// ------------------------------------------------------------------ UTF-8

/** The length of the well-formed sequence at the start of TEXT, or 0 (RFC 3629 section 4). */
static size_t utf8_sequence(const unsigned char *text, size_t size)
{
    unsigned char first = text[0];
    if (first < 0x80)
        return 1;
    size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || size < length)
        return 0;
    unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

size_t text_utf8_valid(struct slice text)
{
    const uint64_t high_bits = 0x8080808080808080U;
    size_t valid = 0;
    while (valid < text.size) {
        // Most text is ASCII; of that, eight bytes are looked at together.
        uint64_t eight = high_bits;
        if (text.size - valid >= sizeof eight)
            memcpy(&eight, text.data + valid, sizeof eight);
        if ((eight & high_bits) == 0) {
            valid += sizeof eight;
            continue;
        }
        size_t length = utf8_sequence((const unsigned char *)text.data + valid, text.size - valid);
        if (length == 0)
            break;
        valid += length;
    }
    return valid;
}

uint32_t text_utf8_first(struct slice text, size_t *size)
{
    unsigned char lead = (unsigned char)text.data[0];
    size_t more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    size_t rest = text.size > 0 ? text.size - 1 : 0;
    if (more > rest)
        more = rest;
    uint32_t code = more == 0 ? lead : lead & (0x3fU >> more);
    for (size_t i = 1; i <= more; i++)
        code = code << 6 | ((unsigned char)text.data[i] & 0x3fU);
    *size = 1 + more;
    return code;
}

void text_append_utf8(struct buffer *out, struct slice text, const char *replacement)
{
    while (text.size > 0) {
        size_t valid = text_utf8_valid(text);
        buffer_append_slice(out, slice_part(text, 0, valid));
        if (valid < text.size)
            buffer_append_text(out, replacement);
        text = slice_part(text, valid + 1, text.size);
    }
}

// ------------------------------------------------------------------ numbers

void text_append_integer(struct buffer *out, int64_t value)
{
    static const char pairs[] =
        TENS("0") TENS("1") TENS("2") TENS("3") TENS("4") TENS("5") TENS("6") TENS("7") TENS("8") TENS("9");
    char digits[20]; // the longest is -9223372036854775808
    size_t start = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (; rest >= 10; rest /= 100) {
        start -= 2;
        memcpy(digits + start, pairs + 2 * (rest % 100), 2);
    }
    if (rest > 0 || start == sizeof digits)
        digits[--start] = (char)('0' + rest);
    if (value < 0)
        digits[--start] = '-';
    buffer_append(out, digits + start, sizeof digits - start);
}

bool text_parse_unsigned(struct slice text, uint64_t *out)
{
    uint64_t value = 0;
    if (text.size == 0)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (!text_is_digit(text.data[i]) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(text.data[i] - '0'), &value))
            return false;
    }
    *out = value;
    return true;
}

bool text_parse_integer(struct slice text, int64_t *out)
{
    bool negative = text.size > 0 && text.data[0] == '-';
    if (text.size > 0 && (negative || text.data[0] == '+'))
        text = slice_part(text, 1, text.size);
    uint64_t value;
    if (!text_parse_unsigned(text, &value) || value > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return false;
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

static bool is_shell_word(const char *word)
{
    for (const char *at = word; *at != '\0'; at++)
        if (!text_is_alpha(*at) && !text_is_digit(*at) && strchr("_@%+=:,./-", *at) == NULL)
            return false;
    return *word != '\0';
}

void text_append_shell_word(struct buffer *out, const char *word)
{
    if (is_shell_word(word)) {
        buffer_append_text(out, word);
        return;
    }
    buffer_append_char(out, '\'');
    for (const char *at = word; *at != '\0'; at++)
        if (*at == '\'')
            buffer_append_text(out, "'\"'\"'");
        else
            buffer_append_char(out, *at);
    buffer_append_char(out, '\'');
}
