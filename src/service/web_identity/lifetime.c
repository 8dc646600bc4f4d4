// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/lifetime.h"

#include "base/text.h"
#include "base/timestamp.h"

/** 68 years: what RFC 9111 section 1.2.2 asks one to be able to count to. */
#define SECONDS_MAX INT64_C(2147483647)

/** Delta-seconds; one too large to count is endless. */
static bool read_seconds(struct slice text, int64_t *out)
{
    uint64_t seconds = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!text_is_digit(text.data[i]))
            return false;
        seconds = seconds * 10 + (uint64_t)(text.data[i] - '0');
        if (seconds > (uint64_t)SECONDS_MAX)
            seconds = (uint64_t)SECONDS_MAX;
    }
    *out = (int64_t)seconds;
    return text.size > 0;
}

/** The value of a directive, which may stand in quotes. */
static struct slice argument(struct slice directive)
{
    struct slice value = slice_trim(slice_part(directive, slice_find(directive, '=', 0) + 1, directive.size));
    if (value.size >= 2 && value.data[0] == '"' && value.data[value.size - 1] == '"')
        value = slice_part(value, 1, value.size - 2);
    return value;
}

/** `max-age`, or 0 for what forbids keeping; false when neither is there. A `max-age` that is none is 0 too. */
static bool read_cache_control(struct slice header, int64_t *out)
{
    struct slice directive;
    bool found = false;
    while (slice_cut(&header, ',', &directive)) {
        struct slice name = slice_trim(slice_part(directive, 0, slice_find(directive, '=', 0)));
        bool never = slice_equal_nocase(name, SLICE("no-store")) || slice_equal_nocase(name, SLICE("no-cache"));
        if (!never && !slice_equal_nocase(name, SLICE("max-age")))
            continue;
        int64_t seconds = 0;
        if (never || !read_seconds(argument(directive), &seconds))
            seconds = 0;
        // The strictest of several.
        *out = found && *out < seconds ? *out : seconds;
        found = true;
    }
    return found;
}

int64_t lifetime_read(const struct lifetime_headers *headers, int64_t now)
{
    int64_t seconds = 0;
    int64_t age = 0;
    if (!read_seconds(slice_trim(headers->age), &age))
        age = 0;
    if (!read_cache_control(headers->cache_control, &seconds)) {
        int64_t expires;
        int64_t date;
        if (headers->expires.size == 0)
            return LIFETIME_UNSAID;
        // "0" and everything else that is no date is in the past.
        if (!timestamp_parse_http(slice_trim(headers->expires), &expires))
            return 0;
        if (!timestamp_parse_http(slice_trim(headers->date), &date))
            date = now;
        seconds = (expires - date) / TIMESTAMP_SECOND;
    }
    return seconds > age ? seconds - age : 0;
}
