// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/doctor/scan.h"
#include "client/doctor/shadow.h"

#include <string.h>
#include <unistd.h>

/** What a tool takes from a variable before it asks jeton. Names begin and end so; NULL: that is the whole name. */
static const struct shadow_variable {
    const char *begin;
    const char *end;
} secrets[] = {
    {"TWINE_PASSWORD", NULL},
    {"UV_PUBLISH_PASSWORD", NULL},
    {"UV_PUBLISH_TOKEN", NULL},
    {"UV_INDEX_", "_PASSWORD"},
    {"PDM_", "_PASSWORD"},
    {"POETRY_HTTP_BASIC_", "_PASSWORD"},
    {"POETRY_PYPI_TOKEN_", ""},
    {"NPM_CONFIG__AUTH", NULL},
    {"npm_config__auth", NULL},
    {"NPM_CONFIG_TOKEN", NULL},
    {"BUN_CONFIG_TOKEN", NULL},
    {"YARN_NPM_AUTH_TOKEN", NULL},
    {"YARN_NPM_AUTH_IDENT", NULL},
    {"CARGO_REGISTRY_TOKEN", NULL},
    {"CARGO_REGISTRIES_", "_TOKEN"},
    {"GEM_HOST_API_KEY", NULL},
    {"ORG_GRADLE_PROJECT_", "Password"},
    {"NuGetPackageSourceCredentials_", ""},
};

/** Whose variables hold URLs. */
static const char *const url_prefixes[] = {"PIP_",        "UV_",         "PDM_",         "POETRY_", "TWINE_",
                                           "NPM_CONFIG_", "npm_config_", "YARN_",        "BUN_",    "CARGO_",
                                           "BUNDLE_",     "GEM_",        "RUBYGEMS_HOST"};

/** Variables by which a tool is told not to ask, or to ask somebody else: unless the value has WANTED in it. */
static const struct {
    const char *begin;
    const char *end;
    const char *wanted; // NULL: whatever it is
    const char *then;
} switches[] = {
    {"PIP_KEYRING_PROVIDER", NULL, "subprocess", "pip does not run the command keyring"},
    {"UV_KEYRING_PROVIDER", NULL, "subprocess", "uv does not run the command keyring"},
    {"UV_NO_CONFIG", NULL, NULL, "uv reads no configuration"},
    {"PIP_ISOLATED", NULL, NULL, "pip reads no configuration of yours"},
    {"POETRY_KEYRING_ENABLED", NULL, "true", "poetry asks no keyring"},
    {"PYTHON_KEYRING_BACKEND", NULL, "jeton_keyring", "poetry and twine ask another keyring"},
    {"NUGET_PLUGIN_PATHS", NULL, "jeton", "NuGet looks for no plug-in in PATH"},
    {"NUGET_NETCORE_PLUGIN_PATHS", NULL, "jeton", "dotnet looks for no plug-in in PATH"},
    {"NUGET_NETFX_PLUGIN_PATHS", NULL, "jeton", "NuGet looks for no plug-in in PATH"},
    {"CARGO_REGISTRIES_", "_CREDENTIAL_PROVIDER", "jeton", "cargo asks that provider for the registry"},
    {"CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS", NULL, "jeton", "cargo asks these providers"},
};

static bool is_named(struct slice name, const char *begin, const char *end)
{
    if (end == NULL)
        return slice_is(name, begin);
    return name.size > strlen(begin) + strlen(end) && slice_starts_with(name, slice_of(begin)) &&
           slice_ends_with(name, slice_of(end));
}

static bool is_ours(void *context, struct slice url)
{
    return shadow_is_ours(context, url);
}

/** npm's variables of a registry, and Bundler's of a host, say whom they are for. */
static bool names_ours(struct doctor *doctor, struct slice name)
{
    static const char *const keys[] = {":_authToken", ":_auth", ":_password"};
    BUFFER_AUTO host = {0};
    bool npm = slice_starts_with(name, SLICE("npm_config_//")) || slice_starts_with(name, SLICE("NPM_CONFIG_//"));
    for (size_t i = 0; npm && i < sizeof keys / sizeof *keys; i++)
        if (slice_ends_with(name, slice_of(keys[i])))
            return shadow_is_ours(doctor, slice_part(name, 11, name.size - 11 - strlen(keys[i])));
    return scan_bundler_host(name, &host) && shadow_is_ours(doctor, buffer_slice(&host));
}

static bool is_secret(struct slice name)
{
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (is_named(name, secrets[i].begin, secrets[i].end))
            return true;
    return false;
}

static bool may_hold_url(struct slice name)
{
    for (size_t i = 0; i < sizeof url_prefixes / sizeof *url_prefixes; i++)
        if (slice_starts_with(name, slice_of(url_prefixes[i])))
            return true;
    return false;
}

static void tell(struct doctor *doctor, const char *name, const char *what, const char *mend, struct slice secret,
                 bool certain)
{
    const struct shadow shadow = {name, what, mend, secret, certain};
    shadow_tell(doctor, &shadow);
}

static void check_secret(struct doctor *doctor, const char *name, struct slice value)
{
    const struct scan scan = {.is_ours = is_ours, .context = doctor};
    const char *unset = arena_format(doctor->arena, "unset %s", name);
    bool ours = names_ours(doctor, slice_of(name));
    struct slice password;
    if (may_hold_url(slice_of(name)) && scan_find_url(&scan, value, &password))
        tell(doctor, name, "the URL", arena_format(doctor->arena, "%s, or write the URL without its password", unset),
             password, true);
    else if (ours || is_secret(slice_of(name)))
        tell(doctor, name, "it", unset, value, ours);
}

static void check_switch(struct doctor *doctor, const char *name, struct slice value)
{
    const struct slice whole = {name, strlen(name)}; // there is one, which slice_of() would leave open
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        const char *wanted = switches[i].wanted;
        if (!is_named(whole, switches[i].begin, switches[i].end))
            continue;
        if (wanted == NULL || memmem(value.data, value.size, wanted, strlen(wanted)) == NULL)
            report_note(&doctor->report, name, "it is set, so %s; if jeton is to be asked: unset %s", switches[i].then,
                        name);
    }
}

void shadow_check_variables(struct doctor *doctor)
{
    for (char **at = environ; *at != NULL; at++) {
        struct slice entry = slice_of(*at);
        size_t sign = slice_find(entry, '=', 0);
        const char *name = arena_copy(doctor->arena, entry.data, sign);
        struct slice value = slice_part(entry, sign + 1, entry.size);
        if (sign + 1 >= entry.size)
            continue;
        check_secret(doctor, name, value);
        check_switch(doctor, name, value);
    }
}
