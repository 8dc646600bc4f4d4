// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/edit/edit.h"
#include "base/text.h"
#include "client/edit/format.h"

static const struct edit_grammar *const grammars[] = {
    [EDIT_INI] = &edit_ini,     [EDIT_PIP] = &edit_ini,   [EDIT_NPMRC] = &edit_ini, [EDIT_PROPERTIES] = &edit_ini,
    [EDIT_NETRC] = &edit_netrc, [EDIT_TOML] = &edit_toml, [EDIT_YAML] = &edit_yaml, [EDIT_YAML_LIST] = NULL,
    [EDIT_XML] = NULL,          [EDIT_NUGET] = NULL,      [EDIT_JSON] = NULL,
};

bool edit_line_at(struct slice text, size_t start, struct edit_line *out)
{
    if (start >= text.size)
        return false;
    size_t feed = slice_find(text, '\n', start);
    out->start = start;
    out->next = feed < text.size ? feed + 1 : feed;
    out->end = feed > start && text.data[feed - 1] == '\r' ? feed - 1 : feed;
    return true;
}

size_t edit_blanks(struct slice text)
{
    size_t count = 0;
    while (count < text.size && (text.data[count] == ' ' || text.data[count] == '\t'))
        count++;
    return count;
}

const char *edit_newline(struct slice text)
{
    struct edit_line first;
    return edit_line_at(text, 0, &first) && first.next - first.end == 2 ? "\r\n" : "\n";
}

void edit_splice(struct buffer *text, struct edit_span span, struct slice with)
{
    BUFFER_AUTO made = {0};
    struct slice old = buffer_slice(text);
    buffer_reserve(&made, old.size + with.size);
    buffer_append_slice(&made, slice_part(old, 0, span.start));
    buffer_append_slice(&made, with);
    buffer_append_slice(&made, slice_part(old, span.end, old.size));
    struct buffer swap = *text;
    *text = made;
    made = swap;
}

void edit_append_quoted(struct buffer *out, struct slice value)
{
    buffer_append_char(out, '"');
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"' || value.data[i] == '\\')
            buffer_append_char(out, '\\');
        buffer_append_char(out, value.data[i]);
    }
    buffer_append_char(out, '"');
}

struct edit_span edit_trim(struct slice text, struct edit_span span)
{
    while (span.start < span.end && text_is_space(text.data[span.start]))
        span.start++;
    while (span.end > span.start && text_is_space(text.data[span.end - 1]))
        span.end--;
    return span;
}

bool edit_find(struct slice text, const struct edit_place *place, struct buffer *out)
{
    const struct edit_grammar *grammar = grammars[place->format];
    struct edit_found found = {0};
    if (place->format == EDIT_YAML_LIST)
        return edit_list_find(text, place, out);
    if (place->format == EDIT_JSON)
        return edit_json_find(text, place, out);
    if (grammar == NULL)
        return edit_xml_find(text, place, out);
    grammar->locate(text, place, &found);
    if (!found.value)
        return false;
    grammar->decode(out, slice_part(text, found.raw.start, found.raw.end - found.raw.start));
    return true;
}

/** What is written at the end of a line that nothing ends yet. Half of an end is made whole. */
static void end_line_before(struct buffer *made, struct slice text, size_t at, const char *newline)
{
    if (at > 0 && text.data[at - 1] != '\n')
        buffer_append_text(made, text.data[at - 1] == '\r' ? "\n" : newline);
}

/** Whether an empty line ends the text, as configparser writes one behind every section. */
static bool ends_in_empty_line(struct slice text)
{
    return slice_ends_with(text, SLICE("\n\n")) || slice_ends_with(text, SLICE("\n\r\n"));
}

/** A new entry in its section, which is made when missing: an empty line before it, or behind it where one ends the
 * text. */
static void insert(struct buffer *text, const struct edit_grammar *grammar, const struct edit_place *place,
                   const struct edit_found *found, struct slice encoded)
{
    BUFFER_AUTO made = {0};
    struct slice old = buffer_slice(text);
    const char *newline = edit_newline(old);
    size_t at = found->section ? found->insert : found->append;
    bool heading = !found->section && grammar->write_heading != NULL;
    bool behind = heading && !grammar->nested && at == old.size && ends_in_empty_line(old);
    end_line_before(&made, old, at, newline);
    if (heading)
        grammar->write_heading(&made, place, found, newline);
    behind = behind && slice_starts_with(buffer_slice(&made), slice_of(newline));
    if (behind)
        edit_splice(&made, (struct edit_span){0, strlen(newline)}, (struct slice){0});
    grammar->write_entry(&made, place, found, encoded, newline);
    buffer_append_text(&made, newline);
    if (behind)
        buffer_append_text(&made, newline);
    edit_splice(text, (struct edit_span){at, at}, buffer_slice(&made));
}

/** A file of another encoding looks as if what is searched were not in it. */
static bool refuse_binary(struct slice text, struct error *error)
{
    bool wide = slice_starts_with(text, SLICE("\xff\xfe")) || slice_starts_with(text, SLICE("\xfe\xff"));
    return (!wide && memchr(text.data != NULL ? text.data : "", '\0', text.size) == NULL) ||
           error_set(error, ERROR_INTERNAL, NULL, "it is no text in UTF-8: %s",
                     wide ? "it begins as UTF-16 does" : "there is a zero byte in it");
}

/** Why the place cannot be changed, and on which line that is. */
static bool refuse(struct slice text, const struct edit_found *found, struct error *error)
{
    if (found->trouble_at == 0)
        return error_set(error, ERROR_INTERNAL, NULL, "%s", found->trouble);
    size_t line = 1;
    for (size_t i = 0; i + 1 < found->trouble_at && i < text.size; i++)
        line += text.data[i] == '\n' ? 1 : 0;
    return error_set(error, ERROR_INTERNAL, NULL, "%s: line %zu", found->trouble, line);
}

bool edit_set(struct buffer *text, const struct edit_place *place, struct slice value, struct error *error)
{
    const struct edit_grammar *grammar = grammars[place->format];
    struct edit_found found = {0};
    if (!refuse_binary(buffer_slice(text), error))
        return false;
    if (place->format == EDIT_YAML_LIST)
        return error_set(error, ERROR_INTERNAL, NULL, "a list has items, and no value of its own");
    if (place->format == EDIT_JSON)
        return edit_json_set(text, place, value, error);
    if (grammar == NULL)
        return edit_xml_set(text, place, value, error);
    struct slice old = buffer_slice(text);
    BUFFER_AUTO encoded = {0};
    BUFFER_AUTO current = {0};
    grammar->locate(old, place, &found);
    if (found.trouble != NULL)
        return refuse(old, &found, error);
    grammar->encode(&encoded, value);
    if (found.value) {
        grammar->decode(&current, slice_part(old, found.raw.start, found.raw.end - found.raw.start));
        bool done = slice_equal(buffer_slice(&current), value) ||
                    (place->format == EDIT_NETRC && edit_netrc_replace(text, found.raw, value));
        if (!done)
            edit_splice(text, found.raw, buffer_slice(&encoded));
        return true;
    }
    insert(text, grammar, place, &found, buffer_slice(&encoded));
    return true;
}

/** The heading of a section that has nothing left, and the empty line that stands before it; whether there was one. */
static bool remove_heading(struct buffer *text, const struct edit_grammar *grammar, const struct edit_place *place)
{
    struct edit_found found = {0};
    struct slice old = buffer_slice(text);
    grammar->locate(old, place, &found);
    struct edit_span left = edit_trim(old, found.body);
    if (!found.section || found.heading.start == found.heading.end || left.start < left.end)
        return false;
    struct edit_span span = {found.heading.start, found.body.end};
    // One empty line goes with the section: that behind it when it is the last, else that before it.
    bool behind = span.end == old.size && ends_in_empty_line(old);
    // Empty lines behind the section stay when something follows them: they stand before that.
    if (span.end < old.size)
        span.end = found.heading.end;
    size_t before = span.start;
    if (!behind && before >= 1 && old.data[before - 1] == '\n' && !grammar->nested) {
        size_t end = before - 1;
        end -= end > 0 && old.data[end - 1] == '\r' ? 1 : 0;
        if (end == 0 || old.data[end - 1] == '\n')
            span.start = end;
    }
    edit_splice(text, span, (struct slice){0});
    return true;
}

/** The headings that have nothing left, from the inside out. */
static void remove_headings(struct buffer *text, const struct edit_grammar *grammar, const struct edit_place *place)
{
    struct edit_place at = *place;
    size_t depth = 0;
    while (depth < EDIT_DEPTH && at.path[depth] != NULL)
        depth++;
    while (depth > 0 && remove_heading(text, grammar, &at) && grammar->nested)
        at.path[--depth] = NULL;
}

bool edit_remove(struct buffer *text, const struct edit_place *place)
{
    const struct edit_grammar *grammar = grammars[place->format];
    bool removed = false;
    if (place->format == EDIT_JSON)
        return edit_json_remove(text, place);
    if (grammar == NULL)
        return place->format != EDIT_YAML_LIST && edit_xml_remove(text, place);
    for (;;) {
        struct edit_found found = {0};
        grammar->locate(buffer_slice(text), place, &found);
        if (!found.value || found.trouble != NULL)
            break;
        edit_splice(text, found.entry, (struct slice){0});
        removed = true;
    }
    if (removed && grammar->write_heading != NULL)
        remove_headings(text, grammar, place);
    return removed;
}

/** The span of ITEM among the lines of a value; false when it is none of them. */
static bool find_item(struct slice text, struct edit_span raw, struct slice item, struct edit_span *out)
{
    struct slice value = slice_part(text, 0, raw.end);
    struct edit_line line;
    for (size_t at = raw.start; edit_line_at(value, at, &line); at = line.next) {
        *out = (struct edit_span){line.start, line.end};
        if (slice_equal(slice_trim(edit_line_text(value, line)), item))
            return true;
    }
    return false;
}

bool edit_add_item(struct buffer *text, const struct edit_place *place, struct slice item, struct error *error)
{
    struct edit_found found = {0};
    struct edit_span span;
    struct slice old = buffer_slice(text);
    if (!refuse_binary(old, error))
        return false;
    if (place->format == EDIT_YAML_LIST)
        return edit_list_add(text, place, item, error);
    edit_ini.locate(old, place, &found);
    if (found.trouble != NULL)
        return refuse(old, &found, error);
    BUFFER_AUTO first = {0};
    // As Python's configparser lays out a list that it is given line by line.
    if (place->format == EDIT_INI)
        buffer_append_char(&first, '\n');
    buffer_append_slice(&first, item);
    if (!found.value)
        return edit_set(text, place, buffer_slice(&first), error);
    if (find_item(old, found.raw, item, &span))
        return true;
    BUFFER_AUTO made = {0};
    size_t last = found.raw.end;
    while (last > found.raw.start && old.data[last - 1] != '\n')
        last--;
    struct slice line = slice_part(old, last, found.raw.end - last);
    size_t blanks = last > found.raw.start ? edit_blanks(line) : 0;
    buffer_append_text(&made, edit_newline(old));
    if (blanks > 0) {
        buffer_append_slice(&made, slice_part(line, 0, blanks));
    } else {
        // Deeper than the key.
        struct slice key = slice_part(old, found.entry.start, found.entry.end - found.entry.start);
        buffer_append_slice(&made, slice_part(key, 0, edit_blanks(key)));
        buffer_append_char(&made, '\t');
    }
    buffer_append_slice(&made, item);
    edit_splice(text, (struct edit_span){found.raw.end, found.raw.end}, buffer_slice(&made));
    return true;
}

bool edit_replace_item(struct buffer *text, const struct edit_place *place, struct slice item, struct slice with)
{
    struct edit_found found = {0};
    struct edit_span span;
    struct slice old = buffer_slice(text);
    if (place->format == EDIT_YAML_LIST)
        return edit_list_replace(text, place, item, with);
    edit_ini.locate(old, place, &found);
    if (!found.value || !find_item(old, found.raw, item, &span))
        return false;
    edit_splice(text, edit_trim(old, span), with);
    return true;
}

bool edit_remove_item(struct buffer *text, const struct edit_place *place, struct slice item)
{
    struct edit_found found = {0};
    struct edit_span span;
    struct slice old = buffer_slice(text);
    if (place->format == EDIT_YAML_LIST)
        return edit_list_remove(text, place, item);
    edit_ini.locate(old, place, &found);
    if (!found.value || !find_item(old, found.raw, item, &span))
        return false;
    BUFFER_AUTO value = {0};
    edit_ini.decode(&value, slice_part(old, found.raw.start, found.raw.end - found.raw.start));
    if (slice_equal(slice_trim(buffer_slice(&value)), item))
        return edit_remove(text, place);
    // The line that goes takes the end of the line before with it; the key's own line stays.
    if (span.start > found.raw.start) {
        span.start -= old.data[span.start - 1] == '\n' ? 1 : 0;
        span.start -= span.start > found.raw.start && old.data[span.start - 1] == '\r' ? 1 : 0;
    }
    edit_splice(text, span, (struct slice){0});
    return true;
}
