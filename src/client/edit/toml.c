// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * TOML 1.0 as far as it takes to find a key in a table: headings, arrays of tables, dotted and quoted keys, values over
 * several lines. A table that is written inline or by dotted keys is refused: a heading for it would be an error.
 */
#include "base/text.h"
#include "client/edit/format.h"

#define PARTS 8

/** A dotted key. */
struct name {
    struct slice parts[PARTS];
    size_t count;
};

/** Where the string that begins at AT ends; CLOSED: by its quote. */
static size_t end_of_string(struct slice text, size_t at, bool *closed)
{
    *closed = true;
    char quote = text.data[at];
    struct slice three = slice_part(text, at, 3);
    bool multi = three.size == 3 && three.data[1] == quote && three.data[2] == quote;
    for (at += multi ? 3 : 1; at < text.size; at++) {
        if (text.data[at] == '\\' && quote == '"') {
            at++;
        } else if (text.data[at] == quote) {
            if (!multi)
                return at + 1;
            if (at + 2 < text.size && text.data[at + 1] == quote && text.data[at + 2] == quote)
                return at + 3;
        } else if (text.data[at] == '\n' && !multi) {
            break;
        }
    }
    *closed = false;
    return at < text.size ? at : text.size;
}

/** Where the value that begins at AT ends: before the end of the line or a comment; CLOSED: brackets and all. */
static size_t end_of_value(struct slice text, size_t at, bool *closed)
{
    size_t depth = 0;
    size_t end = at;
    *closed = true;
    while (at < text.size) {
        char c = text.data[at];
        if (c == '"' || c == '\'') {
            at = end_of_string(text, at, closed);
            end = at;
            if (!*closed)
                return end;
            continue;
        }
        if (c == '#') {
            if (depth == 0)
                return end;
            at = slice_find(text, '\n', at);
            continue;
        }
        if (c == '\n' && depth == 0)
            return end;
        depth += c == '[' || c == '{' ? 1 : 0;
        depth -= (c == ']' || c == '}') && depth > 0 ? 1 : 0;
        at++;
        end = text_is_space(c) ? end : at;
    }
    *closed = depth == 0;
    return end;
}

/** Reads a dotted key from *AT on, up to what follows it. */
static bool read_name(struct slice text, size_t *at, struct name *out)
{
    out->count = 0;
    for (;;) {
        *at += edit_blanks(slice_part(text, *at, text.size));
        if (*at >= text.size || out->count == PARTS)
            return false;
        size_t start = *at;
        if (text.data[start] == '"' || text.data[start] == '\'') {
            bool closed;
            *at = end_of_string(text, start, &closed);
            if (!closed)
                return false;
            out->parts[out->count++] = slice_part(text, start + 1, *at - start - 2);
        } else {
            while (*at < text.size && (text_is_alpha(text.data[*at]) || text_is_digit(text.data[*at]) ||
                                       text.data[*at] == '-' || text.data[*at] == '_'))
                (*at)++;
            if (*at == start)
                return false;
            out->parts[out->count++] = slice_part(text, start, *at - start);
        }
        *at += edit_blanks(slice_part(text, *at, text.size));
        if (*at >= text.size || text.data[*at] != '.')
            return true;
        (*at)++;
    }
}

static size_t path_size(const struct edit_place *place)
{
    size_t size = 0;
    while (size < EDIT_DEPTH && place->path[size] != NULL)
        size++;
    return size;
}

/** Whether A and then B are the path, and a key behind it when KEY is not NULL; or as much of that as they have. */
static bool begins_path(const struct name *a, const struct name *b, const struct edit_place *place)
{
    size_t total = path_size(place);
    for (size_t i = 0; i < a->count + b->count && i < total; i++) {
        struct slice part = i < a->count ? a->parts[i] : b->parts[i - a->count];
        if (!slice_is(part, place->path[i]))
            return false;
    }
    return true;
}

struct scan {
    struct slice text;
    const struct edit_place *place;
    struct edit_found *out;
    struct name table; // the one that lines belong to
    bool array;        // it is one of an array
    bool inside;       // it is the place's
    bool candidate;    // it is in the array of the place, which one is not known yet
    bool by_number;    // it is the Nth of the array that is looked for
    size_t ahead;      // how many are before it
    struct edit_found held;
};

/** Ends the table before AT. */
static void end_table(struct scan *scan, size_t at)
{
    if (scan->inside || scan->candidate)
        scan->held.body.end = at;
    if (scan->inside) {
        const char *trouble = scan->out->trouble;
        size_t trouble_at = scan->out->trouble_at;
        size_t append = scan->out->append;
        *scan->out = scan->held;
        scan->out->section = true;
        scan->out->append = append;
        scan->out->trouble = trouble;
        scan->out->trouble_at = trouble_at;
    }
    scan->inside = scan->candidate = false;
}

static void begin_table(struct scan *scan, struct edit_line line, size_t at)
{
    const struct name none = {.count = 0};
    struct slice text = slice_part(scan->text, 0, line.end);
    scan->array = at + 1 < text.size && text.data[at + 1] == '[';
    at += scan->array ? 2 : 1;
    struct slice close = scan->array ? SLICE("]]") : SLICE("]");
    bool read = read_name(text, &at, &scan->table);
    if (!read || !slice_starts_with(slice_part(text, at, text.size), close)) {
        scan->table.count = 0;
        scan->out->trouble = "a heading in it is not understood";
        return;
    }
    bool ours = scan->table.count == path_size(scan->place) && begins_path(&scan->table, &none, scan->place);
    bool selects = scan->place->select != NULL;
    if (scan->by_number) {
        scan->inside = ours && scan->array && !scan->out->section && scan->ahead == 0;
        scan->ahead -= ours && scan->ahead > 0 ? 1 : 0;
        if (scan->inside)
            scan->held = (struct edit_found){.body = {line.next, scan->text.size}, .insert = line.next};
        return;
    }
    if (ours && scan->array != selects)
        scan->out->trouble = "a table in it is of another kind than expected";
    else if (ours && !scan->out->section) {
        scan->inside = !selects;
        scan->candidate = selects;
        scan->held = (struct edit_found){
            .heading = {line.start, line.next}, .body = {line.next, scan->text.size}, .insert = line.next};
    }
}

static bool value_is(struct slice text, struct edit_span raw, const char *wanted)
{
    BUFFER_AUTO value = {0};
    edit_toml.decode(&value, slice_part(text, raw.start, raw.end - raw.start));
    return slice_is(buffer_slice(&value), wanted);
}

/** The first trouble is the one that is told. */
static void complain(struct scan *scan, const char *trouble, struct edit_line line)
{
    if (scan->out->trouble_at > 0)
        return;
    scan->out->trouble = trouble;
    scan->out->trouble_at = line.start + 1;
}

/** A line `key = value` of which the value begins at AT; *NEXT gets where the next line begins. */
static void take_entry(struct scan *scan, struct edit_line line, const struct name *key, size_t at, size_t *next)
{
    bool closed;
    size_t end = end_of_value(scan->text, at, &closed);
    struct edit_line last;
    if (!closed || end == at)
        complain(scan, "a value in it has no end", line);
    *next = edit_line_at(scan->text, end, &last) ? last.next : scan->text.size;
    struct edit_found *held = &scan->held;
    bool in_table = scan->inside || scan->candidate;
    if (!in_table) {
        // Another spelling of our table: inline, or by dotted keys.
        if (path_size(scan->place) > 0 && !scan->array && begins_path(&scan->table, key, scan->place) &&
            key->count > 0 && scan->table.count < path_size(scan->place))
            scan->out->trouble = "a table in it is written inline or by dotted keys; give it a heading of its own";
        return;
    }
    held->insert = *next;
    if (key->count != 1)
        return;
    const struct edit_span raw = {at, end};
    if (slice_is(key->parts[0], scan->place->key)) {
        held->value = true;
        held->entry = (struct edit_span){line.start, *next};
        held->raw = raw;
    }
    if (scan->candidate && slice_is(key->parts[0], scan->place->select_key) &&
        value_is(scan->text, raw, scan->place->select)) {
        scan->candidate = false;
        scan->inside = true;
        // With nothing but this the table is empty.
        if (line.start == held->heading.end)
            held->heading.end = held->body.start = *next;
    }
}

static void run(struct scan *scan)
{
    struct slice text = scan->text;
    struct edit_found *out = scan->out;
    struct edit_line line;
    size_t next;
    out->append = text.size;
    scan->inside = path_size(scan->place) == 0;
    scan->held.body.end = text.size;
    // What some editors begin a file with (U+FEFF) says nothing.
    size_t mark = slice_starts_with(text, SLICE("\xef\xbb\xbf")) ? 3 : 0;
    scan->held.insert = mark;
    for (size_t start = mark; edit_line_at(text, start, &line); start = next) {
        size_t at = line.start + edit_blanks(edit_line_text(text, line));
        struct name key;
        next = line.next;
        if (at >= line.end || text.data[at] == '#')
            continue;
        if (text.data[at] == '[') {
            end_table(scan, line.start);
            begin_table(scan, line, at);
            continue;
        }
        if (!read_name(text, &at, &key) || at >= line.end || text.data[at] != '=') {
            complain(scan, "a line in it is no TOML", line);
            continue;
        }
        at++;
        at += edit_blanks(slice_part(text, at, line.end - at));
        take_entry(scan, line, &key, at, &next);
    }
    end_table(scan, text.size);
}

static void locate(struct slice text, const struct edit_place *place, struct edit_found *out)
{
    struct scan scan = {.text = text, .place = place, .out = out};
    run(&scan);
}

static void decode(struct buffer *out, struct slice raw)
{
    bool quoted = raw.size >= 2 && (raw.data[0] == '"' || raw.data[0] == '\'');
    if (!quoted) {
        buffer_append_slice(out, raw);
        return;
    }
    for (size_t i = 1; i + 1 < raw.size; i++) {
        if (raw.data[i] == '\\' && raw.data[0] == '"' && i + 2 < raw.size)
            i++;
        buffer_append_char(out, raw.data[i]);
    }
}

/** Lists and truths are written as they are, all else as a string. */
static void encode(struct buffer *out, struct slice value)
{
    if (slice_starts_with(value, SLICE("[")) || slice_is(value, "true") || slice_is(value, "false")) {
        buffer_append_slice(out, value);
        return;
    }
    edit_append_quoted(out, value);
}

/** A key bare where that can be. */
static void write_part(struct buffer *out, const char *part)
{
    bool bare = *part != '\0';
    for (const char *c = part; *c != '\0'; c++)
        bare = bare && (text_is_alpha(*c) || text_is_digit(*c) || *c == '-' || *c == '_');
    buffer_append_format(out, bare ? "%s" : "\"%s\"", part);
}

static void write_entry(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                        struct slice encoded, const char *newline)
{
    (void)found;
    (void)newline;
    write_part(out, place->key);
    buffer_append_text(out, " = ");
    buffer_append_slice(out, encoded);
}

static void write_heading(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                          const char *newline)
{
    buffer_append_text(out, found->append > 0 ? newline : "");
    buffer_append_text(out, place->select != NULL ? "[[" : "[");
    for (size_t i = 0; i < path_size(place); i++) {
        buffer_append_text(out, i > 0 ? "." : "");
        write_part(out, place->path[i]);
    }
    buffer_append_format(out, "%s%s", place->select != NULL ? "]]" : "]", newline);
    if (place->select == NULL)
        return;
    buffer_append_format(out, "%s = ", place->select_key);
    encode(out, slice_of(place->select));
    buffer_append_text(out, newline);
}

const struct edit_grammar edit_toml = {locate, decode, encode, write_entry, write_heading, false};

bool edit_find_nth(struct slice text, const struct edit_place *place, size_t n, struct buffer *out)
{
    struct edit_found found = {0};
    struct scan scan = {.text = text, .place = place, .out = &found, .by_number = true, .ahead = n};
    run(&scan);
    if (found.value)
        decode(out, slice_part(text, found.raw.start, found.raw.end - found.raw.start));
    return found.value;
}
