// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The choices that a misspelt word comes close to.
 * Source: Python's difflib.get_close_matches(word, choices, n=3, cutoff=0.8), which the AWS CLI asks.
 */
#ifndef JETON_CLIENT_CLI_NEAR_MISS_H
#define JETON_CLIENT_CLI_NEAR_MISS_H

#include "base/bytes.h"

/** The likeness of two words from 0 to 1: SequenceMatcher(None, a, b).ratio(), byte for byte. */
double near_miss_ratio(const char *a, const char *b);

/**
 * Appends "\nMaybe you meant:\n\n  * WORD..." for the up to three best choices of a likeness of 0.8 or
 * more; nothing when there is none.
 * @param choices NULL-terminated.
 */
void near_miss_write(struct buffer *out, const char *word, const char *const *choices);

#endif
