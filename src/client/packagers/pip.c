// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** pip: the index, with the credential in its URL, in the user's pip.conf or in that of the virtual environment. */
#include "client/packagers/packager.h"

#include <unistd.h>

static struct edit_place place(const char *section, const char *key)
{
    return (struct edit_place){.format = EDIT_PIP, .path = {section}, .key = key};
}

/** The file that `pip config set` would write (pip's configuration command: the environment's own when there is one).
 */
static const char *find_file(const struct login *login, struct error *error)
{
    static const char *const variables[] = {"PIP_CONFIG_FILE", NULL};
    const char *file;
    if (!packager_named_file(login, variables, &file, error))
        return NULL;
    if (file != NULL && access(file, F_OK) == 0)
        return file;
    const char *venv = login->environment("VIRTUAL_ENV");
    file = venv != NULL && venv[0] == '/' ? arena_format(login->arena, "%s/pip.conf", venv) : NULL;
    if (file != NULL && access(file, F_OK) == 0)
        return file;
    return packager_xdg(login, "XDG_CONFIG_HOME", ".config", "pip/pip.conf", error);
}

/** What goes before [global], or is of no use any more, in a file of pip's. */
static void drop_stale(struct login *login, const char *file)
{
    static const char *const sections[] = {"global", "install", "download", "wheel", "list", "index"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        BUFFER_AUTO value = {0};
        const struct edit_place index = place(sections[i], "index-url");
        const struct edit_place more = place(sections[i], "extra-index-url");
        // What stands where the new one goes gives it its place.
        if ((i > 0 || !login->extra_index) && packager_drop_items(login, file, &more))
            changes_note(login->changes, "%s: the old extra-index-url of this repository in [%s] is taken out", file,
                         sections[i]);
        bool own = i == 0 && !login->extra_index;
        if (own || !changes_find(login->changes, file, &index, &value))
            continue;
        if (packager_is_repository(login, buffer_slice(&value))) {
            bool secret = packager_has_password(buffer_slice(&value));
            (void)changes_take(login->changes, file, &index, secret);
            changes_note(login->changes, "%s: the old index-url of this repository in [%s] is taken out%s", file,
                         sections[i], secret ? PACKAGER_NOT_KEPT : "");
        } else if (i > 0 && !login->extra_index) {
            changes_note(login->changes, "%s: [%s] has an index-url of its own, which goes before that in [global]",
                         file, sections[i]);
        }
    }
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = find_file(login, error);
    const char *legacy = packager_home(login, ".pip/pip.conf", error);
    (void)out;
    if (file == NULL || legacy == NULL)
        return false;
    drop_stale(login, file);
    bool fresh = !changes_has_file(login->changes, file);
    const char *url = packager_url(login, "aws", "simple/");
    const struct edit_place index = place("global", "index-url");
    const struct edit_place more = place("global", "extra-index-url");
    if (login->extra_index ? !packager_set_item(login, file, &more, url, error)
                           : !changes_set(login->changes, file, &index, url, error))
        return false;
    const struct edit_place provider = place("global", "keyring-provider");
    if (login->helper &&
        (!packager_drop_netrc(login, error) || !changes_set(login->changes, file, &provider, "subprocess", error)))
        return false;
    if (login->helper)
        packager_note_keyring(login);
    if (fresh && !packager_end_section(login, file, error))
        return false;
    BUFFER_AUTO old = {0};
    if (changes_find(login->changes, legacy, &index, &old) && packager_is_repository(login, buffer_slice(&old))) {
        bool secret = packager_has_password(buffer_slice(&old));
        (void)changes_take(login->changes, legacy, &index, secret);
        changes_note(login->changes, "%s: the old index-url of this repository is taken out%s", legacy,
                     secret ? PACKAGER_NOT_KEPT : "");
    }
    return true;
}

static bool dry_run(struct login *login, struct buffer *out, struct error *error)
{
    (void)error;
    buffer_append_format(out, "pip config set global.index-url %s://aws:%s@%s%ssimple/\n\n", login->scheme,
                         login->token, login->netloc, login->path);
    return true;
}

static const char *const signs[] = {"requirements.txt", "pyproject.toml", "setup.py", "setup.cfg", NULL};
static const char *const unless[] = {"uv.lock", "poetry.lock", "pdm.lock", NULL};
static const char *const overrides[] = {"PIP_INDEX_URL", NULL};

const struct packager packager_pip = {
    .name = "pip",
    .format = "pypi",
    .is_aws = true,
    .takes_extra = true,
    .takes_helper = true,
    .signs = signs,
    .unless = unless,
    .overrides = overrides,
    .program = "pip",
    .apply = apply,
    .dry_run = dry_run,
};
