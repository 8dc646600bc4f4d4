// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile/ini.h"
#include "base/text.h"
#include "client/profile/blanks.h"
#include "client/profile/names.h"

#include <string.h>

/** Sections of up to so many keys are looked through for one that comes twice; larger ones have a table. */
#define FEW_KEYS 24

/** A key while it is read: its value grows in the text, over the line ends and blanks between. */
struct draft {
    struct ini_entry *entry;
    char *value;
    char *end;
    size_t line;
};

struct reader {
    struct arena *arena;
    enum ini_nests nests;
    struct ini_fault *fault;
    size_t line;
    struct ini *ini;
    struct ini_section **next_section;
    struct ini_section *section; // NULL before the first
    struct ini_entry **next_entry;
    size_t key_count;            // of this section
    struct ini_section defaults; // stands for [DEFAULT] in `section`
    struct ini_entry **next_default;
    size_t default_count;
    size_t default_line; // of a key of [DEFAULT] whose nest is broken; 0: none is
    struct draft draft;
    size_t indent;
    struct names sections;
    struct names keys;
};

/** What is wrong in the line that is read. */
static bool fail(struct reader *reader, size_t line, const char *what)
{
    *reader->fault = (struct ini_fault){line, what};
    return false;
}

const struct ini_entry *ini_find(const struct ini_entry *entries, const char *key)
{
    while (entries != NULL && strcmp(entries->key, key) != 0)
        entries = entries->next;
    return entries;
}

// ------------------------------------------------------------------ nests

/** Ends a part of the text, over a blank, a separator or a line end behind it. */
static char *end_in_place(struct slice part)
{
    char *start = (char *)(uintptr_t)part.data; // the reader may write there
    start[part.size] = '\0';
    return start;
}

/** An empty value with lines under it is a nest of `key = value`: botocore's _parse_nested(). */
static bool read_nest(struct arena *arena, struct slice text, struct ini_entry **next)
{
    struct slice line;
    while (blanks_cut_line(&text, &line)) {
        line = blanks_trim(line);
        if (line.size == 0)
            continue;
        size_t separator = slice_find(line, '=', 0);
        if (separator == line.size)
            return false;
        struct ini_entry *entry = arena_allocate(arena, 1, sizeof *entry);
        struct slice value = blanks_trim(slice_part(line, separator + 1, line.size));
        entry->key = end_in_place(blanks_trim(slice_part(line, 0, separator)));
        entry->value = end_in_place(value);
        *next = entry;
        next = &entry->next;
    }
    return true;
}

/** A broken nest of [DEFAULT] only breaks a section that takes it. */
static bool refuse_nest(struct reader *reader, struct ini_entry *entry)
{
    entry->nested = NULL;
    if (reader->section != &reader->defaults)
        return fail(reader, reader->draft.line,
                    "the indented lines under a key without a value must be `name = value`");
    reader->default_line = reader->draft.line;
    return true;
}

/** Ends the key that is being read. */
static bool end_draft(struct reader *reader)
{
    struct draft *draft = &reader->draft;
    struct ini_entry *entry = draft->entry;
    draft->entry = NULL;
    if (entry == NULL)
        return true;
    struct slice value = {draft->value, (size_t)(draft->end - draft->value)};
    while (value.size > 0 && value.data[value.size - 1] == '\n')
        value.size--;
    if (value.size == 0 || value.data[0] != '\n' || reader->nests == INI_LITERAL) {
        entry->value = end_in_place(value);
        return true;
    }
    return read_nest(reader->arena, value, &entry->nested) || refuse_nest(reader, entry);
}

/** Adds a line to the value, which there is room for: before the line stand its fellow's end and its own indent. */
static void continue_draft(struct draft *draft, struct slice text)
{
    *draft->end++ = '\n';
    memmove(draft->end, text.data, text.size);
    draft->end += text.size;
}

// ------------------------------------------------------------------ headers

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

static void leave_section(struct reader *reader)
{
    if (reader->section != &reader->defaults)
        return;
    reader->next_default = reader->next_entry;
    reader->default_count = reader->key_count;
}

static bool begin_section(struct reader *reader, struct slice name)
{
    if (!end_draft(reader))
        return false;
    leave_section(reader);
    if (slice_is(name, "DEFAULT")) {
        reader->section = &reader->defaults;
        reader->next_entry = reader->next_default;
        reader->key_count = reader->default_count;
        return true;
    }
    struct ini_section *section = arena_allocate(reader->arena, 1, sizeof *section);
    section->name = end_in_place(name);
    section->line = reader->line;
    if (names_put(&reader->sections, NULL, section->name, section) != NULL)
        return fail(reader, reader->line, "this section stands in the file already");
    *reader->next_section = section;
    reader->next_section = &section->next;
    reader->next_entry = &section->entries;
    reader->key_count = 0;
    reader->section = section;
    return true;
}

// ------------------------------------------------------------------ keys

static struct ini_entry *first_entry(const struct reader *reader)
{
    return reader->section == &reader->defaults ? reader->ini->defaults : reader->section->entries;
}

/** @return false when the section has that key already. */
static bool add_key(struct reader *reader, struct ini_entry *entry)
{
    struct ini_entry *first = first_entry(reader);
    bool new = true;
    if (reader->key_count < FEW_KEYS)
        new = ini_find(first, entry->key) == NULL;
    else if (reader->key_count == FEW_KEYS)
        for (struct ini_entry *at = first; at != NULL; at = at->next)
            (void)names_put(&reader->keys, reader->section, at->key, at);
    if (new && reader->key_count >= FEW_KEYS)
        new = names_put(&reader->keys, reader->section, entry->key, entry) == NULL;
    *reader->next_entry = entry;
    reader->next_entry = &entry->next;
    reader->key_count++;
    return new;
}

static const char *missing_separator(struct slice line)
{
    return line.data[0] == '[' ? "a section's header is `[name]`" : "a line is `[section]`, `key = value` or a comment";
}

static bool begin_entry(struct reader *reader, struct slice line)
{
    if (!end_draft(reader))
        return false;
    size_t separator = 0;
    while (separator < line.size && line.data[separator] != '=' && line.data[separator] != ':')
        separator++;
    struct slice key = blanks_trim(slice_part(line, 0, separator));
    if (separator == line.size)
        return fail(reader, reader->line, missing_separator(line));
    if (key.size == 0)
        return fail(reader, reader->line, "the key is missing");
    struct slice value = blanks_trim(slice_part(line, separator + 1, line.size));
    struct ini_entry *entry = arena_allocate(reader->arena, 1, sizeof *entry);
    char *name = end_in_place(key);
    entry->key = name;
    entry->line = reader->line;
    for (char *at = name; *at != '\0'; at++)
        *at = text_lower(*at);
    if (!add_key(reader, entry))
        return fail(reader, reader->line, "this key stands in the section already");
    char *start = (char *)(uintptr_t)value.data;
    reader->draft = (struct draft){entry, start, start + value.size, reader->line};
    return true;
}

// ------------------------------------------------------------------ lines

/** How far a line is indented, in characters. */
static size_t indent_of(struct slice raw, struct slice line)
{
    size_t indent = 0;
    for (const char *at = raw.data; at < line.data; at++)
        indent += ((unsigned char)*at & 0xc0) != 0x80;
    return indent;
}

static bool read_line(struct reader *reader, struct slice raw)
{
    struct slice line = blanks_trim(raw);
    if (line.size == 0) {
        if (reader->draft.entry != NULL)
            continue_draft(&reader->draft, line);
        return true;
    }
    if (line.data[0] == '#' || line.data[0] == ';')
        return true;
    size_t indent = indent_of(raw, line);
    if (reader->draft.entry != NULL && indent > reader->indent) {
        continue_draft(&reader->draft, line);
        return true;
    }
    reader->indent = indent;
    size_t end = header_end(line);
    if (end > 0)
        return begin_section(reader, slice_part(line, 1, end - 1));
    if (reader->section == NULL)
        return fail(reader, reader->line,
                    slice_starts_with(line, SLICE("\xef\xbb\xbf"))
                        ? "the file begins with a byte order mark: save it as UTF-8 without one"
                        : "a `[section]` must come first");
    return begin_entry(reader, line);
}

/** Lines end with \n, \r\n or \r: Python's universal newlines. */
static bool next_line(struct slice *rest, struct slice *line)
{
    if (rest->size == 0)
        return false;
    size_t end = slice_find(*rest, '\n', 0);
    size_t other = slice_find(slice_part(*rest, 0, end), '\r', 0);
    bool pair = other + 1 == end && end < rest->size;
    *line = slice_part(*rest, 0, other);
    *rest = slice_part(*rest, (pair ? end : other) + 1, rest->size);
    return true;
}

static size_t count_lines(struct slice text)
{
    size_t count = 0;
    struct slice line;
    while (next_line(&text, &line))
        count++;
    return count;
}

/** Python decodes the whole; and a NUL could not be told from the end of a value later on. */
static bool check_characters(struct reader *reader, struct slice text)
{
    size_t valid = text_utf8_valid(text);
    size_t nul = slice_find(slice_part(text, 0, valid), '\0', 0);
    if (nul < valid)
        return fail(reader, count_lines(slice_part(text, 0, nul + 1)), "a NUL cannot be part of a value");
    return valid == text.size || fail(reader, count_lines(slice_part(text, 0, valid + 1)), "this is not UTF-8");
}

/** Whether a section takes a broken nest of [DEFAULT]: one that has no such key of its own. */
static bool check_defaults(struct reader *reader)
{
    if (reader->default_line == 0)
        return true;
    for (const struct ini_entry *at = reader->ini->defaults; at != NULL; at = at->next)
        for (const struct ini_section *section = reader->ini->sections;
             at->value == NULL && at->nested == NULL && section != NULL; section = section->next)
            if (ini_find(section->entries, at->key) == NULL)
                return fail(reader, reader->default_line,
                            "the indented lines under a key without a value must be `name = value`");
    return true;
}

bool ini_parse(struct buffer *text, enum ini_nests nests, struct arena *arena, struct ini *out, struct ini_fault *fault)
{
    *out = (struct ini){0};
    struct reader reader = {.arena = arena,
                            .nests = nests,
                            .fault = fault,
                            .ini = out,
                            .next_section = &out->sections,
                            .next_default = &out->defaults,
                            .sections = {.arena = arena},
                            .keys = {.arena = arena}};
    struct slice rest = buffer_slice(text);
    if (!check_characters(&reader, rest))
        return false;
    struct slice line;
    bool good = true;
    while (good && next_line(&rest, &line)) {
        reader.line++;
        good = read_line(&reader, line);
    }
    return good && end_draft(&reader) && check_defaults(&reader);
}
