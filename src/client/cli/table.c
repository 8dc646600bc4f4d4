// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/table.h"
#include "base/text.h"
#include "client/cli/wide_characters.h"

#include <stdlib.h>

static int compare_range(const void *wanted, const void *range)
{
    uint32_t code = *(const uint32_t *)wanted;
    const struct wide_range *place = range;
    return code < place->first ? -1 : code > place->last;
}

size_t table_text_width(struct slice text)
{
    size_t width = 0;
    for (size_t size; text.size > 0; width++, text = slice_part(text, size, text.size)) {
        uint32_t code = text_utf8_first(text, &size);
        if (code >= wide_ranges[0].first &&
            bsearch(&code, wide_ranges, wide_range_count, sizeof *wide_ranges, compare_range) != NULL)
            width++;
    }
    return width;
}

void table_add_section(struct table *table, struct slice title, size_t indent)
{
    struct table_section *section = arena_allocate(table->arena, 1, sizeof *section);
    section->title = title;
    section->indent = indent;
    if (table->last == NULL)
        table->sections = section;
    else
        table->last->next = section;
    table->last = section;
}

/** The first cells make the columns; later ones may only widen them. */
static bool widen(struct table *table, const struct slice *cells, size_t count, struct error *error)
{
    struct table_section *section = table->last;
    if (section->width_count == 0) {
        section->widths = arena_allocate(table->arena, count + 1, sizeof *section->widths);
        section->width_count = count;
    }
    if (count > section->width_count)
        return error_set(error, ERROR_INTERNAL, NULL,
                         "The result has lists of different forms, which a table cannot show; choose another --output");
    for (size_t i = 0; i < count; i++) {
        size_t width = table_text_width(cells[i]);
        section->widths[i] = width > section->widths[i] ? width : section->widths[i];
    }
    return true;
}

static void set_columns(struct table_section *section, size_t count)
{
    if (!section->sized)
        section->columns = count;
    section->sized = true;
}

bool table_add_headers(struct table *table, struct slice *cells, size_t count, struct error *error)
{
    struct table_section *section = table->last;
    if (!widen(table, cells, count, error))
        return false;
    set_columns(section, count);
    section->headers = cells;
    section->header_count = count;
    return true;
}

bool table_add_row(struct table *table, struct slice *cells, size_t count, struct error *error)
{
    struct table_section *section = table->last;
    set_columns(section, count);
    if (count != section->columns)
        return error_set(error, ERROR_INTERNAL, NULL, "Row should have %zu elements, instead it has %zu",
                         section->columns, count);
    struct table_row *row = arena_allocate(table->arena, 1, sizeof *row);
    *row = (struct table_row){.cells = cells, .count = count};
    if (section->last_row == NULL)
        section->rows = row;
    else
        section->last_row->next = row;
    section->last_row = row;
    section->row_count++;
    return widen(table, cells, count, error);
}
