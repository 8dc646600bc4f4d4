// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/repository/hosts.h"
#include "base/text.h"
#include "client/profile/ini.h"
#include "client/repository/endpoint_url.h"

#include <string.h>

#define SHORTEST_DURATION 900
#define LONGEST_DURATION 43200

// ------------------------------------------------------------------ values

static bool is_domain(struct slice value)
{
    struct endpoint_url url;
    BUFFER_AUTO label = {0};
    buffer_append_slice(&label, value);
    buffer_append_text(&label, "-000000000000");
    return endpoint_url_read_label(buffer_slice(&label), &url) && slice_is(value, url.domain);
}

static bool is_owner(struct slice value)
{
    uint64_t number;
    return value.size == 12 && text_parse_unsigned(value, &number);
}

static bool is_duration(struct slice value)
{
    uint64_t seconds;
    return text_parse_unsigned(value, &seconds) &&
           (seconds == 0 || (seconds >= SHORTEST_DURATION && seconds <= LONGEST_DURATION));
}

static bool is_endpoint(struct slice value)
{
    struct endpoint_url url;
    return endpoint_url_read(value, &url) && (slice_is(url.scheme, "https") || slice_is(url.scheme, "http")) &&
           url.password.data == NULL;
}

static bool is_something(struct slice value)
{
    return value.size > 0;
}

/** What may be said of a host. */
static const struct key {
    const char *name;
    size_t place; // in struct host_entry
    bool (*holds)(struct slice value);
    const char *shape; // in words
} keys[] = {
    {"domain", offsetof(struct host_entry, domain), is_domain, "2 to 50 of a-z, 0-9 and -, a letter first"},
    {"domain-owner", offsetof(struct host_entry, owner), is_owner, "an account's twelve digits"},
    {"duration-seconds", offsetof(struct host_entry, duration), is_duration, "0, or 900 to 43200"},
    {"endpoint-url", offsetof(struct host_entry, endpoint_url), is_endpoint,
     "a URL that begins with https:// or http://"},
    {"profile", offsetof(struct host_entry, profile), is_something, "the name of a profile"},
    {"region", offsetof(struct host_entry, region), is_something, "the name of a region"},
};
#define KEY_COUNT (sizeof keys / sizeof *keys)

static const char **place_of(struct host_entry *entry, const struct key *key)
{
    return (const char **)(void *)((char *)entry + key->place);
}

static const struct key *find_key(const char *name)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

// ------------------------------------------------------------------ sections

static bool fail(struct error *error, const char *path, size_t line, const char *what, const char *value)
{
    return error_set(error, ERROR_CONFIGURATION, NULL, "%s, line %zu: %s%s", path, line, what, value);
}

static bool refuse_key(struct error *error, const char *path, const struct ini_entry *entry)
{
    BUFFER_AUTO known = {0};
    for (size_t i = 0; i < KEY_COUNT; i++)
        buffer_append_format(&known, "%s%s", i > 0 ? ", " : "", keys[i].name);
    return error_set(error, ERROR_CONFIGURATION, NULL, "%s, line %zu: there is no key \"%s\"; a host has %s", path,
                     entry->line, entry->key, buffer_text(&known));
}

static bool read_entries(const struct ini_entry *at, const char *path, struct host_entry *out, struct error *error)
{
    for (; at != NULL; at = at->next) {
        const struct key *key = find_key(at->key);
        if (key == NULL)
            return refuse_key(error, path, at);
        if (!key->holds(slice_of(at->value)))
            return error_set(error, ERROR_CONFIGURATION, NULL, "%s, line %zu: %s is \"%s\", which must be %s", path,
                             at->line, at->key, at->value, key->shape);
        *place_of(out, key) = at->value;
    }
    return true;
}

static bool is_wildcard(const char *name)
{
    return strncmp(name, "*.", 2) == 0;
}

/** A host with or without its port, or `*.` and a domain name. */
static bool is_host(const char *name)
{
    struct endpoint_url url;
    bool wildcard = is_wildcard(name);
    const char *host = wildcard ? name + 2 : name;
    return endpoint_url_read(slice_of(host), &url) &&
           slice_equal_nocase(slice_of(host), slice_of(wildcard ? url.host : url.authority));
}

static void fill_in(struct host_entry *entry, const struct host_entry *defaults)
{
    static const char *const shared[] = {"duration-seconds", "endpoint-url", "profile", "region"};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        const struct key *key = find_key(shared[i]);
        const char **place = place_of(entry, key);
        if (*place == NULL)
            *place = *(const char *const *)(const void *)((const char *)defaults + key->place);
    }
}

static bool read_section(const struct ini_section *section, const char *path, const struct host_entry *defaults,
                         struct host_entry *out, struct error *error)
{
    if (!is_host(section->name))
        return fail(error, path, section->line, "a section is named by a host, HOST:PORT or *.DOMAIN-NAME, not ",
                    section->name);
    out->name = section->name;
    if (!read_entries(section->entries, path, out, error))
        return false;
    fill_in(out, defaults);
    return true;
}

bool hosts_parse(struct buffer *text, const char *path, struct arena *arena, struct hosts *out, struct error *error)
{
    struct ini ini;
    struct ini_fault fault;
    *out = (struct hosts){0};
    if (!ini_parse(text, INI_LITERAL, arena, &ini, &fault))
        return fail(error, path, fault.line, fault.what, "");
    size_t count = 0;
    for (const struct ini_section *at = ini.sections; at != NULL; at = at->next)
        count++;
    out->entries = arena_allocate(arena, count + 1, sizeof *out->entries);
    if (!read_entries(ini.defaults, path, &out->defaults, error))
        return false;
    for (const struct ini_section *at = ini.sections; at != NULL; at = at->next)
        if (!read_section(at, path, &out->defaults, &out->entries[out->count++], error))
            return false;
    return true;
}

// ------------------------------------------------------------------ finding

static const struct host_entry *find_exactly(const struct hosts *hosts, const char *name)
{
    for (size_t i = 0; i < hosts->count; i++)
        if (slice_equal_nocase(slice_of(hosts->entries[i].name), slice_of(name)))
            return &hosts->entries[i];
    return NULL;
}

/** Whether HOST has a label before what stands behind the `*`. */
static bool is_below(const char *host, const char *wildcard)
{
    struct slice end = slice_of(wildcard + 1);
    size_t size = strlen(host);
    return size > end.size && slice_equal_nocase((struct slice){host + size - end.size, end.size}, end);
}

const struct host_entry *hosts_find(const struct hosts *hosts, const char *authority, const char *host)
{
    const struct host_entry *found = find_exactly(hosts, authority);
    if (found == NULL)
        found = find_exactly(hosts, host);
    if (found != NULL)
        return found;
    for (size_t i = 0; i < hosts->count; i++) {
        const struct host_entry *at = &hosts->entries[i];
        if (is_wildcard(at->name) && is_below(host, at->name) &&
            (found == NULL || strlen(at->name) > strlen(found->name)))
            found = at;
    }
    return found;
}
