// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * YAML as package managers write their settings: block mappings in block mappings, a scalar a line. .yarnrc.yml,
 * RubyGems' credentials, Bundler's config. What is in flow style is refused where it is in the way.
 */
#include "base/text.h"
#include "client/edit/format.h"

/** Of a value that is empty, or is what stands in the lines behind. */
static const char no_scalar[] = "a value in it is no text on the line of its key; write it there, in quotes";
/** What a value that is no plain or quoted scalar begins with. */
static const char other_styles[] = "|>[{&*!";

struct scan {
    struct slice text;
    const struct edit_place *place;
    struct edit_found *out;
    size_t size;                    // of the path
    size_t depth;                   // how many of the path's mappings the line stands in
    size_t indents[EDIT_DEPTH + 1]; // of their keys; of the innermost one's entries behind them
    bool known[EDIT_DEPTH + 1];     // whether the indent of entries at a depth is known
};

/** The key of a line `key: value`; *VALUE gets where the value begins. False when there is none. */
static bool read_key(struct slice text, struct edit_line line, size_t at, struct slice *key, size_t *value)
{
    size_t end = at;
    if (text.data[at] == '"' || text.data[at] == '\'') {
        end = slice_find(slice_part(text, 0, line.end), text.data[at], at + 1);
        if (end >= line.end)
            return false;
        *key = slice_part(text, at + 1, end - at - 1);
        end++;
        end += edit_blanks(slice_part(text, end, line.end - end));
        if (end >= line.end || text.data[end] != ':')
            return false;
    } else {
        // A key may begin with a colon itself: a symbol of Ruby.
        for (end = at + 1; end < line.end; end++)
            if (text.data[end] == ':' &&
                (end + 1 == line.end || text.data[end + 1] == ' ' || text.data[end + 1] == '\t'))
                break;
        if (end >= line.end)
            return false;
        *key = slice_trim(slice_part(text, at, end - at));
    }
    *value = end + 1 + edit_blanks(slice_part(text, end + 1, line.end - end - 1));
    return true;
}

/** Where the scalar ends, without a comment behind it. */
static size_t end_of_scalar(struct slice text, size_t at, size_t end)
{
    if (at < end && (text.data[at] == '"' || text.data[at] == '\'')) {
        char quote = text.data[at];
        size_t i = at + 1;
        while (i < end && text.data[i] != quote)
            i += text.data[i] == '\\' && quote == '"' ? 2 : 1;
        return i < end ? i + 1 : end;
    }
    size_t last = at;
    for (size_t i = at; i < end; i++) {
        if (text.data[i] == '#' && (i == at || text.data[i - 1] == ' ' || text.data[i - 1] == '\t'))
            break;
        last = text_is_space(text.data[i]) ? last : i + 1;
    }
    return last;
}

/** A line with a key of the mapping that the scan is in. */
static void take_key(struct scan *scan, struct edit_line line, size_t indent, struct slice key, size_t value)
{
    struct edit_found *out = scan->out;
    size_t end = end_of_scalar(scan->text, value, line.end);
    if (scan->depth < scan->size && slice_is(key, scan->place->path[scan->depth])) {
        if (value < end)
            out->trouble = "a mapping in it is not written in lines of its own; write each of its keys on "
                           "a line of its own, further in";
        scan->indents[scan->depth++] = indent;
        scan->known[scan->depth] = false;
        if (scan->depth > out->depth) {
            out->depth = scan->depth;
            out->indent = indent + 2;
            out->append = line.next;
        }
        if (scan->depth == scan->size && !out->section) {
            out->section = true;
            out->heading = (struct edit_span){line.start, line.next};
            out->body = (struct edit_span){line.next, line.next};
            out->insert = line.next;
        }
    } else if (scan->depth == scan->size && slice_is(key, scan->place->key)) {
        out->value = true;
        out->entry = (struct edit_span){line.start, line.next};
        out->raw = (struct edit_span){value, end};
        if (value >= end || memchr(other_styles, scan->text.data[value], sizeof other_styles - 1) != NULL)
            out->trouble = no_scalar;
    }
}

/** Leaves the mappings that a line of this indent stands behind. */
static void leave(struct scan *scan, size_t indent)
{
    while (scan->depth > 0 && indent <= scan->indents[scan->depth - 1])
        scan->depth--;
}

static void take_line(struct scan *scan, struct edit_line line)
{
    struct slice content = edit_line_text(scan->text, line);
    struct edit_found *out = scan->out;
    size_t indent = edit_blanks(content);
    struct slice key;
    size_t value;
    if (indent == content.size || content.data[indent] == '#')
        return;
    if (slice_is(content, "...") || (slice_starts_with(content, SLICE("---")) && out->insert + out->append > 0))
        out->trouble = "there is more than one document in it";
    bool item = content.data[indent] == '-' && (indent + 1 == content.size || content.data[indent + 1] == ' ');
    leave(scan, item ? indent + 1 : indent);
    // The first line of a mapping says how deep its entries stand; deeper ones are of an entry's own.
    if (!scan->known[scan->depth] && !item) {
        scan->known[scan->depth] = true;
        scan->indents[scan->depth] = indent;
        if (scan->depth == out->depth)
            out->indent = indent;
    }
    if (scan->depth == out->depth)
        out->append = line.next;
    if (out->section && scan->depth == scan->size)
        out->insert = out->body.end = line.next;
    bool own = !item && indent == scan->indents[scan->depth];
    if (own && !slice_starts_with(content, SLICE("---")) &&
        read_key(scan->text, line, line.start + indent, &key, &value))
        take_key(scan, line, indent, key, value);
}

static void locate(struct slice text, const struct edit_place *place, struct edit_found *out)
{
    struct scan scan = {.text = text, .place = place, .out = out};
    struct edit_line line;
    while (scan.size < EDIT_DEPTH && place->path[scan.size] != NULL)
        scan.size++;
    out->section = scan.size == 0;
    for (size_t at = 0; edit_line_at(text, at, &line); at = line.next)
        take_line(&scan, line);
}

static void decode(struct buffer *out, struct slice raw)
{
    bool quoted = raw.size >= 2 && (raw.data[0] == '"' || raw.data[0] == '\'');
    size_t end = quoted ? raw.size - 1 : raw.size;
    for (size_t i = quoted ? 1 : 0; i < end; i++) {
        bool escaped = quoted && i + 1 < end &&
                       ((raw.data[0] == '"' && raw.data[i] == '\\') ||
                        (raw.data[0] == '\'' && raw.data[i] == '\'' && raw.data[i + 1] == '\''));
        i += escaped ? 1 : 0;
        buffer_append_char(out, raw.data[i]);
    }
}

static void encode(struct buffer *out, struct slice value)
{
    if (slice_is(value, "true") || slice_is(value, "false")) {
        buffer_append_slice(out, value);
        return;
    }
    edit_append_quoted(out, value);
}

/** A key plain where that is beyond doubt. */
static void write_key(struct buffer *out, size_t indent, const char *key)
{
    bool plain = *key == ':' || text_is_alpha(*key);
    for (const char *c = key; *c != '\0'; c++)
        plain = plain &&
                (text_is_alpha(*c) || text_is_digit(*c) || strchr("_-./", *c) != NULL || (*c == ':' && c[1] != '\0'));
    buffer_append_format(out, plain ? "%*s%s:" : "%*s\"%s\":", (int)indent, "", key);
}

static void write_entry(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                        struct slice encoded, const char *newline)
{
    size_t size = 0;
    (void)newline;
    while (size < EDIT_DEPTH && place->path[size] != NULL)
        size++;
    write_key(out, found->indent + 2 * (size - found->depth), place->key);
    buffer_append_char(out, ' ');
    buffer_append_slice(out, encoded);
}

static void write_heading(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                          const char *newline)
{
    for (size_t i = found->depth; i < EDIT_DEPTH && place->path[i] != NULL; i++) {
        write_key(out, found->indent + 2 * (i - found->depth), place->path[i]);
        buffer_append_text(out, newline);
    }
}

const struct edit_grammar edit_yaml = {locate, decode, encode, write_entry, write_heading, true};

// ------------------------------------------------------------------ lists

/** The items under a key. */
struct list {
    struct edit_found key;
    struct edit_span lines; // of the items
    size_t indent;
    size_t count;
    struct edit_span found; // the line of the item that is looked for; empty: it is not there
    struct edit_span raw;   // its text
};

/** The item on a line; false when there is none. */
static bool read_item(struct slice text, struct edit_line line, struct edit_span *raw)
{
    struct slice content = edit_line_text(text, line);
    size_t indent = edit_blanks(content);
    if (indent + 1 >= content.size || content.data[indent] != '-' || content.data[indent + 1] != ' ')
        return false;
    raw->start = line.start + indent + 1;
    raw->start += edit_blanks(slice_part(text, raw->start, line.end - raw->start));
    raw->end = end_of_scalar(text, raw->start, line.end);
    return true;
}

/** Looks the list up, and ITEM in it, unless ALL gets every item. */
static void read_list(struct slice text, const struct edit_place *place, struct list *list, struct slice item,
                      struct buffer *all)
{
    struct edit_line line;
    locate(text, place, &list->key);
    if (!list->key.value)
        return;
    size_t at = list->key.entry.end;
    list->lines = (struct edit_span){at, at};
    for (; edit_line_at(text, at, &line); at = line.next) {
        struct edit_span raw;
        BUFFER_AUTO value = {0};
        struct slice content = slice_trim(edit_line_text(text, line));
        if (content.size == 0 || content.data[0] == '#')
            continue;
        if (!read_item(text, line, &raw))
            break;
        decode(&value, slice_part(text, raw.start, raw.end - raw.start));
        if (all != NULL)
            buffer_append_format(all, list->count > 0 ? "\n%s" : "%s", buffer_text(&value));
        if (all == NULL && slice_equal(buffer_slice(&value), item)) {
            list->found = (struct edit_span){line.start, line.next};
            list->raw = raw;
        }
        list->indent = edit_blanks(edit_line_text(text, line));
        list->lines.end = line.next;
        list->count++;
    }
}

bool edit_list_find(struct slice text, const struct edit_place *place, struct buffer *out)
{
    struct list list = {0};
    read_list(text, place, &list, (struct slice){0}, out);
    return list.key.value && list.count > 0;
}

/** An item plain where that is beyond doubt: without blanks, and beginning with a letter. */
static void write_item(struct buffer *out, struct slice item)
{
    bool plain = item.size > 0 && text_is_alpha(item.data[0]) && item.data[item.size - 1] != ':';
    for (size_t i = 0; i < item.size; i++)
        plain = plain && !text_is_space(item.data[i]);
    if (plain)
        buffer_append_slice(out, item);
    else
        encode(out, item);
}

bool edit_list_add(struct buffer *text, const struct edit_place *place, struct slice item, struct error *error)
{
    struct list list = {0};
    struct slice old = buffer_slice(text);
    const char *newline = edit_newline(old);
    read_list(old, place, &list, item, NULL);
    if (list.found.end > list.found.start)
        return true;
    bool other = list.key.trouble != NULL && list.key.trouble != no_scalar;
    if (other || list.key.raw.end > list.key.raw.start)
        return error_set(error, ERROR_INTERNAL, NULL, "%s",
                         other ? list.key.trouble
                               : "a list in it is not written in lines of its own; write each item on one, "
                                 "behind \"- \"");
    BUFFER_AUTO made = {0};
    size_t at = list.key.value ? list.lines.end : old.size;
    if (at > 0 && old.data[at - 1] != '\n')
        buffer_append_text(&made, newline);
    if (!list.key.value) {
        write_key(&made, list.key.indent, place->key);
        buffer_append_text(&made, newline);
    }
    buffer_append_format(&made, "%*s- ", (int)(list.count > 0 ? list.indent : list.key.indent), "");
    write_item(&made, item);
    buffer_append_text(&made, newline);
    edit_splice(text, (struct edit_span){at, at}, buffer_slice(&made));
    return true;
}

bool edit_list_replace(struct buffer *text, const struct edit_place *place, struct slice item, struct slice with)
{
    struct list list = {0};
    BUFFER_AUTO made = {0};
    read_list(buffer_slice(text), place, &list, item, NULL);
    if (list.found.end == list.found.start)
        return false;
    bool quoted = text->data[list.raw.start] == '"' || text->data[list.raw.start] == '\'';
    if (quoted)
        encode(&made, with);
    else
        write_item(&made, with);
    edit_splice(text, list.raw, buffer_slice(&made));
    return true;
}

bool edit_list_remove(struct buffer *text, const struct edit_place *place, struct slice item)
{
    struct list list = {0};
    read_list(buffer_slice(text), place, &list, item, NULL);
    if (list.found.end == list.found.start)
        return false;
    edit_splice(text, list.found, (struct slice){0});
    if (list.count == 1)
        edit_splice(text, list.key.entry, (struct slice){0});
    return true;
}
