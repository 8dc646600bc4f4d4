// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What --helper needs whatever the package manager: the host in the file hosts, Python's keyring, jeton's own files.
 */
#include "client/packagers/packager.h"
#include "client/repository/target.h"

#include <stdlib.h>
#include <unistd.h>

/** Of what stands in a section, so many keys name the domain; they come first. */
#define NAMES 2

/** The folder that jeton's program is in; with a slash at the end. */
static const char *program_folder(const struct login *login)
{
    MEMORY_AUTO char *self = realpath("/proc/self/exe", NULL);
    const char *slash = self != NULL ? strrchr(self, '/') : NULL;
    return slash != NULL ? arena_copy(login->arena, self, (size_t)(slash - self) + 1) : "";
}

const char *packager_link(const struct login *login, const char *name)
{
    const char *path = arena_format(login->arena, "%s%s", program_folder(login), name);
    return access(path, X_OK) == 0 ? path : name;
}

bool packager_is_on_path(const char *program, environment_function *environment)
{
    struct slice rest = slice_of(environment("PATH"));
    struct slice folder;
    while (slice_cut(&rest, ':', &folder)) {
        MEMORY_AUTO char *path = memory_format("%.*s/%s", SLICE_ARGS(folder), program);
        if (access(path, X_OK) == 0)
            return true;
    }
    return false;
}

const char *packager_own_file(const struct login *login, const char *name, struct error *error)
{
    if (!packager_is_on_path("jeton", login->environment))
        changes_note(login->changes, "%s will run the command jeton, which no folder of PATH has: put %s there",
                     login->packager->name, program_folder(login));
    const char *path = arena_format(login->arena, "%s../share/jeton/%s", program_folder(login), name);
    MEMORY_AUTO char *resolved = realpath(path, NULL);
    if (resolved != NULL)
        return arena_copy(login->arena, resolved, strlen(resolved));
    (void)error_set(error, ERROR_CONFIGURATION, NULL,
                    "%s is not there, which %s would load; install jeton with its data files", path,
                    login->packager->name);
    return NULL;
}

/** Whether the host says by itself whose it is, and nothing else was said. */
static bool says_itself(const struct login *login, const struct endpoint_url *url)
{
    bool is_aws =
        url->form == ENDPOINT_URL_CLASSIC || url->form == ENDPOINT_URL_DUALSTACK || url->form == ENDPOINT_URL_VPC;
    return is_aws && login->profile == NULL && login->service_url == NULL && login->duration == NULL;
}

/**
 * Where each URL of the host says its domain, the section names none, so that it serves all of them. Another one, which
 * an earlier login named, would shut this one out.
 */
static void open_to_all(struct login *login, struct packager_value *names)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct packager_value *name = &names[i];
        BUFFER_AUTO old = {0};
        if (name->value != NULL && changes_find(login->changes, name->file, &name->place, &old) &&
            !slice_is(buffer_slice(&old), name->value) && changes_remove(login->changes, name->file, &name->place))
            changes_note(login->changes, "%s: [%s] had %s = %s, which is taken out: the URLs of this host say it",
                         name->file, name->place.path[0], name->place.key, buffer_text(&old));
        name->value = NULL;
    }
}

/** Says which values of an earlier login hold for this one too. */
static void note_kept(struct login *login, const struct packager_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        BUFFER_AUTO kept = {0};
        if (values[i].value == NULL && changes_find(login->changes, values[i].file, &values[i].place, &kept))
            changes_note(login->changes, "%s: [%s] still says %s = %s, which holds for this login too", values[i].file,
                         values[i].place.path[0], values[i].place.key, buffer_text(&kept));
    }
}

bool packager_set_host(struct login *login, struct error *error)
{
    struct endpoint_url url;
    BUFFER_AUTO file = {0};
    if (!endpoint_url_read(slice_of(login->endpoint), &url) || !target_write_hosts_path(&file, login->environment))
        return error_set(error, ERROR_CONFIGURATION, NULL, "There is no home folder for the file hosts; set HOME");
    if (says_itself(login, &url))
        return true;
    const char *path = buffer_text(&file);
    const char *host = arena_copy(login->arena, url.authority, strlen(url.authority));
    const char *owner = login->owner != NULL ? login->owner : url.owner[0] != '\0' ? url.owner : NULL;
    bool is_named = url.domain[0] == '\0' || (login->profile == NULL && login->region == NULL &&
                                              login->service_url == NULL && login->duration == NULL);
#define OF(key_)                                                                                                       \
    {                                                                                                                  \
        .format = EDIT_INI, .path = {host}, .key = (key_)                                                              \
    }
    struct packager_value values[] = {
        {path, OF("domain"), login->domain},
        {path, OF("domain-owner"), owner},
        {path, OF("profile"), login->profile},
        {path, OF("region"), login->region},
        {path, OF("endpoint-url"), login->service_url},
        {path, OF("duration-seconds"), login->duration},
    };
    const size_t count = sizeof values / sizeof *values;
    if (!is_named)
        open_to_all(login, values);
    note_kept(login, values + NAMES, count - NAMES);
    return packager_set_all(login, values, count, error);
}

bool packager_set_keyring(struct login *login, struct error *error)
{
    const char *module = packager_own_file(login, "keyring/jeton_keyring.py", error);
    const char *file = packager_xdg(login, "XDG_CONFIG_HOME", ".config", "python_keyring/keyringrc.cfg", error);
    if (module == NULL || file == NULL)
        return false;
    const char *folder = arena_copy(login->arena, module, (size_t)(strrchr(module, '/') - module));
    const struct packager_value values[] = {
        {file, {.format = EDIT_INI, .path = {"backend"}, .key = "default-keyring"}, "jeton_keyring.Jeton"},
        {file, {.format = EDIT_INI, .path = {"backend"}, .key = "keyring-path"}, folder},
    };
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
}

void packager_note_keyring(const struct login *login)
{
    const char *folder = arena_format(login->arena, "%s../libexec/jeton", program_folder(login));
    MEMORY_AUTO char *resolved = realpath(folder, NULL);
    changes_note(login->changes, "%s will run the command keyring: put %s first in PATH, where it is jeton's",
                 login->packager->name, resolved != NULL ? resolved : "the folder of jeton's link keyring");
}

void packager_drop(struct login *login, const char *file, const struct edit_place *place)
{
    bool is_name = slice_is(slice_of(place->key), "username");
    if (changes_take(login->changes, file, place, !is_name))
        changes_note(login->changes, "%s: the old %s of this repository is taken out%s", file, place->key,
                     is_name ? "" : PACKAGER_NOT_KEPT);
}
