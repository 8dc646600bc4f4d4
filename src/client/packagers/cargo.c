// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** cargo: the registry in config.toml, in the place of the default one too, and its token in credentials.toml. */
#include "client/packagers/packager.h"

#include <unistd.h>

/** A file of cargo's folder. */
static const char *file_of(const struct login *login, const char *name, struct error *error)
{
    const char *folder = login->environment("CARGO_HOME");
    if (folder != NULL && folder[0] == '/')
        return arena_format(login->arena, "%s/%s", folder, name);
    return packager_home(login, arena_format(login->arena, ".cargo/%s", name), error);
}

/** The name without `.toml` is old, but goes before the other when it is there. */
static const char *find_file(const struct login *login, const char *old, const char *name, struct error *error)
{
    const char *file = file_of(login, old, error);
    if (file == NULL || access(file, F_OK) == 0)
        return file;
    return file_of(login, name, error);
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *config = find_file(login, "config", "config.toml", error);
    const char *secrets = find_file(login, "credentials", "credentials.toml", error);
    const char *label = packager_label(login);
    const char *standard = login->extra_index ? NULL : label;
    (void)out;
    if (config == NULL || secrets == NULL)
        return false;
    const char *gallery = arena_format(login->arena, "%s-io", "crates");
    const char *provider = login->helper
                               ? arena_format(login->arena, "[\"%s\"]", packager_link(login, "cargo-credential-jeton"))
                               : "cargo:token";
    const struct packager_value values[] = {
        {config,
         {.format = EDIT_TOML, .path = {"registries", label}, .key = "index"},
         arena_format(login->arena, "sparse+%s", login->endpoint)},
        // Since 1.74 a registry that asks for a token has to name who gives it.
        {config, {.format = EDIT_TOML, .path = {"registries", label}, .key = "credential-provider"}, provider},
        {config, {.format = EDIT_TOML, .path = {"registry"}, .key = "default"}, standard},
        {config, {.format = EDIT_TOML, .path = {"source", gallery}, .key = "replace-with"}, standard},
        {secrets, {.format = EDIT_TOML, .path = {"registries", label}, .key = "token"}, login->token},
    };
    if (login->helper)
        packager_drop(login, secrets, &values[4].place);
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static const char *const signs[] = {"Cargo.toml", NULL};

const struct packager packager_cargo = {
    .name = "cargo",
    .format = "cargo",
    .takes_extra = true,
    .takes_helper = true,
    .signs = signs,
    .apply = apply,
};
