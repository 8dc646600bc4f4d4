// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which package managers a project uses, by the files in its folder and by what two of those name. */
#include "base/file.h"
#include "base/json.h"
#include "client/packagers/packager.h"

#include <dirent.h>
#include <unistd.h>

/** A file larger than this says nothing. */
#define FILE_LIMIT ((size_t)1 << 20)

// ------------------------------------------------------------------ files that are there

/** Whether a file of the folder ends so. */
static bool has_ending(const char *folder, struct slice ending)
{
    DIR *listing = opendir(folder);
    bool found = false;
    if (listing == NULL)
        return false;
    for (const struct dirent *entry = readdir(listing); entry != NULL && !found; entry = readdir(listing))
        found = slice_ends_with(slice_of(entry->d_name), ending);
    (void)closedir(listing);
    return found;
}

static bool has_any(const char *const *signs, const char *folder)
{
    for (const char *const *sign = signs; sign != NULL && *sign != NULL; sign++) {
        MEMORY_AUTO char *path = memory_format("%s/%s", folder, *sign);
        if (**sign == '*' ? has_ending(folder, slice_of(*sign + 1)) : access(path, F_OK) == 0)
            return true;
    }
    return false;
}

// ------------------------------------------------------------------ what a file names

/** Whether package.json says of `packageManager`, which corepack reads, that it is VALUE and more: "pnpm@". */
static bool names_manager(struct slice text, const char *value)
{
    JSON_AUTO *json = json_parse(text, NULL);
    const char *manager = json_string_value(json_object_get(json, "packageManager"));
    return manager != NULL && slice_starts_with(slice_of(manager), slice_of(value));
}

/** Whether pyproject.toml has the table or a table in it: "tool.uv". */
static bool has_table(struct slice text, const char *table)
{
    struct slice line;
    while (slice_cut(&text, '\n', &line)) {
        line = slice_trim(line);
        while (slice_starts_with(line, SLICE("[")))
            line = slice_part(line, 1, line.size);
        struct slice end = slice_part(line, strlen(table), line.size);
        if (slice_starts_with(line, slice_of(table)) && end.size > 0 && (end.data[0] == ']' || end.data[0] == '.'))
            return true;
    }
    return false;
}

/** The first row of a tool that a file names; the others of the same file are then passed over. */
static const struct {
    const char *file;
    bool (*names)(struct slice text, const char *value);
    const char *value;
    const char *tool;
} rows[] = {
    {"package.json", names_manager, "npm@", "npm"},     {"package.json", names_manager, "pnpm@", "pnpm"},
    {"package.json", names_manager, "yarn@1.", "yarn"}, {"package.json", names_manager, "yarn@", "yarn-berry"},
    {"package.json", names_manager, "bun@", "bun"},     {"pyproject.toml", has_table, "tool.poetry", "poetry"},
    {"pyproject.toml", has_table, "tool.pdm", "pdm"},   {"pyproject.toml", has_table, "tool.uv", "uv"},
};
#define ROW_COUNT (sizeof rows / sizeof *rows)

/** What FILE names; NULL: nothing, or it is not there. */
static const char *named_by(const char *file, const char *folder)
{
    MEMORY_AUTO char *path = memory_format("%s/%s", folder, file);
    BUFFER_AUTO text = {0};
    if (file_read(path, FILE_LIMIT, &text, NULL) != FILE_READ)
        return NULL;
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (slice_is(slice_of(rows[i].file), file) && rows[i].names(buffer_slice(&text), rows[i].value))
            return rows[i].tool;
    return NULL;
}

/** Whether the file is about the package manager: it could name it, or is a sign of it. */
static bool concerns(const char *file, const struct packager *packager)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (slice_is(slice_of(rows[i].file), file) && slice_is(slice_of(rows[i].tool), packager->name))
            return true;
    for (const char *const *sign = packager->signs; sign != NULL && *sign != NULL; sign++)
        if (slice_is(slice_of(*sign), file))
            return true;
    return false;
}

bool packager_is_used(const struct packager *packager, const char *folder)
{
    static const char *const files[] = {"package.json", "pyproject.toml"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *named = concerns(files[i], packager) ? named_by(files[i], folder) : NULL;
        if (named != NULL)
            return slice_is(slice_of(named), packager->name);
    }
    return has_any(packager->signs, folder) && !has_any(packager->unless, folder);
}
