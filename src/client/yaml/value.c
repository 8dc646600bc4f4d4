// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/python.h"
#include "client/yaml/yaml.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/** The start of the year 1, where Python's calendar begins. */
#define FIRST_MOMENT (INT64_C(-62135596800) * TIMESTAMP_SECOND)
#define DAY 86400
#define DATE_SIZE (sizeof "2020-01-01" - 1)

/** A scalar on its way to a value. */
struct reading {
    struct slice text;
    yaml_foreign_function *foreign;
    void *context;
    struct error *error;
};

static json_t *refuse(const struct reading *reading)
{
    (void)error_set(reading->error, ERROR_INTERNAL, NULL, "The YAML holds a value that is none: %.*s",
                    SLICE_ARGS(reading->text));
    return NULL;
}

/** A number of its own stands for what JSON cannot hold; no member takes it for its value. */
static json_t *keep_foreign(const struct reading *reading, const struct buffer *text, const char *type)
{
    json_t *place = json_real(0);
    reading->foreign(reading->context, place, buffer_slice(text), type);
    return place;
}

/** Without the underscores, which group digits; the sign goes to NEGATIVE. */
static void read_digits(struct slice text, struct buffer *out, bool *negative)
{
    *negative = text.size > 0 && text.data[0] == '-';
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+'))
        text = slice_part(text, 1, text.size);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '_')
            buffer_append_char(out, text.data[i]);
}

/** The decimal digits of a number beyond 64 bits, without zeros in front. */
static json_t *keep_large(const struct reading *reading, struct slice digits, bool negative)
{
    while (digits.size > 1 && digits.data[0] == '0')
        digits = slice_part(digits, 1, digits.size);
    BUFFER_AUTO text = {0};
    buffer_append_text(&text, negative ? "-" : "");
    buffer_append_slice(&text, digits);
    return keep_foreign(reading, &text, "int");
}

static int base_of(struct slice digits)
{
    static const struct {
        struct slice prefix;
        int base;
    } bases[] = {{SLICE("0b"), 2}, {SLICE("0o"), 8}, {SLICE("0x"), 16}};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (slice_starts_with(digits, bases[i].prefix))
            return bases[i].base;
    return 10;
}

static json_t *read_integer(const struct reading *reading)
{
    BUFFER_AUTO digits = {0};
    bool negative;
    read_digits(reading->text, &digits, &negative);
    int base = base_of(buffer_slice(&digits));
    const char *start = buffer_text(&digits) + (base == 10 ? 0 : 2);
    char *end = NULL;
    errno = 0;
    long long value = text_is_space(*start) || *start == '-' || *start == '+' ? 0 : strtoll(start, &end, base);
    if (end == NULL || end == start || *end != '\0')
        return refuse(reading);
    if (errno == 0)
        return json_integer(negative ? -value : value);
    return base == 10 ? keep_large(reading, buffer_slice(&digits), negative) : refuse(reading);
}

static json_t *read_real(const struct reading *reading)
{
    BUFFER_AUTO digits = {0};
    BUFFER_AUTO text = {0};
    bool negative;
    read_digits(reading->text, &digits, &negative);
    double value;
    if (slice_equal_nocase(buffer_slice(&digits), SLICE(".inf"))) {
        value = INFINITY;
    } else if (slice_equal_nocase(buffer_slice(&digits), SLICE(".nan"))) {
        value = NAN;
    } else {
        char *end = NULL;
        value = strtod(buffer_text(&digits), &end);
        if (digits.size == 0 || strspn(buffer_text(&digits), "0123456789.eE+-") != digits.size || *end != '\0')
            return refuse(reading);
    }
    if (isfinite(value))
        return json_real(negative ? -value : value);
    buffer_append_format(&text, "%s%s", negative && isinf(value) ? "-" : "", isinf(value) ? "inf" : "nan");
    return keep_foreign(reading, &text, "float");
}

static json_t *read_boolean(const struct reading *reading)
{
    static const char *const yes[] = {"true", "yes", "y", "on"};
    static const char *const no[] = {"false", "no", "n", "off"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (slice_equal_nocase(reading->text, slice_of(yes[i])))
            return json_true();
        if (slice_equal_nocase(reading->text, slice_of(no[i])))
            return json_false();
    }
    return refuse(reading);
}

/** The digits of base64 up to their padding; ASCII that is none is passed over, as by Python. */
static bool filter_base64(struct slice text, struct buffer *out)
{
    size_t pads = 0;
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (text_is_alpha(c) || text_is_digit(c) || c == '+' || c == '/') {
            buffer_append_char(out, c);
            pads = 0;
        } else if (c == '=' && out->size % 4 >= 2 && out->size % 4 + ++pads >= 4) {
            buffer_append_text(out, pads == 1 ? "=" : "==");
            return true;
        }
    }
    return true;
}

static json_t *read_binary(const struct reading *reading)
{
    BUFFER_AUTO encoded = {0};
    BUFFER_AUTO bytes = {0};
    BUFFER_AUTO text = {0};
    if (!filter_base64(reading->text, &encoded) || !text_base64_decode(buffer_slice(&encoded), &bytes)) {
        (void)error_set(reading->error, ERROR_PARAMETER, NULL, "Invalid YAML received.");
        return NULL;
    }
    python_write_bytes(&text, buffer_slice(&bytes));
    return keep_foreign(reading, &text, "bytes");
}

/** The number of digits at the start of TEXT. */
static size_t count_digits(struct slice text)
{
    size_t count = 0;
    while (count < text.size && text_is_digit(text.data[count]))
        count++;
    return count;
}

/** Moves the digits at the start of TEXT to OUT, filled up with zeros in front to WIDTH. */
static void move_digits(struct slice *text, size_t width, struct buffer *out)
{
    size_t count = count_digits(*text);
    for (size_t i = count; i < width; i++)
        buffer_append_char(out, '0');
    buffer_append_slice(out, slice_part(*text, 0, count));
    *text = slice_part(*text, count, text->size);
}

/** Moves one separator, whatever it is, and puts C. */
static void move_separator(struct slice *text, char c, struct buffer *out)
{
    buffer_append_char(out, c);
    *text = slice_part(*text, 1, text->size);
}

/** ".1234567" at the start of TEXT; one digit beyond microseconds is enough to round by. */
static void move_fraction(struct slice *text, struct buffer *out)
{
    if (text->size == 0 || text->data[0] != '.')
        return;
    *text = slice_part(*text, 1, text->size);
    size_t count = count_digits(*text);
    if (count > 0)
        buffer_append_format(out, ".%.*s", (int)(count < 7 ? count : 7), text->data);
    *text = slice_part(*text, count, text->size);
}

/** The same moment in the form of RFC 3339; the scalar is known to be a timestamp. */
static void write_iso(struct slice text, struct buffer *out)
{
    move_digits(&text, 4, out);
    move_separator(&text, '-', out);
    move_digits(&text, 2, out);
    move_separator(&text, '-', out);
    move_digits(&text, 2, out);
    move_separator(&text, 'T', out);
    text = slice_trim(text);
    if (text.size == 0)
        buffer_append_text(out, "00:00:00");
    for (int i = 0; text.size > 0 && i < 3; i++) {
        if (i > 0)
            move_separator(&text, ':', out);
        move_digits(&text, 2, out);
    }
    move_fraction(&text, out);
    text = slice_trim(text);
    if (text.size == 0 || text.data[0] == 'Z') {
        buffer_append_char(out, 'Z');
        return;
    }
    move_separator(&text, text.data[0], out);
    move_digits(&text, 2, out);
    buffer_append_char(out, ':');
    text = slice_part(text, 1, text.size);
    move_digits(&text, 2, out);
}

/** The date so many days after the start of the year 1, by the Gregorian calendar. */
static void write_date(int64_t days, struct buffer *out)
{
    static const int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t year = 1 + days / 146097 * 400;
    days %= 146097;
    for (;; year++) {
        int size = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 366 : 365;
        if (days < size)
            break;
        days -= size;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int month = 0;
    for (int size = months[0]; days >= size; size = months[month] + (leap && month == 1 ? 1 : 0)) {
        days -= size;
        month++;
    }
    buffer_append_format(out, "%04d-%02d-%02d", (int)year, month + 1, (int)days + 1);
}

/** "2020-01-01 12:00:00.500000" */
static void write_moment(int64_t when, struct buffer *out)
{
    int64_t since = when - FIRST_MOMENT;
    int64_t seconds = since / TIMESTAMP_SECOND;
    int64_t of_day = seconds % DAY;
    write_date(seconds / DAY, out);
    buffer_append_format(out, " %02d:%02d:%02d", (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60));
    if (since % TIMESTAMP_SECOND != 0)
        buffer_append_format(out, ".%06d", (int)(since % TIMESTAMP_SECOND));
}

/** A date, or a moment in the zone of Greenwich without saying so, as the AWS CLI's reader gives it. */
static json_t *read_timestamp(const struct reading *reading)
{
    BUFFER_AUTO iso = {0};
    BUFFER_AUTO text = {0};
    int64_t when;
    if (yaml_scalar_kind(reading->text) != YAML_KIND_TIMESTAMP) {
        (void)error_set(reading->error, ERROR_PARAMETER, NULL, "Invalid YAML received.");
        return NULL;
    }
    write_iso(reading->text, &iso);
    if (!timestamp_parse_iso(buffer_slice(&iso), &when, NULL) || when < FIRST_MOMENT)
        return refuse(reading);
    if (slice_find(reading->text, ':', 0) == reading->text.size) {
        buffer_append(&text, iso.data, DATE_SIZE);
        return keep_foreign(reading, &text, "datetime.date");
    }
    write_moment(when, &text);
    return keep_foreign(reading, &text, "datetime.datetime");
}

json_t *yaml_scalar_read(struct slice text, enum yaml_kind kind, yaml_foreign_function *foreign, void *context,
                         struct error *error)
{
    struct reading reading = {text, foreign, context, error};
    switch (kind) {
    case YAML_KIND_NULL:
        return json_null();
    case YAML_KIND_BOOLEAN:
        return read_boolean(&reading);
    case YAML_KIND_INTEGER:
        return read_integer(&reading);
    case YAML_KIND_REAL:
        return read_real(&reading);
    case YAML_KIND_TIMESTAMP:
        return read_timestamp(&reading);
    case YAML_KIND_BINARY:
        return read_binary(&reading);
    case YAML_KIND_TEXT:
        return json_stringn(text.data != NULL ? text.data : "", text.size);
    case YAML_KIND_MERGE:
    case YAML_KIND_OTHER:
        break;
    }
    (void)error_set(error, ERROR_PARAMETER, NULL, "Invalid YAML received.");
    return NULL;
}
