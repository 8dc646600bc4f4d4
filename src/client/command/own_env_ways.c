// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_env_ways.h"
#include "base/secret.h"
#include "base/text.h"

static bool takes_all(const char *name)
{
    (void)name;
    return true;
}

/** The agent makes the names of variables capitals, and what is none for a shell does not get there. */
static bool takes_capitals(const char *name)
{
    for (const char *at = name; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            return false;
    return environment_is_word(name);
}

static bool write_export(const struct environment_variable *variable, struct buffer *out)
{
    buffer_append_format(out, "export %s=", variable->name);
    text_append_shell_word(out, variable->value);
    buffer_append_char(out, '\n');
    return true;
}

/** With a line of chance at the end, so that no value can end it. */
static bool write_github(const struct environment_variable *variable, struct buffer *out)
{
    unsigned char random[16];
    char end[2 * sizeof random + 1];
    if (!secret_random(random, sizeof random))
        return false;
    text_hex_write(end, random, sizeof random);
    buffer_append_format(out, "%s<<%s\n%s\n%s\n", variable->name, end, variable->value, end);
    return true;
}

static void mask_github(const char *token, struct buffer *out)
{
    buffer_append_format(out, "::add-mask::%s\n", token);
}

static bool write_dotenv(const struct environment_variable *variable, struct buffer *out)
{
    buffer_append_format(out, "%s=%s\n", variable->name, variable->value);
    return true;
}

static bool write_azure(const struct environment_variable *variable, struct buffer *out)
{
    buffer_append_format(out, "##vso[task.setvariable variable=%s%s]%s\n", variable->name,
                         variable->secret ? ";issecret=true" : "", variable->value);
    return true;
}

static void mask_azure(const char *token, struct buffer *out)
{
    buffer_append_format(out, "##vso[task.setsecret]%s\n", token);
}

// GitLab's limits: "CI/CD artifacts reports types", dotenv. The number is 20 unless an administrator raised it.
#define GITLAB_BYTES 5120
#define GITLAB_VARIABLES 20

static const struct env_way ways[] = {
    {"shell", ENV_OUTPUT_OR_FILE, NULL, 0, 0, environment_is_word, write_export, NULL},
    {"github", ENV_FILE, "GITHUB_ENV", 0, 0, takes_all, write_github, mask_github},
    {"gitlab", ENV_FILE, NULL, GITLAB_BYTES, GITLAB_VARIABLES, environment_is_word, write_dotenv, NULL},
    {"azure", ENV_OUTPUT, NULL, 0, 0, takes_capitals, write_azure, mask_azure},
    {"circleci", ENV_FILE, "BASH_ENV", 0, 0, environment_is_word, write_export, NULL},
};
const char *const env_way_names[] = {"shell", "github", "gitlab", "azure", "circleci", NULL};

const struct env_way *env_way_find(const char *name)
{
    const struct env_way *found = &ways[0];
    for (size_t i = 0; name != NULL && i < sizeof ways / sizeof *ways; i++)
        if (slice_is(slice_of(name), ways[i].name))
            found = &ways[i];
    return found;
}
