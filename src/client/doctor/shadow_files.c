// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/file.h"
#include "client/doctor/scan.h"
#include "client/doctor/shadow.h"
#include "client/expand.h"
#include "client/packagers/packager.h"

#include <string.h>
#include <sys/stat.h>

/** A file larger than this is no package manager's. */
#define FILE_LIMIT ((size_t)4 << 20)

/** A file in which a credential goes before jeton. Those of a tool stand together. */
static const struct shadow_file {
    const char *tool;     // whose file it is, as `login --tool` names it
    const char *variable; // that names the file, or its folder; NULL: none
    const char *path;     // below the folder, or the whole path where nothing names it
    enum scan_grammar grammar;
} files[] = {
    {"pip", "PIP_CONFIG_FILE", "", SCAN_KEYED},
    {"pip", "VIRTUAL_ENV", "/pip.conf", SCAN_KEYED},
    {"pip", "XDG_CONFIG_HOME", "/pip/pip.conf", SCAN_KEYED},
    {"pip", NULL, "~/.config/pip/pip.conf", SCAN_KEYED},
    {"pip", NULL, "~/.pip/pip.conf", SCAN_KEYED},
    {"pip", NULL, "/etc/xdg/pip/pip.conf", SCAN_KEYED},
    {"pip", NULL, "/etc/pip.conf", SCAN_KEYED},
    {"uv", "UV_CONFIG_FILE", "", SCAN_KEYED},
    {"uv", "XDG_CONFIG_HOME", "/uv/uv.toml", SCAN_KEYED},
    {"uv", NULL, "~/.config/uv/uv.toml", SCAN_KEYED},
    {"uv", NULL, "/etc/uv/uv.toml", SCAN_KEYED},
    {"uv", NULL, "uv.toml", SCAN_KEYED},
    {"uv", NULL, "pyproject.toml", SCAN_KEYED},
    {"uv", "UV_CREDENTIALS_DIR", "/credentials.toml", SCAN_KEYED},
    {"uv", "XDG_DATA_HOME", "/uv/credentials/credentials.toml", SCAN_KEYED},
    {"uv", NULL, "~/.local/share/uv/credentials/credentials.toml", SCAN_KEYED},
    {"pdm", "PDM_CONFIG_FILE", "", SCAN_KEYED},
    {"pdm", "XDG_CONFIG_HOME", "/pdm/config.toml", SCAN_KEYED},
    {"pdm", NULL, "~/.config/pdm/config.toml", SCAN_KEYED},
    {"pdm", NULL, "pdm.toml", SCAN_KEYED},
    {"poetry", "POETRY_CONFIG_DIR", "/config.toml", SCAN_KEYED},
    {"poetry", "XDG_CONFIG_HOME", "/pypoetry/config.toml", SCAN_KEYED},
    {"poetry", NULL, "~/.config/pypoetry/config.toml", SCAN_KEYED},
    {"poetry", NULL, "pyproject.toml", SCAN_KEYED},
    {"poetry", NULL, "poetry.toml", SCAN_KEYED},
    {"poetry", "POETRY_CONFIG_DIR", "/auth.toml", SCAN_KEYED},
    {"poetry", "XDG_CONFIG_HOME", "/pypoetry/auth.toml", SCAN_KEYED},
    {"poetry", NULL, "~/.config/pypoetry/auth.toml", SCAN_KEYED},
    {"twine", NULL, "~/.pypirc", SCAN_KEYED},
    {"npm", "NPM_CONFIG_USERCONFIG", "", SCAN_NPMRC},
    {"npm", "npm_config_userconfig", "", SCAN_NPMRC},
    {"npm", "NPM_CONFIG_GLOBALCONFIG", "", SCAN_NPMRC},
    {"npm", NULL, "~/.npmrc", SCAN_NPMRC},
    {"npm", NULL, ".npmrc", SCAN_NPMRC},
    {"npm", NULL, "/etc/npmrc", SCAN_NPMRC},
    {"npm", NULL, "/usr/etc/npmrc", SCAN_NPMRC},
    {"npm", NULL, "/usr/local/etc/npmrc", SCAN_NPMRC},
    {"pnpm", "XDG_CONFIG_HOME", "/pnpm/rc", SCAN_NPMRC},
    {"pnpm", "XDG_CONFIG_HOME", "/pnpm/auth.ini", SCAN_NPMRC},
    {"pnpm", NULL, "~/.config/pnpm/rc", SCAN_NPMRC},
    {"pnpm", NULL, "~/.config/pnpm/auth.ini", SCAN_NPMRC},
    {"bun", "XDG_CONFIG_HOME", "/.bunfig.toml", SCAN_KEYED},
    {"bun", NULL, "~/.bunfig.toml", SCAN_KEYED},
    {"bun", NULL, "bunfig.toml", SCAN_KEYED},
    {"yarn", NULL, "~/.yarnrc", SCAN_KEYED},
    {"yarn", NULL, ".yarnrc", SCAN_KEYED},
    {"yarn-berry", NULL, "~/.yarnrc.yml", SCAN_YARN},
    {"yarn-berry", NULL, ".yarnrc.yml", SCAN_YARN},
    {"netrc", "NETRC", "", SCAN_NETRC},
    {"netrc", NULL, "~/.netrc", SCAN_NETRC},
    {"nuget", NULL, "~/.nuget/NuGet/NuGet.Config", SCAN_NUGET},
    {"nuget", NULL, "~/.config/NuGet/NuGet.Config", SCAN_NUGET},
    {"nuget", NULL, "nuget.config", SCAN_NUGET},
    {"nuget", NULL, "NuGet.Config", SCAN_NUGET},
    {"nuget", NULL, "NuGet.config", SCAN_NUGET},
    {"maven", NULL, "~/.m2/settings.xml", SCAN_MAVEN},
    {"maven", NULL, "/etc/maven/settings.xml", SCAN_MAVEN},
    {"maven", NULL, "pom.xml", SCAN_MAVEN},
    {"gradle", "GRADLE_USER_HOME", "/gradle.properties", SCAN_KEYED},
    {"gradle", NULL, "~/.gradle/gradle.properties", SCAN_KEYED},
    {"gradle", NULL, "gradle.properties", SCAN_KEYED},
    {"sbt", "COURSIER_CREDENTIALS", "", SCAN_KEYED},
    {"sbt", "COURSIER_CONFIG_DIR", "/credentials.properties", SCAN_KEYED},
    {"sbt", "XDG_CONFIG_HOME", "/coursier/credentials.properties", SCAN_KEYED},
    {"sbt", NULL, "~/.config/coursier/credentials.properties", SCAN_KEYED},
    {"sbt", "SBT_CREDENTIALS", "", SCAN_KEYED},
    {"sbt", NULL, "~/.sbt/.credentials", SCAN_KEYED},
    {"sbt", NULL, "~/.ivy2/.credentials", SCAN_KEYED},
    {"cargo", "CARGO_HOME", "/config.toml", SCAN_KEYED},
    {"cargo", NULL, "~/.cargo/config.toml", SCAN_KEYED},
    {"cargo", NULL, ".cargo/config.toml", SCAN_KEYED},
    {"cargo", "CARGO_HOME", "/credentials.toml", SCAN_KEYED},
    {"cargo", "CARGO_HOME", "/credentials", SCAN_KEYED},
    {"cargo", NULL, "~/.cargo/credentials.toml", SCAN_KEYED},
    {"cargo", NULL, "~/.cargo/credentials", SCAN_KEYED},
    {"gem", "GEMRC", "", SCAN_KEYED},
    {"gem", "XDG_CONFIG_HOME", "/gem/gemrc", SCAN_KEYED},
    {"gem", NULL, "~/.gemrc", SCAN_KEYED},
    {"gem", NULL, "~/.config/gem/gemrc", SCAN_KEYED},
    {"bundler", "BUNDLE_USER_CONFIG", "", SCAN_BUNDLER},
    {"bundler", "BUNDLE_APP_CONFIG", "/config", SCAN_BUNDLER},
    {"bundler", NULL, "~/.bundle/config", SCAN_BUNDLER},
    {"bundler", NULL, ".bundle/config", SCAN_BUNDLER},
    {"git", "XDG_CONFIG_HOME", "/git/credentials", SCAN_KEYED},
    {"git", NULL, "~/.git-credentials", SCAN_KEYED},
    {"git", NULL, "~/.config/git/credentials", SCAN_KEYED},
};
#define FILE_COUNT (sizeof files / sizeof *files)

/** One file on its way. */
struct search {
    struct doctor *doctor;
    const struct shadow_file *file;
    const char *path;
};

static bool is_ours(void *context, struct slice url)
{
    const struct search *search = context;
    return shadow_is_ours(search->doctor, url);
}

/** The command that takes its place, where there is one: a helper's where the tool has one. */
static const char *mend_of(const struct search *search)
{
    const struct packager *packager = packager_find(search->file->tool);
    if (packager == NULL)
        return "take it out";
    return arena_format(search->doctor->arena, "take it out, or: jeton codeartifact login --tool %s ...%s",
                        search->file->tool, packager->takes_helper ? " --helper" : "");
}

static void tell_file(void *context, size_t line, const char *what, struct slice secret)
{
    const struct search *search = context;
    BUFFER_AUTO place = {0};
    buffer_append_text(&place, search->path);
    if (line > 0)
        buffer_append_format(&place, ", line %zu", line);
    buffer_append_format(&place, ": %s", what);
    const struct shadow shadow = {.subject = search->file->tool,
                                  .what = buffer_text(&place),
                                  .mend = mend_of(search),
                                  .secret = secret,
                                  .certain = true};
    shadow_tell(search->doctor, &shadow);
}

/** Where the file is; false when nothing says so. */
static bool locate(const struct doctor *doctor, const struct shadow_file *file, struct buffer *out)
{
    const char *folder = file->variable != NULL ? doctor->environment(file->variable) : NULL;
    if (file->variable == NULL)
        return expand_home(out, slice_of(file->path), doctor->environment);
    if (folder == NULL || folder[0] == '\0')
        return false;
    buffer_append_text(out, folder);
    buffer_append_text(out, file->path);
    return true;
}

static void check_file(struct doctor *doctor, const struct shadow_file *file, struct scan_names *names, bool collecting)
{
    BUFFER_AUTO path = {0};
    BUFFER_AUTO text = {0};
    if (!locate(doctor, file, &path) || file_read(buffer_text(&path), FILE_LIMIT, &text, NULL) != FILE_READ)
        return;
    struct search search = {doctor, file, buffer_text(&path)};
    const struct scan scan = {file->grammar, is_ours, tell_file, &search, names, collecting};
    scan_text(&scan, buffer_slice(&text));
}

static bool find(const struct doctor *doctor, const struct shadow_file *file, struct stat *status)
{
    BUFFER_AUTO path = {0};
    return locate(doctor, file, &path) && stat(buffer_text(&path), status) == 0;
}

/** Whether the file is another row's of the tool, as when the current folder is the home: once said is enough. */
static bool is_repeated(const struct doctor *doctor, const struct shadow_file *file)
{
    struct stat status;
    struct stat other;
    if (!find(doctor, file, &status))
        return false;
    for (const struct shadow_file *before = files; before < file; before++)
        if (strcmp(before->tool, file->tool) == 0 && find(doctor, before, &other) && status.st_dev == other.st_dev &&
            status.st_ino == other.st_ino)
            return true;
    return false;
}

/** The files of one tool: first where ours are, then what opens them. @return the row behind them. */
static size_t check_tool(struct doctor *doctor, size_t first)
{
    struct scan_names names = {.arena = doctor->arena};
    size_t end = first;
    while (end < FILE_COUNT && strcmp(files[end].tool, files[first].tool) == 0)
        check_file(doctor, &files[end++], &names, true);
    for (size_t i = first; i < end; i++)
        if (!is_repeated(doctor, &files[i]))
            check_file(doctor, &files[i], &names, false);
    return end;
}

void shadow_check_files(struct doctor *doctor)
{
    size_t at = 0;
    while (at < FILE_COUNT)
        at = check_tool(doctor, at);
}
