// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/narrowing.h"

#include "base/text.h"

/** The length of a repository's name in the model of CodeArtifact. */
#define NAME_MIN ((size_t)2)
#define NAME_MAX ((size_t)100)

static const struct slice policy_word = {"policy:", 7};
static const struct slice repository_word = {"repository:", 11};

// ------------------------------------------------------------------ reading

static bool refuse(struct error *error, const char *what, struct slice which)
{
    return error_set(error, ERROR_PARAMETER, "ValidationError",
                     "The scope %s%s%.*s%s: give `read`, `repository:NAME,NAME`, both, or `policy:JSON` alone", what,
                     which.size > 0 ? " \"" : "", SLICE_ARGS(slice_part(which, 0, NAME_MAX)),
                     which.size > 0 ? "\"" : "");
}

/** [A-Za-z0-9][A-Za-z0-9._-]{1,99}: so no name can end an ARN or hold a wildcard. */
static bool is_name(struct slice text)
{
    if (text.size < NAME_MIN || text.size > NAME_MAX || slice_find(SLICE("._-"), text.data[0], 0) < 3)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) &&
            slice_find(SLICE("._-"), text.data[i], 0) == 3)
            return false;
    return true;
}

static bool read_repositories(struct slice list, struct arena *arena, struct narrowing *out, struct error *error)
{
    struct slice name;
    struct slice *names = arena_allocate(arena, NARROWING_REPOSITORIES_MAX, sizeof *names);
    if (out->repository_count > 0)
        return refuse(error, "names repositories twice", (struct slice){0});
    while (slice_cut(&list, ',', &name)) {
        if (out->repository_count == NARROWING_REPOSITORIES_MAX)
            return refuse(error, "names too many repositories", (struct slice){0});
        if (!is_name(name))
            return refuse(error, "has what is no repository's name", name);
        names[out->repository_count++] = name;
    }
    out->repositories = names;
    return true;
}

static bool read_item(struct slice item, struct arena *arena, struct narrowing *out, struct error *error)
{
    if (slice_starts_with(item, repository_word))
        return read_repositories(slice_part(item, repository_word.size, item.size), arena, out, error);
    if (!slice_is(item, "read"))
        return refuse(error, "has the unknown word", item);
    if (out->read)
        return refuse(error, "has a word twice, which is", item);
    out->read = true;
    return true;
}

bool narrowing_parse(struct slice text, struct arena *arena, struct narrowing *out, struct error *error)
{
    struct slice item;
    struct slice rest = slice_trim(text);
    *out = (struct narrowing){0};
    if (slice_starts_with(rest, policy_word)) {
        out->policy = slice_trim(slice_part(rest, policy_word.size, rest.size));
        return out->policy.size > 0 || refuse(error, "has no policy behind", policy_word);
    }
    while (slice_cut(&rest, ' ', &item))
        if (item.size > 0 && !read_item(item, arena, out, error))
            return false;
    return out->read || out->repository_count > 0 || refuse(error, "is empty", (struct slice){0});
}

// ------------------------------------------------------------------ writing

static void write_names(struct buffer *out, const struct narrowing *narrowing)
{
    for (size_t i = 0; i < narrowing->repository_count; i++) {
        if (i == 0)
            buffer_append_slice(out, repository_word);
        else
            buffer_append_char(out, ',');
        buffer_append_slice(out, narrowing->repositories[i]);
    }
}

void narrowing_write(struct buffer *out, const struct narrowing *narrowing)
{
    if (narrowing->policy.size > 0) {
        buffer_append_slice(out, policy_word);
        buffer_append_slice(out, narrowing->policy);
        return;
    }
    if (narrowing->read)
        buffer_append_text(out, narrowing->repository_count > 0 ? "read " : "read");
    write_names(out, narrowing);
}

/** "arn:aws:codeartifact:REGION:ACCOUNT:" KIND "/NAME/" REPOSITORY */
static void write_resource(struct buffer *out, struct slice domain, const char *kind, struct slice repository,
                           const char *end)
{
    size_t slash = slice_find(domain, '/', 0);
    size_t start = slash;
    while (start > 0 && domain.data[start - 1] != ':')
        start--;
    buffer_append_char(out, '"');
    buffer_append_slice(out, slice_part(domain, 0, start));
    buffer_append_text(out, kind);
    buffer_append_slice(out, slice_part(domain, slash, domain.size));
    buffer_append_char(out, '/');
    buffer_append_slice(out, repository);
    buffer_append_text(out, end);
    buffer_append_char(out, '"');
}

static void write_resources(struct buffer *out, const struct narrowing *narrowing, struct slice domain)
{
    for (size_t i = 0; i < narrowing->repository_count; i++) {
        buffer_append_text(out, i == 0 ? "" : ",");
        write_resource(out, domain, "repository", narrowing->repositories[i], "");
        buffer_append_char(out, ',');
        write_resource(out, domain, "package", narrowing->repositories[i], "/*");
    }
    if (narrowing->repository_count == 0)
        buffer_append_text(out, "\"*\"");
}

void narrowing_write_policy(struct buffer *out, const struct narrowing *narrowing, struct slice domain)
{
    if (narrowing->policy.size > 0) {
        buffer_append_slice(out, narrowing->policy);
        return;
    }
    buffer_append_text(out, "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":");
    buffer_append_text(
        out, narrowing->read ? "[\"codeartifact:ReadFromRepository\",\"codeartifact:Describe*\",\"codeartifact:Get*\","
                               "\"codeartifact:List*\"]"
                             : "\"*\"");
    buffer_append_text(out, ",\"Resource\":[");
    write_resources(out, narrowing, domain);
    buffer_append_text(out, "]}}");
}
