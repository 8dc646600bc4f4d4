// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/local_time.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/python.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MICROSECONDS 1000000

static bool refuse(const json_t *value, const char *reason, const char *subject, struct error *error)
{
    BUFFER_AUTO text = {0};
    python_write_text(&text, value);
    return error_set(error, ERROR_INTERNAL, NULL, "Invalid timestamp \"%s\": %s%s", buffer_text(&text), reason,
                     subject);
}

/** "2023-11-14T22:13:20.5+05:30"; no zone when HAS_ZONE is false. */
static void write_parts(struct buffer *out, const struct tm *parts, long microseconds, bool has_zone, long offset)
{
    buffer_append_format(out, "%04d-%02d-%02dT%02d:%02d:%02d", parts->tm_year + 1900, parts->tm_mon + 1, parts->tm_mday,
                         parts->tm_hour, parts->tm_min, parts->tm_sec);
    if (microseconds != 0)
        buffer_append_format(out, ".%06ld", microseconds);
    if (!has_zone)
        return;
    long size = labs(offset);
    buffer_append_format(out, "%c%02ld:%02ld", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    if (size % 60 != 0)
        buffer_append_format(out, ":%02ld", size % 60);
}

/** In 64 bits, since tm_year reaches the largest int. */
static int64_t year_of(const struct tm *parts)
{
    return (int64_t)parts->tm_year + 1900;
}

static bool is_known_year(const struct tm *parts)
{
    return year_of(parts) >= 1 && year_of(parts) <= 9999;
}

/** SECONDS and MICROSECONDS in the local zone; Python's datetime knows the years 1 to 9999. */
static bool write_local(struct buffer *out, int64_t seconds, long microseconds, struct error *error)
{
    time_t when = (time_t)seconds;
    struct tm utc;
    struct tm local;
    if (gmtime_r(&when, &utc) == NULL || localtime_r(&when, &local) == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "timestamp out of range for platform time_t");
    if (!is_known_year(&utc))
        return error_set(error, ERROR_INTERNAL, NULL, "year %" PRId64 " is out of range", year_of(&utc));
    if (!is_known_year(&local))
        return error_set(error, ERROR_INTERNAL, NULL, "date value out of range");
    write_parts(out, &local, microseconds, true, local.tm_gmtoff);
    return true;
}

/** Rounds to microseconds, halves to even, as Python's datetime.fromtimestamp() does. */
static bool write_seconds(struct buffer *out, double value, struct error *error)
{
    if (isnan(value))
        return error_set(error, ERROR_INTERNAL, NULL, "cannot convert float NaN to integer");
    if (fabs(value) > 9e15)
        return error_set(error, ERROR_INTERNAL, NULL,
                         isinf(value) ? "cannot convert float infinity to integer"
                                      : "timestamp out of range for platform time_t");
    double whole;
    double fraction = nearbyint(modf(value, &whole) * MICROSECONDS);
    if (fraction >= MICROSECONDS) {
        fraction -= MICROSECONDS;
        whole += 1;
    } else if (fraction < 0) {
        fraction += MICROSECONDS;
        whole -= 1;
    }
    return write_local(out, (int64_t)whole, (long)fraction, error);
}

/** A text that Python's float() reads; no hexadecimal, no words. */
static bool read_number(struct slice text, double *out)
{
    struct slice trimmed = slice_trim(text);
    BUFFER_AUTO copy = {0};
    for (size_t i = 0; i < trimmed.size; i++) {
        if (strchr("0123456789+-.eE", trimmed.data[i]) == NULL || trimmed.data[i] == '\0')
            return false;
        buffer_append_char(&copy, trimmed.data[i]);
    }
    char *end = NULL;
    *out = strtod(buffer_text(&copy), &end);
    return copy.size > 0 && *end == '\0';
}

/** A written moment: ISO 8601 with or without zone or time, or an HTTP date. */
static bool write_written(struct buffer *out, struct slice text)
{
    int64_t when;
    int offset = 0;
    bool has_zone = true;
    BUFFER_AUTO filled = {0};
    buffer_append_slice(&filled, text);
    if (text.size == sizeof "2023-11-14" - 1)
        buffer_append_text(&filled, "T00:00:00");
    if (!timestamp_parse_http(text, &when) && !timestamp_parse_iso(text, &when, &offset)) {
        has_zone = false;
        buffer_append_char(&filled, 'Z');
        if (!timestamp_parse_iso(buffer_slice(&filled), &when, NULL))
            return false;
    }
    int64_t shown = when + (int64_t)offset * TIMESTAMP_SECOND;
    int64_t microseconds = ((shown % TIMESTAMP_SECOND) + TIMESTAMP_SECOND) % TIMESTAMP_SECOND;
    time_t seconds = (time_t)((shown - microseconds) / TIMESTAMP_SECOND);
    struct tm parts;
    if (gmtime_r(&seconds, &parts) == NULL)
        return false;
    write_parts(out, &parts, (long)microseconds, has_zone, offset);
    return true;
}

bool local_time_write(struct buffer *out, const json_t *value, struct error *error)
{
    double seconds;
    struct slice text;
    switch (json_typeof(value)) {
    case JSON_INTEGER:
        return write_local(out, json_integer_value(value), 0, error);
    case JSON_REAL:
        return write_seconds(out, json_real_value(value), error);
    case JSON_TRUE:
    case JSON_FALSE:
        return write_local(out, json_is_true(value) ? 1 : 0, 0, error);
    case JSON_STRING:
        text = (struct slice){json_string_value(value), json_string_length(value)};
        if (read_number(text, &seconds))
            return write_seconds(out, seconds, error);
        if (slice_trim(text).size == 0)
            return refuse(value, "String does not contain a date: ", text.data, error);
        return write_written(out, text) || refuse(value, "Unknown string format: ", text.data, error);
    case JSON_OBJECT:
    case JSON_ARRAY:
    case JSON_NULL:
        break;
    }
    return refuse(value, "Parser must be a string or character stream, not ", python_type_name(value), error);
}

/** The rendered form of one value; a new reference. */
static json_t *rendered(json_t *value, const struct api_shape *shape, struct error *error)
{
    if (shape->type != API_TIMESTAMP)
        return local_time_render(value, shape, error) ? json_incref(value) : NULL;
    BUFFER_AUTO text = {0};
    return local_time_write(&text, value, error) ? json_stringn(buffer_text(&text), text.size) : NULL;
}

bool local_time_render(json_t *result, const struct api_shape *shape, struct error *error)
{
    for (size_t i = 0; shape->type == API_LIST && i < json_array_size(result); i++) {
        json_t *element = rendered(json_array_get(result, i), shape->element, error);
        if (element == NULL || json_array_set_new(result, i, element) != 0)
            return false;
    }
    for (size_t i = 0; shape->type == API_STRUCTURE && i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        json_t *old = json_object_get(result, member->name);
        json_t *new = old != NULL ? rendered(old, member->shape, error) : NULL;
        if (old != NULL && (new == NULL || json_object_set_new(result, member->name, new) != 0))
            return false;
    }
    return true;
}
