// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile/ini.h"
#include "base/text.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/** One line of a value; the first stands behind the separator, the others continue it. */
struct line {
    struct line *next;
    struct slice text;
};

/** A key while it is read. */
struct draft {
    struct ini_entry *entry;
    struct line *first;
    struct line **last;
};

/** Names that were met, for the rule that none may come twice. A tree, so that a long file costs no square. */
struct seen {
    const struct ini_section *section; // NULL: a section's own name
    const char *name;
};

struct reader {
    struct arena *arena;
    struct ini *ini;
    struct ini_section **next_section;
    struct ini_entry **next_entry; // NULL before the first section
    const struct ini_section *section;
    struct ini_section defaults; // stands for [DEFAULT] in `section`
    struct ini_entry **next_default;
    struct draft draft;
    size_t indent;
    void *seen;
};

static int compare_seen(const void *a, const void *b)
{
    const struct seen *left = a;
    const struct seen *right = b;
    if (left->section != right->section)
        return left->section < right->section ? -1 : 1;
    return strcmp(left->name, right->name);
}

static void keep_seen(void *seen)
{
    (void)seen; // in the arena
}

/** @return false when the name had been met before. */
static bool see(struct reader *reader, const struct ini_section *section, const char *name)
{
    struct seen *seen = arena_allocate(reader->arena, 1, sizeof *seen);
    *seen = (struct seen){section, name};
    void **node = tsearch(seen, &reader->seen, compare_seen);
    if (node == NULL)
        abort(); // out of memory, as in base/memory.h
    return *node == seen;
}

static char *join_lines(struct arena *arena, const struct line *lines)
{
    size_t size = 0;
    for (const struct line *line = lines; line != NULL; line = line->next)
        size += line->text.size + 1;
    char *joined = arena_allocate(arena, size + 1, 1);
    char *place = joined;
    for (const struct line *line = lines; line != NULL; line = line->next) {
        if (line != lines)
            *place++ = '\n';
        if (line->text.size > 0)
            memcpy(place, line->text.data, line->text.size);
        place += line->text.size;
    }
    while (place > joined && text_is_space(place[-1]))
        *--place = '\0';
    return joined;
}

/** An empty value with lines under it is a nest of `key = value`: botocore's _parse_nested(). */
static bool read_nest(struct arena *arena, const struct line *lines, struct ini_entry **next)
{
    for (const struct line *line = lines; line != NULL; line = line->next) {
        if (line->text.size == 0)
            continue;
        size_t separator = slice_find(line->text, '=', 0);
        if (separator == line->text.size)
            return false;
        struct slice key = slice_trim(slice_part(line->text, 0, separator));
        struct slice value = slice_trim(slice_part(line->text, separator + 1, line->text.size));
        struct ini_entry *entry = arena_allocate(arena, 1, sizeof *entry);
        entry->key = arena_copy(arena, key.data, key.size);
        entry->value = arena_copy(arena, value.data, value.size);
        *next = entry;
        next = &entry->next;
    }
    return true;
}

/** Ends the key that is being read. */
static bool end_draft(struct reader *reader)
{
    struct draft *draft = &reader->draft;
    if (draft->entry == NULL)
        return true;
    char *value = join_lines(reader->arena, draft->first);
    bool nested = value[0] == '\n';
    if (!nested)
        draft->entry->value = value;
    bool good = !nested || read_nest(reader->arena, draft->first, &draft->entry->nested);
    draft->entry = NULL;
    return good;
}

static void add_line(struct reader *reader, struct slice text)
{
    struct line *line = arena_allocate(reader->arena, 1, sizeof *line);
    line->text = text;
    *reader->draft.last = line;
    reader->draft.last = &line->next;
}

/** The place of the last `]`, which ends a header; 0 when LINE is none. */
static size_t header_end(struct slice line)
{
    if (line.data[0] != '[')
        return 0;
    size_t end = line.size - 1;
    while (end > 0 && line.data[end] != ']')
        end--;
    return end >= 2 ? end : 0;
}

static bool begin_section(struct reader *reader, struct slice name)
{
    if (!end_draft(reader))
        return false;
    if (reader->section == &reader->defaults)
        reader->next_default = reader->next_entry;
    if (slice_is(name, "DEFAULT")) {
        reader->section = &reader->defaults;
        reader->next_entry = reader->next_default;
        return true;
    }
    struct ini_section *section = arena_allocate(reader->arena, 1, sizeof *section);
    section->name = arena_copy(reader->arena, name.data, name.size);
    if (!see(reader, NULL, section->name))
        return false;
    *reader->next_section = section;
    reader->next_section = &section->next;
    reader->next_entry = &section->entries;
    reader->section = section;
    return true;
}

static bool begin_entry(struct reader *reader, struct slice line)
{
    if (!end_draft(reader))
        return false;
    size_t separator = 0;
    while (separator < line.size && line.data[separator] != '=' && line.data[separator] != ':')
        separator++;
    struct slice key = slice_trim(slice_part(line, 0, separator));
    if (separator == line.size || key.size == 0)
        return false;
    char *name = arena_copy(reader->arena, key.data, key.size);
    for (char *at = name; *at != '\0'; at++)
        *at = text_lower(*at);
    if (!see(reader, reader->section, name))
        return false;
    struct ini_entry *entry = arena_allocate(reader->arena, 1, sizeof *entry);
    entry->key = name;
    *reader->next_entry = entry;
    reader->next_entry = &entry->next;
    reader->draft = (struct draft){.entry = entry};
    reader->draft.last = &reader->draft.first;
    add_line(reader, slice_trim(slice_part(line, separator + 1, line.size)));
    return true;
}

static bool read_line(struct reader *reader, struct slice raw)
{
    struct slice line = slice_trim(raw);
    if (line.size == 0) {
        if (reader->draft.entry != NULL)
            add_line(reader, line);
        return true;
    }
    if (line.data[0] == '#' || line.data[0] == ';')
        return true;
    size_t indent = (size_t)(line.data - raw.data);
    if (reader->draft.entry != NULL && indent > reader->indent) {
        add_line(reader, line);
        return true;
    }
    reader->indent = indent;
    size_t end = header_end(line);
    if (end > 0)
        return begin_section(reader, slice_part(line, 1, end - 1));
    return reader->section != NULL && begin_entry(reader, line);
}

/** Lines end with \n, \r\n or \r: Python's universal newlines. */
static bool next_line(struct slice *rest, struct slice *line)
{
    if (rest->size == 0)
        return false;
    size_t end = 0;
    while (end < rest->size && rest->data[end] != '\n' && rest->data[end] != '\r')
        end++;
    *line = slice_part(*rest, 0, end);
    bool pair = end + 1 < rest->size && rest->data[end] == '\r' && rest->data[end + 1] == '\n';
    *rest = slice_part(*rest, end + (pair ? 2 : 1), rest->size);
    return true;
}

bool ini_parse(struct slice text, struct arena *arena, struct ini *out)
{
    // A NUL could not be told from the end of a value later on, so it is refused here.
    if (text_utf8_valid(text) != text.size || slice_find(text, '\0', 0) != text.size)
        return false;
    *out = (struct ini){0};
    struct reader reader = {.arena = arena, .ini = out, .next_section = &out->sections};
    reader.next_default = &out->defaults;
    struct slice line;
    bool good = true;
    while (good && next_line(&text, &line))
        good = read_line(&reader, line);
    good = good && end_draft(&reader);
    tdestroy(reader.seen, keep_seen);
    return good;
}

const struct ini_entry *ini_find(const struct ini_entry *entries, const char *key)
{
    while (entries != NULL && strcmp(entries->key, key) != 0)
        entries = entries->next;
    return entries;
}
