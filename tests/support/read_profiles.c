// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What jeton reads from profile files, for comparison. Each line of standard input is a case, a JSON object:
 * {"config": HEX or null, "credentials": HEX or null, "ask": [["profile" | another type, NAME, KEY], ...]}.
 * Each line of standard output answers one: {"error": MESSAGE}, or {"profiles": [NAME...], "values": [TEXT or
 * null...]}.
 */
#include "base/bytes.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "client/profile/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add_file(struct profile_set *set, enum profile_file file, const char *name, const json_t *test,
                     struct error *error)
{
    struct slice hex = json_member_text(test, name);
    if (hex.data == NULL)
        return true;
    char *text = memory_new(hex.size / 2 + 1, 1);
    bool good = text_hex_decode(hex, (unsigned char *)text, hex.size / 2) &&
                profile_parse(set, file, name, (struct slice){text, hex.size / 2}, error);
    free(text);
    return good;
}

static json_t *answer(const struct profile_set *set, const json_t *asked)
{
    ARENA_AUTO *arena = arena_new();
    json_t *profiles = json_array();
    for (const char *const *name = profile_list(set, arena); *name != NULL; name++)
        (void)json_array_append_new(profiles, json_string(*name));
    json_t *values = json_array();
    for (size_t i = 0; i < json_array_size(asked); i++) {
        const json_t *question = json_array_get(asked, i);
        const char *type = json_string_value(json_array_get(question, 0));
        const char *name = json_string_value(json_array_get(question, 1));
        const char *key = json_string_value(json_array_get(question, 2));
        const char *value =
            strcmp(type, "profile") == 0 ? profile_get(set, name, key) : profile_get_section(set, type, name, key);
        (void)json_array_append_new(values, value == NULL ? json_null() : json_string(value));
    }
    return json_pack("{soso}", "profiles", profiles, "values", values);
}

int main(void)
{
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        JSON_AUTO *test = json_parse(slice_of(line), NULL);
        if (test == NULL)
            return 1;
        struct profile_set *set = profile_set_new();
        ERROR_AUTO error = {0};
        bool good = add_file(set, PROFILE_CONFIG, "config", test, &error) &&
                    add_file(set, PROFILE_CREDENTIALS, "credentials", test, &error);
        JSON_AUTO *found = good ? answer(set, json_object_get(test, "ask")) : json_pack("{ss}", "error", error.message);
        BUFFER_AUTO text = {0};
        json_write(&text, found, 0);
        (void)puts(buffer_text(&text));
        (void)fflush(stdout);
        profile_set_free(set);
    }
    free(line);
    return 0;
}
