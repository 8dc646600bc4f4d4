// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Whole numbers of any size as Python's int(text) reads them: blanks around, a sign, single underscores between
 * digits, the decimal digits of every script.
 */
#ifndef JETON_CLIENT_CLI_INTEGER_H
#define JETON_CLIENT_CLI_INTEGER_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/** Appends the number in plain decimal ("-7"); false (OUT as it was) when TEXT is none. */
bool integer_read(struct slice text, struct buffer *out);

/** As integer_read(), or ERROR_INTERNAL in Python's words: "invalid literal for int() with base 10: 'x'". */
bool integer_require(struct slice text, struct buffer *out, struct error *error);

/** A JSON integer of a plain decimal; NULL when it does not fit 64 bits. */
json_t *integer_json(struct slice decimal);

#endif
