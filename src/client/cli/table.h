// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tables of text: sections below each other, each with a title, column headers and rows, drawn to one width.
 * Source: the AWS CLI's table output, as observed (section 2.1 of the reference).
 */
#ifndef JETON_CLIENT_CLI_TABLE_H
#define JETON_CLIENT_CLI_TABLE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "client/cli/output.h"

#include <stdbool.h>
#include <stddef.h>

/** The cells of a line. */
struct table_row {
    struct slice *cells;
    size_t count;
    struct table_row *next;
};

struct table_section {
    struct slice title; /**< data NULL: none, which still takes a place. */
    size_t indent;      /**< How deep it is nested. */
    struct slice *headers;
    size_t header_count;
    struct table_row *rows;
    struct table_row *last_row;
    size_t row_count;
    bool sized;     /**< A header or row has set COLUMNS. */
    size_t columns; /**< What each row must have. */
    size_t *widths; /**< Of the longest cell of each column. */
    size_t width_count;
    struct table_section *next;
};

/** All in one arena. */
struct table {
    struct arena *arena;
    struct table_section *sections;
    struct table_section *last;
};

/** Starts a section; what is added next goes into it. */
void table_add_section(struct table *table, struct slice title, size_t indent);

/**
 * Sets the headers of the section; the CELLS stay the caller's array, in the arena.
 * @param error ERROR_INTERNAL when it has fewer columns already.
 */
bool table_add_headers(struct table *table, struct slice *cells, size_t count, struct error *error);

/** Adds a row likewise. @param error ERROR_INTERNAL when the section's rows have another number of cells. */
bool table_add_row(struct table *table, struct slice *cells, size_t count, struct error *error);

/** The columns of a terminal that TEXT takes. */
size_t table_text_width(struct slice text);

/** Appends the drawing. Sections may be turned upright for that. */
void table_draw(struct buffer *out, struct table *table, const struct output_style *style);

#endif
