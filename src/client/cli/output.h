// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Results on standard output, in the form that --output names (section 2.1 of the reference). */
#ifndef JETON_CLIENT_CLI_OUTPUT_H
#define JETON_CLIENT_CLI_OUTPUT_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/** The forms that --output may name. */
enum output_format {
    OUTPUT_UNKNOWN,
    OUTPUT_JSON,
    OUTPUT_TEXT,
    OUTPUT_OFF,
    OUTPUT_MISSING, /**< A form of the AWS CLI's that is not there yet: yaml, yaml-stream, table. */
};

/** The form of that name. */
enum output_format output_find_format(const char *name);

/** Appends indented JSON and a newline; nothing for an empty object. */
void output_write_json(struct buffer *out, const json_t *value);

/** Appends tab-separated lines: keys sorted, nested values on lines that start with their key in upper case. */
void output_write_text(struct buffer *out, const json_t *value);

/** Appends VALUE in FORMAT; nothing for the forms that print nothing. */
void output_write(struct buffer *out, enum output_format format, const json_t *value);

/**
 * Writes all of TEXT to a file descriptor.
 * @param error ERROR_INTERNAL, code "OutputFailed", or "OutputClosed" when there is no such descriptor.
 */
bool output_send(int descriptor, struct slice text, struct error *error);

#endif
