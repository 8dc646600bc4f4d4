// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/environment_rows.h"

#define ALWAYS ENVIRONMENT_ALWAYS
#define WITHOUT_SCOPE ENVIRONMENT_WITHOUT_SCOPE
#define WITH_SCOPE ENVIRONMENT_WITH_SCOPE

/** Names of commands. */
#define PROGRAMS(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct environment_tool environment_tools[] = {
    {"bun", "npm", PROGRAMS("bun", "bunx")},
    {"bundler", "ruby", PROGRAMS("bundle", "bundler")},
    {"cargo", "cargo", PROGRAMS("cargo")},
    {"gem", "ruby", PROGRAMS("gem")},
    {"git", "generic", PROGRAMS("git")},
    {"gradle", "maven", PROGRAMS("gradle", "gradlew")},
    {"maven", NULL, PROGRAMS("mvn", "mvnw", "mvnd")},
    {"netrc", "generic", PROGRAMS("curl")},
    {"npm", "npm", PROGRAMS("npm", "npx")},
    {"pdm", "pypi", PROGRAMS("pdm")},
    {"pip", "pypi", PROGRAMS("pip", "pip3")},
    {"pnpm", "npm", PROGRAMS("pnpm", "pnpx")},
    {"poetry", "pypi", PROGRAMS("poetry")},
    {"swift", "swift", PROGRAMS("swift")},
    {"twine", "pypi", PROGRAMS("twine")},
    {"uv", "pypi", PROGRAMS("uv", "uvx")},
    {"yarn", "npm", PROGRAMS("yarn", "yarnpkg")},
};
const size_t environment_tool_count = sizeof environment_tools / sizeof *environment_tools;
const char *const environment_tool_names[] = {"bun",    "bundler", "cargo", "gem", "git",  "gradle",
                                              "maven",  "netrc",   "npm",   "pdm", "pip",  "pnpm",
                                              "poetry", "swift",   "twine", "uv",  "yarn", NULL};

const struct environment_row environment_rows[] = {
    // npm from 8 on and pnpm from 12 on read such names, which only execve() can give; no other program minds them.
    {"npm", "npm_config_//{netloc}{path}:_authToken", "{token}", ALWAYS},
    {"npm", "npm_config_registry", "{endpoint}", WITHOUT_SCOPE},
    {"npm", "npm_config_{scope}:registry", "{endpoint}", WITH_SCOPE},
    {"pnpm", "npm_config_//{netloc}{path}:_authToken", "{token}", ALWAYS},
    {"pnpm", "npm_config_registry", "{endpoint}", WITHOUT_SCOPE},
    {"pnpm", "npm_config_{scope}:registry", "{endpoint}", WITH_SCOPE},
    // yarn from 2 on. The older one reads the file. No variable is for a scope: the token would be for every other one.
    {"yarn", "YARN_NPM_ALWAYS_AUTH", "true", WITHOUT_SCOPE},
    {"yarn", "YARN_NPM_AUTH_TOKEN", "{token}", WITHOUT_SCOPE},
    {"yarn", "YARN_NPM_REGISTRY_SERVER", "{endpoint}", WITHOUT_SCOPE},
    {"yarn", "npm_config_registry", "{endpoint}", WITHOUT_SCOPE},
    {"bun", "BUN_CONFIG_REGISTRY", "{endpoint}", WITHOUT_SCOPE},
    {"bun", "BUN_CONFIG_TOKEN", "{token}", WITHOUT_SCOPE},
    {"pip", "PIP_INDEX_URL", "{scheme}://aws:{token}@{netloc}{path}simple/", ALWAYS},
    {"uv", "UV_DEFAULT_INDEX", "{scheme}://aws:{token}@{netloc}{path}simple/", ALWAYS},
    {"uv", "UV_INDEX_{SOURCE}_USERNAME", "aws", ALWAYS},
    {"uv", "UV_INDEX_{SOURCE}_PASSWORD", "{token}", ALWAYS},
    {"uv", "UV_PUBLISH_URL", "{endpoint}", ALWAYS},
    {"uv", "UV_PUBLISH_USERNAME", "aws", ALWAYS},
    {"uv", "UV_PUBLISH_PASSWORD", "{token}", ALWAYS},
    {"poetry", "POETRY_HTTP_BASIC_{SOURCE}_USERNAME", "aws", ALWAYS},
    {"poetry", "POETRY_HTTP_BASIC_{SOURCE}_PASSWORD", "{token}", ALWAYS},
    {"poetry", "POETRY_REPOSITORIES_{SOURCE}_URL", "{endpoint}", ALWAYS},
    {"pdm", "PDM_{SOURCE}_USERNAME", "aws", ALWAYS},
    {"pdm", "PDM_{SOURCE}_PASSWORD", "{token}", ALWAYS},
    {"pdm", "PDM_PUBLISH_REPO", "{endpoint}", ALWAYS},
    {"pdm", "PDM_PUBLISH_USERNAME", "aws", ALWAYS},
    {"pdm", "PDM_PUBLISH_PASSWORD", "{token}", ALWAYS},
    {"twine", "TWINE_REPOSITORY_URL", "{endpoint}", ALWAYS},
    {"twine", "TWINE_USERNAME", "aws", ALWAYS},
    {"twine", "TWINE_PASSWORD", "{token}", ALWAYS},
    {"bundler", "BUNDLE_{HOST}", "aws:{token}", ALWAYS},
    // A release is pushed by `bundle exec gem push`, or by rake in the same way.
    {"bundler", "GEM_HOST_API_KEY", "Bearer {token}", ALWAYS},
    {"bundler", "RUBYGEMS_HOST", "{bare}", ALWAYS},
    // For pushing; to install, gem wants the token in a source's URL, which stands in a file. It adds a slash itself.
    {"gem", "GEM_HOST_API_KEY", "Bearer {token}", ALWAYS},
    {"gem", "RUBYGEMS_HOST", "{bare}", ALWAYS},
    // The first setting takes away other helpers for the host, which might keep what they are told. Git puts a word
    // behind the command, which is a comment there.
    {"git", "GIT_CONFIG_COUNT", "{git:2}", ALWAYS},
    {"git", "GIT_CONFIG_KEY_{git:0}", "credential.{scheme}://{netloc}.helper", ALWAYS},
    {"git", "GIT_CONFIG_VALUE_{git:0}", "", ALWAYS},
    {"git", "GIT_CONFIG_KEY_{git:1}", "credential.{scheme}://{netloc}.helper", ALWAYS},
    {"git", "GIT_CONFIG_VALUE_{git:1}", "!echo username=aws; echo \"password=$CODEARTIFACT_AUTH_TOKEN\" #", ALWAYS},
    {"cargo", "CARGO_REGISTRIES_{SOURCE}_INDEX", "sparse+{endpoint}", ALWAYS},
    {"cargo", "CARGO_REGISTRIES_{SOURCE}_TOKEN", "{token}", ALWAYS},
    {"cargo", "CARGO_REGISTRIES_{SOURCE}_CREDENTIAL_PROVIDER", "cargo:token", ALWAYS},
    // A daemon of Gradle before 6.7 writes its environment into a log that everybody may read.
    {"gradle", "GRADLE_OPTS", "{gradle_options}-Dorg.gradle.daemon=false", ALWAYS},
    {"gradle", "ORG_GRADLE_PROJECT_{source}Url", "{endpoint}", ALWAYS},
    {"gradle", "ORG_GRADLE_PROJECT_{source}Username", "aws", ALWAYS},
    {"gradle", "ORG_GRADLE_PROJECT_{source}Password", "{token}", ALWAYS},
};
const size_t environment_row_count = sizeof environment_rows / sizeof *environment_rows;

#define NPMRC_TOKEN "//{netloc}{path}:_authToken={token}\n"
#define NPMRC_FOR_ALL "registry={endpoint}\n" NPMRC_TOKEN
#define NPMRC_FOR_SCOPE "{scope}:registry={endpoint}\n" NPMRC_TOKEN
#define NPMRC_OF_YARN "//{netloc}{path}:always-auth=true\n"
// As it is documented for Basic authentication; Swift sends the password alone, whoever the user is.
#define NETRC "machine {host} login aws password {token}\n"

// npm does well without, until one of its scripts is a shell that drops names.
const struct environment_file_row environment_file_rows[] = {
    {"bun", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL, NPMRC_FOR_SCOPE},
    {"gem", ENVIRONMENT_GEMRC, ":sources:\n- {scheme}://aws:{token}@{netloc}{path}\n", NULL},
    {"netrc", ENVIRONMENT_NETRC, NETRC, NULL},
    {"npm", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL, NPMRC_FOR_SCOPE},
    {"pnpm", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL, NPMRC_FOR_SCOPE},
    {"swift", ENVIRONMENT_NETRC, NETRC, NULL},
    {"yarn", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL NPMRC_OF_YARN, NPMRC_FOR_SCOPE NPMRC_OF_YARN},
};
const size_t environment_file_row_count = sizeof environment_file_rows / sizeof *environment_file_rows;
