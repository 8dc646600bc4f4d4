// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/value.h"

#include "base/text.h"
#include "base/timestamp.h"

#include <math.h>
#include <stdlib.h>

/** More digits than a number can mean. */
#define NUMBER_SIZE_MAX ((size_t)63)
/** The longest of the forms of a date, with nine digits of a second. */
#define DATE_SIZE_MAX ((size_t)40)
/** The end of the year 9999. */
#define SECONDS_MAX INT64_C(253402300799)

static size_t skip_digits(struct slice text, size_t at)
{
    while (at < text.size && text_is_digit(text.data[at]))
        at++;
    return at;
}

static size_t skip_sign(struct slice text, size_t at)
{
    return at < text.size && (text.data[at] == '-' || text.data[at] == '+') ? at + 1 : at;
}

/** [sign] digits [. digits] [e [sign] digits] */
static bool is_number(struct slice text)
{
    size_t start = skip_sign(text, 0);
    size_t at = skip_digits(text, start);
    if (at == start)
        return false;
    if (at < text.size && text.data[at] == '.') {
        start = at + 1;
        at = skip_digits(text, start);
        if (at == start)
            return false;
    }
    if (at < text.size && text_lower(text.data[at]) == 'e') {
        start = skip_sign(text, at + 1);
        at = skip_digits(text, start);
        if (at == start)
            return false;
    }
    return at == text.size;
}

bool value_parse_number(struct slice text, double *out)
{
    char copy[NUMBER_SIZE_MAX + 1];
    if (text.size > NUMBER_SIZE_MAX || !is_number(text))
        return false;
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    *out = strtod(copy, NULL);
    return isfinite(*out);
}

/** "2026", "2026-08" and "2026-08-30" completed, a time without seconds, and one without a zone. */
static bool parse_short_date(struct slice text, int64_t *out)
{
    static const char rest[] = "0000-01-01T00:00:00Z";
    const size_t minutes = sizeof "2026-08-30T12:36" - 1;
    BUFFER_ROOM(whole, DATE_SIZE_MAX + sizeof rest);
    bool is_date = text.size == 4 || text.size == 7 || text.size == 10;
    if (text.size > DATE_SIZE_MAX)
        return false;
    buffer_append_slice(&whole, slice_part(text, 0, minutes));
    if (is_date)
        buffer_append_text(&whole, rest + text.size);
    else if (text.size == minutes || (text.size > minutes && text.data[minutes] != ':'))
        buffer_append_text(&whole, ":00");
    buffer_append_slice(&whole, slice_part(text, minutes, text.size));
    if (timestamp_parse_iso(buffer_slice(&whole), out, NULL))
        return true;
    buffer_append_char(&whole, 'Z');
    return !is_date && timestamp_parse_iso(buffer_slice(&whole), out, NULL);
}

bool value_parse_date(struct slice text, int64_t *out)
{
    size_t sign = text.size > 0 && text.data[0] == '-' ? 1 : 0;
    // Four digits are a year.
    if (text.size > sign && text.size != 4 && skip_digits(text, sign) == text.size) {
        int64_t seconds;
        if (!text_parse_integer(text, &seconds) || seconds > SECONDS_MAX || seconds < -SECONDS_MAX)
            return false;
        *out = seconds * TIMESTAMP_SECOND;
        return true;
    }
    return timestamp_parse_iso(text, out, NULL) || parse_short_date(text, out);
}

bool value_parse_truth(struct slice text, bool *out)
{
    *out = slice_equal_nocase(text, SLICE("true"));
    return *out || slice_equal_nocase(text, SLICE("false"));
}
