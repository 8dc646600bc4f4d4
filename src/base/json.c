// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/json_read.h"
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/** Why jansson refuses a text, in words. */
struct refusal {
    enum json_error_code code;
    const char *start; // of jansson's own words, where one code has many reasons; or NULL
    const char *words;
    bool limit; // it is JSON all the same
};

static const struct refusal refusals[] = {
    {json_error_end_of_input_expected, NULL, "something follows the value", false},
    {json_error_premature_end_of_input, NULL, "the text ends too early", false},
    {json_error_invalid_utf8, NULL, "not UTF-8", false},
    {json_error_duplicate_key, NULL, "a member stands twice", false},
    {json_error_numeric_overflow, NULL, "a number is out of range", true},
    {json_error_null_byte_in_key, NULL, "a member's name holds U+0000", true},
    {json_error_stack_overflow, NULL, "the values are nested too deeply", true},
    {json_error_invalid_syntax, "invalid Unicode '", "half of a surrogate pair stands alone", true},
};

static const struct refusal *find_refusal(const json_error_t *reason)
{
    static const struct refusal other = {json_error_invalid_syntax, NULL, "not JSON", false};
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const struct refusal *at = &refusals[i];
        if (at->code == json_error_code(reason) &&
            (at->start == NULL || slice_starts_with(slice_of(reason->text), slice_of(at->start))))
            return at;
    }
    return &other;
}

static json_t *parse(struct slice text, size_t more_flags, struct error *error)
{
    json_t *value = json_read(text, (more_flags & JSON_REJECT_DUPLICATES) != 0);
    if (value != NULL)
        return value;
    json_error_t reason;
    const char *data = text.data == NULL ? "" : text.data;
    value = json_loadb(data, text.size, JSON_DECODE_ANY | JSON_ALLOW_NUL | more_flags, &reason);
    if (value == NULL) {
        const struct refusal *refusal = find_refusal(&reason);
        (void)error_set(error, refusal->limit ? ERROR_INTERNAL : ERROR_PARAMETER, NULL, "line %d, column %d: %s",
                        reason.line, reason.column, refusal->words);
    }
    return value;
}

json_t *json_parse(struct slice text, struct error *error)
{
    return parse(text, 0, error);
}

json_t *json_parse_unique(struct slice text, struct error *error)
{
    return parse(text, JSON_REJECT_DUPLICATES, error);
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/** Sixteen bytes that the processor compares at once; compilers make do where it cannot. */
typedef unsigned char block __attribute__((vector_size(16)));

#define FOUR(byte) (byte), (byte), (byte), (byte)
#define BLOCK_OF(byte) ((block){FOUR(byte), FOUR(byte), FOUR(byte), FOUR(byte)})

/** is_plain() of all bytes of a block. */
static bool is_plain_block(const char *text)
{
    block bytes;
    memcpy(&bytes, text, sizeof bytes);
    block found = (block)(bytes < BLOCK_OF(0x20)) | (block)(bytes == BLOCK_OF('"')) | (block)(bytes == BLOCK_OF('\\'));
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

size_t json_plain_run(struct slice text, size_t start)
{
    size_t i = start;
    while (text.size - i >= sizeof(block) && is_plain_block(text.data + i))
        i += sizeof(block);
    // A rest that is shorter than a block is looked at together with what stands before it.
    if (text.size - i < sizeof(block) && text.size >= sizeof(block) &&
        is_plain_block(text.data + text.size - sizeof(block)))
        return text.size - start;
    while (i < text.size && is_plain(text.data[i]))
        i++;
    return i - start;
}

/** The length of the part of TEXT at its start that is printable ASCII; DEL is none, to Python. */
static size_t ascii_run(struct slice text)
{
    size_t i = 0;
    while (i < text.size && (unsigned char)text.data[i] < 0x7f)
        i++;
    return i;
}

static void write_escape(struct buffer *out, unsigned char c)
{
    static const char names[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    if (c == '"' || c == '\\')
        buffer_append_format(out, "\\%c", c);
    else if (c < sizeof names && names[c] != '\0')
        buffer_append_format(out, "\\%c", names[c]);
    else
        buffer_append_format(out, "\\u%04x", c);
}

/** The UTF-16 form of the character that starts at TEXT, which is well-formed UTF-8; its size in bytes. */
static size_t write_utf16(struct buffer *out, struct slice text)
{
    size_t size;
    uint32_t code = text_utf8_first(text, &size);
    if (code >= 0x10000)
        buffer_append_format(out, "\\u%04x\\u%04x", 0xd800U + ((code - 0x10000) >> 10), 0xdc00U + (code & 0x3ff));
    else
        buffer_append_format(out, "\\u%04x", code);
    return size;
}

static void write_string(struct buffer *out, struct slice text, bool ascii)
{
    buffer_reserve(out, text.size + 2);
    buffer_append_char(out, '"');
    for (size_t at = 0; at < text.size;) {
        size_t plain = json_plain_run(text, at);
        for (size_t end = at + plain; at < end;) {
            size_t run = ascii ? ascii_run(slice_part(text, at, end - at)) : end - at;
            buffer_append(out, text.data + at, run);
            at += run;
            if (at < end)
                at += write_utf16(out, slice_part(text, at, end - at));
        }
        if (at < text.size)
            write_escape(out, (unsigned char)text.data[at++]);
    }
    buffer_append_char(out, '"');
}

void json_write_string(struct buffer *out, struct slice text)
{
    write_string(out, text, false);
}

/** The fewest digits that read back as VALUE, but for zeros at their end: "d.ddde+XX" form in TEXT. */
static void shortest(double value, char text[static 32])
{
    // What can be written with up to 15 digits (DBL_DIG) comes back from a normal number with just those and zeros.
    for (int precision = fabs(value) < DBL_MIN ? 0 : DBL_DIG - 1; precision < 17; precision++) {
        (void)snprintf(text, 32, "%.*e", precision, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

/** Without the zeros behind the point, and without the point when nothing is left behind it. */
static struct slice without_zeros(struct slice digits)
{
    if (slice_find(digits, '.', 0) == digits.size)
        return digits;
    while (digits.data[digits.size - 1] == '0')
        digits.size--;
    if (digits.data[digits.size - 1] == '.')
        digits.size--;
    return digits;
}

void json_write_real(struct buffer *out, double value)
{
    if (isnan(value) || isinf(value)) {
        buffer_append_text(out, isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        return;
    }
    char text[32];
    shortest(value, text);
    struct slice mantissa = slice_of(text);
    struct slice digits;
    (void)slice_cut(&mantissa, 'e', &digits);
    digits = without_zeros(digits);
    int64_t exponent = 0;
    (void)text_parse_integer(mantissa, &exponent);
    // repr() turns to the exponent form below 1e-4 and from 1e16 on.
    if (exponent < -4 || exponent >= 16) {
        buffer_append_slice(out, digits);
        buffer_append_format(out, "e%c%02d", exponent < 0 ? '-' : '+', (int)(exponent < 0 ? -exponent : exponent));
        return;
    }
    int significant = (int)digits.size - (digits.data[0] == '-' ? 1 : 0);
    significant -= significant > 1 ? 1 : 0; // the point
    int decimals = significant - 1 - (int)exponent;
    buffer_append_format(out, "%.*f", decimals < 1 ? 1 : decimals, value);
}

/** How a document is laid out. */
struct style {
    unsigned indent; // spaces a level; 0: on one line
    const char *comma;
    const char *colon;
    bool ascii;
};

static void line_break(struct buffer *out, const struct style *style, unsigned level)
{
    if (style->indent > 0)
        buffer_append_format(out, "\n%*s", (int)(style->indent * level), "");
}

static void write_value(struct buffer *out, const json_t *value, const struct style *style, unsigned level);

static void write_object(struct buffer *out, const json_t *object, const struct style *style, unsigned level)
{
    if (json_object_size(object) == 0) {
        buffer_append_text(out, "{}");
        return;
    }
    bool first = true;
    buffer_append_char(out, '{');
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)object;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        if (!first)
            buffer_append_text(out, style->comma);
        first = false;
        line_break(out, style, level + 1);
        write_string(out, (struct slice){json_object_iter_key(at), json_object_iter_key_len(at)}, style->ascii);
        buffer_append_text(out, style->colon);
        write_value(out, json_object_iter_value(at), style, level + 1);
    }
    line_break(out, style, level);
    buffer_append_char(out, '}');
}

static void write_array(struct buffer *out, const json_t *array, const struct style *style, unsigned level)
{
    if (json_array_size(array) == 0) {
        buffer_append_text(out, "[]");
        return;
    }
    buffer_append_char(out, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i > 0)
            buffer_append_text(out, style->comma);
        line_break(out, style, level + 1);
        write_value(out, json_array_get(array, i), style, level + 1);
    }
    line_break(out, style, level);
    buffer_append_char(out, ']');
}

static void write_value(struct buffer *out, const json_t *value, const struct style *style, unsigned level)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        write_object(out, value, style, level);
        return;
    case JSON_ARRAY:
        write_array(out, value, style, level);
        return;
    case JSON_STRING:
        write_string(out, (struct slice){json_string_value(value), json_string_length(value)}, style->ascii);
        return;
    case JSON_INTEGER:
        text_append_integer(out, json_integer_value(value));
        return;
    case JSON_REAL:
        json_write_real(out, json_real_value(value));
        return;
    case JSON_TRUE:
        buffer_append_text(out, "true");
        return;
    case JSON_FALSE:
        buffer_append_text(out, "false");
        return;
    case JSON_NULL:
        buffer_append_text(out, "null");
        return;
    }
}

void json_write(struct buffer *out, const json_t *value, unsigned indent)
{
    const struct style style = {.indent = indent, .comma = ",", .colon = indent > 0 ? ": " : ":", .ascii = false};
    write_value(out, value, &style, 0);
}

void json_write_python(struct buffer *out, const json_t *value)
{
    static const struct style style = {.comma = ", ", .colon = ": ", .ascii = true};
    write_value(out, value, &style, 0);
}

void json_write_python_minified(struct buffer *out, const json_t *value)
{
    static const struct style style = {.comma = ",", .colon = ":", .ascii = true};
    write_value(out, value, &style, 0);
}

struct slice json_member_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value))
        return (struct slice){NULL, 0};
    return (struct slice){json_string_value(value), json_string_length(value)};
}

void json_free_at(json_t **value)
{
    json_decref(*value);
}
