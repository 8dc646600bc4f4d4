// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/providers.h"

#include <stddef.h>

static enum credentials_result refuse(struct error *error, const char *subject, const char *by)
{
    (void)error_set(error, ERROR_CONFIGURATION, "Configuration",
                    "%s its credentials by %s, which this version does not support; use static keys, or the "
                    "environment (`aws configure export-credentials --format env` prints what to set there)",
                    subject, by);
    return CREDENTIALS_FAILED;
}

/** Passing over a source that the person asked for would sign as somebody else, or blame missing keys. */
static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)out;
    const struct settings *settings = search->settings;
    bool hidden = provider->option_hides_variables && !search->use_environment;
    for (const char *const *name = provider->variables; !hidden && *name != NULL; name++) {
        const char *value = settings->environment(*name);
        if (value != NULL && *value != '\0')
            return refuse(error, "The environment gives", *name);
    }
    BUFFER_AUTO subject = {0};
    buffer_append_format(&subject, "The profile \"%s\" gets", search->profile);
    for (const char *const *key = provider->keys; *key != NULL; key++)
        if (profile_get(settings->profiles, search->profile, *key) != NULL)
            return refuse(error, buffer_text(&subject), *key);
    return CREDENTIALS_NONE;
}

const struct credentials_provider credentials_unsupported[] = {
    [CREDENTIALS_PROCESS] = {.name = "custom-process", .find = find, .keys = {"credential_process"}},
    [CREDENTIALS_CONTAINER] = {.name = "container-role",
                               .find = find,
                               .variables = {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                                             "AWS_CONTAINER_CREDENTIALS_FULL_URI"}},
};
