// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** twine: the repository named "codeartifact" in ~/.pypirc. */
#include "client/packagers/packager.h"

#define SECTION "codeartifact"

static struct edit_place place(const char *section, const char *key)
{
    return (struct edit_place){.format = EDIT_INI, .path = {section}, .key = key};
}

/** The AWS CLI asks that of a file that is there. */
static bool check_servers(const struct login *login, const char *file, struct slice text, struct buffer *out,
                          struct error *error)
{
    BUFFER_AUTO value = {0};
    BUFFER_AUTO copy = {0};
    const struct edit_place servers = place("distutils", "index-servers");
    const struct edit_place probe = place("distutils", "jeton-probe");
    if (edit_find(text, &servers, &value))
        return true;
    buffer_append_slice(&copy, text);
    // Whether the section is there: a new key makes one only where there is none.
    (void)edit_set(&copy, &probe, SLICE("x"), NULL);
    bool has_section = copy.size - text.size < sizeof "[distutils]" + sizeof "jeton-probe = x";
    buffer_append_format(out, "%s is in an invalid state.\n", file);
    (void)login;
    return error_set(error, ERROR_INTERNAL, NULL,
                     has_section ? "No option 'index-servers' in section: 'distutils'" : "No section: 'distutils'");
}

static bool has_line(struct slice text, const char *wanted)
{
    struct slice line;
    while (slice_cut(&text, '\n', &line))
        if (slice_is(line, wanted))
            return true;
    return false;
}

static bool set_all(struct login *login, const char *file, struct error *error)
{
    const struct edit_place servers = place("distutils", "index-servers");
    const struct {
        const char *key;
        const char *value;
    } values[] = {{"repository", login->endpoint}, {"username", "aws"}, {"password", login->token}};
    BUFFER_AUTO listed = {0};
    (void)changes_find(login->changes, file, &servers, &listed);
    bool fresh = !changes_has_file(login->changes, file);
    // The gallery may be somebody's own: it is not looked for.
    if (!login->strays && (fresh || has_line(buffer_slice(&listed), "pypi")) &&
        !changes_add_item(login->changes, file, &servers, "pypi", error))
        return false;
    if (!changes_add_item(login->changes, file, &servers, SECTION, error))
        return false;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const struct edit_place key = place(SECTION, values[i].key);
        if (values[i].value != NULL && !changes_set(login->changes, file, &key, values[i].value, error))
            return false;
    }
    return true;
}

static bool apply(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = packager_home(login, ".pypirc", error);
    struct slice text;
    if (file == NULL || !changes_read(login->changes, file, &text, error))
        return false;
    bool fresh = !changes_has_file(login->changes, file);
    if ((!fresh && !check_servers(login, file, text, out, error)) || !set_all(login, file, error))
        return false;
    const struct edit_place old = place(SECTION, "password");
    if (login->helper)
        packager_drop(login, file, &old);
    if (login->helper && !packager_set_keyring(login, error))
        return false;
    return !fresh || packager_end_section(login, file, error);
}

static bool dry_run(struct login *login, struct buffer *out, struct error *error)
{
    const char *file = packager_home(login, ".pypirc", error);
    struct slice text;
    if (file == NULL || !apply(login, out, error) || !changes_read(login->changes, file, &text, error))
        return false;
    buffer_append_format(
        out, "Dryrun mode is enabled, not writing to pypirc.\n%s would have been set to the following:\n\n", file);
    buffer_append_slice(out, text);
    buffer_append_char(out, '\n');
    return true;
}

static const char *const overrides[] = {"TWINE_USERNAME", "TWINE_PASSWORD", "TWINE_REPOSITORY_URL", NULL};

const struct packager packager_twine = {
    .name = "twine",
    .format = "pypi",
    .is_aws = true,
    .takes_helper = true,
    .is_single = true,
    .overrides = overrides,
    .apply = apply,
    .dry_run = dry_run,
};
