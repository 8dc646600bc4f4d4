// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** yarn from 2 on: the registry, for a scope or for all, and its token in the user's .yarnrc.yml. */
#include "client/packagers/npm.h"

/** The registry's key: without scheme, and without the last slash, as yarn looks it up. */
static const char *registry_key(const struct login *login)
{
    size_t size = strlen(login->path);
    size -= size > 0 && login->path[size - 1] == '/' ? 1 : 0;
    return arena_format(login->arena, "//%s%.*s", login->netloc, (int)size, login->path);
}

/** The plug-in asks jeton. */
static bool add_plugin(struct login *login, const char *file, struct error *error)
{
    const struct edit_place plugins = {.format = EDIT_YAML_LIST, .key = "plugins"};
    const char *plugin = packager_own_file(login, "yarn/jeton.cjs", error);
    return plugin != NULL && changes_add_item(login->changes, file, &plugins, plugin, error);
}

/** The user's file has the name of the projects', which a variable may give. */
static const char *find_file(const struct login *login, struct error *error)
{
    const char *name = login->environment("YARN_RC_FILENAME");
    bool given = name != NULL && *name != '\0' && strchr(name, '/') == NULL;
    return packager_home(login, given ? name : ".yarnrc.yml", error);
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = find_file(login, error);
    const char *scope = npm_scope(login);
    const char *key = registry_key(login);
    (void)out;
    if (file == NULL)
        return false;
    const struct edit_place all = {.format = EDIT_YAML, .key = "npmRegistryServer"};
    const struct edit_place scoped = {
        .format = EDIT_YAML, .path = {"npmScopes", scope != NULL ? scope + 1 : NULL}, .key = "npmRegistryServer"};
    struct edit_place registry = {.format = EDIT_YAML, .path = {"npmRegistries", key}, .key = "npmAuthIdent"};
    if (changes_take(login->changes, file, &registry, true))
        changes_note(login->changes, "%s: the old npmAuthIdent of %s is taken out" PACKAGER_NOT_KEPT, file, key);
    registry.key = "npmAuthToken";
    struct edit_place always = registry;
    always.key = "npmAlwaysAuth";
    const struct packager_value values[] = {
        {file, scope != NULL ? scoped : all, login->endpoint},
        {file, always, "true"},
        {file, registry, login->token},
    };
    if (login->helper)
        packager_drop(login, file, &registry);
    return (!login->helper || add_plugin(login, file, error)) &&
           packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static const char *const signs[] = {".yarnrc.yml", NULL};
static const char *const overrides[] = {"YARN_NPM_AUTH_TOKEN", "YARN_NPM_AUTH_IDENT", "YARN_NPM_REGISTRY_SERVER", NULL};

const struct packager packager_yarn_berry = {
    .name = "yarn-berry",
    .format = "npm",
    .takes_namespace = true,
    .takes_extra = true,
    .takes_helper = true,
    .signs = signs,
    .overrides = overrides,
    .check = npm_check,
    .apply = apply,
};
