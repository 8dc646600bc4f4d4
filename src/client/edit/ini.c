// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Lines of keys and values, with sections in most: .pypirc and pip.conf (Python's RawConfigParser), .npmrc (the
 * package `ini`), .properties files of Java.
 */
#include "base/text.h"
#include "client/edit/format.h"

struct dialect {
    const char *comments;   /**< What begins a line that says nothing. */
    const char *delimiters; /**< What may stand between key and value. */
    const char *separator;  /**< What we write there. */
    bool continues;         /**< A deeper line goes on with the value. */
    bool folds;             /**< Keys are equal whatever their case. */
    bool dashes;            /**< `_` in a key is `-`. */
    bool strict;            /**< A line that is none of these is an error. */
    bool escapes;           /**< A backslash at the end of a line goes on with the value. */
};

static const struct dialect dialects[] = {
    [EDIT_INI] = {"#;", "=:", " = ", true, true, false, true, false},
    [EDIT_PIP] = {"#;", "=:", " = ", true, true, true, true, false},
    [EDIT_NPMRC] = {"#;", "=", "=", false, false, false, false, false},
    [EDIT_PROPERTIES] = {"#!", "=:", "=", false, false, false, false, true},
};

static bool is_one_of(char c, const char *set)
{
    for (; *set != '\0'; set++)
        if (*set == c)
            return true;
    return false;
}

static bool is_comment(const struct dialect *dialect, struct slice line)
{
    struct slice trimmed = slice_trim(line);
    return trimmed.size > 0 && is_one_of(trimmed.data[0], dialect->comments);
}

/** Whether a key as written is KEY. */
static bool same_key(const struct dialect *dialect, struct slice written, struct slice key)
{
    written = slice_trim(written);
    if (written.size >= 2 && written.data[0] == '"' && written.data[written.size - 1] == '"')
        written = slice_part(written, 1, written.size - 2);
    if (written.size != key.size)
        return false;
    for (size_t i = 0; i < key.size; i++) {
        char a = dialect->folds ? text_lower(written.data[i]) : written.data[i];
        char b = dialect->folds ? text_lower(key.data[i]) : key.data[i];
        a = dialect->dashes && a == '_' ? '-' : a;
        if (a != b)
            return false;
    }
    return true;
}

/** The name in "[name]"; false when the line is no heading. */
static bool read_heading(struct slice line, struct slice *name)
{
    struct slice trimmed = slice_trim(line);
    size_t close = slice_find(trimmed, ']', 0);
    if (trimmed.size < 2 || trimmed.data[0] != '[' || close == trimmed.size)
        return false;
    *name = slice_part(trimmed, 1, close - 1);
    return true;
}

/** Whether a line of Java's goes on with the next: by an odd number of backslashes at its end. */
static bool goes_on(struct slice line)
{
    size_t count = 0;
    while (count < line.size && line.data[line.size - 1 - count] == '\\')
        count++;
    return count % 2 == 1;
}

/** Where a value that begins on LINE ends by that. */
static size_t end_of_escaped(struct slice text, struct edit_line line, size_t *next)
{
    while (goes_on(edit_line_text(text, line)) && edit_line_at(text, line.next, &line))
        *next = line.next;
    return line.end;
}

/** Where a value that begins on LINE ends: with the last deeper line, comments and empty ones between included. */
static size_t end_of_value(const struct dialect *dialect, struct slice text, struct edit_line line, size_t *next)
{
    size_t end = line.end;
    if (dialect->escapes) {
        *next = line.next;
        return end_of_escaped(text, line, next);
    }
    size_t depth = edit_blanks(edit_line_text(text, line));
    struct edit_line further;
    *next = line.next;
    for (size_t at = line.next; dialect->continues && edit_line_at(text, at, &further); at = further.next) {
        struct slice content = edit_line_text(text, further);
        if (slice_trim(content).size == 0 || is_comment(dialect, content))
            continue;
        if (edit_blanks(content) <= depth)
            break;
        end = further.end;
        *next = further.next;
    }
    return end;
}

/** Python refuses a file with such a line whole (configparser). INSIDE: in any section. */
static void check_entry(const struct dialect *dialect, struct edit_line line, bool has_key, bool inside,
                        struct edit_found *out)
{
    if (!dialect->strict || out->trouble_at > 0 || (has_key && inside))
        return;
    out->trouble = inside ? "a line in it is neither a heading nor a key with a value"
                          : "a line in it stands before the first heading";
    out->trouble_at = line.start + 1;
}

/** Looks at one line that is neither comment nor heading. OURS: in the section that is looked for; ANY: in one. */
static void read_entry(const struct dialect *dialect, struct slice text, const struct edit_place *place, bool ours,
                       bool any, struct edit_line *line, struct edit_found *out)
{
    struct slice content = edit_line_text(text, *line);
    size_t delimiter = 0;
    while (delimiter < content.size && !is_one_of(content.data[delimiter], dialect->delimiters))
        delimiter++;
    size_t next;
    size_t end = end_of_value(dialect, text, *line, &next);
    if (dialect->escapes && goes_on(slice_part(text, line->start, end - line->start))) {
        out->trouble = "its last line goes on by a backslash, with nothing behind it";
        out->trouble_at = line->start + 1;
    }
    check_entry(dialect, *line, delimiter < content.size, any, out);
    if (!ours) {
        line->next = next;
        return;
    }
    // A key without a value is another thing in each of these formats; it is left alone.
    if (delimiter < content.size && same_key(dialect, slice_part(content, 0, delimiter), slice_of(place->key))) {
        size_t start = line->start + delimiter + 1;
        start += edit_blanks(slice_part(text, start, line->end - start));
        out->value = true;
        out->entry = (struct edit_span){line->start, next};
        out->raw = (struct edit_span){start, end};
        while (out->raw.end > out->raw.start && text_is_space(text.data[out->raw.end - 1]))
            out->raw.end--;
    }
    line->next = next;
    out->insert = next;
}

/** Whether what is written at AT would be gone on with by the next line, which is deeper. */
static bool is_before_deeper(const struct dialect *dialect, struct slice text, size_t at)
{
    struct edit_line line;
    for (; dialect->continues && edit_line_at(text, at, &line); at = line.next) {
        struct slice content = edit_line_text(text, line);
        if (slice_trim(content).size > 0 && !is_comment(dialect, content))
            return edit_blanks(content) > 0;
    }
    return false;
}

static void locate(struct slice text, const struct edit_place *place, struct edit_found *out)
{
    const struct dialect *dialect = &dialects[place->format];
    const char *section = place->path[0];
    bool inside = section == NULL;
    bool any = false;
    struct edit_line line;
    out->section = inside;
    out->append = text.size;
    out->body.end = inside ? text.size : 0;
    for (size_t at = 0; edit_line_at(text, at, &line); at = line.next) {
        struct slice content = edit_line_text(text, line);
        struct slice name;
        if (slice_trim(content).size == 0 || is_comment(dialect, content))
            continue;
        if (place->format != EDIT_PROPERTIES && read_heading(content, &name)) {
            if (inside)
                out->body.end = line.start;
            any = true;
            inside = section != NULL && !out->section && slice_is(name, section);
            if (inside) {
                out->section = true;
                out->heading = (struct edit_span){line.start, line.next};
                out->body = (struct edit_span){line.next, text.size};
                out->insert = line.next;
            }
        } else {
            read_entry(dialect, text, place, inside, any, &line, out);
        }
    }
    if (out->trouble == NULL && !out->value &&
        is_before_deeper(dialect, text, out->section ? out->insert : out->append))
        out->trouble = "a line in it is indented without need";
}

/** The lines of the value, trimmed, with a line feed between, without comments. */
static void decode(struct buffer *out, struct slice raw)
{
    struct edit_line line;
    bool first = true;
    for (size_t at = 0; edit_line_at(raw, at, &line); at = line.next) {
        struct slice content = slice_trim(edit_line_text(raw, line));
        if (!first && (content.size == 0 || is_one_of(content.data[0], "#;")))
            continue;
        if (!first)
            buffer_append_char(out, '\n');
        buffer_append_slice(out, content);
        first = false;
    }
}

static void encode(struct buffer *out, struct slice value)
{
    for (size_t i = 0; i < value.size; i++) {
        buffer_append_char(out, value.data[i]);
        if (value.data[i] == '\n')
            buffer_append_char(out, '\t');
    }
}

static void write_entry(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                        struct slice encoded, const char *newline)
{
    (void)found;
    (void)newline;
    buffer_append_format(out, "%s%s", place->key, dialects[place->format].separator);
    buffer_append_slice(out, encoded);
}

static void write_heading(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                          const char *newline)
{
    buffer_append_format(out, "%s[%s]%s", found->append > 0 ? newline : "", place->path[0], newline);
}

const struct edit_grammar edit_ini = {locate, decode, encode, write_entry, write_heading, false};
