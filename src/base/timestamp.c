// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/timestamp.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>

#define SECONDS_MAX INT64_C(253402300799) // 9999-12-31T23:59:59Z

/** The fields of a written moment. */
struct fields {
    int year, month, day, hour, minute, second;
};

int64_t timestamp_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * TIMESTAMP_SECOND + now.tv_nsec / 1000;
}

void timestamp_wait(int64_t microseconds)
{
    struct timespec left = {.tv_sec = microseconds / TIMESTAMP_SECOND,
                            .tv_nsec = microseconds % TIMESTAMP_SECOND * 1000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

/** Whole seconds, rounded down, of what can be written with four digits of year. */
static struct tm broken_down(int64_t when)
{
    int64_t seconds = when / TIMESTAMP_SECOND - (when % TIMESTAMP_SECOND < 0 ? 1 : 0);
    time_t clamped = (time_t)(seconds < 0 ? 0 : seconds > SECONDS_MAX ? SECONDS_MAX : seconds);
    struct tm parts = {0};
    (void)gmtime_r(&clamped, &parts);
    return parts;
}

static bool days_in_month(int year, int month, int *days)
{
    static const int table[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    *days = table[month - 1] + (month == 2 && leap ? 1 : 0);
    return true;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar that exists; by years that begin in March. */
static int64_t days_since_epoch(int year, int month, int day)
{
    int64_t march_year = month > 2 ? year : (int64_t)year - 1;
    int64_t march_month = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    // 719468 days lie between 0000-03-01 and 1970-01-01. No year here is negative but 0000's own January, -1.
    int64_t whole = march_year < 0 ? -366 : march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400;
    return whole + day_of_year - 719468;
}

/** False for a date or time that does not exist; a leap second counts as the next second. */
static bool to_seconds(const struct fields *fields, int64_t *out)
{
    int days;
    if (!days_in_month(fields->year, fields->month, &days) || fields->day < 1 || fields->day > days ||
        fields->hour > 23 || fields->minute > 59 || fields->second > 60)
        return false;
    // By hand rather than by timegm(), which locks and reads the zone first: every request has a date.
    *out = days_since_epoch(fields->year, fields->month, fields->day) * 86400 + fields->hour * INT64_C(3600) +
           fields->minute * INT64_C(60) + fields->second;
    return true;
}

/** Reads COUNT digits at *AT and moves on. */
static bool digits(struct slice text, size_t *at, size_t count, int *out)
{
    uint64_t value;
    if (*at + count > text.size || !text_parse_unsigned(slice_part(text, *at, count), &value))
        return false;
    *at += count;
    *out = (int)value;
    return true;
}

static bool literal(struct slice text, size_t *at, char c)
{
    if (*at >= text.size || text.data[*at] != c)
        return false;
    (*at)++;
    return true;
}

void timestamp_format_amz(int64_t when, char out[static TIMESTAMP_AMZ_SIZE])
{
    struct tm parts = broken_down(when);
    (void)strftime(out, TIMESTAMP_AMZ_SIZE, "%Y%m%dT%H%M%SZ", &parts);
}

bool timestamp_parse_amz(struct slice text, int64_t *out)
{
    struct fields fields;
    size_t at = 0;
    int64_t seconds;
    if (!digits(text, &at, 4, &fields.year) || !digits(text, &at, 2, &fields.month) ||
        !digits(text, &at, 2, &fields.day) || !literal(text, &at, 'T') || !digits(text, &at, 2, &fields.hour) ||
        !digits(text, &at, 2, &fields.minute) || !digits(text, &at, 2, &fields.second) || !literal(text, &at, 'Z') ||
        at != text.size || !to_seconds(&fields, &seconds))
        return false;
    *out = seconds * TIMESTAMP_SECOND;
    return true;
}

void timestamp_format_utc(struct buffer *out, int64_t when, bool milliseconds)
{
    struct tm parts = broken_down(when);
    char text[sizeof "2026-08-30T12:36:00"];
    (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    buffer_append_text(out, text);
    if (milliseconds)
        buffer_append_format(out, ".%03d",
                             (int)((when % TIMESTAMP_SECOND + TIMESTAMP_SECOND) % TIMESTAMP_SECOND / 1000));
    buffer_append_char(out, 'Z');
}

/** ".5" and so on, up to nine digits, rounded to microseconds. */
static bool fraction(struct slice text, size_t *at, int64_t *micros)
{
    *micros = 0;
    if (!literal(text, at, '.'))
        return true;
    size_t count = 0;
    int64_t nanos = 0;
    while (*at < text.size && text_is_digit(text.data[*at]) && count < 9) {
        nanos = nanos * 10 + (text.data[*at] - '0');
        count++;
        (*at)++;
    }
    if (count == 0)
        return false;
    for (size_t i = count; i < 9; i++)
        nanos *= 10;
    *micros = (nanos + 500) / 1000;
    return true;
}

/** "Z", "+05:30", "-0800". */
static bool offset(struct slice text, size_t *at, int *seconds)
{
    *seconds = 0;
    if (literal(text, at, 'Z') || literal(text, at, 'z'))
        return true;
    bool negative = *at < text.size && text.data[*at] == '-';
    if (!negative && (*at >= text.size || text.data[*at] != '+'))
        return false;
    (*at)++;
    int hours;
    int minutes;
    if (!digits(text, at, 2, &hours))
        return false;
    (void)literal(text, at, ':');
    if (!digits(text, at, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *seconds = (hours * 3600 + minutes * 60) * (negative ? -1 : 1);
    return true;
}

bool timestamp_parse_iso(struct slice text, int64_t *out, int *offset_seconds)
{
    struct fields fields;
    size_t at = 0;
    int64_t seconds;
    int64_t micros;
    int shift;
    if (!digits(text, &at, 4, &fields.year) || !literal(text, &at, '-') || !digits(text, &at, 2, &fields.month) ||
        !literal(text, &at, '-') || !digits(text, &at, 2, &fields.day))
        return false;
    if (!literal(text, &at, 'T') && !literal(text, &at, 't') && !literal(text, &at, ' '))
        return false;
    if (!digits(text, &at, 2, &fields.hour) || !literal(text, &at, ':') || !digits(text, &at, 2, &fields.minute) ||
        !literal(text, &at, ':') || !digits(text, &at, 2, &fields.second))
        return false;
    if (!fraction(text, &at, &micros) || !offset(text, &at, &shift) || at != text.size ||
        !to_seconds(&fields, &seconds))
        return false;
    *out = (seconds - shift) * TIMESTAMP_SECOND + micros;
    if (offset_seconds != NULL)
        *offset_seconds = shift;
    return true;
}

static bool month_of(struct slice name, int *out)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int i = 0; i < 12; i++) {
        if (slice_equal(name, (struct slice){names + (size_t)i * 3, 3})) {
            *out = i + 1;
            return true;
        }
    }
    return false;
}

bool timestamp_parse_http(struct slice text, int64_t *out)
{
    struct fields fields;
    size_t at = 4;
    int64_t seconds;
    if (text.size < 5 || text.data[3] != ',' || !literal(text, &at, ' ') || !digits(text, &at, 2, &fields.day) ||
        !literal(text, &at, ' ') || !month_of(slice_part(text, at, 3), &fields.month))
        return false;
    at += 3;
    if (!literal(text, &at, ' ') || !digits(text, &at, 4, &fields.year) || !literal(text, &at, ' ') ||
        !digits(text, &at, 2, &fields.hour) || !literal(text, &at, ':') || !digits(text, &at, 2, &fields.minute) ||
        !literal(text, &at, ':') || !digits(text, &at, 2, &fields.second))
        return false;
    if (!slice_is(slice_part(text, at, text.size), " GMT") || !to_seconds(&fields, &seconds))
        return false;
    *out = seconds * TIMESTAMP_SECOND;
    return true;
}
