// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/environment.h"
#include "base/text.h"

/** Names of commands. */
#define PROGRAMS(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct environment_tool environment_tools[] = {
    {"bun", "npm", PROGRAMS("bun", "bunx")},
    {"bundler", "ruby", PROGRAMS("bundle", "bundler")},
    {"cargo", "cargo", PROGRAMS("cargo")},
    {"gem", "ruby", PROGRAMS("gem")},
    {"gradle", "maven", PROGRAMS("gradle", "gradlew")},
    {"maven", NULL, PROGRAMS("mvn", "mvnw", "mvnd")},
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
const char *const environment_tool_names[] = {"bun", "bundler", "cargo",  "gem",   "gradle", "maven", "npm",  "pdm",
                                              "pip", "pnpm",    "poetry", "swift", "twine",  "uv",    "yarn", NULL};

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
    // yarn from 2 on. The older one reads the file.
    {"yarn", "YARN_NPM_ALWAYS_AUTH", "true", ALWAYS},
    {"yarn", "YARN_NPM_AUTH_TOKEN", "{token}", ALWAYS},
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
    // For pushing; to install, gem wants the token in the source's URL.
    {"gem", "GEM_HOST_API_KEY", "Bearer {token}", ALWAYS},
    {"gem", "RUBYGEMS_HOST", "{endpoint}", ALWAYS},
    {"cargo", "CARGO_REGISTRIES_{SOURCE}_INDEX", "sparse+{endpoint}", ALWAYS},
    {"cargo", "CARGO_REGISTRIES_{SOURCE}_TOKEN", "{token}", ALWAYS},
    {"cargo", "CARGO_REGISTRIES_{SOURCE}_CREDENTIAL_PROVIDER", "cargo:token", ALWAYS},
    {"gradle", "ORG_GRADLE_PROJECT_{source}Username", "aws", ALWAYS},
    {"gradle", "ORG_GRADLE_PROJECT_{source}Password", "{token}", ALWAYS},
};

/** Lines of .npmrc, for who reads that. npm does well without, until one of its scripts is a shell that drops names. */
static const struct {
    const char *tool;
    const char *more;
} npmrc_readers[] = {{"bun", ""}, {"npm", ""}, {"pnpm", ""}, {"yarn", "//{netloc}{path}:always-auth=true\n"}};
static const char npmrc_for_all[] = "registry={endpoint}\n//{netloc}{path}:_authToken={token}\n";
static const char npmrc_for_scope[] = "{scope}:registry={endpoint}\n//{netloc}{path}:_authToken={token}\n";
static const char netrc[] = "machine {host} login token password {token}\n";

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
static void add_npmrc(struct environment *environment, const struct environment_tool *tool,
                      const struct environment_repository *repository)
{
    for (size_t i = 0; environment->npmrc == NULL && i < sizeof npmrc_readers / sizeof *npmrc_readers; i++)
        if (slice_is(slice_of(tool->name), npmrc_readers[i].tool))
            environment->npmrc =
                arena_format(environment->arena, "%s%s",
                             fill(environment, repository->scope != NULL ? npmrc_for_scope : npmrc_for_all, repository),
                             fill(environment, npmrc_readers[i].more, repository));
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
    add_npmrc(environment, tool, repository);
    if (slice_is(slice_of(tool->name), "swift"))
        environment->netrc = fill(environment, netrc, repository);
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
