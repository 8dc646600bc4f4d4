// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** yarn 1, pnpm and bun: they read npm's own file. Of them yarn 1 alone sends a token only where it is told to. */
#include "base/text.h"
#include "client/packagers/npm.h"

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = npm_file(login, error);
    (void)out;
    return file != NULL && npm_set_registry(login, file, error) && npm_set_token(login, file, error);
}

/** What no version of pnpm can have in the path of a helper: up to 10 a shell gets it, from 11 on blanks divide it. */
static const char unfit[] = " \t\n\"'`$&|;<>()*?!#\\{}";

static bool is_fit(const char *path, struct error *error)
{
    return strpbrk(path, unfit) == NULL ||
           error_set(error, ERROR_CONFIGURATION, NULL,
                     "pnpm cannot run a helper at \"%s\", whose path has blanks or signs of a shell in it; set "
                     "XDG_DATA_HOME to a folder without them",
                     path);
}

/** "jeton/pnpm-token-host+npm+repo": pnpm says nothing of what it asks for, so each repository has a program. */
static const char *program_name(const struct login *login)
{
    char *name = arena_format(login->arena, "jeton/pnpm-token-%s%s", login->netloc, login->path);
    size_t size = strlen(name);
    for (size_t i = strlen("jeton/"); i < size; i++)
        if (name[i] == '/')
            name[i] = i + 1 < size ? '+' : '\0';
    return name;
}

static void write_program(const struct login *login, struct buffer *out)
{
    buffer_append_text(out, "#!/bin/sh\nexec ");
    text_append_shell_word(out, packager_link(login, "jeton"));
    buffer_append_text(out, " credential-helper pnpm ");
    text_append_shell_word(out, login->endpoint);
    buffer_append_char(out, '\n');
}

/** pnpm up to 10 takes the path of a program and nothing more, and tells it nothing. */
static bool help_pnpm(struct login *login, const char *file, struct error *error)
{
    static const char *const stale[] = {"_authToken", "_auth", "_password", "username", NULL};
    BUFFER_AUTO program = {0};
    const char *path = packager_xdg(login, "XDG_DATA_HOME", ".local/share", program_name(login), error);
    const struct edit_place helper = npm_place(npm_key(login, "tokenHelper"));
    if (path == NULL || !is_fit(path, error))
        return false;
    write_program(login, &program);
    npm_drop_stale(login, file, stale);
    return changes_write_program(login->changes, path, buffer_slice(&program), error) &&
           changes_set(login->changes, file, &helper, path, error);
}

static bool apply_pnpm(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = npm_file(login, error);
    (void)out;
    return file != NULL && npm_set_registry(login, file, error) &&
           (login->helper ? help_pnpm(login, file, error) : npm_set_token(login, file, error));
}

/** A registry in ~/.yarnrc goes before the one in .npmrc; its lines are "key value", which nobody else writes. */
static bool note_yarnrc(struct login *login, struct error *error)
{
    const char *file = packager_home(login, ".yarnrc", error);
    struct slice text;
    struct slice line;
    if (file == NULL || !changes_read(login->changes, file, &text, error))
        return false;
    const struct slice key = slice_of(npm_registry_key(login));
    while (slice_cut(&text, '\n', &line)) {
        line = slice_trim(line);
        if (slice_starts_with(line, SLICE("\"")))
            line = slice_part(line, 1, line.size);
        if (slice_starts_with(line, key) && line.size > key.size && strchr(" \"", line.data[key.size]))
            changes_note(login->changes, "%s: its %.*s goes before the one that was written; take it out", file,
                         SLICE_ARGS(key));
    }
    return true;
}

static bool apply_yarn(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = npm_file(login, error);
    const struct edit_place always = npm_place(npm_key(login, "always-auth"));
    return file != NULL && apply(login, out, error) && changes_set(login->changes, file, &always, "true", error) &&
           note_yarnrc(login, error);
}

static const char *const yarn_signs[] = {"yarn.lock", NULL};
static const char *const yarn_unless[] = {".yarnrc.yml", NULL};
static const char *const pnpm_signs[] = {"pnpm-lock.yaml", "pnpm-workspace.yaml", NULL};
static const char *const bun_signs[] = {"bun.lock", "bun.lockb", "bunfig.toml", NULL};
static const char *const npm_overrides[] = {"npm_config_registry", "NPM_CONFIG_REGISTRY", NULL};
static const char *const bun_overrides[] = {"BUN_CONFIG_REGISTRY", "BUN_CONFIG_TOKEN", "NPM_CONFIG_TOKEN", NULL};

const struct packager packager_yarn = {
    .name = "yarn",
    .format = "npm",
    .takes_namespace = true,
    .takes_extra = true,
    .signs = yarn_signs,
    .unless = yarn_unless,
    .overrides = npm_overrides,
    .check = npm_check,
    .apply = apply_yarn,
};

const struct packager packager_pnpm = {
    .name = "pnpm",
    .format = "npm",
    .takes_namespace = true,
    .takes_extra = true,
    .takes_helper = true,
    .signs = pnpm_signs,
    .overrides = npm_overrides,
    .check = npm_check,
    .apply = apply_pnpm,
};

const struct packager packager_bun = {
    .name = "bun",
    .format = "npm",
    .takes_namespace = true,
    .takes_extra = true,
    .signs = bun_signs,
    .overrides = bun_overrides,
    .check = npm_check,
    .apply = apply,
};
