// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/helpers/helper.h"

#include <string.h>

const struct helper helpers[] = {
    {"bazel", "bazel-credential-jeton", false, helper_bazel},
    {"cargo", "cargo-credential-jeton", false, helper_cargo},
    {"cargo-token", NULL, false, helper_cargo_token},
    {"docker", "docker-credential-jeton", false, helper_docker},
    {"git", "git-credential-jeton", false, helper_git},
    {"keyring", "keyring", false, helper_keyring},
    {"nuget", "nuget-plugin-jeton", false, helper_nuget},
    {"pnpm", "pnpm-token-jeton", true, helper_pnpm},
    {"token", NULL, false, helper_token},
    {NULL, NULL, false, NULL},
};

const char *const helper_protocols[] = {"bazel",   "cargo", "cargo-token", "docker", "git",
                                        "keyring", "nuget", "pnpm",        "token",  NULL};

const struct helper *helper_find(struct slice protocol)
{
    for (const struct helper *at = helpers; at->protocol != NULL; at++)
        if (slice_is(protocol, at->protocol))
            return at;
    return NULL;
}

const struct helper *helper_find_link(const char *link, const char **name)
{
    *name = NULL;
    for (const struct helper *at = helpers; at->protocol != NULL; at++) {
        size_t size = at->link != NULL ? strlen(at->link) : 0;
        if (size == 0 || strncmp(link, at->link, size) != 0)
            continue;
        if (link[size] == '\0')
            return at;
        if (at->named && link[size] == '-' && link[size + 1] != '\0') {
            *name = link + size + 1;
            return at;
        }
    }
    return NULL;
}
