// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/file.h"
#include "client/cache/live_token.h"
#include "client/doctor/doctor.h"
#include "client/doctor/scan.h"
#include "client/expand.h"

#include <string.h>
#include <sys/stat.h>

/** A file larger than this is no package manager's. */
#define FILE_LIMIT ((size_t)4 << 20)

/** A file in which a credential goes before jeton. */
static const struct shadow_file {
    const char *tool;     // whose file it is, as `login --tool` names it
    const char *variable; // that names the file, or its folder; NULL: none
    const char *path;     // below the folder, or the whole path where nothing names it
    enum scan_grammar grammar;
} files[] = {
    {"pip", "PIP_CONFIG_FILE", "", SCAN_PIP},
    {"pip", "VIRTUAL_ENV", "/pip.conf", SCAN_PIP},
    {"pip", "XDG_CONFIG_HOME", "/pip/pip.conf", SCAN_PIP},
    {"pip", NULL, "~/.config/pip/pip.conf", SCAN_PIP},
    {"pip", NULL, "~/.pip/pip.conf", SCAN_PIP},
    {"pip", NULL, "/etc/pip.conf", SCAN_PIP},
    {"twine", NULL, "~/.pypirc", SCAN_PYPIRC},
    {"npm", "NPM_CONFIG_USERCONFIG", "", SCAN_NPMRC},
    {"npm", NULL, "~/.npmrc", SCAN_NPMRC},
    {"npm", NULL, ".npmrc", SCAN_NPMRC},
    {"netrc", "NETRC", "", SCAN_NETRC},
    {"netrc", NULL, "~/.netrc", SCAN_NETRC},
    {"nuget", NULL, "~/.nuget/NuGet/NuGet.Config", SCAN_NUGET},
    {"nuget", NULL, "~/.config/NuGet/NuGet.Config", SCAN_NUGET},
    {"nuget", NULL, "nuget.config", SCAN_NUGET},
    {"nuget", NULL, "NuGet.Config", SCAN_NUGET},
};

/** Variables that hold a URL, of which the password goes before jeton. */
static const char *const url_variables[] = {"PIP_INDEX_URL",      "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL",
                                            "UV_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX",    "UV_INDEX"};
/** Variables that hold a credential, for whichever registry. */
static const char *const secret_variables[] = {"TWINE_PASSWORD",      "UV_PUBLISH_PASSWORD", "PDM_PUBLISH_PASSWORD",
                                               "YARN_NPM_AUTH_TOKEN", "YARN_NPM_AUTH_IDENT", "CARGO_REGISTRY_TOKEN"};

/** One file on its way. */
struct search {
    struct doctor *doctor;
    const struct shadow_file *file;
    const char *path;
};

/** With a URL, its host; without one, whatever is ours. */
static bool is_ours(void *context, struct slice url)
{
    const struct search *search = context;
    struct doctor *doctor = search->doctor;
    const char *text = arena_copy(doctor->arena, url.size > 0 ? url.data : "", url.size);
    struct endpoint_url read;
    struct target target;
    if (doctor->url == NULL)
        return target_find(text, doctor->options, doctor->environment, doctor->arena, &target, NULL) == TARGET_FOUND;
    struct endpoint_url wanted;
    return endpoint_url_read(url, &read) && endpoint_url_read(slice_of(doctor->url), &wanted) &&
           strcmp(read.host, wanted.host) == 0;
}

static void tell_file(void *context, size_t line, const char *what)
{
    const struct search *search = context;
    BUFFER_AUTO place = {0};
    buffer_append_text(&place, search->path);
    if (line > 0)
        buffer_append_format(&place, ", line %zu", line);
    MEMORY_AUTO char *mend =
        memory_format("take it out, or: jeton codeartifact login --tool %s ... --helper", search->file->tool);
    report_bad(&search->doctor->report, search->file->tool, mend,
               "%s: %s holds a credential, which is taken before jeton is asked", buffer_text(&place), what);
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

static void check_file(struct doctor *doctor, const struct shadow_file *file)
{
    BUFFER_AUTO path = {0};
    BUFFER_AUTO text = {0};
    if (!locate(doctor, file, &path) || file_read(buffer_text(&path), FILE_LIMIT, &text, NULL) != FILE_READ)
        return;
    struct search search = {doctor, file, buffer_text(&path)};
    const struct scan scan = {file->grammar, is_ours, tell_file, &search};
    scan_text(&scan, buffer_slice(&text));
}

static void check_url_variable(struct doctor *doctor, const char *name)
{
    const char *value = doctor->environment(name);
    struct search search = {.doctor = doctor};
    struct slice rest = slice_of(value);
    struct slice url;
    while (value != NULL && slice_cut(&rest, ' ', &url)) {
        struct endpoint_url read;
        if (!endpoint_url_read(url, &read) || read.password.size == 0 || !is_ours(&search, url))
            continue;
        MEMORY_AUTO char *mend = memory_format("unset %s, or write the URL without its password", name);
        report_bad(&doctor->report, name, mend, "the URL holds a password, which is taken before jeton is asked");
    }
}

static bool find(const struct doctor *doctor, const struct shadow_file *file, struct stat *status)
{
    BUFFER_AUTO path = {0};
    return locate(doctor, file, &path) && stat(buffer_text(&path), status) == 0;
}

/** Whether the file is another row's too, as when the current folder is the home: what is said once is enough. */
static bool is_repeated(const struct doctor *doctor, const struct shadow_file *file)
{
    struct stat status;
    struct stat other;
    if (!find(doctor, file, &status))
        return false;
    for (const struct shadow_file *before = files; before < file; before++)
        if (find(doctor, before, &other) && status.st_dev == other.st_dev && status.st_ino == other.st_ino)
            return true;
    return false;
}

void doctor_check_shadows(struct doctor *doctor)
{
    size_t before = doctor->report.bad;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!is_repeated(doctor, &files[i]))
            check_file(doctor, &files[i]);
    for (size_t i = 0; i < sizeof url_variables / sizeof *url_variables; i++)
        check_url_variable(doctor, url_variables[i]);
    for (size_t i = 0; i < sizeof secret_variables / sizeof *secret_variables; i++)
        if (doctor->environment(secret_variables[i]) != NULL)
            report_note(&doctor->report, secret_variables[i],
                        "it is set, and taken before jeton is asked; unset it if it is not of now");
    if (doctor->report.bad == before)
        report_good(&doctor->report, "files", "no file or variable holds a credential that goes before jeton");
}
