// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/packager.h"

const struct packager *const packagers[] = {
    &packager_nuget,  &packager_dotnet,
    &packager_npm,    &packager_pip,
    &packager_twine,  &packager_swift,
    &packager_bun,    &packager_bundler,
    &packager_cargo,  &packager_gem,
    &packager_gradle, &packager_maven,
    &packager_netrc,  &packager_pdm,
    &packager_pnpm,   &packager_poetry,
    &packager_sbt,    &packager_uv,
    &packager_yarn,   &packager_yarn_berry,
    &packager_bazel,  NULL,
};

const char *const packager_names[] = {
    "nuget",  "dotnet", "npm",   "pip", "twine", "swift",  "auto", "bazel", "bun",  "bundler",    "cargo", "gem",
    "gradle", "maven",  "netrc", "pdm", "pnpm",  "poetry", "sbt",  "uv",    "yarn", "yarn-berry", NULL,
};
