// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile/profile.h"
#include "base/memory.h"
#include "client/profile/ini.h"
#include "client/profile/words.h"

#include <stdlib.h>
#include <string.h>

#define FILES 2

struct profile_set {
    struct arena *arena;
    struct ini files[FILES];
};

struct profile_set *profile_set_new(void)
{
    struct profile_set *set = memory_new(1, sizeof *set);
    set->arena = arena_new();
    return set;
}

void profile_set_free(struct profile_set *set)
{
    if (set == NULL)
        return;
    arena_free(set->arena);
    free(set);
}

/** A header of the config file is exactly two shell words, of which the second is the name. */
static void label_sections(struct ini *ini, struct arena *arena)
{
    for (struct ini_section *at = ini->sections; at != NULL; at = at->next) {
        char **words;
        size_t count;
        if (words_split(slice_of(at->name), arena, &words, &count) == WORDS_SPLIT && count == 2)
            at->label = words[1];
    }
}

bool profile_parse(struct profile_set *set, enum profile_file file, const char *path, struct slice text,
                   struct error *error)
{
    struct ini *ini = &set->files[file];
    if (!ini_parse(text, set->arena, ini)) {
        *ini = (struct ini){0};
        return error_set(error, ERROR_INTERNAL, NULL, "Unable to parse config file: %s", path);
    }
    if (file == PROFILE_CONFIG)
        label_sections(ini, set->arena);
    return true;
}

/** The header starts with the type; botocore's build_profile_map() asks no more of the first word. */
static bool header_names(const struct ini_section *section, const char *type, const char *name)
{
    return section->label != NULL && strcmp(section->label, name) == 0 &&
           strncmp(section->name, type, strlen(type)) == 0;
}

/** The last section of that type and name wins whole; [default] is a profile too. */
static const struct ini_section *find_in_config(const struct profile_set *set, const char *type, const char *name)
{
    const bool may_be_default = strcmp(type, "profile") == 0 && strcmp(name, "default") == 0;
    const struct ini_section *found = NULL;
    for (const struct ini_section *at = set->files[PROFILE_CONFIG].sections; at != NULL; at = at->next)
        if ((may_be_default && strcmp(at->name, "default") == 0) || header_names(at, type, name))
            found = at;
    return found;
}

static const struct ini_section *find_profile(const struct profile_set *set, enum profile_file file,
                                              const char *profile)
{
    if (file == PROFILE_CONFIG)
        return find_in_config(set, "profile", profile);
    const struct ini_section *at = set->files[PROFILE_CREDENTIALS].sections;
    while (at != NULL && strcmp(at->name, profile) != 0)
        at = at->next;
    return at;
}

/** KEY is "key", or "key.inner" for a key of a nested value. */
static const char *get(const struct ini *ini, const struct ini_section *section, const char *key)
{
    if (section == NULL)
        return NULL;
    const char *dot = strchr(key, '.');
    MEMORY_AUTO char *outer = memory_copy(key, dot == NULL ? strlen(key) : (size_t)(dot - key));
    const struct ini_entry *entry = ini_find(section->entries, outer);
    if (entry == NULL)
        entry = ini_find(ini->defaults, outer);
    if (entry != NULL && dot != NULL) {
        const struct ini_entry *inner = NULL;
        // Of a nested key that comes twice the last counts.
        for (const struct ini_entry *at = ini_find(entry->nested, dot + 1); at != NULL;
             at = ini_find(at->next, dot + 1))
            inner = at;
        entry = inner;
    }
    return entry == NULL ? NULL : entry->value;
}

bool profile_exists(const struct profile_set *set, const char *profile)
{
    return find_profile(set, PROFILE_CONFIG, profile) != NULL ||
           find_profile(set, PROFILE_CREDENTIALS, profile) != NULL;
}

const char *profile_get_from(const struct profile_set *set, enum profile_file file, const char *profile,
                             const char *key)
{
    return get(&set->files[file], find_profile(set, file, profile), key);
}

const char *profile_get(const struct profile_set *set, const char *profile, const char *key)
{
    const char *value = profile_get_from(set, PROFILE_CREDENTIALS, profile, key);
    return value != NULL ? value : profile_get_from(set, PROFILE_CONFIG, profile, key);
}

bool profile_section_exists(const struct profile_set *set, const char *type, const char *name)
{
    const struct ini_section *section = find_in_config(set, type, name);
    return section != NULL && (section->entries != NULL || set->files[PROFILE_CONFIG].defaults != NULL);
}

const char *profile_get_section(const struct profile_set *set, const char *type, const char *name, const char *key)
{
    return get(&set->files[PROFILE_CONFIG], find_in_config(set, type, name), key);
}
