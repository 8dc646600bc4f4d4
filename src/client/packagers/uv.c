// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** uv: an index with its credential in the user's uv.toml. */
#include "client/packagers/packager.h"

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = packager_xdg(login, "XDG_CONFIG_HOME", ".config", "uv/uv.toml", error);
    (void)out;
    if (file == NULL)
        return false;
    struct edit_place url = {
        .format = EDIT_TOML, .path = {"index"}, .select_key = "name", .select = packager_label(login), .key = "url"};
    struct edit_place standard = url;
    standard.key = "default";
    const struct edit_place provider = {.format = EDIT_TOML, .key = "keyring-provider"};
    const struct packager_value values[] = {
        {file, provider, login->helper ? "subprocess" : NULL},
        {file, url, packager_url(login, "aws", "simple/")},
        {file, standard, login->extra_index ? NULL : "true"},
    };
    if (login->helper && !packager_drop_netrc(login, error))
        return false;
    if (login->helper)
        packager_note_keyring(login);
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static const char *const signs[] = {"uv.lock", "uv.toml", NULL};
static const char *const overrides[] = {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", NULL};

const struct packager packager_uv = {
    .name = "uv",
    .format = "pypi",
    .takes_extra = true,
    .takes_helper = true,
    .signs = signs,
    .overrides = overrides,
    .apply = apply,
};
