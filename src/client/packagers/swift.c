// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * swift: the registry in the project's registries.json, as `swift package-registry set` writes it, how it is logged in
 * to in the user's, as `swift package-registry login` does, and the token in ~/.netrc.
 */
#include "base/json.h"
#include "base/text.h"
#include "client/packagers/packager.h"

#include <unistd.h>

/** `[a-zA-Z0-9](?:[a-zA-Z0-9]|-(?=[a-zA-Z0-9])){0,38}`, says the AWS CLI; npm's `@` before it is our addition. */
static bool check(const struct login *login, struct error *error)
{
    const char *scope = login->namespace;
    if (scope == NULL)
        return true;
    scope += scope[0] == '@' && !login->is_aws ? 1 : 0;
    bool good = *scope != '\0';
    bool letter = false;
    for (const char *c = scope; *c != '\0'; c++) {
        good = good && (text_is_alpha(*c) || text_is_digit(*c) || (*c == '-' && letter));
        letter = *c != '-';
    }
    good = good && letter;
    return (good && strlen(scope) <= 39) ||
           error_set(error, ERROR_INTERNAL, NULL,
                     "Invalid scope name, scope must contain URL-safe characters, no leading dots or underscores and "
                     "no more than 39 characters");
}

static const char *scope_of(const struct login *login)
{
    const char *scope = login->namespace;
    return scope == NULL ? "[default]" : scope + (scope[0] == '@' ? 1 : 0);
}

/** Sets the member NAME of GROUP to VALUE, whose reference is taken. */
static bool set(struct login *login, const char *file, const char *group, const char *name, json_t *value,
                struct error *error)
{
    JSON_AUTO *held = value;
    BUFFER_AUTO text = {0};
    struct slice old;
    const struct edit_place place = {.format = EDIT_JSON, .path = {group}, .key = name};
    if (!changes_read(login->changes, file, &old, error))
        return false;
    // As swift begins it.
    static const char empty[] = "{\"authentication\":{},\"registries\":{},\"version\":1}";
    if (old.size == 0 && !changes_replace(login->changes, file, SLICE(empty), error))
        return false;
    json_write(&text, held, 0);
    return changes_set(login->changes, file, &place, buffer_text(&text), error);
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    char folder[4096];
    (void)out;
    if (getcwd(folder, sizeof folder) == NULL)
        return error_set(error, ERROR_CONFIGURATION, NULL, "The current folder is not known; change to one that is");
    const char *project = arena_format(login->arena, "%s/.swiftpm/configuration/registries.json", folder);
    const char *user = packager_home(login, ".swiftpm/configuration/registries.json", error);
    const char *netrc = packager_home(login, ".netrc", error);
    const struct edit_place machine = {.format = EDIT_NETRC, .path = {login->host}};
    // Whatever user a line of the host has is left, as the AWS CLI leaves it: swift does not send it.
    BUFFER_AUTO old = {0};
    bool known = netrc != NULL && changes_find(login->changes, netrc, &machine, &old);
    size_t size = slice_find(buffer_slice(&old), ' ', 0);
    const char *name = known ? arena_copy(login->arena, old.data, size) : "token";
    return user != NULL && netrc != NULL &&
           changes_set(login->changes, netrc, &machine, arena_format(login->arena, "%s %s", name, login->token),
                       error) &&
           set(login, project, "registries", scope_of(login),
               json_pack("{sbss}", "supportsAvailability", 0, "url", login->endpoint), error) &&
           set(login, user, "authentication", login->netloc,
               json_pack("{ssss}", "loginAPIPath", arena_format(login->arena, "%slogin", login->path), "type", "token"),
               error);
}

static bool dry_run(struct login *login, struct buffer *out, struct error *error)
{
    const char *netrc = packager_home(login, ".netrc", error);
    const bool scoped = login->namespace != NULL;
    if (netrc == NULL)
        return false;
    buffer_append_format(out,
                         "Dryrun mode is enabled, not writing to netrc.\n"
                         "The following line would have been written to %s:\n\n"
                         "machine %s login token password %s\n\n"
                         "And would have run the following commands:\n\n",
                         netrc, login->host, login->token);
    buffer_append_format(out, "swift package-registry set %s%s%s\n\n", login->endpoint, scoped ? " --scope " : "",
                         scoped ? scope_of(login) : "");
    buffer_append_format(out, "swift package-registry login %slogin\n\n", login->endpoint);
    return true;
}

static const char *const signs[] = {"Package.swift", NULL};

const struct packager packager_swift = {
    .name = "swift",
    .format = "swift",
    .is_aws = true,
    .takes_namespace = true,
    .is_single = true,
    .signs = signs,
    .program = "swift",
    .check = check,
    .apply = apply,
    .dry_run = dry_run,
};
