// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Moments, as microseconds since 1970-01-01T00:00:00Z, and their written forms. No clock is read here
 * but by timestamp_now().
 */
#ifndef JETON_BASE_TIMESTAMP_H
#define JETON_BASE_TIMESTAMP_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define TIMESTAMP_SECOND INT64_C(1000000)

/** "20260830T123600Z" and its NUL. */
#define TIMESTAMP_AMZ_SIZE 17

/** The clock of the machine. */
int64_t timestamp_now(void);
/** Sleeps for so many microseconds, signals or not. */
void timestamp_wait(int64_t microseconds);
/** Writes the ISO 8601 basic form that AWS signs ("20260830T123600Z"); its first 8 characters are the date. */
void timestamp_format_amz(int64_t when, char out[static TIMESTAMP_AMZ_SIZE]);
/** Reads that form; false on anything else, on impossible dates too. */
bool timestamp_parse_amz(struct slice text, int64_t *out);
/** Appends "2026-08-30T12:36:00Z", with milliseconds when MILLISECONDS. */
void timestamp_format_utc(struct buffer *out, int64_t when, bool milliseconds);
/** Reads RFC 3339 / ISO 8601 extended form with `Z` or an offset, up to 9 fraction digits (rounded to
 *  microseconds). OFFSET_SECONDS (may be NULL) gets the offset that was written. */
bool timestamp_parse_iso(struct slice text, int64_t *out, int *offset_seconds);
/** Reads an HTTP date of the form "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7). */
bool timestamp_parse_http(struct slice text, int64_t *out);

#endif
