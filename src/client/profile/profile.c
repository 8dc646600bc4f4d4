// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile/profile.h"
#include "base/memory.h"
#include "client/profile/ini.h"
#include "client/profile/names.h"
#include "client/profile/words.h"

#include <stdlib.h>
#include <string.h>

#define FILES 2

/** What a header of the config file begins with, in the order in which botocore's build_profile_map() asks. */
static const char *const types[] = {"profile", "sso-session", "services", NULL};

struct profile_set {
    struct arena *arena;
    struct buffer texts[FILES]; // what the files' names and values point into
    struct ini files[FILES];
    struct names config;      // by the type, which is one of TYPES itself, and the name
    struct names credentials; // by the name
};

struct profile_set *profile_set_new(void)
{
    struct profile_set *set = memory_new(1, sizeof *set);
    set->arena = arena_new();
    set->config.arena = set->arena;
    set->credentials.arena = set->arena;
    return set;
}

void profile_set_free(struct profile_set *set)
{
    if (set == NULL)
        return;
    arena_free(set->arena);
    for (size_t i = 0; i < FILES; i++)
        buffer_free(&set->texts[i]);
    free(set);
}

// ------------------------------------------------------------------ headers

/** The type with which a header begins: botocore asks no more of the first word. */
static const char *type_of(const char *header)
{
    const char *const *type = types;
    while (*type != NULL && strncmp(header, *type, strlen(*type)) != 0)
        type++;
    return *type;
}

/** The second of the two shell words that a header must be, or NULL. */
static const char *second_word(const char *header, struct arena *arena)
{
    // Nearly all are two plain words with a blank between.
    const char *blank = header + strcspn(header, " \t\r\n'\"\\");
    if (*blank == ' ' && blank[1] != '\0' && blank[1 + strcspn(blank + 1, " \t\r\n'\"\\")] == '\0')
        return blank + 1;
    char **words;
    size_t count;
    bool split = words_split(slice_of(header), arena, &words, &count) == WORDS_SPLIT;
    return split && count == 2 ? words[1] : NULL;
}

/** The later of two sections of the same name wins whole, and [default] is a profile too. */
static void index_config(struct profile_set *set)
{
    for (struct ini_section *at = set->files[PROFILE_CONFIG].sections; at != NULL; at = at->next) {
        const char *type = type_of(at->name);
        const char *name = type != NULL ? second_word(at->name, set->arena) : NULL;
        if (strcmp(at->name, "default") == 0)
            (void)names_put(&set->config, types[0], at->name, at);
        else if (name != NULL)
            (void)names_put(&set->config, type, name, at);
    }
}

bool profile_take(struct profile_set *set, enum profile_file file, const char *path, struct buffer *text,
                  struct error *error)
{
    struct ini *ini = &set->files[file];
    struct ini_fault fault;
    buffer_free(&set->texts[file]);
    set->texts[file] = *text;
    *text = (struct buffer){0};
    if (!ini_parse(&set->texts[file], INI_NESTS, set->arena, ini, &fault)) {
        *ini = (struct ini){0};
        return error_set(error, ERROR_INTERNAL, NULL, "Unable to parse config file: %s, line %zu: %s", path, fault.line,
                         fault.what);
    }
    if (file == PROFILE_CONFIG)
        index_config(set);
    else
        for (struct ini_section *at = ini->sections; at != NULL; at = at->next)
            (void)names_put(&set->credentials, NULL, at->name, at);
    return true;
}

bool profile_parse(struct profile_set *set, enum profile_file file, const char *path, struct slice text,
                   struct error *error)
{
    BUFFER_AUTO copy = {0};
    buffer_append_slice(&copy, text);
    return profile_take(set, file, path, &copy, error);
}

// ------------------------------------------------------------------ look-ups

static const struct ini_section *find_in_config(const struct profile_set *set, const char *type, const char *name)
{
    return names_find(&set->config, type_of(type), name);
}

static const struct ini_section *find_profile(const struct profile_set *set, enum profile_file file,
                                              const char *profile)
{
    return file == PROFILE_CONFIG ? find_in_config(set, types[0], profile)
                                  : names_find(&set->credentials, NULL, profile);
}

/** The outer part of "key" or "key.inner" in a section or in [DEFAULT]. */
static const struct ini_entry *find_entry(const struct ini *ini, const struct ini_section *section, const char *key)
{
    if (section == NULL)
        return NULL;
    MEMORY_AUTO char *outer = memory_copy(key, strcspn(key, "."));
    const struct ini_entry *entry = ini_find(section->entries, outer);
    return entry != NULL ? entry : ini_find(ini->defaults, outer);
}

/** The value of "key", or of "key.inner" within ENTRY. */
static const char *value_of(const struct ini_entry *entry, const char *key)
{
    const char *dot = strchr(key, '.');
    if (entry == NULL || dot == NULL)
        return entry == NULL ? NULL : entry->value;
    // Of a nested key that comes twice the last counts.
    const char *value = NULL;
    for (const struct ini_entry *at = ini_find(entry->nested, dot + 1); at != NULL; at = ini_find(at->next, dot + 1))
        value = at->value;
    return value;
}

static const struct ini_entry *find_in_file(const struct profile_set *set, enum profile_file file, const char *profile,
                                            const char *key)
{
    return find_entry(&set->files[file], find_profile(set, file, profile), key);
}

bool profile_exists(const struct profile_set *set, const char *profile)
{
    return find_profile(set, PROFILE_CONFIG, profile) != NULL ||
           find_profile(set, PROFILE_CREDENTIALS, profile) != NULL;
}

const char *const *profile_list(const struct profile_set *set, struct arena *arena)
{
    const char **list = arena_allocate(arena, set->config.count + set->credentials.count + 1, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < set->config.count; i++)
        if (set->config.items[i].scope == types[0])
            list[count++] = set->config.items[i].name;
    for (const struct ini_section *at = set->files[PROFILE_CREDENTIALS].sections; at != NULL; at = at->next)
        if (find_profile(set, PROFILE_CONFIG, at->name) == NULL)
            list[count++] = at->name;
    return list;
}

const char *profile_get_from(const struct profile_set *set, enum profile_file file, const char *profile,
                             const char *key)
{
    return value_of(find_in_file(set, file, profile, key), key);
}

const char *profile_get(const struct profile_set *set, const char *profile, const char *key)
{
    const struct ini_entry *entry = find_in_file(set, PROFILE_CREDENTIALS, profile, key);
    return value_of(entry != NULL ? entry : find_in_file(set, PROFILE_CONFIG, profile, key), key);
}

bool profile_section_exists(const struct profile_set *set, const char *type, const char *name)
{
    const struct ini_section *section = find_in_config(set, type, name);
    return section != NULL && (section->entries != NULL || set->files[PROFILE_CONFIG].defaults != NULL);
}

const char *profile_get_section(const struct profile_set *set, const char *type, const char *name, const char *key)
{
    return value_of(find_entry(&set->files[PROFILE_CONFIG], find_in_config(set, type, name), key), key);
}
