// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** White space as Python's text knows it, beyond ASCII too: str.strip(), str.splitlines(). Pure. */
#ifndef JETON_CLIENT_PROFILE_BLANKS_H
#define JETON_CLIENT_PROFILE_BLANKS_H

#include "base/bytes.h"

/** TEXT, which is UTF-8, without the white space at both ends; never NULL unless TEXT is. */
struct slice blanks_trim(struct slice text);

/**
 * Cuts the part before the first end of a line off REST into LINE: \n, \v, \f, \r, U+001C to U+001E, U+0085, U+2028
 * and U+2029 end one.
 * @return false when REST was already used up.
 */
bool blanks_cut_line(struct slice *rest, struct slice *line);

#endif
