// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The characters that take two columns of a table, because their East_Asian_Width is wide, fullwidth or ambiguous.
 * Source: Unicode Standard Annex 11, by way of tools/wide-characters.
 */
#ifndef JETON_CLIENT_CLI_WIDE_CHARACTERS_H
#define JETON_CLIENT_CLI_WIDE_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

/** Code points from FIRST to LAST. */
struct wide_range {
    uint32_t first;
    uint32_t last;
};

/** In ascending order. */
extern const struct wide_range wide_ranges[];
extern const size_t wide_range_count;

#endif
