// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Numbers, moments and truth values as policies write them. */
#ifndef JETON_SERVICE_POLICY_VALUE_H
#define JETON_SERVICE_POLICY_VALUE_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

/** An integer or decimal, maybe with an exponent; false on anything else. */
bool value_parse_number(struct slice text, double *out);

/**
 * A moment as a timestamp: seconds since 1970 (but four digits are a year), or a date of the W3C's profile of ISO 8601,
 * from "2026" to "2026-08-30T12:36:00.5+02:00". A date without a zone is UTC.
 */
bool value_parse_date(struct slice text, int64_t *out);

/** "true" or "false", in any case of letters. */
bool value_parse_truth(struct slice text, bool *out);

#endif
