// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** uv: an index with its credential in the user's uv.toml. */
#include "client/packagers/packager.h"

/** The place of another index of the file, by its name. */
static struct edit_place index_place(const char *name, const char *key)
{
    return (struct edit_place){
        .format = EDIT_TOML, .path = {"index"}, .select_key = "name", .select = name, .key = key};
}

/** The value of the Nth index. */
static bool find_nth(struct login *login, const char *file, size_t n, const char *key, struct buffer *out)
{
    struct slice text;
    const struct edit_place place = index_place("", key);
    return changes_read(login->changes, file, &text, NULL) && edit_find_nth(text, &place, n, out);
}

/** One that a login made the default before would stay behind as one that goes before the new default. */
static void drop_index(struct login *login, const char *file, const char *name, struct slice url)
{
    const struct edit_place address = index_place(name, "url");
    const struct edit_place standard = index_place(name, "default");
    bool secret = packager_has_password(url);
    (void)changes_take(login->changes, file, &address, secret);
    (void)changes_take(login->changes, file, &standard, secret);
    changes_note(login->changes, "%s: the index %s, the default of an earlier login, is taken out%s", file, name,
                 secret ? PACKAGER_NOT_KEPT : "");
}

/** Whether there is no default index but that of a login: uv refuses a second one. */
static bool make_room(struct login *login, const char *file)
{
    size_t n = 0;
    for (;;) {
        BUFFER_AUTO name = {0};
        BUFFER_AUTO url = {0};
        BUFFER_AUTO standard = {0};
        bool named = find_nth(login, file, n, "name", &name);
        bool placed = find_nth(login, file, n, "url", &url);
        bool said = find_nth(login, file, n, "default", &standard);
        if (!named && !placed && !said)
            return true;
        bool other = slice_is(buffer_slice(&standard), "true") && !slice_is(buffer_slice(&name), packager_label(login));
        if (other && named && packager_is_ours(buffer_slice(&url))) {
            // The next one has its number now.
            drop_index(login, file, arena_copy(login->arena, name.data, name.size), buffer_slice(&url));
            continue;
        }
        n++;
        if (!other)
            continue;
        changes_note(login->changes,
                     "%s has a default index of its own, %s, which stays it: uv asks it after the new one", file,
                     named ? buffer_text(&name) : "without a name");
        return false;
    }
}

/** The file of the variable takes the place of all others. */
static const char *find_file(const struct login *login, struct error *error)
{
    static const char *const variables[] = {"UV_CONFIG_FILE", NULL};
    const char *file;
    if (!packager_named_file(login, variables, &file, error))
        return NULL;
    return file != NULL ? file : packager_xdg(login, "XDG_CONFIG_HOME", ".config", "uv/uv.toml", error);
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = find_file(login, error);
    (void)out;
    if (file == NULL)
        return false;
    const struct edit_place url = index_place(packager_label(login), "url");
    const struct edit_place standard = index_place(packager_label(login), "default");
    bool is_default = !login->extra_index && make_room(login, file);
    const struct edit_place provider = {.format = EDIT_TOML, .key = "keyring-provider"};
    const struct packager_value values[] = {
        {file, provider, login->helper ? "subprocess" : NULL},
        {file, url, packager_url(login, "aws", "simple/")},
        {file, standard, is_default ? "true" : NULL},
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
