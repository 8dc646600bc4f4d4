// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Words as a POSIX shell splits them: quotes and backslashes, no expansion (Python's shlex.split()). Pure. */
#ifndef JETON_CLIENT_PROFILE_WORDS_H
#define JETON_CLIENT_PROFILE_WORDS_H

#include "base/bytes.h"
#include "base/memory.h"

#include <stdbool.h>

/** How a text split into words. */
enum words_result {
    WORDS_SPLIT,
    WORDS_OPEN_QUOTE,  /**< "No closing quotation" in Python's words. */
    WORDS_OPEN_ESCAPE, /**< "No escaped character". */
};

/**
 * Splits TEXT.
 * @param words gets an array of C strings, NULL-terminated, in the arena.
 * @param count gets their number.
 */
enum words_result words_split(struct slice text, struct arena *arena, char ***words, size_t *count);

#endif
