// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** pdm: the index, or one more, and where to publish, in the user's config.toml. */
#include "client/packagers/packager.h"

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    static const char *const variables[] = {"PDM_CONFIG_FILE", NULL};
    const char *file;
    const char *label = packager_label(login);
    const char *user = login->helper ? NULL : "aws";
    const char *extra = login->extra_index ? label : NULL;
    (void)out;
    if (!packager_named_file(login, variables, &file, error))
        return false;
    if (file == NULL)
        file = packager_xdg(login, "XDG_CONFIG_HOME", ".config", "pdm/config.toml", error);
    if (file == NULL)
        return false;
    const char *index = arena_format(login->arena, "%ssimple/", login->endpoint);
    const struct packager_value values[] = {
        {file, {.format = EDIT_TOML, .path = {"pypi", extra}, .key = "url"}, index},
        {file, {.format = EDIT_TOML, .path = {"pypi", extra}, .key = "username"}, user},
        {file, {.format = EDIT_TOML, .path = {"pypi", extra}, .key = "password"}, login->token},
        {file, {.format = EDIT_TOML, .path = {"repository", label}, .key = "url"}, login->endpoint},
        {file, {.format = EDIT_TOML, .path = {"repository", label}, .key = "username"}, user},
        {file, {.format = EDIT_TOML, .path = {"repository", label}, .key = "password"}, login->token},
    };
    if (login->helper) {
        packager_drop(login, file, &values[2].place);
        packager_drop(login, file, &values[5].place);
        packager_note_keyring(login);
    }
    // pdm asks Python's keyring library, and the command only where there is none.
    return (!login->helper || packager_set_keyring(login, error)) &&
           packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static const char *const signs[] = {"pdm.lock", "pdm.toml", NULL};
static const char *const overrides[] = {"PDM_PYPI_URL", "PDM_PYPI_USERNAME", "PDM_PYPI_PASSWORD", NULL};

const struct packager packager_pdm = {
    .name = "pdm",
    .format = "pypi",
    .takes_extra = true,
    .takes_helper = true,
    .signs = signs,
    .overrides = overrides,
    .apply = apply,
};
