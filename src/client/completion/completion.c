// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/completion/completion.h"
#include "client/cli/own_command.h"
#include "client/profile_files.h"

#include <string.h>

#define PROFILES "profiles"

static const struct {
    const char *name;
    void (*write)(struct buffer *out, struct arena *arena);
} shells[] = {
    {"bash", completion_write_bash},
    {"zsh", completion_write_zsh},
    {"fish", completion_write_fish},
};

const char *const completion_shells[] = {"bash", "zsh", "fish", NULL};

bool completion_write(struct buffer *out, const char *shell)
{
    ARENA_AUTO *arena = arena_new();
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, shell) != 0)
            continue;
        shells[i].write(out, arena);
        return true;
    }
    return false;
}

static bool write_profiles(struct buffer *out, environment_function *environment, struct arena *arena,
                           struct error *error)
{
    struct profile_set *set = profile_set_new();
    bool good = profile_files_read(set, PROFILE_CONFIG, environment, error) &&
                profile_files_read(set, PROFILE_CREDENTIALS, environment, error);
    for (const char *const *name = profile_list(set, arena); good && *name != NULL; name++)
        buffer_append_format(out, "%s\n", *name);
    profile_set_free(set);
    return good;
}

bool completion_run(struct words words, environment_function *environment, struct arena *arena, struct buffer *out,
                    struct error *error)
{
    static const char *const choices[] = {"bash", "zsh", "fish", PROFILES, NULL};
    struct argument table[] = {{.name = "shell", .choices = choices, .required = true}};
    struct words rest;
    if (!arguments_parse(table, 1, words, arena, &rest, error))
        return false;
    if (rest.count > 0)
        return error_set(error, ERROR_USAGE, "UnknownOptions", "Unknown options: %s", rest.items[0]);
    const char *word = argument_value(table);
    return completion_write(out, word) || write_profiles(out, environment, arena, error);
}

enum completion_value completion_value_of(const struct option_row *row)
{
    if (row->value == NULL)
        return COMPLETION_NONE;
    if (row->choices != NULL)
        return COMPLETION_CHOICE;
    if (strcmp(row->name, "--profile") == 0)
        return COMPLETION_PROFILE;
    return strcmp(row->value, "FILE") == 0 ? COMPLETION_FILE : COMPLETION_ANYTHING;
}

void completion_join(struct buffer *out, const char *const *words, const char *separator)
{
    for (size_t i = 0; words[i] != NULL; i++)
        buffer_append_format(out, "%s%s", i > 0 ? separator : "", words[i]);
}

void completion_join_commands(struct buffer *out, const struct api_service *service, const char *separator)
{
    size_t written = 0;
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        for (const struct api_operation *const *operation = (*at)->operations; *operation != NULL; operation++)
            if (service == NULL || service == *at)
                buffer_append_format(out, "%s%s", written++ > 0 ? separator : "", (*operation)->cli_name);
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        if (own_command_find(slice_of((*at)->name), service != NULL ? service->cli_name : NULL, false) != NULL)
            buffer_append_format(out, "%s%s", written++ > 0 ? separator : "", (*at)->name);
}

void completion_join_services(struct buffer *out, const char *separator)
{
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        buffer_append_format(out, "%s%s", at != api_services ? separator : "", (*at)->cli_name);
}
