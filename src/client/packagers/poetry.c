// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * poetry: the credential in auth.toml, for the name that the project's source has, and where to publish in config.toml.
 * Which index a project uses, only its own pyproject.toml can say.
 */
#include "client/packagers/packager.h"

/** A file of poetry's own folder. */
static const char *file_of(const struct login *login, const char *name, struct error *error)
{
    const char *folder = login->environment("POETRY_CONFIG_DIR");
    if (folder != NULL && folder[0] == '/')
        return arena_format(login->arena, "%s/%s", folder, name);
    return packager_xdg(login, "XDG_CONFIG_HOME", ".config", arena_format(login->arena, "pypoetry/%s", name), error);
}

/** The name that pyproject.toml in this folder gives to the repository; else one of ours, and what is lacking is said.
 */
static const char *find_name(struct login *login)
{
    struct slice text;
    struct edit_place url = {.format = EDIT_TOML, .path = {"tool", "poetry", "source"}, .key = "url"};
    struct edit_place name = url;
    name.key = "name";
    if (!changes_read(login->changes, "pyproject.toml", &text, NULL))
        return packager_label(login);
    for (size_t i = 0;; i++) {
        BUFFER_AUTO value = {0};
        BUFFER_AUTO found = {0};
        bool has_name = edit_find_nth(text, &name, i, &found);
        bool has_url = edit_find_nth(text, &url, i, &value);
        if (!has_name && !has_url)
            break;
        if (has_name && has_url && packager_is_repository(login, buffer_slice(&value)))
            return arena_copy(login->arena, found.data, found.size);
    }
    if (text.size > 0)
        changes_note(login->changes,
                     "pyproject.toml in this folder has no source of this repository; add it with: "
                     "poetry source add %s %ssimple/",
                     packager_label(login), login->endpoint);
    return packager_label(login);
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *auth = file_of(login, "auth.toml", error);
    const char *config = file_of(login, "config.toml", error);
    (void)out;
    if (auth == NULL || config == NULL)
        return false;
    const char *name = find_name(login);
    const char *user = login->helper ? NULL : "aws";
    const struct packager_value values[] = {
        {auth, {.format = EDIT_TOML, .path = {"http-basic", name}, .key = "username"}, user},
        {auth, {.format = EDIT_TOML, .path = {"http-basic", name}, .key = "password"}, login->token},
        {config, {.format = EDIT_TOML, .path = {"repositories", name}, .key = "url"}, login->endpoint},
    };
    if (login->helper) {
        packager_drop(login, auth, &values[0].place);
        packager_drop(login, auth, &values[1].place);
    }
    return (!login->helper || packager_set_keyring(login, error)) &&
           packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static const char *const signs[] = {"poetry.lock", "poetry.toml", NULL};

const struct packager packager_poetry = {
    .name = "poetry",
    .format = "pypi",
    .takes_extra = true,
    .takes_helper = true,
    .signs = signs,
    .apply = apply,
};
