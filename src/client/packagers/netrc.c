// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** .netrc: for all that reads it: curl, git, pip, uv, Bazel, and many more. */
#include "client/packagers/packager.h"

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    static const char *const variables[] = {"NETRC", NULL};
    const char *file;
    (void)out;
    if (!packager_named_file(login, variables, &file, error))
        return false;
    if (file == NULL)
        file = packager_home(login, ".netrc", error);
    if (file == NULL)
        return false;
    const struct packager_value machine = {
        file, {.format = EDIT_NETRC, .path = {login->host}}, arena_format(login->arena, "aws %s", login->token)};
    return packager_set_all(login, &machine, 1, error);
}

const struct packager packager_netrc = {
    .name = "netrc",
    .format = "generic",
    .takes_extra = true,
    .apply = apply,
};
