// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** npm: the registry, for a scope or for all, and its token in the user's .npmrc. */
#include "client/packagers/npm.h"
#include "base/file.h"
#include "base/text.h"

/** `^(@[a-z0-9-~][a-z0-9-._~]*)`, the AWS CLI's check, which looks at the beginning alone. */
static bool is_scope(const char *scope)
{
    char first = scope[0] == '@' ? scope[1] : '\0';
    return (first >= 'a' && first <= 'z') || text_is_digit(first) || first == '-' || first == '~';
}

const char *npm_scope(const struct login *login)
{
    const char *namespace = login->namespace;
    if (namespace == NULL)
        return NULL;
    return namespace[0] == '@' ? namespace : arena_format(login->arena, "@%s", namespace);
}

bool npm_check(const struct login *login, struct error *error)
{
    const char *scope = npm_scope(login);
    if (scope == NULL && login->further)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s has one registry for all packages, and %s would be a further one: give a --namespace for "
                         "each --repository",
                         login->packager->name, login->repository);
    if (scope == NULL && login->extra_index)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s has one registry beside those of scopes: give a --namespace with --extra-index",
                         login->packager->name);
    return scope == NULL || is_scope(scope) ||
           error_set(error, ERROR_INTERNAL, NULL,
                     "Invalid scope name, scope must contain URL-safe characters, no leading dots or underscores");
}

const char *npm_file(const struct login *login, struct error *error)
{
    static const char *const variables[] = {"npm_config_userconfig", "NPM_CONFIG_USERCONFIG", NULL};
    const char *file;
    if (!packager_named_file(login, variables, &file, error))
        return NULL;
    return file != NULL ? file : packager_home(login, ".npmrc", error);
}

struct edit_place npm_place(const char *key)
{
    return (struct edit_place){.format = EDIT_NPMRC, .key = key};
}

const char *npm_key(const struct login *login, const char *name)
{
    return arena_format(login->arena, "//%s%s:%s", login->netloc, login->path, name);
}

const char *npm_registry_key(const struct login *login)
{
    const char *scope = npm_scope(login);
    return scope != NULL ? arena_format(login->arena, "%s:registry", scope) : "registry";
}

void npm_drop_stale(struct login *login, const char *file, const char *const *names)
{
    for (; *names != NULL; names++) {
        struct edit_place place = npm_place(npm_key(login, *names));
        bool secret = (*names)[0] == '_';
        if (changes_take(login->changes, file, &place, secret))
            changes_note(login->changes, "%s: %s is taken out, since it would go before the new credential%s", file,
                         place.key, secret ? PACKAGER_NOT_KEPT : "");
    }
}

/** A project's own file goes before the user's; it is not ours to change. */
static void note_project(const struct login *login)
{
    BUFFER_AUTO value = {0};
    struct edit_place token = npm_place(npm_key(login, "_authToken"));
    struct edit_place registry = npm_place(npm_registry_key(login));
    const char *own = npm_file(login, NULL);
    MEMORY_AUTO char *users = own != NULL ? file_resolve(own) : NULL;
    MEMORY_AUTO char *projects = file_resolve("./.npmrc");
    if (users == NULL || slice_is(slice_of(users), projects))
        return;
    if (changes_find(login->changes, "./.npmrc", &token, &value))
        changes_note(login->changes, ".npmrc in this folder has a token of its own for this registry, and goes before "
                                     "the user's; take it out");
    buffer_clear(&value);
    if (changes_find(login->changes, "./.npmrc", &registry, &value) &&
        !packager_is_repository(login, buffer_slice(&value)))
        changes_note(login->changes, ".npmrc in this folder names another registry, and goes before the user's");
}

bool npm_set_registry(struct login *login, const char *file, struct error *error)
{
    const struct edit_place registry = npm_place(npm_registry_key(login));
    return changes_set(login->changes, file, &registry, login->endpoint, error);
}

bool npm_set_token(struct login *login, const char *file, struct error *error)
{
    static const char *const stale[] = {"_auth", "_password", "username", "tokenHelper", NULL};
    const struct edit_place token = npm_place(npm_key(login, "_authToken"));
    npm_drop_stale(login, file, stale);
    return changes_set(login->changes, file, &token, login->token, error);
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = npm_file(login, error);
    (void)out;
    const struct edit_place always = npm_place(npm_key(login, "always-auth"));
    if (file == NULL || !npm_set_registry(login, file, error) || !npm_set_token(login, file, error) ||
        (login->strays && !changes_set(login->changes, file, &always, "true", error)))
        return false;
    note_project(login);
    return true;
}

/** The AWS CLI's words, one of which it fails at with newer versions of npm and goes on. */
static bool dry_run(struct login *login, struct buffer *out, struct error *error)
{
    (void)error;
    buffer_append_format(out, "npm config set %s %s\n\n", npm_registry_key(login), login->endpoint);
    buffer_append_format(out, "npm config set %s true\n\n", npm_key(login, "always-auth"));
    buffer_append_format(out, "npm config set %s %s\n\n", npm_key(login, "_authToken"), login->token);
    return true;
}

static const char *const signs[] = {"package.json", NULL};
static const char *const unless[] = {"yarn.lock", ".yarnrc.yml", "pnpm-lock.yaml", "bun.lock", "bun.lockb", NULL};
static const char *const overrides[] = {"npm_config_registry", "NPM_CONFIG_REGISTRY", NULL};

const struct packager packager_npm = {
    .name = "npm",
    .format = "npm",
    .is_aws = true,
    .takes_namespace = true,
    .takes_extra = true,
    .signs = signs,
    .unless = unless,
    .overrides = overrides,
    .program = "npm",
    .check = npm_check,
    .apply = apply,
    .dry_run = dry_run,
};
