// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The encoding of what is printed: UTF-8, unless AWS_CLI_OUTPUT_ENCODING names another one that iconv(3) knows. */
#ifndef JETON_CLIENT_CLI_ENCODING_H
#define JETON_CLIENT_CLI_ENCODING_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

#define ENCODING_VARIABLE "AWS_CLI_OUTPUT_ENCODING"

/**
 * Looks for an encoding.
 * @param name NULL and "" are UTF-8.
 * @param error ERROR_INTERNAL "unknown encoding: NAME".
 */
bool encoding_check(const char *name, struct error *error);

/**
 * Appends UTF-8 text in the encoding of that name, which is known.
 * @param replace put `?` for a character that the encoding lacks.
 * @param error   ERROR_INTERNAL for such a character otherwise; OUT is as it was.
 */
bool encoding_convert(const char *name, struct slice text, bool replace, struct buffer *out, struct error *error);

#endif
