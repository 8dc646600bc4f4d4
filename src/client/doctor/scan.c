// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/doctor/scan.h"
#include "base/text.h"
#include "client/doctor/keyed.h"
#include "client/edit/edit.h"
#include "client/repository/endpoint_url.h"

#include <string.h>

// ------------------------------------------------------------------ names

bool scan_knows(const struct scan *scan, struct slice name)
{
    for (size_t i = 0; i < scan->names->count; i++)
        if (slice_is(name, scan->names->items[i]))
            return true;
    return false;
}

void scan_note(const struct scan *scan, struct slice name)
{
    struct scan_names *names = scan->names;
    if (scan_knows(scan, name))
        return;
    const char **items = arena_allocate(names->arena, names->count + 1, sizeof *items);
    if (names->count > 0)
        memcpy(items, names->items, names->count * sizeof *items);
    items[names->count++] = arena_copy(names->arena, name.size > 0 ? name.data : "", name.size);
    names->items = items;
}

// ------------------------------------------------------------------ URLs

static bool is_of_scheme(char c)
{
    return text_is_alpha(c) || text_is_digit(c) || c == '+';
}

/** A URL's end: what none has unescaped, and what ends a value in one of these files. */
static bool ends_url(char c)
{
    return text_is_space(c) || strchr("\"'<>,;{}[]`", c) != NULL;
}

bool scan_find_url(const struct scan *scan, struct slice text, struct slice *password)
{
    for (size_t colon = slice_find(text, ':', 0); colon < text.size; colon = slice_find(text, ':', colon + 1)) {
        size_t start = colon;
        size_t end = colon;
        struct endpoint_url read;
        if (!slice_starts_with(slice_part(text, colon, text.size), SLICE("://")))
            continue;
        while (start > 0 && is_of_scheme(text.data[start - 1]))
            start--;
        while (end < text.size && !ends_url(text.data[end]))
            end++;
        struct slice url = slice_part(text, start, end - start);
        if (!endpoint_url_read(url, &read) || read.password.size == 0 || !scan->is_ours(scan->context, url))
            continue;
        *password = read.password;
        return true;
    }
    return false;
}

// ------------------------------------------------------------------ .npmrc

/** A line `//HOST/PATH:KEY=...` whose key holds a credential. */
static void scan_npm_line(const struct scan *scan, size_t number, struct slice line)
{
    static const char *const keys[] = {":_authToken", ":_auth", ":_password"};
    struct slice name = slice_trim(slice_part(line, 0, slice_find(line, '=', 0)));
    if (!slice_starts_with(name, SLICE("//")))
        return;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct slice key = slice_of(keys[i]);
        if (!slice_ends_with(name, key) || !scan->is_ours(scan->context, slice_part(name, 0, name.size - key.size)))
            continue;
        scan->found(scan->context, number, keys[i] + 1,
                    slice_trim(slice_part(line, slice_find(line, '=', 0) + 1, line.size)));
        return;
    }
}

static void scan_npmrc(const struct scan *scan, struct slice text)
{
    struct slice line;
    for (size_t number = 1; slice_cut(&text, '\n', &line); number++)
        scan_npm_line(scan, number, slice_trim(line));
}

// ------------------------------------------------------------------ .netrc

static size_t line_of(struct slice text, size_t place)
{
    size_t line = 1;
    for (size_t i = 0; i < place && i < text.size; i++)
        line += text.data[i] == '\n';
    return line;
}

static struct slice next_word(struct slice text, size_t *at)
{
    while (*at < text.size && text_is_space(text.data[*at]))
        (*at)++;
    size_t start = *at;
    while (*at < text.size && !text_is_space(text.data[*at]))
        (*at)++;
    return slice_part(text, start, *at - start);
}

/** The password of the machine behind whose name AT is; empty: it has none. */
static struct slice find_password(struct slice text, size_t at)
{
    for (struct slice word = next_word(text, &at); word.size > 0; word = next_word(text, &at)) {
        if (slice_is(word, "machine") || slice_is(word, "default"))
            break;
        if (slice_is(word, "password"))
            return next_word(text, &at);
    }
    return (struct slice){0};
}

static void scan_netrc(const struct scan *scan, struct slice text)
{
    size_t at = 0;
    for (struct slice word = next_word(text, &at); word.size > 0; word = next_word(text, &at)) {
        if (!slice_is(word, "machine"))
            continue;
        struct slice host = next_word(text, &at);
        if (scan->is_ours(scan->context, host))
            scan->found(scan->context, line_of(text, at - host.size), "machine", find_password(text, at));
    }
}

// ------------------------------------------------------------------ NuGet.Config

/** The element that holds a source's credentials is named by it, with what a name may not hold as _xHHHH_. */
static char *encode_name(struct slice name, struct arena *arena)
{
    BUFFER_AUTO out = {0};
    for (size_t i = 0; i < name.size; i++)
        if (text_is_alpha(name.data[i]) || text_is_digit(name.data[i]) || strchr("-_.", name.data[i]) != NULL)
            buffer_append_char(&out, name.data[i]);
        else
            buffer_append_format(&out, "_x%04X_", (unsigned char)name.data[i]);
    return arena_copy(arena, buffer_text(&out), out.size);
}

static void scan_source(const struct scan *scan, struct slice text, struct slice url, struct arena *arena)
{
    static const char *const keys[] = {"ClearTextPassword", "Password"};
    const struct edit_place sources = {.format = EDIT_NUGET, .path = {"configuration", "packageSources"}, .key = ""};
    BUFFER_AUTO name = {0};
    if (!scan->is_ours(scan->context, url) || !edit_find_key(text, &sources, url, &name))
        return;
    const char *element = encode_name(buffer_slice(&name), arena);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct edit_place place = {
            .format = EDIT_NUGET, .path = {"configuration", "packageSourceCredentials", element}, .key = keys[i]};
        BUFFER_AUTO password = {0};
        if (edit_find(text, &place, &password))
            scan->found(scan->context, 0, buffer_text(&name), buffer_slice(&password));
    }
}

/** Every attribute that holds a URL may be a source's. */
static void scan_nuget(const struct scan *scan, struct slice text)
{
    ARENA_AUTO *arena = arena_new();
    for (size_t quote = slice_find(text, '"', 0); quote < text.size; quote = slice_find(text, '"', quote + 1)) {
        struct slice rest = slice_part(text, quote + 1, text.size);
        struct slice value = slice_part(rest, 0, slice_find(rest, '"', 0));
        if (slice_starts_with(value, SLICE("http")))
            scan_source(scan, text, value, arena);
    }
}

// ------------------------------------------------------------------ settings.xml

/** The text of the element in BLOCK, or an empty slice. @param end behind it, when there is one. */
static struct slice find_element(struct slice block, const char *name, size_t *end)
{
    BUFFER_AUTO open = {0};
    BUFFER_AUTO close = {0};
    buffer_append_format(&open, "<%s>", name);
    buffer_append_format(&close, "</%s>", name);
    const char *from = block.size > 0 ? memmem(block.data, block.size, open.data, open.size) : NULL;
    if (from == NULL)
        return (struct slice){0};
    struct slice rest = slice_part(block, (size_t)(from - block.data) + open.size, block.size);
    const char *to = rest.size > 0 ? memmem(rest.data, rest.size, close.data, close.size) : NULL;
    if (to == NULL)
        return (struct slice){0};
    *end = (size_t)(to - block.data) + close.size;
    return slice_trim(slice_part(rest, 0, (size_t)(to - rest.data)));
}

static void scan_server(const struct scan *scan, struct slice text, struct slice server)
{
    size_t end;
    struct slice id = find_element(server, "id", &end);
    struct slice password = find_element(server, "password", &end);
    BUFFER_AUTO what = {0};
    // A variable, or a password that Maven has encrypted: what is in there is not known here.
    bool plain = password.size > 0 && strchr("${", password.data[0]) == NULL;
    if (!plain || !scan_knows(scan, id))
        return;
    buffer_append_slice(&what, id);
    scan->found(scan->context, line_of(text, (size_t)(password.data - text.data)), buffer_text(&what), password);
}

/** Every element of that name: addresses are noted, servers looked at. */
static void scan_elements(const struct scan *scan, struct slice text, const char *name)
{
    size_t end = 0;
    struct slice rest = text;
    for (struct slice block = find_element(rest, name, &end); block.size > 0; block = find_element(rest, name, &end)) {
        size_t ignored;
        rest = slice_part(rest, end, rest.size);
        if (!scan->collecting)
            scan_server(scan, text, block);
        else if (scan->is_ours(scan->context, find_element(block, "url", &ignored)))
            scan_note(scan, find_element(block, "id", &ignored));
    }
}

static void scan_maven(const struct scan *scan, struct slice text)
{
    static const char *const addresses[] = {"mirror", "repository", "pluginRepository"};
    if (!scan->collecting)
        scan_elements(scan, text, "server");
    for (size_t i = 0; scan->collecting && i < sizeof addresses / sizeof *addresses; i++)
        scan_elements(scan, text, addresses[i]);
}

// ------------------------------------------------------------------ Bundler's config

bool scan_bundler_host(struct slice name, struct buffer *out)
{
    struct slice rest = slice_part(name, 7, name.size);
    if (!slice_starts_with(name, SLICE("BUNDLE_")) || rest.size == 0)
        return false;
    for (size_t i = 0; i < rest.size; i++)
        if (slice_starts_with(slice_part(rest, i, rest.size), SLICE("___"))) {
            buffer_append_char(out, '-');
            i += 2;
        } else if (slice_starts_with(slice_part(rest, i, rest.size), SLICE("__"))) {
            buffer_append_char(out, '.');
            i++;
        } else {
            buffer_append_char(out, text_lower(rest.data[i]));
        }
    return true;
}

static void scan_bundler(const struct scan *scan, struct slice text)
{
    struct slice line;
    for (size_t number = 1; slice_cut(&text, '\n', &line); number++) {
        BUFFER_AUTO host = {0};
        BUFFER_AUTO what = {0};
        // The key may hold a URL with its colons: the value begins behind the last `: `.
        const char *sign = line.size > 1 ? memmem(line.data, line.size, ": ", 2) : NULL;
        struct slice key =
            sign != NULL ? slice_trim(slice_part(line, 0, (size_t)(sign - line.data))) : (struct slice){0};
        if (!scan_bundler_host(key, &host) || !scan->is_ours(scan->context, buffer_slice(&host)))
            continue;
        struct slice value = slice_trim(slice_part(line, (size_t)(sign - line.data) + 2, line.size));
        buffer_append_slice(&what, key);
        if (slice_find(value, ':', 0) < value.size)
            scan->found(scan->context, number, buffer_text(&what), value);
    }
}

// ------------------------------------------------------------------ .yarnrc.yml

static void scan_yarn(const struct scan *scan, struct slice text)
{
    bool ours = false;
    struct slice line;
    for (size_t number = 1; slice_cut(&text, '\n', &line); number++) {
        struct slice trimmed = slice_trim(line);
        struct slice key = slice_part(trimmed, 0, trimmed.size > 0 ? trimmed.size - 1 : 0);
        if (key.size > 0 && (key.data[0] == '"' || key.data[0] == '\''))
            key = slice_part(key, 1, key.size > 1 ? key.size - 2 : 0);
        bool opens = trimmed.size > 0 && trimmed.data[trimmed.size - 1] == ':';
        if (opens)
            ours = memmem(trimmed.data, trimmed.size, "//", 2) != NULL && scan->is_ours(scan->context, key);
        struct slice name = slice_part(trimmed, 0, slice_find(trimmed, ':', 0));
        bool token = slice_is(name, "npmAuthToken") || slice_is(name, "npmAuthIdent");
        if (ours && token && line.data[0] == ' ')
            scan->found(scan->context, number, slice_is(name, "npmAuthToken") ? "npmAuthToken" : "npmAuthIdent",
                        slice_trim(slice_part(trimmed, name.size + 1, trimmed.size)));
    }
}

// ------------------------------------------------------------------ all of them

void scan_text(const struct scan *scan, struct slice text)
{
    static void (*const simple[SCAN_GRAMMARS])(const struct scan *, struct slice) = {[SCAN_NPMRC] = scan_npmrc,
                                                                                     [SCAN_NETRC] = scan_netrc,
                                                                                     [SCAN_NUGET] = scan_nuget,
                                                                                     [SCAN_BUNDLER] = scan_bundler,
                                                                                     [SCAN_YARN] = scan_yarn};
    if (scan->grammar == SCAN_KEYED)
        keyed_scan(scan, text);
    else if (scan->grammar == SCAN_MAVEN)
        scan_maven(scan, text);
    else if (!scan->collecting)
        simple[scan->grammar](scan, text);
}
