// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * nuget and dotnet: a source, and its credential in clear text, in the user's NuGet.Config. That is how both of them
 * keep one where nothing can encrypt it. A credential never goes into a project's own file.
 */
#include "base/text.h"
#include "client/packagers/nuget_list.h"
#include "client/packagers/packager.h"

#include <unistd.h>

#define ROOT "configuration"

static struct edit_place source_place(const char *name)
{
    return (struct edit_place){.format = EDIT_NUGET, .path = {ROOT, "packageSources"}, .key = name};
}

/** A name as an element: what no name of XML has becomes its number (XmlConvert.EncodeLocalName). */
static const char *encode_name(const struct login *login, const char *name)
{
    BUFFER_AUTO out = {0};
    for (const char *c = name; *c != '\0'; c++) {
        bool letter = text_is_alpha(*c) || *c == '_' || (unsigned char)*c >= 0x80;
        bool later = c > name && (text_is_digit(*c) || *c == '-' || *c == '.');
        if (letter || later)
            buffer_append_char(&out, *c);
        else
            buffer_append_format(&out, "_x%04X_", (unsigned)(unsigned char)*c);
    }
    return arena_copy(login->arena, out.data, out.size);
}

static const char *index_url(const struct login *login)
{
    return arena_format(login->arena, "%sv3/index.json", login->endpoint);
}

/** dotnet and nuget keep the user's file in different places. */
static const char *user_file(const struct login *login, struct error *error)
{
    if (login->packager == &packager_dotnet)
        return packager_home(login, ".nuget/NuGet/NuGet.Config", error);
    return packager_xdg(login, "XDG_CONFIG_HOME", ".config", "NuGet/NuGet.Config", error);
}

/** A file of this folder or of one above that has such a source: by its URL, which gives its name, or by its name. */
static const char *find_project_file(struct login *login, const char **name)
{
    static const char *const names[] = {"nuget.config", "NuGet.config", "NuGet.Config"};
    char folder[4096];
    if (getcwd(folder, sizeof folder) == NULL)
        return NULL;
    for (char *end = folder + strlen(folder); end > folder; end = strrchr(folder, '/')) {
        *end = '\0';
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            struct slice text;
            BUFFER_AUTO key = {0};
            const char *file = arena_format(login->arena, "%s/%s", folder, names[i]);
            const struct edit_place place = source_place(*name);
            if (access(file, F_OK) != 0 || !changes_read(login->changes, file, &text, NULL))
                continue;
            if (edit_find_key(text, &place, slice_of(index_url(login)), &key)) {
                *name = arena_copy(login->arena, key.data, key.size);
                return file;
            }
            if (edit_find(text, &place, &key))
                return file;
        }
    }
    return NULL;
}

/** The name of the source, and the file that it is or will be in. */
static const char *find_source(struct login *login, const char *user, const char **name)
{
    struct slice text;
    BUFFER_AUTO key = {0};
    *name = login->source_name != NULL ? login->source_name
                                       : arena_format(login->arena, "%s/%s", login->domain, login->repository);
    const struct edit_place place = source_place(*name);
    if (changes_read(login->changes, user, &text, NULL)) {
        if (edit_find_key(text, &place, slice_of(index_url(login)), &key)) {
            *name = arena_copy(login->arena, key.data, key.size);
            login->updates = true;
            return user;
        }
        if (edit_find(text, &place, &key)) {
            login->updates = true;
            return user;
        }
    }
    const char *project = find_project_file(login, name);
    login->updates = login->updates || project != NULL;
    return project != NULL ? project : user;
}

/** A file that is made anew keeps the gallery that NuGet would have put into it. */
static bool begin_file(struct login *login, const char *file, struct error *error)
{
    const char *name = arena_format(login->arena, "%s.org", "nuget");
    const struct edit_place gallery = source_place(name);
    if (changes_has_file(login->changes, file))
        return true;
    BUFFER_AUTO text = {0};
    buffer_append_format(&text,
                         "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <packageSources>\n    <add "
                         "key=\"%s\" value=\"https://api.%s/v3/index.json\" protocolVersion=\"3\" />\n"
                         "  </packageSources>\n</configuration>\n",
                         name, name);
    (void)gallery;
    return changes_replace(login->changes, file, buffer_slice(&text), error);
}

/** What NuGet finds in a file it does not ask a plug-in for. */
static bool drop_credential(struct login *login, const char *file, const char *name)
{
    static const char *const keys[] = {"Username", "Password", "ClearTextPassword"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct edit_place place = {
            .format = EDIT_NUGET, .path = {ROOT, "packageSourceCredentials", encode_name(login, name)}, .key = keys[i]};
        packager_drop(login, file, &place);
    }
    changes_note(login->changes,
                 "NuGet 6.13 and newer find nuget-plugin-jeton in PATH; for older ones set "
                 "NUGET_PLUGIN_PATHS to %s",
                 packager_link(login, "nuget-plugin-jeton"));
    return true;
}

static bool set_credential(struct login *login, const char *file, const char *name, struct error *error)
{
    if (login->helper)
        return drop_credential(login, file, name);
    struct edit_place place = {
        .format = EDIT_NUGET, .path = {ROOT, "packageSourceCredentials", encode_name(login, name)}, .key = "Password"};
    if (changes_take(login->changes, file, &place, true))
        changes_note(login->changes, "%s: the old encrypted password of %s is taken out" PACKAGER_NOT_KEPT, file, name);
    if (login->strays && !changes_set(login->changes, file, &place, login->token, error))
        return false;
    place.key = "Username";
    if (!changes_set(login->changes, file, &place, "aws", error))
        return false;
    place.key = "ClearTextPassword";
    return changes_set(login->changes, file, &place, login->token, error);
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *user = user_file(login, error);
    const char *name;
    if (user == NULL || (login->is_aws && !nuget_list_read(login, index_url(login), error)))
        return false;
    bool listed = login->updates;
    const char *file = find_source(login, user, &name);
    login->updates = login->is_aws ? listed : login->updates;
    const struct edit_place place = source_place(name);
    if (!begin_file(login, user, error) || !changes_set(login->changes, file, &place, index_url(login), error) ||
        !set_credential(login, user, name, error))
        return false;
    login->source_name = name;
    buffer_append_format(out,
                         login->updates ? "Updated source %s in the NuGet.Config\n"
                                        : "Added source %s to the user level NuGet.Config\n",
                         name);
    return true;
}

static bool dry_run(struct login *login, struct buffer *out, struct error *error)
{
    BUFFER_AUTO said = {0};
    if (!apply(login, &said, error))
        return false;
    const char *operation = login->updates ? "update" : "add";
    const char *url = index_url(login);
    if (login->packager == &packager_nuget)
        buffer_append_format(out, "nuget sources %s -name %s -source %s -username aws -password %s\n", operation,
                             login->source_name, url, login->token);
    else if (login->updates)
        buffer_append_format(out,
                             "dotnet nuget update source %s --source %s --username aws --password %s "
                             "--store-password-in-clear-text\n",
                             login->source_name, url, login->token);
    else
        buffer_append_format(out,
                             "dotnet nuget add source %s --name %s --username aws --password %s "
                             "--store-password-in-clear-text\n",
                             url, login->source_name, login->token);
    return true;
}

static const char *const nuget_signs[] = {"packages.config", NULL};
static const char *const dotnet_signs[] = {"*.csproj", "*.fsproj", "*.vbproj", "*.sln", "global.json", NULL};

const struct packager packager_nuget = {
    .name = "nuget",
    .format = "nuget",
    .is_aws = true,
    .takes_helper = true,
    .signs = nuget_signs,
    .program = "nuget",
    .source_list = true,
    .apply = apply,
    .dry_run = dry_run,
};

const struct packager packager_dotnet = {
    .name = "dotnet",
    .format = "nuget",
    .said = "nuget",
    .is_aws = true,
    .takes_helper = true,
    .signs = dotnet_signs,
    .program = "dotnet",
    .source_list = true,
    .apply = apply,
    .dry_run = dry_run,
};
