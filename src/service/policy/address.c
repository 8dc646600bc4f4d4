// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/address.h"

#include "base/text.h"

#include <endian.h>
#include <string.h>

#define V4_START ((size_t)12)
#define V4_BITS 96U

/** Four decimal numbers without leading zeros. By hand, because every request has an address. */
static bool parse_v4(struct slice text, unsigned char out[static 4])
{
    size_t at = 0;
    for (size_t i = 0; i < 4; i++) {
        size_t start = at;
        unsigned number = 0;
        if (i > 0 && (at == text.size || text.data[at] != '.'))
            return false;
        start += i > 0;
        for (at = start; at < text.size && at < start + 4 && text_is_digit(text.data[at]); at++)
            number = number * 10 + (unsigned)(text.data[at] - '0');
        if (at == start || number > 255 || (at > start + 1 && text.data[start] == '0'))
            return false;
        out[i] = (unsigned char)number;
    }
    return at == text.size;
}

static int hex_value(char c)
{
    c = text_lower(c);
    if (text_is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_group(struct slice text, unsigned char out[static 2])
{
    unsigned value = 0;
    if (text.size == 0 || text.size > 4)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        int digit = hex_value(text.data[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (unsigned)digit;
    }
    out[0] = (unsigned char)(value >> 8);
    out[1] = (unsigned char)value;
    return true;
}

/** Groups between colons, the last maybe of version 4; as many bytes as there are. An empty text has none. */
static bool parse_groups(struct slice text, bool is_last, unsigned char out[static ADDRESS_SIZE], size_t *size)
{
    struct slice part;
    *size = 0;
    if (text.size == 0)
        return true;
    while (slice_cut(&text, ':', &part)) {
        bool is_v4 = is_last && text.data == NULL && slice_find(part, '.', 0) < part.size;
        size_t takes = is_v4 ? 4 : 2;
        if (*size + takes > ADDRESS_SIZE)
            return false;
        if (is_v4 ? !parse_v4(part, out + *size) : !parse_group(part, out + *size))
            return false;
        *size += takes;
    }
    return true;
}

/** Where `::` stands, or the size. */
static size_t find_gap(struct slice text)
{
    for (size_t i = 0; i + 1 < text.size; i++)
        if (text.data[i] == ':' && text.data[i + 1] == ':')
            return i;
    return text.size;
}

static bool parse_v6(struct slice text, unsigned char out[static ADDRESS_SIZE])
{
    unsigned char tail[ADDRESS_SIZE];
    size_t head_size;
    size_t tail_size = 0;
    size_t gap = find_gap(text);
    bool has_gap = gap < text.size;
    if (!parse_groups(slice_part(text, 0, gap), !has_gap, out, &head_size))
        return false;
    if (!has_gap)
        return head_size == ADDRESS_SIZE;
    if (!parse_groups(slice_part(text, gap + 2, text.size), true, tail, &tail_size) ||
        head_size + tail_size >= ADDRESS_SIZE)
        return false;
    memset(out + head_size, 0, ADDRESS_SIZE - head_size - tail_size);
    memcpy(out + ADDRESS_SIZE - tail_size, tail, tail_size);
    return true;
}

static bool parse(struct slice text, struct address *out, bool *is_v4)
{
    *out = (struct address){.bits = ADDRESS_SIZE * 8};
    *is_v4 = slice_find(text, ':', 0) == text.size;
    if (!*is_v4)
        return parse_v6(text, out->bytes);
    out->bytes[V4_START - 2] = 0xff;
    out->bytes[V4_START - 1] = 0xff;
    return parse_v4(text, out->bytes + V4_START);
}

bool address_parse(struct slice text, struct address *out)
{
    bool is_v4;
    return parse(text, out, &is_v4);
}

bool address_parse_range(struct slice text, struct address *out)
{
    size_t slash = slice_find(text, '/', 0);
    bool is_v4;
    if (!parse(slice_part(text, 0, slash), out, &is_v4))
        return false;
    if (slash == text.size)
        return true;
    struct slice digits = slice_part(text, slash + 1, text.size);
    uint64_t bits;
    if (digits.size == 0 || digits.size > 3 || !text_parse_unsigned(digits, &bits) || bits > (is_v4 ? 32 : 128))
        return false;
    out->bits = (is_v4 ? V4_BITS : 0) + (unsigned)bits;
    return true;
}

/** The first or the last eight bytes as a number. */
static uint64_t half_of(const struct address *address, size_t start)
{
    uint64_t half;
    memcpy(&half, address->bytes + start, sizeof half);
    return be64toh(half);
}

/** Whether the first bits are the same, of 64 at most. */
static bool is_same(uint64_t left, uint64_t right, unsigned bits)
{
    return bits == 0 || (left ^ right) >> (64 - bits) == 0;
}

bool address_in_range(const struct address *address, const struct address *range)
{
    uint64_t high = half_of(address, 0);
    uint64_t low = half_of(address, 8);
    // A range of version 6 that reaches over ::ffff:0:0/96 was not meant for version 4.
    if (range->bits < V4_BITS && high == 0 && low >> 32 == 0xffff)
        return false;
    unsigned first = range->bits < 64 ? range->bits : 64;
    return is_same(high, half_of(range, 0), first) && is_same(low, half_of(range, 8), range->bits - first);
}
