// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * JSON: the one writer, and the settings of the one reader (jansson).
 *
 * The writer prints as Python's json module does with ensure_ascii off, because the AWS CLI's output is
 * that: only `"`, `\` and characters below 0x20 are escaped (\uXXXX in lower case), and a real number is
 * the shortest text that reads back as the same number ("1700000000.0", "1e+16").
 */
#ifndef JETON_BASE_JSON_H
#define JETON_BASE_JSON_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>

/**
 * Parses any JSON value (not only objects and arrays); the last of duplicate members wins; U+0000 is
 * allowed in strings; nesting is bounded by jansson (2048).
 * @return a new reference, or NULL with line, column and reason: ERROR_PARAMETER when it is no JSON,
 *         ERROR_INTERNAL when it is (RFC 8259), but jansson cannot hold it: a number out of range, half of a
 *         surrogate pair, U+0000 in a member's name, too deep a nesting.
 */
json_t *json_parse(struct slice text, struct error *error);

/** The same, but refuses an object in which a member stands twice: for what must not be read in two ways. */
json_t *json_parse_unique(struct slice text, struct error *error);

/** Appends VALUE. INDENT spaces a level as json.dumps(indent=...) does; 0 for the compact form (`,` `:`). */
void json_write(struct buffer *out, const json_t *value, unsigned indent);

/**
 * Appends VALUE as json.dumps() does when it is told nothing: on one line, with blanks after `,` and `:`, all in
 * ASCII. The bodies and cache files of the AWS CLI are so.
 */
void json_write_python(struct buffer *out, const json_t *value);
/** The same without the blanks. */
void json_write_python_minified(struct buffer *out, const json_t *value);

/** Appends one quoted, escaped JSON string. */
void json_write_string(struct buffer *out, struct slice text);

/** Appends a real number as Python's repr() would. */
void json_write_real(struct buffer *out, double value);

/** The string member NAME of OBJECT as a slice; the empty slice with data NULL when absent or no string. */
struct slice json_member_text(const json_t *object, const char *name);

void json_free_at(json_t **value);
/** A scope-bound reference: `JSON_AUTO *value = json_parse(...)`. */
#define JSON_AUTO __attribute__((cleanup(json_free_at))) json_t

#endif
