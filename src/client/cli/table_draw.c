// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/table.h"

#include <math.h>

/** Beside the longest cell of a column. */
#define PADDING 4
#define EDGES 2
/** Before a cell, where there is room. */
#define MARGIN 2
/** What the AWS CLI takes a section without a title to be called, when it measures. */
#define NO_TITLE SLICE("None")

#define RESET "\033[0m"
#define VALUE_COLOR "\033[1m\033[34m"
#define FRAME_COLOR "\033[2m\033[33m"

/** Widths are signed: what is narrower than its edges has less than nothing within. */
struct drawing {
    struct buffer *out;
    const struct output_style *style;
    const struct table_section *section;
    long width;   // of the section, without what stands for its nesting
    long *widths; // of its columns
};

static void fill(struct buffer *out, char c, long count)
{
    for (long i = 0; i < count; i++)
        buffer_append_char(out, c);
}

/** Ends a piece of output as the AWS CLI's stream does. */
static void end_piece(const struct drawing *drawing)
{
    if (drawing->style->color && drawing->style->resets)
        buffer_append_text(drawing->out, RESET);
}

static void draw_nesting(const struct drawing *drawing)
{
    for (size_t i = 0; i < drawing->section->indent; i++)
        buffer_append_text(drawing->out, drawing->style->color ? FRAME_COLOR "|" RESET : "|");
    end_piece(drawing);
}

/** One line between the signs of its nesting. */
static void draw_line(const struct drawing *drawing, const struct buffer *line)
{
    draw_nesting(drawing);
    buffer_append_slice(drawing->out, buffer_slice(line));
    end_piece(drawing);
    draw_nesting(drawing);
    buffer_append_char(drawing->out, '\n');
    end_piece(drawing);
}

static void add_centred(struct buffer *line, struct slice text, long width, const char *edge)
{
    long size = (long)table_text_width(text);
    long start = width / 2 - size / 2 - 1;
    buffer_append_text(line, edge);
    fill(line, ' ', start);
    buffer_append_slice(line, text);
    fill(line, ' ', width - 1 - ((long)strlen(edge) + start + size));
    buffer_append_char(line, '|');
}

static void add_left(const struct drawing *drawing, struct buffer *line, struct slice text, long width, bool first)
{
    long size = (long)table_text_width(text);
    long edge = first ? 1 : 0;
    long margin = width - (size + MARGIN + edge + 1) >= 0 ? MARGIN : 0;
    buffer_append_text(line, first ? "|" : "");
    fill(line, ' ', margin);
    buffer_append_text(line, drawing->style->color ? VALUE_COLOR : "");
    buffer_append_slice(line, text);
    buffer_append_text(line, drawing->style->color ? RESET : "");
    fill(line, ' ', width - (edge + margin + size) - 1);
    buffer_append_char(line, '|');
}

/** "+-----+---+" */
static void draw_break(const struct drawing *drawing)
{
    BUFFER_AUTO line = {0};
    for (size_t i = 0; i < drawing->section->width_count; i++) {
        buffer_append_text(&line, i == 0 ? "+" : "");
        fill(&line, '-', drawing->widths[i] - (i == 0 ? 2 : 1));
        buffer_append_char(&line, '+');
    }
    draw_line(drawing, &line);
}

static void draw_title(const struct drawing *drawing)
{
    const struct table_section *section = drawing->section;
    if (section->title.size == 0)
        return;
    BUFFER_AUTO line = {0};
    add_centred(&line, section->title, drawing->width, "|");
    draw_line(drawing, &line);
    if (section->header_count > 0 || section->row_count > 0)
        return;
    buffer_clear(&line);
    buffer_append_char(&line, '+');
    fill(&line, '-', drawing->width - EDGES);
    buffer_append_char(&line, '+');
    draw_line(drawing, &line);
}

static void draw_headers(const struct drawing *drawing)
{
    const struct table_section *section = drawing->section;
    if (section->header_count == 0)
        return;
    BUFFER_AUTO line = {0};
    for (size_t i = 0; i < section->header_count && i < section->width_count; i++)
        add_centred(&line, section->headers[i], drawing->widths[i], i == 0 ? "|" : "");
    draw_break(drawing);
    draw_line(drawing, &line);
}

static void draw_rows(const struct drawing *drawing)
{
    const struct table_section *section = drawing->section;
    if (section->row_count == 0 || section->width_count == 0)
        return;
    draw_break(drawing);
    for (const struct table_row *row = section->rows; row != NULL; row = row->next) {
        BUFFER_AUTO line = {0};
        for (size_t i = 0; i < row->count && i < section->width_count; i++)
            add_left(drawing, &line, row->cells[i], drawing->widths[i], i == 0);
        draw_line(drawing, &line);
    }
    draw_break(drawing);
}

static long natural_width(const struct table_section *section)
{
    long columns = EDGES + 2 * (long)section->indent;
    for (size_t i = 0; i < section->width_count; i++)
        columns += (long)section->widths[i] + PADDING;
    struct slice name = section->title.data != NULL ? section->title : NO_TITLE;
    long title = (long)table_text_width(name) + EDGES + 2 * (long)section->indent;
    return title > columns ? title : columns;
}

static long widest(const struct table *table)
{
    long width = 0;
    for (const struct table_section *section = table->sections; section != NULL; section = section->next) {
        long natural = natural_width(section);
        width = natural > width ? natural : width;
    }
    return width;
}

/** Takes what is too much from the columns on the left, or adds what is missing to those on the right. */
static void settle(long *widths, size_t count, long surplus)
{
    while (surplus != 0)
        for (size_t i = 0; i < count && surplus != 0; i++) {
            long step = surplus > 0 ? -1 : 1;
            widths[surplus > 0 ? i : count - 1 - i] += step;
            surplus += step;
        }
}

/** Scales the columns to the section's width; halves are rounded to even, as by Python's round(). */
static long *scale(const struct table *table, const struct table_section *section, long width)
{
    long *widths = arena_allocate(table->arena, section->width_count + 1, sizeof *widths);
    long sum = 0;
    for (size_t i = 0; i < section->width_count; i++)
        sum += (long)section->widths[i] + PADDING;
    if (sum == 0)
        return widths;
    double factor = (double)width / (double)sum;
    long scaled = 0;
    for (size_t i = 0; i < section->width_count; i++) {
        widths[i] = lrint(factor * (double)((long)section->widths[i] + PADDING));
        scaled += widths[i];
    }
    settle(widths, section->width_count, scaled - width);
    return widths;
}

/** A section of one row becomes one of a row for each of its columns: header, value. */
static void turn_upright(struct table *table, struct table_section *section)
{
    if (section->row_count != 1 || section->header_count == 0)
        return;
    struct table_section upright = {.title = section->title, .indent = section->indent};
    struct table turned = {.arena = table->arena, .sections = &upright, .last = &upright};
    for (size_t i = 0; i < section->header_count && i < section->rows->count; i++) {
        struct slice *cells = arena_allocate(table->arena, 2, sizeof *cells);
        cells[0] = section->headers[i];
        cells[1] = section->rows->cells[i];
        (void)table_add_row(&turned, cells, 2, NULL);
    }
    upright.next = section->next;
    *section = upright;
}

void table_draw(struct buffer *out, struct table *table, const struct output_style *style)
{
    long width = widest(table);
    if (width > (long)style->width) {
        for (struct table_section *section = table->sections; section != NULL; section = section->next)
            turn_upright(table, section);
        width = widest(table);
    }
    struct drawing drawing = {.out = out, .style = style};
    fill(out, '-', width);
    buffer_append_char(out, '\n');
    end_piece(&drawing);
    for (const struct table_section *section = table->sections; section != NULL; section = section->next) {
        drawing.section = section;
        drawing.width = width - 2 * (long)section->indent;
        drawing.widths = scale(table, section, drawing.width);
        draw_title(&drawing);
        draw_headers(&drawing);
        draw_rows(&drawing);
    }
}
