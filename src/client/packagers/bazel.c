// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Bazel: it takes helpers by an option alone, which is printed. Without one it reads .netrc. */
#include "client/packagers/packager.h"

static bool check(const struct login *login, struct error *error)
{
    return login->helper || error_set(error, ERROR_PARAMETER, NULL,
                                      "Bazel has no file for a token but .netrc: say --tool netrc, or --helper");
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    (void)error;
    buffer_append_format(out, "Put this line into .bazelrc:\ncommon --credential_helper=%s=%s\n", login->host,
                         packager_link(login, "bazel-credential-jeton"));
    return true;
}

static const char *const signs[] = {"MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel", NULL};

const struct packager packager_bazel = {
    .name = "bazel",
    .format = "generic",
    .takes_extra = true,
    .takes_helper = true,
    .signs = signs,
    .check = check,
    .apply = apply,
};
