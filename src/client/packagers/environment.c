// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/environment.h"
#include "base/text.h"

#include <inttypes.h>

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

/** Whether a row is for a scope of npm. */
enum scoped { ALWAYS, WITHOUT_SCOPE, WITH_SCOPE };

/**
 * A variable of a tool; `{...}` in name and value is replaced by what marks[] says. A value with the token in it is
 * secret.
 */
struct row {
    const char *tool;
    const char *name;
    const char *value;
    enum scoped scoped;
};

static const struct row rows[] = {
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

#define NPMRC_TOKEN "//{netloc}{path}:_authToken={token}\n"
#define NPMRC_FOR_ALL "registry={endpoint}\n" NPMRC_TOKEN
#define NPMRC_FOR_SCOPE "{scope}:registry={endpoint}\n" NPMRC_TOKEN
#define NPMRC_OF_YARN "//{netloc}{path}:always-auth=true\n"
// As it is documented for Basic authentication; Swift sends the password alone, whoever the user is.
#define NETRC "machine {host} login aws password {token}\n"

/** The lines of a file, for who reads one. npm does well without, until one of its scripts is a shell that drops names.
 */
static const struct {
    const char *tool;
    enum environment_file file;
    const char *for_all;
    const char *for_scope;
} file_rows[] = {
    {"bun", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL, NPMRC_FOR_SCOPE},
    {"gem", ENVIRONMENT_GEMRC, ":sources:\n- {scheme}://aws:{token}@{netloc}{path}\n", NULL},
    {"netrc", ENVIRONMENT_NETRC, NETRC, NULL},
    {"npm", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL, NPMRC_FOR_SCOPE},
    {"pnpm", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL, NPMRC_FOR_SCOPE},
    {"swift", ENVIRONMENT_NETRC, NETRC, NULL},
    {"yarn", ENVIRONMENT_NPMRC, NPMRC_FOR_ALL NPMRC_OF_YARN, NPMRC_FOR_SCOPE NPMRC_OF_YARN},
};

// ------------------------------------------------------------------ filling in

/** "my-repo" as a part of a variable's name: MY_REPO. */
static void write_source(const struct environment_repository *repository, struct buffer *out)
{
    for (const char *at = repository->source; *at != '\0'; at++) {
        char c = text_lower(*at);
        bool letter = c >= 'a' && c <= 'z';
        buffer_append_char(out, letter ? (char)(c - 'a' + 'A') : text_is_digit(c) ? c : '_');
    }
}

/** As Bundler names the variable of a host: capitals, `__` for a point and `___` for a hyphen. */
static void write_host(const struct environment_repository *repository, struct buffer *out)
{
    for (const char *at = repository->host; *at != '\0'; at++) {
        char c = text_lower(*at);
        if (c == '.' || c == '-')
            buffer_append_text(out, c == '.' ? "__" : "___");
        else
            buffer_append_char(out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
}

/** The endpoint without the slash at its end. */
static void write_bare(const struct environment_repository *repository, struct buffer *out)
{
    size_t size = strlen(repository->endpoint);
    buffer_append_slice(out, slice_part(slice_of(repository->endpoint), 0, size > 0 ? size - 1 : 0));
}

/** The number of a setting of git's: the first of ours, the second, and how many there are then. */
static void write_git_first(const struct environment_repository *repository, struct buffer *out)
{
    buffer_append_format(out, "%" PRIu64, repository->git_settings);
}

static void write_git_second(const struct environment_repository *repository, struct buffer *out)
{
    buffer_append_format(out, "%" PRIu64, repository->git_settings + 1);
}

static void write_git_count(const struct environment_repository *repository, struct buffer *out)
{
    buffer_append_format(out, "%" PRIu64, repository->git_settings + 2);
}

/** The options that there are already, and a space behind them. */
static void write_gradle_options(const struct environment_repository *repository, struct buffer *out)
{
    if (repository->gradle_options != NULL && repository->gradle_options[0] != '\0')
        buffer_append_format(out, "%s ", repository->gradle_options);
}

/** What a mark stands for: a member of the repository, or a function of it. */
static const struct {
    const char *mark;
    size_t offset;
    void (*write)(const struct environment_repository *repository, struct buffer *out);
} marks[] = {
    {"endpoint", offsetof(struct environment_repository, endpoint), NULL},
    {"scheme", offsetof(struct environment_repository, scheme), NULL},
    {"netloc", offsetof(struct environment_repository, netloc), NULL},
    {"host", offsetof(struct environment_repository, host), NULL},
    {"path", offsetof(struct environment_repository, path), NULL},
    {"token", offsetof(struct environment_repository, token), NULL},
    {"source", offsetof(struct environment_repository, source), NULL},
    {"scope", offsetof(struct environment_repository, scope), NULL},
    {"SOURCE", 0, write_source},
    {"HOST", 0, write_host},
    {"bare", 0, write_bare},
    {"gradle_options", 0, write_gradle_options},
    {"git:0", 0, write_git_first},
    {"git:1", 0, write_git_second},
    {"git:2", 0, write_git_count},
};

static void write_mark(const struct environment_repository *repository, struct slice mark, struct buffer *out)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!slice_is(mark, marks[i].mark))
            continue;
        if (marks[i].write != NULL)
            marks[i].write(repository, out);
        else
            buffer_append_text(out, *(const char *const *)((const char *)repository + marks[i].offset));
    }
}

static const char *fill(const struct environment *environment, const char *text,
                        const struct environment_repository *repository)
{
    BUFFER_AUTO filled = {0};
    struct slice rest = slice_of(text);
    while (rest.size > 0) {
        size_t open = slice_find(rest, '{', 0);
        size_t close = slice_find(rest, '}', open);
        buffer_append_slice(&filled, slice_part(rest, 0, open));
        if (open < rest.size)
            write_mark(repository, slice_part(rest, open + 1, close - open - 1), &filled);
        rest = slice_part(rest, close + 1, rest.size);
    }
    return arena_copy(environment->arena, buffer_text(&filled), filled.size);
}

void environment_set(struct environment *environment, const char *name, const char *value, bool secret)
{
    struct environment_variable *at = environment->variables;
    size_t i = 0;
    while (i < environment->count && strcmp(at[i].name, name) != 0)
        i++;
    if (i == environment->count) {
        at = arena_allocate(environment->arena, i + 1, sizeof *at);
        if (i > 0)
            memcpy(at, environment->variables, i * sizeof *at);
        environment->variables = at;
        environment->count++;
    }
    at[i] = (struct environment_variable){name, value, secret};
}

static bool is_wanted(const struct row *row, const struct environment_tool *tool,
                      const struct environment_repository *repository)
{
    bool scoped = repository->scope != NULL;
    return slice_is(slice_of(row->tool), tool->name) &&
           (row->scoped == ALWAYS || (row->scoped == WITH_SCOPE) == scoped);
}

/** The first tool's lines are taken: where several are wanted, npm would complain of what is for yarn alone. */
static void add_files(struct environment *environment, const struct environment_tool *tool,
                      const struct environment_repository *repository)
{
    for (size_t i = 0; i < sizeof file_rows / sizeof *file_rows; i++) {
        const char **lines = &environment->files[file_rows[i].file];
        const char *scoped = repository->scope != NULL ? file_rows[i].for_scope : NULL;
        if (*lines == NULL && slice_is(slice_of(tool->name), file_rows[i].tool))
            *lines = fill(environment, scoped != NULL ? scoped : file_rows[i].for_all, repository);
    }
}

void environment_add(struct environment *environment, const struct environment_tool *tool,
                     const struct environment_repository *repository)
{
    // settings.xml takes it from there.
    environment_set(environment, "CODEARTIFACT_AUTH_TOKEN", repository->token, true);
    if (repository->endpoint == NULL || tool->format == NULL)
        return;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (is_wanted(&rows[i], tool, repository))
            environment_set(environment, fill(environment, rows[i].name, repository),
                            fill(environment, rows[i].value, repository), strstr(rows[i].value, "{token}") != NULL);
    add_files(environment, tool, repository);
}

const struct environment_tool *environment_find_program(const char *command)
{
    const char *slash = strrchr(command, '/');
    struct slice name = slice_of(slash != NULL ? slash + 1 : command);
    for (size_t i = 0; i < environment_tool_count; i++)
        for (const char *const *at = environment_tools[i].programs; *at != NULL; at++)
            if (slice_is(name, *at))
                return &environment_tools[i];
    return NULL;
}

bool environment_is_word(const char *name)
{
    if (text_is_digit(*name) || *name == '\0')
        return false;
    while (text_is_alpha(*name) || text_is_digit(*name) || *name == '_')
        name++;
    return *name == '\0';
}
