// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The quick way to read JSON, inside json_parse(): jansson goes byte by byte, which costs most of the time over a large
 * document. It reads what is common, and leaves all else to jansson, which alone decides what is JSON and what is
 * wrong with a text.
 */
#ifndef JETON_BASE_JSON_READ_H
#define JETON_BASE_JSON_READ_H

#include "base/bytes.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Reads a document as json_loadb() does with JSON_DECODE_ANY and JSON_ALLOW_NUL.
 * @param unique leave an object in which a member stands twice to jansson.
 * @return a new reference; NULL when the text is broken, or holds what is not common: escapes in names, halves of
 *         surrogate pairs, U+0000, numbers of more than 18 digits, deep nesting.
 */
json_t *json_read(struct slice text, bool unique);

/** The length of the part of TEXT from START on that stands in a JSON string as it is. */
size_t json_plain_run(struct slice text, size_t start);

#endif
