// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/doctor/keyed.h"
#include "base/text.h"

#include <string.h>

/** Keys of an address, and of what opens it. */
static const char *const addresses[] = {"url", "index", "host", "repository", "service", "registry", NULL};
static const char *const credentials[] = {"password", "token", NULL};
static const char *const aliases[] = {"name", "id", NULL};

static bool is_among(const char *const *words, struct slice word)
{
    while (*words != NULL && !slice_equal_nocase(slice_of(*words), word))
        words++;
    return *words != NULL;
}

// ------------------------------------------------------------------ lines

static struct slice unquote(struct slice text)
{
    text = slice_trim(text);
    if (text.size == 0 || (text.data[0] != '"' && text.data[0] != '\''))
        return text;
    size_t end = slice_find(text, text.data[0], 1);
    return slice_part(text, 1, end - 1);
}

/** Where the key ends: at the first `=` or `:` outside of quotes. */
static size_t find_sign(struct slice line)
{
    char quote = '\0';
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '=' || c == ':')
            return i;
    }
    return line.size;
}

/** The last part begins behind a point, or, as in `codeartifactPassword`, with a capital. */
static size_t find_last_part(struct slice key)
{
    size_t point = key.size;
    while (point > 0 && key.data[point - 1] != '.')
        point--;
    if (point > 0)
        return point;
    size_t at = key.size;
    while (at > 0 && !(key.data[at - 1] >= 'A' && key.data[at - 1] <= 'Z'))
        at--;
    struct slice last = slice_part(key, at > 0 ? at - 1 : 0, key.size);
    bool known = at > 1 && (is_among(addresses, last) || is_among(credentials, last));
    return known ? at - 1 : 0;
}

static void read_header(struct keyed_entry *at, struct slice line)
{
    size_t open = 0;
    while (open < line.size && line.data[open] == '[')
        open++;
    at->section = slice_part(line, open, slice_find(line, ']', open) - open);
    at->whole = (struct slice){0};
    at->instance++;
}

static void read_entry(struct keyed_entry *at, struct slice line)
{
    size_t sign = find_sign(line);
    struct slice whole = unquote(slice_part(line, 0, sign));
    bool is_url = slice_starts_with(slice_part(line, sign, line.size), SLICE("://"));
    bool is_key = sign < line.size && !is_url && slice_find(whole, '/', 0) == whole.size;
    size_t last = is_key ? find_last_part(whole) : 0;
    size_t before = last > 0 && whole.data[last - 1] == '.' ? last - 1 : last;
    if (is_key)
        at->whole = whole;
    at->key = is_key ? slice_part(whole, last, whole.size) : (struct slice){0};
    at->prefix = slice_part(whole, 0, is_key ? before : 0);
    // An inline table is looked through as it stands.
    at->value = is_key ? unquote(slice_part(line, sign + 1, line.size)) : line;
}

/** `[name]`, and no line of a list of URLs. */
static bool is_header(struct slice line)
{
    return line.data[0] == '[' && memmem(line.data, line.size, "://", 3) == NULL;
}

void keyed_walk(struct slice text, void (*each)(void *context, const struct keyed_entry *entry), void *context)
{
    struct keyed_entry at = {0};
    struct slice line;
    while (slice_cut(&text, '\n', &line)) {
        at.line++;
        line = slice_trim(line);
        if (line.size == 0 || strchr("#;!", line.data[0]) != NULL)
            continue;
        if (is_header(line)) {
            read_header(&at, line);
        } else {
            read_entry(&at, line);
            each(context, &at);
        }
    }
}

// ------------------------------------------------------------------ what belongs together

/** Where a walk is. */
struct walk {
    const struct scan *scan;
    size_t instance;    // of which the rest is
    struct slice alias; // what it calls itself
    bool ours;          // it has an address of ours
};

/** The last part of a section's name, or what stands before the last part of the key. */
static struct slice name_of(const struct keyed_entry *entry)
{
    struct slice whole = entry->prefix.size > 0 ? entry->prefix : entry->section;
    bool quoted = whole.size > 1 && (whole.data[whole.size - 1] == '"' || whole.data[whole.size - 1] == '\'');
    size_t at = whole.size - (quoted ? 1 : 0);
    char stop = quoted ? whole.data[whole.size - 1] : '.';
    while (at > 0 && whole.data[at - 1] != stop)
        at--;
    return slice_part(whole, at, whole.size - (quoted ? 1 : 0) - at);
}

static void note_address(struct walk *walk, const struct keyed_entry *entry)
{
    if (!walk->scan->is_ours(walk->scan->context, entry->value))
        return;
    walk->ours = true;
    scan_note(walk->scan, name_of(entry));
    if (walk->alias.size > 0)
        scan_note(walk->scan, walk->alias);
}

static void collect(struct walk *walk, const struct keyed_entry *entry)
{
    if (is_among(aliases, entry->key))
        walk->alias = entry->value;
    if (is_among(aliases, entry->key) && walk->ours)
        scan_note(walk->scan, entry->value);
    if (is_among(addresses, entry->key))
        note_address(walk, entry);
}

static void tell(const struct scan *scan, const struct keyed_entry *entry, struct slice secret)
{
    BUFFER_AUTO what = {0};
    struct slice named = entry->whole.size > 0 ? entry->whole : SLICE("a URL");
    bool credential = is_among(credentials, entry->key) && entry->section.size > 0;
    buffer_append_slice(&what, credential ? entry->section : named);
    scan->found(scan->context, entry->line, buffer_text(&what), secret);
}

static bool holds_word(struct slice text, const char *word)
{
    return text.size > 0 && memmem(text.data, text.size, word, strlen(word)) != NULL;
}

/** `{ url = "https://...", token = "..." }` on one line. */
static bool is_inline_credential(const struct scan *scan, struct slice value)
{
    struct slice rest = value;
    struct slice part;
    bool ours = false;
    if (value.size == 0 || value.data[0] != '{' || !(holds_word(value, "token") || holds_word(value, "password")))
        return false;
    while (slice_cut(&rest, '"', &part))
        ours = ours || (holds_word(part, "://") && scan->is_ours(scan->context, part));
    return ours;
}

static void look(const struct scan *scan, const struct keyed_entry *entry)
{
    struct slice password;
    bool known = scan_knows(scan, name_of(entry));
    if (scan_find_url(scan, entry->value, &password))
        tell(scan, entry, password);
    else if (is_among(credentials, entry->key) && entry->value.size > 0 && known)
        tell(scan, entry, entry->value);
    else if (is_inline_credential(scan, entry->value))
        tell(scan, entry, (struct slice){0});
}

static void visit(void *context, const struct keyed_entry *entry)
{
    struct walk *walk = context;
    if (entry->instance != walk->instance)
        *walk = (struct walk){.scan = walk->scan, .instance = entry->instance};
    if (walk->scan->collecting)
        collect(walk, entry);
    else
        look(walk->scan, entry);
}

void keyed_scan(const struct scan *scan, struct slice text)
{
    struct walk walk = {.scan = scan};
    keyed_walk(text, visit, &walk);
}
