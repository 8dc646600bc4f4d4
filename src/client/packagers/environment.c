// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/environment.h"
#include "base/text.h"
#include "client/packagers/environment_rows.h"

#include <inttypes.h>

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

static bool is_wanted(const struct environment_row *row, const struct environment_tool *tool,
                      const struct environment_repository *repository)
{
    bool scoped = repository->scope != NULL;
    return slice_is(slice_of(row->tool), tool->name) &&
           (row->scoped == ENVIRONMENT_ALWAYS || (row->scoped == ENVIRONMENT_WITH_SCOPE) == scoped);
}

/** The first tool's lines are taken: where several are wanted, npm would complain of what is for yarn alone. */
static void add_files(struct environment *environment, const struct environment_tool *tool,
                      const struct environment_repository *repository)
{
    for (size_t i = 0; i < environment_file_row_count; i++) {
        const char **lines = &environment->files[environment_file_rows[i].file];
        const char *scoped = repository->scope != NULL ? environment_file_rows[i].for_scope : NULL;
        if (*lines == NULL && slice_is(slice_of(tool->name), environment_file_rows[i].tool))
            *lines = fill(environment, scoped != NULL ? scoped : environment_file_rows[i].for_all, repository);
    }
}

void environment_add(struct environment *environment, const struct environment_tool *tool,
                     const struct environment_repository *repository)
{
    // settings.xml takes it from there.
    environment_set(environment, "CODEARTIFACT_AUTH_TOKEN", repository->token, true);
    if (repository->domain != NULL)
        environment_set(environment, "JETON_TOKEN_DOMAIN", repository->domain, false);
    if (repository->endpoint == NULL || tool->format == NULL)
        return;
    for (size_t i = 0; i < environment_row_count; i++)
        if (is_wanted(&environment_rows[i], tool, repository))
            environment_set(environment, fill(environment, environment_rows[i].name, repository),
                            fill(environment, environment_rows[i].value, repository),
                            strstr(environment_rows[i].value, "{token}") != NULL);
    add_files(environment, tool, repository);
}

bool environment_has_mark(const struct environment_tool *tool, const char *mark)
{
    for (size_t i = 0; i < environment_row_count; i++)
        if (slice_is(slice_of(environment_rows[i].tool), tool->name) &&
            (strstr(environment_rows[i].name, mark) != NULL || strstr(environment_rows[i].value, mark) != NULL))
            return true;
    for (size_t i = 0; i < environment_file_row_count; i++)
        if (slice_is(slice_of(environment_file_rows[i].tool), tool->name) &&
            environment_file_rows[i].for_scope != NULL && strstr(environment_file_rows[i].for_scope, mark) != NULL)
            return true;
    return false;
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
