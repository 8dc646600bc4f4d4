// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Maven, Gradle, sbt. Maven: a server with the credential, and a mirror of everything, in the user's settings.xml.
 * Gradle: properties of a repository that is named "codeartifact", which credentials(PasswordCredentials) finds.
 * sbt: coursier's credentials, and the file of sbt's own that is read without it.
 */
#include "client/packagers/packager.h"

/** Of the mirrors that are for a repository, Maven takes the first, but one that names the repository before others. */
static void put_first(struct login *login, const char *file, const char *id, const struct edit_place *url,
                      const struct edit_place *of)
{
    BUFFER_AUTO first = {0};
    BUFFER_AUTO central = {0};
    struct edit_place any = {.format = EDIT_XML, .path = {"settings", "mirrors", "mirror"}, .key = "id"};
    if (changes_find(login->changes, file, &any, &first) && !slice_is(buffer_slice(&first), id)) {
        (void)changes_remove(login->changes, file, url);
        (void)changes_remove(login->changes, file, of);
    }
    any.select_key = "mirrorOf";
    any.select = "central";
    if (changes_find(login->changes, file, &any, &central))
        changes_note(login->changes, "%s: its mirror %s is of central by name, and goes before the new one there", file,
                     buffer_text(&central));
}

static bool apply_maven(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = packager_home(login, ".m2/settings.xml", error);
    const char *id = packager_label(login);
    (void)out;
    if (file == NULL)
        return false;
#define SERVER(key_)                                                                                                   \
    {                                                                                                                  \
        .format = EDIT_XML, .path = {"settings", "servers", "server"}, .select_key = "id", .select = id, .key = (key_) \
    }
#define MIRROR(key_)                                                                                                   \
    {                                                                                                                  \
        .format = EDIT_XML, .path = {"settings", "mirrors", "mirror"}, .select_key = "id", .select = id,               \
        .key = (key_), .first = true                                                                                   \
    }
    const char *mirror = login->extra_index ? NULL : login->endpoint;
    const struct packager_value values[] = {
        {file, SERVER("username"), "aws"},
        {file, SERVER("password"), login->token},
        {file, MIRROR("url"), mirror},
        {file, MIRROR("mirrorOf"), mirror != NULL ? "*" : NULL},
    };
    if (mirror != NULL)
        put_first(login, file, id, &values[2].place, &values[3].place);
    if (login->extra_index)
        changes_note(login->changes, "%s has the credential; name the repository in the project with <id>%s</id>", file,
                     id);
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
}

/** An init script that asks jeton for every repository of ours, by way of the one that comes with jeton. */
static bool help_gradle(struct login *login, const char *properties, struct error *error)
{
    const char *script = packager_own_file(login, "gradle/jeton.gradle", error);
    const char *folder = arena_copy(login->arena, properties, (size_t)(strrchr(properties, '/') - properties));
    const struct edit_place password = {.format = EDIT_PROPERTIES, .key = "codeartifactPassword"};
    if (script == NULL)
        return false;
    packager_drop(login, properties, &password);
    const char *text = arena_format(login->arena, "apply from: '%s'\n", script);
    return changes_write(login->changes, arena_format(login->arena, "%s/init.d/jeton.gradle", folder), slice_of(text),
                         error);
}

static bool apply_gradle(struct login *login, struct buffer *out, struct error *error)
{
    const char *folder = login->environment("GRADLE_USER_HOME");
    const char *file = folder != NULL && folder[0] == '/' ? arena_format(login->arena, "%s/gradle.properties", folder)
                                                          : packager_home(login, ".gradle/gradle.properties", error);
    (void)out;
    if (file == NULL)
        return false;
    if (login->helper)
        return help_gradle(login, file, error);
    const struct packager_value values[] = {
        {file, {.format = EDIT_PROPERTIES, .key = "codeartifactUrl"}, login->endpoint},
        {file, {.format = EDIT_PROPERTIES, .key = "codeartifactUsername"}, "aws"},
        {file, {.format = EDIT_PROPERTIES, .key = "codeartifactPassword"}, login->token},
    };
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static bool apply_sbt(struct login *login, struct buffer *out, struct error *error)
{
    const char *folder = login->environment("COURSIER_CONFIG_DIR");
    const char *file =
        folder != NULL && folder[0] == '/'
            ? arena_format(login->arena, "%s/credentials.properties", folder)
            : packager_xdg(login, "XDG_CONFIG_HOME", ".config", "coursier/credentials.properties", error);
    const char *own = packager_home(login, ".sbt/.credentials", error);
    const char *label = packager_label(login);
    const char *realm = arena_format(login->arena, "%s/%s", login->domain, login->repository);
    (void)out;
    if (file == NULL || own == NULL)
        return false;
#define OF(name_) .key = arena_format(login->arena, "%s." name_, label)
    const struct packager_value values[] = {
        {file, {.format = EDIT_PROPERTIES, OF("host")}, login->host},
        {file, {.format = EDIT_PROPERTIES, OF("realm")}, realm},
        {file, {.format = EDIT_PROPERTIES, OF("username")}, "aws"},
        {file, {.format = EDIT_PROPERTIES, OF("password")}, login->token},
        {own, {.format = EDIT_PROPERTIES, .key = "realm"}, login->extra_index ? NULL : realm},
        {own, {.format = EDIT_PROPERTIES, .key = "host"}, login->extra_index ? NULL : login->host},
        {own, {.format = EDIT_PROPERTIES, .key = "user"}, login->extra_index ? NULL : "aws"},
        {own, {.format = EDIT_PROPERTIES, .key = "password"}, login->extra_index ? NULL : login->token},
    };
    if (login->extra_index)
        changes_note(login->changes, "%s has room for one repository, and stays as it is", own);
    return packager_set_all(login, values, sizeof values / sizeof *values, error);
}

static const char *const maven_signs[] = {"pom.xml", NULL};
static const char *const gradle_signs[] = {"build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts",
                                           NULL};
static const char *const sbt_signs[] = {"build.sbt", NULL};
static const char *const gradle_overrides[] = {"ORG_GRADLE_PROJECT_codeartifactPassword", NULL};
static const char *const sbt_overrides[] = {"COURSIER_CREDENTIALS", "SBT_CREDENTIALS", NULL};

const struct packager packager_maven = {
    .name = "maven",
    .format = "maven",
    .takes_extra = true,
    .signs = maven_signs,
    .apply = apply_maven,
};

const struct packager packager_gradle = {
    .name = "gradle",
    .format = "maven",
    .takes_extra = true,
    .takes_helper = true,
    .is_single = true,
    .signs = gradle_signs,
    .overrides = gradle_overrides,
    .apply = apply_gradle,
};

const struct packager packager_sbt = {
    .name = "sbt",
    .format = "maven",
    .takes_extra = true,
    .signs = sbt_signs,
    .overrides = sbt_overrides,
    .apply = apply_sbt,
};
