// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * gem and Bundler. gem: the source, with the credential in its URL, in .gemrc, and the key to push with in
 * .gem/credentials. Bundler: the credential of the host, and a mirror of the gallery, in its own config.
 */
#include "base/text.h"
#include "client/packagers/packager.h"

#define SOURCES ":sources"

/** Whether the list names another source than ours: a list takes the place of the gallery. */
static bool has_others(struct login *login, const char *file, const struct edit_place *sources)
{
    BUFFER_AUTO value = {0};
    (void)changes_find(login->changes, file, sources, &value);
    struct slice rest = buffer_slice(&value);
    struct slice item;
    while (slice_cut(&rest, '\n', &item))
        if (item.size > 0 && !packager_is_repository(login, item))
            return true;
    return false;
}

static bool apply_gem(struct login *login, struct buffer *out, struct error *error)
{
    const char *rc = packager_home(login, ".gemrc", error);
    const char *secrets = packager_home(login, ".gem/credentials", error);
    const struct edit_place sources = {.format = EDIT_YAML_LIST, .key = SOURCES};
    (void)out;
    if (rc == NULL || secrets == NULL)
        return false;
    // Beside a list, the gallery has to be named.
    const char *gallery = arena_format(login->arena, "https://%s.org/", "rubygems");
    if (login->extra_index && !has_others(login, rc, &sources) &&
        !changes_add_item(login->changes, rc, &sources, gallery, error))
        return false;
    const struct packager_value key = {
        secrets,
        {.format = EDIT_YAML, .key = arena_format(login->arena, ":%s", packager_label(login))},
        arena_format(login->arena, "Bearer %s", login->token)};
    return packager_set_item(login, rc, &sources, packager_url(login, "aws", ""), error) &&
           packager_set_all(login, &key, 1, error);
}

/** Bundler's form of a setting's name: `.` is two underscores, `-` three, all in capitals. */
static const char *bundler_key(const struct login *login, const char *name)
{
    BUFFER_AUTO key = {0};
    buffer_append_text(&key, "BUNDLE_");
    for (const char *c = name; *c != '\0'; c++)
        if (*c == '.' || *c == '-')
            buffer_append_text(&key, *c == '.' ? "__" : "___");
        else
            buffer_append_char(&key, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
    return arena_copy(login->arena, key.data, key.size);
}

static const char *bundler_file(const struct login *login, struct error *error)
{
    static const char *const variables[] = {"BUNDLE_USER_CONFIG", NULL};
    const char *folder = login->environment("BUNDLE_USER_HOME");
    const char *file;
    if (!packager_named_file(login, variables, &file, error))
        return NULL;
    if (file != NULL)
        return file;
    if (folder != NULL && folder[0] == '/')
        return arena_format(login->arena, "%s/config", folder);
    return packager_home(login, ".bundle/config", error);
}

static bool apply_bundler(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = bundler_file(login, error);
    (void)out;
    if (file == NULL)
        return false;
    const char *mirror = arena_format(login->arena, "mirror.https://%s.org/", "rubygems");
    const struct packager_value values[] = {
        {file,
         {.format = EDIT_YAML, .key = bundler_key(login, login->host)},
         arena_format(login->arena, "aws:%s", login->token)},
        {file, {.format = EDIT_YAML, .key = bundler_key(login, mirror)}, login->extra_index ? NULL : login->endpoint},
    };
    if (login->environment(values[0].place.key) != NULL)
        changes_note(login->changes,
                     "%s is set in the environment, and goes before what was written for bundler; unset it",
                     values[0].place.key);
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static const char *const gem_signs[] = {"*.gemspec", NULL};
static const char *const bundler_signs[] = {"Gemfile", "gems.rb", NULL};
static const char *const gem_overrides[] = {"GEM_HOST_API_KEY", NULL};

const struct packager packager_gem = {
    .name = "gem",
    .format = "ruby",
    .takes_extra = true,
    .signs = gem_signs,
    .overrides = gem_overrides,
    .apply = apply_gem,
};

const struct packager packager_bundler = {
    .name = "bundler",
    .format = "ruby",
    .takes_extra = true,
    .signs = bundler_signs,
    .apply = apply_bundler,
};
