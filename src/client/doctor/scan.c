// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/doctor/scan.h"
#include "base/text.h"
#include "client/edit/edit.h"
#include "client/profile/ini.h"
#include "client/repository/endpoint_url.h"

#include <string.h>

/** A copy that ini_parse() may write into. */
static bool read_ini(struct slice text, struct buffer *copy, struct arena *arena, struct ini *out)
{
    struct ini_fault fault;
    buffer_append_slice(copy, text);
    return ini_parse(copy, INI_LITERAL, arena, out, &fault);
}

static bool has_password(struct slice url)
{
    struct endpoint_url read;
    return endpoint_url_read(url, &read) && read.password.size > 0;
}

// ------------------------------------------------------------------ pip

static bool is_index(const char *key)
{
    static const char *const keys[] = {"index-url", "index_url", "extra-index-url", "extra_index_url"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

/** A value may hold several URLs, between blanks. */
static bool holds_password(const struct scan *scan, const char *value)
{
    const char *at = value;
    while (*at != '\0') {
        at += strspn(at, " \t\n");
        struct slice url = {at, strcspn(at, " \t\n")};
        if (url.size > 0 && has_password(url) && scan->is_ours(scan->context, url))
            return true;
        at += url.size;
    }
    return false;
}

static void scan_pip(const struct scan *scan, const struct ini *ini)
{
    for (const struct ini_section *section = ini->sections; section != NULL; section = section->next)
        for (const struct ini_entry *at = section->entries; at != NULL; at = at->next)
            if (is_index(at->key) && at->value != NULL && holds_password(scan, at->value))
                scan->found(scan->context, at->line, at->key);
}

// ------------------------------------------------------------------ .pypirc

static void scan_pypirc(const struct scan *scan, const struct ini *ini)
{
    for (const struct ini_section *section = ini->sections; section != NULL; section = section->next) {
        const struct ini_entry *repository = ini_find(section->entries, "repository");
        const struct ini_entry *password = ini_find(section->entries, "password");
        if (repository != NULL && password != NULL && scan->is_ours(scan->context, slice_of(repository->value)))
            scan->found(scan->context, password->line, section->name);
    }
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
        scan->found(scan->context, number, keys[i] + 1);
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

static void scan_netrc(const struct scan *scan, struct slice text)
{
    size_t at = 0;
    for (struct slice word = next_word(text, &at); word.size > 0; word = next_word(text, &at)) {
        if (!slice_is(word, "machine"))
            continue;
        struct slice host = next_word(text, &at);
        if (scan->is_ours(scan->context, host))
            scan->found(scan->context, line_of(text, at - host.size), "machine");
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
            scan->found(scan->context, 0, buffer_text(&name));
    }
}

/** Every attribute that holds a URL may be a source's. */
static void scan_nuget(const struct scan *scan, struct slice text, struct arena *arena)
{
    for (size_t quote = slice_find(text, '"', 0); quote < text.size; quote = slice_find(text, '"', quote + 1)) {
        struct slice rest = slice_part(text, quote + 1, text.size);
        struct slice value = slice_part(rest, 0, slice_find(rest, '"', 0));
        if (slice_starts_with(value, SLICE("http")))
            scan_source(scan, text, value, arena);
    }
}

// ------------------------------------------------------------------ all of them

void scan_text(const struct scan *scan, struct slice text)
{
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO copy = {0};
    struct ini ini;
    switch (scan->grammar) {
    case SCAN_PIP:
        if (read_ini(text, &copy, arena, &ini))
            scan_pip(scan, &ini);
        break;
    case SCAN_PYPIRC:
        if (read_ini(text, &copy, arena, &ini))
            scan_pypirc(scan, &ini);
        break;
    case SCAN_NPMRC:
        scan_npmrc(scan, text);
        break;
    case SCAN_NETRC:
        scan_netrc(scan, text);
        break;
    case SCAN_NUGET:
        scan_nuget(scan, text, arena);
    }
}
