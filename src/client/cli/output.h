// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Results on standard output, in the form that --output names (section 2.1 of the reference). */
#ifndef JETON_CLIENT_CLI_OUTPUT_H
#define JETON_CLIENT_CLI_OUTPUT_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** The forms that --output may name. */
enum output_format {
    OUTPUT_UNKNOWN,
    OUTPUT_JSON,
    OUTPUT_TEXT,
    OUTPUT_TABLE,
    OUTPUT_YAML,
    OUTPUT_YAML_STREAM,
    OUTPUT_OFF,
};

/** A form, and what a table depends on. */
struct output_style {
    enum output_format format;
    const char *title; /**< The operation's name, or "error". */
    size_t width;      /**< Of the terminal; a wider table stands its single rows upright. */
    bool color;
    bool resets;  /**< With colour, end every piece that is written with a reset, as the AWS CLI does but to a pager. */
    bool moments; /**< Texts that are moments without a zone are moments: YAML does not quote them. */
};

/** The form of that name. */
enum output_format output_find_format(const char *name);

/** Appends indented JSON and a newline; nothing for an empty object. */
void output_write_json(struct buffer *out, const json_t *value);

/** Appends tab-separated lines: keys sorted, nested values on lines that start with their key in upper case. */
void output_write_text(struct buffer *out, const json_t *value);

/**
 * Appends a table under the style's title: keys sorted, nested values in sections of their own. A scalar alone is a
 * table of one cell (the AWS CLI shows the title without it); null, empty texts and empty containers are nothing.
 * @param error ERROR_INTERNAL when the value has no such form: rows of different lengths.
 */
bool output_write_table(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error);

/** Appends YAML; a scalar alone as JSON, nothing for an empty object. Fails as yaml_write(). */
bool output_write_yaml(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error);

/** Appends a page as one item of a YAML list, an empty object too. Fails as yaml_write(). */
bool output_write_yaml_item(struct buffer *out, const struct output_style *style, const json_t *page,
                            struct error *error);

/** Appends VALUE in the style's format; nothing for the forms that print nothing. */
bool output_write(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error);

/**
 * Writes all of TEXT to a file descriptor.
 * @param error ERROR_INTERNAL, code "OutputFailed", or "OutputClosed" when there is no such descriptor.
 */
bool output_send(int descriptor, struct slice text, struct error *error);

#endif
