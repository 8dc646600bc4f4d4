// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the grammar of the profile files: the text as either file, as both (parted at the first NUL), as a file of
 * aliases, and as shell words. What is refused must say where, and hold none of the text.
 */
#include "client/profile/profile.h"
#include "base/text.h"
#include "client/profile/ini.h"
#include "client/profile/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text)
{
    if (text != NULL && text_utf8_valid(slice_of(text)) != strlen(text))
        abort();
}

static void check_entries(const struct profile_set *set, const char *profile, const struct ini_entry *entries)
{
    for (const struct ini_entry *at = entries; at != NULL; at = at->next) {
        check_text(at->key);
        check_text(at->value);
        check_text(profile_get(set, profile, at->key));
        if (at->value == NULL && at->nested == NULL)
            abort();
        for (const struct ini_entry *inner = at->nested; inner != NULL; inner = inner->next)
            check_text(inner->value);
    }
}

/** Every profile that is listed exists, and every section of the credentials file is listed. */
static void check_set(const struct profile_set *set, struct arena *arena, const struct ini *credentials)
{
    for (const char *const *name = profile_list(set, arena); *name != NULL; name++) {
        check_text(*name);
        if (!profile_exists(set, *name))
            abort();
        check_text(profile_get(set, *name, "region"));
        check_text(profile_get(set, *name, "s3.k"));
    }
    for (const struct ini_section *at = credentials->sections; at != NULL; at = at->next) {
        if (!profile_exists(set, at->name))
            abort();
        check_entries(set, at->name, at->entries);
    }
}

static void check_files(struct slice config, struct slice credentials)
{
    ARENA_AUTO *arena = arena_new();
    struct profile_set *set = profile_set_new();
    ERROR_AUTO error = {0};
    bool good = profile_parse(set, PROFILE_CONFIG, "/c", config, &error) &&
                profile_parse(set, PROFILE_CREDENTIALS, "/k", credentials, &error);
    struct ini ini;
    struct ini_fault fault = {0};
    BUFFER_AUTO copy = {0};
    buffer_append_slice(&copy, credentials);
    if (good && ini_parse(&copy, INI_NESTS, arena, &ini, &fault))
        check_set(set, arena, &ini);
    if (!good && strncmp(error.message, "Unable to parse config file: /", 30) != 0)
        abort();
    profile_set_free(set);
}

static void check_literal(struct slice text)
{
    ARENA_AUTO *arena = arena_new();
    struct ini ini;
    struct ini_fault fault = {0};
    BUFFER_AUTO copy = {0};
    buffer_append_slice(&copy, text);
    bool good = ini_parse(&copy, INI_LITERAL, arena, &ini, &fault);
    if (good == (fault.line > 0))
        abort();
    for (const struct ini_section *at = good ? ini.sections : NULL; at != NULL; at = at->next)
        for (const struct ini_entry *entry = at->entries; entry != NULL; entry = entry->next)
            if (entry->value == NULL)
                abort();
}

static void check_words(struct slice text)
{
    ARENA_AUTO *arena = arena_new();
    char **words;
    size_t count;
    size_t total = 0;
    if (words_split(text, arena, &words, &count) != WORDS_SPLIT)
        return;
    for (size_t i = 0; i < count; i++)
        total += strlen(words[i]);
    if (total > text.size || words[count] != NULL)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    size_t half = slice_find(text, '\0', 0);
    check_files(slice_part(text, 0, half), slice_part(text, half + 1, size));
    check_files(SLICE(""), text);
    check_literal(text);
    check_words(slice_part(text, 0, half));
    return 0;
}
