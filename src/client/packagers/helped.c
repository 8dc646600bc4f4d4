// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What --helper needs whatever the package manager: the host in the file hosts, Python's keyring, jeton's own files.
 */
#include "client/packagers/packager.h"
#include "client/repository/target.h"

#include <stdlib.h>
#include <unistd.h>

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

const char *packager_own_file(const struct login *login, const char *name, struct error *error)
{
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
#define OF(key_)                                                                                                       \
    {                                                                                                                  \
        .format = EDIT_INI, .path = {host}, .key = (key_)                                                              \
    }
    const struct packager_value values[] = {
        {path, OF("domain"), login->domain},
        {path, OF("domain-owner"), owner},
        {path, OF("profile"), login->profile},
        {path, OF("region"), login->region},
        {path, OF("endpoint-url"), login->service_url},
        {path, OF("duration-seconds"), login->duration},
    };
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
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
    if (changes_remove(login->changes, file, place))
        changes_note(login->changes, "%s: the old %s of this repository is taken out", file, place->key);
}
