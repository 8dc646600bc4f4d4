// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/table.h"

#include "base/memory.h"
#include "base/text.h"
#include "service/upstream/credentials.h"

#include <stdlib.h>

#define OWNER_SIZE 12
/** Between the equals sign and the end: RFC 9110 section 4.1 asks for 8,000 bytes to be understood. */
#define WORD_MAX ((size_t)8192)

/** The package formats of CodeArtifact as its endpoints name them. */
static const char *const formats[] = {"cargo", "generic", "maven", "npm", "nuget", "pypi", "ruby", "swift"};

struct upstream_table {
    struct arena *arena;
    struct upstream *rows;
    size_t count;
};

struct upstream_table *upstream_table_new(void)
{
    struct upstream_table *table = memory_new(1, sizeof *table);
    table->arena = arena_new();
    return table;
}

void upstream_table_free(struct upstream_table *table)
{
    if (table == NULL)
        return;
    arena_free(table->arena);
    free(table->rows);
    free(table);
}

size_t upstream_table_count(const struct upstream_table *table)
{
    return table->count;
}

const struct upstream *upstream_table_find(const struct upstream_table *table, struct slice format, struct slice owner,
                                           struct slice domain, struct slice repository)
{
    for (size_t i = 0; table != NULL && i < table->count; i++) {
        const struct upstream *row = &table->rows[i];
        if (slice_equal(row->repository, repository) && slice_equal(row->format, format) &&
            slice_equal(row->domain, domain) && slice_equal(row->owner, owner))
            return row;
    }
    return NULL;
}

// ------------------------------------------------------------------ a word

static bool fail(struct error *error, const char *name, const char *what)
{
    return error_set(error, ERROR_USAGE, NULL, "--upstream %s=URL: %s", name, what);
}

bool upstream_is_format(struct slice text)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_is(text, formats[i]))
            return true;
    return false;
}

static bool is_name(struct slice text, const char *others)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) &&
            (text.data[i] == '\0' || strchr(others, text.data[i]) == NULL))
            return false;
    return text.size > 1;
}

/** DOMAIN, or DOMAIN-OWNER: the owner is twelve digits behind the last dash. */
static void read_domain(struct slice text, struct upstream *out)
{
    out->domain = text;
    if (text.size < OWNER_SIZE + 2 || text.data[text.size - OWNER_SIZE - 1] != '-')
        return;
    struct slice owner = slice_part(text, text.size - OWNER_SIZE, OWNER_SIZE);
    for (size_t i = 0; i < owner.size; i++)
        if (!text_is_digit(owner.data[i]))
            return;
    out->owner = owner;
    out->domain = slice_part(text, 0, text.size - OWNER_SIZE - 1);
}

static bool read_name(const char *name, const struct upstream_domain *usual, struct upstream *out, struct error *error)
{
    struct slice parts[4] = {{0}, {0}, {0}, {0}};
    struct slice rest = slice_of(name);
    size_t count = 0;
    while (count < sizeof parts / sizeof *parts && slice_cut(&rest, '/', &parts[count]))
        count++;
    if (count != 2 && count != 3)
        return fail(error, name, "give FORMAT/REPOSITORY=URL, or FORMAT/DOMAIN/REPOSITORY=URL");
    if (!upstream_is_format(parts[0]))
        return fail(error, name, "the format is one of cargo, generic, maven, npm, nuget, pypi, ruby and swift");
    out->format = parts[0];
    out->repository = parts[count - 1];
    if (count == 2 && usual->domain.size == 0)
        return fail(error, name, "which domain is meant? There is not exactly one; give FORMAT/DOMAIN/REPOSITORY=URL");
    out->domain = usual->domain;
    out->owner = usual->owner;
    if (count == 3)
        read_domain(parts[1], out);
    if (!is_name(out->domain, "-") || !is_name(out->repository, "._-"))
        return fail(error, name, "that cannot be the name of a domain or a repository");
    return true;
}

/** The slices of the address are of a text that the arena holds. */
static bool read_url(struct upstream_table *table, struct slice url, struct upstream *out, struct error *error)
{
    ERROR_AUTO reason = {0};
    struct slice kept = slice_of(arena_copy(table->arena, url.data, url.size));
    if (url.size > WORD_MAX)
        return fail(error, out->name, "the URL is too long");
    if (!upstream_address_read(kept, &out->address, &reason))
        return fail(error, out->name, reason.message);
    out->url =
        arena_format(table->arena, "%.*s://%.*s", SLICE_ARGS(out->address.scheme), SLICE_ARGS(out->address.authority));
    return true;
}

static struct slice keep(struct upstream_table *table, struct slice text)
{
    return (struct slice){arena_copy(table->arena, text.data, text.size), text.size};
}

bool upstream_table_add(struct upstream_table *table, const char *word, const struct upstream_domain *usual,
                        struct error *error)
{
    struct slice text = slice_of(word);
    size_t equals = slice_find(text, '=', 0);
    if (equals == text.size || equals > WORD_MAX)
        return error_set(error, ERROR_USAGE, NULL,
                         "--upstream: give FORMAT/REPOSITORY=URL, as npm/my-repository=http://127.0.0.1:4873");
    struct upstream row = {.name = arena_copy(table->arena, text.data, equals)};
    if (!read_name(row.name, usual, &row, error) ||
        !read_url(table, slice_part(text, equals + 1, text.size), &row, error))
        return false;
    if (upstream_table_find(table, row.format, row.owner, row.domain, row.repository) != NULL)
        return fail(error, row.name, "that repository has an upstream already");
    row.owner = keep(table, row.owner);
    row.domain = keep(table, row.domain);
    table->rows = memory_resize(table->rows, table->count + 1, sizeof row);
    table->rows[table->count++] = row;
    return true;
}

// ------------------------------------------------------------------ credentials

static bool add_credential(void *context, struct slice name, enum upstream_credential kind, struct slice value)
{
    struct upstream_table *table = context;
    for (size_t i = 0; i < table->count; i++) {
        struct upstream *row = &table->rows[i];
        if (!slice_is(name, row->name) || row->credentials[kind] != NULL)
            continue;
        row->credentials[kind] = arena_copy(table->arena, value.data, value.size);
        return true;
    }
    return false;
}

bool upstream_table_read_credentials(struct upstream_table *table, const char *path, struct error *error)
{
    return upstream_credentials_read(path, add_credential, table, error);
}
