// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/settings.h"
#include "base/text.h"
#include "client/cli/integer.h"
#include "client/expand.h"
#include "client/profile_files.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>

#define SECOND_LIMIT 2000000

/** Everything the resolving needs. */
struct resolver {
    const struct options *options;
    const char *service_id;
    environment_function *environment;
    struct arena *arena;
    struct settings *out;
    struct error *error;
};

enum setting {
    SETTING_APPLICATION_ID,
    SETTING_BINARY_FORMAT,
    SETTING_CA_BUNDLE,
    SETTING_DUALSTACK,
    SETTING_ERROR_FORMAT,
    SETTING_EXECUTION_ENVIRONMENT,
    SETTING_FIPS,
    SETTING_IGNORE_ENDPOINT_URLS,
    SETTING_MAX_ATTEMPTS,
    SETTING_OUTPUT,
    SETTING_PAGER,
    SETTING_PARAMETER_VALIDATION,
    SETTING_PROFILE,
    SETTING_REGION,
    SETTING_RENEWED_RETRIES,
    SETTING_RETRY_MODE,
    SETTING_TIMESTAMP_FORMAT,
};

#define NO_OPTION SIZE_MAX
#define OPTION(name) offsetof(struct options, name)

/** Where a setting comes from, in this order; what is given counts even when empty, unless said otherwise. */
struct rule {
    size_t option; // the place of the text in struct options
    bool empty_option_is_unset;
    const char *environment[2];
    const char *key;              // in the profile
    const char *last_environment; // asked after the profile
    const char *otherwise;
};

static const struct rule rules[] = {
    [SETTING_APPLICATION_ID] = {NO_OPTION, false, {"AWS_SDK_UA_APP_ID"}, "sdk_ua_app_id", NULL, NULL},
    [SETTING_BINARY_FORMAT] = {OPTION(cli_binary_format), false, {NULL}, "cli_binary_format", NULL, "base64"},
    [SETTING_CA_BUNDLE] = {OPTION(ca_bundle), false, {"AWS_CA_BUNDLE"}, "ca_bundle", "REQUESTS_CA_BUNDLE", NULL},
    [SETTING_DUALSTACK] = {NO_OPTION, false, {"AWS_USE_DUALSTACK_ENDPOINT"}, "use_dualstack_endpoint", NULL, "false"},
    [SETTING_ERROR_FORMAT] =
        {OPTION(cli_error_format), false, {"AWS_CLI_ERROR_FORMAT"}, "cli_error_format", NULL, "enhanced"},
    [SETTING_EXECUTION_ENVIRONMENT] = {NO_OPTION, false, {"AWS_EXECUTION_ENV"}, NULL, NULL, NULL},
    [SETTING_FIPS] = {NO_OPTION, false, {"AWS_USE_FIPS_ENDPOINT"}, "use_fips_endpoint", NULL, "false"},
    [SETTING_IGNORE_ENDPOINT_URLS] =
        {NO_OPTION, false, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"}, "ignore_configured_endpoint_urls", NULL, "false"},
    [SETTING_MAX_ATTEMPTS] = {NO_OPTION, false, {"AWS_MAX_ATTEMPTS"}, "max_attempts", NULL, "3"},
    [SETTING_OUTPUT] = {OPTION(output), false, {"AWS_DEFAULT_OUTPUT"}, "output", NULL, "json"},
    [SETTING_PAGER] = {NO_OPTION, false, {"AWS_PAGER"}, "cli_pager", "PAGER", "less"},
    [SETTING_PARAMETER_VALIDATION] = {NO_OPTION, false, {NULL}, "parameter_validation", NULL, "true"},
    [SETTING_PROFILE] = {OPTION(profile), true, {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}, NULL, NULL, NULL},
    [SETTING_REGION] = {OPTION(region), false, {"AWS_REGION", "AWS_DEFAULT_REGION"}, "region", NULL, NULL},
    [SETTING_RENEWED_RETRIES] = {NO_OPTION, false, {"AWS_NEW_RETRIES_2026"}, NULL, NULL, "false"},
    [SETTING_RETRY_MODE] = {NO_OPTION, false, {"AWS_RETRY_MODE"}, "retry_mode", NULL, "standard"},
    [SETTING_TIMESTAMP_FORMAT] = {NO_OPTION, false, {NULL}, "cli_timestamp_format", NULL, "iso8601"},
};

static const char *read_option(const struct resolver *resolver, size_t offset)
{
    return offset == NO_OPTION ? NULL : *(const char *const *)((const char *)resolver->options + offset);
}

static const char *look_up(const struct resolver *resolver, enum setting setting)
{
    const struct rule *rule = &rules[setting];
    const char *value = read_option(resolver, rule->option);
    if (value != NULL && !(rule->empty_option_is_unset && *value == '\0'))
        return value;
    for (size_t i = 0; i < 2 && rule->environment[i] != NULL; i++)
        if ((value = resolver->environment(rule->environment[i])) != NULL)
            return value;
    const struct settings *out = resolver->out;
    if (rule->key != NULL && out->profiles != NULL &&
        (value = profile_get(out->profiles, out->profile, rule->key)) != NULL)
        return value;
    if (rule->last_environment != NULL && (value = resolver->environment(rule->last_environment)) != NULL)
        return value;
    return rule->otherwise;
}

static bool is_true(const char *text)
{
    return strcasecmp(text, "true") == 0;
}

static bool is_one_of(const char *text, const char *const *words)
{
    while (*words != NULL && strcasecmp(text, *words) != 0)
        words++;
    return *words != NULL;
}

static void resolve_profile(struct resolver *resolver)
{
    struct settings *out = resolver->out;
    const char *option = resolver->options->profile;
    out->profile_by_option = option != NULL && *option != '\0';
    const char *profile = look_up(resolver, SETTING_PROFILE);
    out->profile = profile == NULL ? "default" : profile;
}

/** What nobody named need not be there. */
static bool check_profile(const struct resolver *resolver)
{
    const char *profile = look_up(resolver, SETTING_PROFILE);
    if (profile == NULL || profile_exists(resolver->out->profiles, profile))
        return true;
    return error_set(resolver->error, ERROR_INTERNAL, NULL, "The config profile (%s) could not be found", profile);
}

/** Reads an integer as Python's int() does; one beyond LIMIT counts as LIMIT, since nobody waits for the rest. */
static bool read_integer(const char *text, long limit, long *out, struct error *error)
{
    BUFFER_AUTO digits = {0};
    int64_t value;
    if (!integer_require(slice_of(text), &digits, error))
        return false;
    if (!text_parse_integer(buffer_slice(&digits), &value))
        value = digits.data[0] == '-' ? -1 : limit;
    *out = value > limit ? limit : value < -1 ? -1 : (long)value;
    return true;
}

static bool resolve_timeout(const char *option, const char *name, long *out, struct error *error)
{
    *out = 60;
    if (option == NULL)
        return true;
    if (!read_integer(option, SECOND_LIMIT, out, error))
        return false;
    if (*out >= 0)
        return true;
    BUFFER_AUTO digits = {0};
    (void)integer_read(slice_of(option), &digits);
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Attempted to set %s timeout to %s, but the timeout cannot be set to a value less than or equal "
                     "to 0.",
                     name, buffer_text(&digits));
}

static bool resolve_max_attempts(struct resolver *resolver)
{
    const char *attempts = look_up(resolver, SETTING_MAX_ATTEMPTS);
    if (!read_integer(attempts, LONG_MAX, &resolver->out->max_attempts, resolver->error))
        return false;
    if (resolver->out->max_attempts >= 1)
        return true;
    BUFFER_AUTO digits = {0};
    (void)integer_read(slice_of(attempts), &digits);
    return error_set(resolver->error, ERROR_INTERNAL, NULL,
                     "Value provided to \"max_attempts\": %s must be an integer greater than or equal to one.",
                     buffer_text(&digits));
}

static bool resolve_retries(struct resolver *resolver)
{
    if (!resolve_max_attempts(resolver))
        return false;
    const char *mode = look_up(resolver, SETTING_RETRY_MODE);
    if (strcmp(mode, "standard") != 0 && strcmp(mode, "adaptive") != 0)
        return error_set(resolver->error, ERROR_INTERNAL, NULL,
                         "Invalid value provided to \"mode\": \"%s\" must be one of: \"standard\" or \"adaptive\"",
                         mode);
    resolver->out->adaptive_retries = strcmp(mode, "adaptive") == 0;
    resolver->out->renewed_retries = is_true(look_up(resolver, SETTING_RENEWED_RETRIES));
    resolver->out->clock_ahead = arena_allocate(resolver->arena, 1, sizeof *resolver->out->clock_ahead);
    return true;
}

static void resolve_error_format(struct resolver *resolver)
{
    static const char *const known[] = {"legacy", "json", "yaml", "text", "table", "enhanced", NULL};
    const char *given = look_up(resolver, SETTING_ERROR_FORMAT);
    if (!is_one_of(given, known))
        given = "enhanced";
    char *format = arena_copy(resolver->arena, given, strlen(given));
    for (char *at = format; *at != '\0'; at++)
        *at = text_lower(*at);
    resolver->out->error_format = format;
}

static bool resolve_formats(struct resolver *resolver)
{
    struct settings *out = resolver->out;
    out->output = look_up(resolver, SETTING_OUTPUT);
    out->pager = resolver->options->no_cli_pager ? "" : look_up(resolver, SETTING_PAGER);
    out->timestamp_format = look_up(resolver, SETTING_TIMESTAMP_FORMAT);
    if (strcmp(out->timestamp_format, "iso8601") != 0 && strcmp(out->timestamp_format, "wire") != 0)
        return error_set(resolver->error, ERROR_CONFIGURATION, "Configuration",
                         "Unknown cli_timestamp_format value: %s, valid values are \"wire\" or \"iso8601\"",
                         out->timestamp_format);
    const char *binary = look_up(resolver, SETTING_BINARY_FORMAT);
    if (strcmp(binary, "base64") != 0 && strcmp(binary, "raw-in-base64-out") != 0)
        return error_set(resolver->error, ERROR_INTERNAL, NULL, "'%s'", binary);
    return true;
}

// ------------------------------------------------------------------ region and endpoint

/** botocore's `^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{,63}(?<!-)$`, for which the empty name is fine. */
static bool is_region_name(struct slice name)
{
    bool only_digits = name.size > 0;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!text_is_alpha(c) && !text_is_digit(c) && c != '-')
            return false;
        only_digits = only_digits && text_is_digit(c);
    }
    return !only_digits && name.size <= 63 &&
           (name.size == 0 || (name.data[0] != '-' && name.data[name.size - 1] != '-'));
}

bool settings_set_region(struct settings *settings, const char *region, struct error *error)
{
    if (!is_region_name(slice_of(region)))
        return error_set(error, ERROR_INTERNAL, NULL, "Provided region_name '%s' doesn't match a supported format.",
                         region);
    settings->region = region;
    return true;
}

static bool resolve_region(struct resolver *resolver)
{
    const char *region = look_up(resolver, SETTING_REGION);
    if (region != NULL && !settings_set_region(resolver->out, region, resolver->error))
        return false;
    resolver->out->use_fips = is_true(look_up(resolver, SETTING_FIPS));
    resolver->out->use_dualstack = is_true(look_up(resolver, SETTING_DUALSTACK));
    return true;
}

/** As far as Python's urlsplit() sees one. */
static bool has_scheme(struct slice url)
{
    size_t colon = slice_find(url, ':', 0);
    if (colon == 0 || colon == url.size || !text_is_alpha(url.data[0]))
        return false;
    for (size_t i = 1; i < colon; i++)
        if (!text_is_alpha(url.data[i]) && !text_is_digit(url.data[i]) && strchr("+-.", url.data[i]) == NULL)
            return false;
    return true;
}

static const char *not_empty(const char *text)
{
    return text != NULL && *text != '\0' ? text : NULL;
}

static bool resolve_endpoint(struct resolver *resolver)
{
    struct settings *out = resolver->out;
    out->ignore_endpoint_urls = is_true(look_up(resolver, SETTING_IGNORE_ENDPOINT_URLS));
    if (resolver->options->endpoint_url == NULL)
        return settings_for_service(out, resolver->service_id, resolver->arena, out, resolver->error);
    out->endpoint_url = resolver->options->endpoint_url;
    out->endpoint_source = "--endpoint-url";
    return true;
}

static const char *resolve_proxy(const struct resolver *resolver, const char *lower, const char *upper)
{
    const char *value = resolver->environment(lower);
    // The lower-case name wins even when it is empty: that is how a proxy is switched off.
    return not_empty(value != NULL ? value : upper == NULL ? NULL : resolver->environment(upper));
}

static void resolve_network(struct resolver *resolver)
{
    struct settings *out = resolver->out;
    // In a CGI program HTTP_PROXY is the request's `Proxy` header, not the person's word.
    bool cgi = resolver->environment("REQUEST_METHOD") != NULL;
    out->http_proxy = resolve_proxy(resolver, "http_proxy", cgi ? NULL : "HTTP_PROXY");
    out->https_proxy = resolve_proxy(resolver, "https_proxy", "HTTPS_PROXY");
    out->no_proxy = resolve_proxy(resolver, "no_proxy", "NO_PROXY");
    out->execution_environment = not_empty(look_up(resolver, SETTING_EXECUTION_ENVIRONMENT));
    out->application_id = not_empty(look_up(resolver, SETTING_APPLICATION_ID));
    out->verify = !resolver->options->no_verify_ssl;
    const char *bundle = look_up(resolver, SETTING_CA_BUNDLE);
    if (bundle == NULL)
        return;
    BUFFER_AUTO path = {0};
    // Without a home it stays empty, which no connection accepts.
    (void)expand_home(&path, slice_of(bundle), resolver->environment);
    out->ca_bundle = arena_copy(resolver->arena, buffer_text(&path), path.size);
}

static bool resolve_timeouts(struct resolver *resolver)
{
    const struct options *options = resolver->options;
    return resolve_timeout(options->cli_read_timeout, "read", &resolver->out->read_timeout, resolver->error) &&
           resolve_timeout(options->cli_connect_timeout, "connect", &resolver->out->connect_timeout, resolver->error);
}

bool settings_check_options(const struct options *options, struct error *error)
{
    long ignored;
    if (options->endpoint_url != NULL && !has_scheme(slice_trim(slice_of(options->endpoint_url))))
        return error_set(error, ERROR_PARAMETER, "ParamValidation",
                         "Bad value for --endpoint-url \"%s\": scheme is missing.  Must be of the form "
                         "http://<hostname>/ or https://<hostname>/",
                         options->endpoint_url);
    return (options->cli_read_timeout == NULL || read_integer(options->cli_read_timeout, LONG_MAX, &ignored, error)) &&
           (options->cli_connect_timeout == NULL ||
            read_integer(options->cli_connect_timeout, LONG_MAX, &ignored, error));
}

static bool resolve_first(struct resolver *resolver)
{
    // Options and environment already say in which form a failure of what follows is told.
    resolve_error_format(resolver);
    resolver->out->profiles = profile_set_new();
    struct profile_set *profiles = resolver->out->profiles;
    if (!profile_files_read(profiles, PROFILE_CONFIG, resolver->environment, resolver->error) ||
        !profile_files_read(profiles, PROFILE_CREDENTIALS, resolver->environment, resolver->error) ||
        !settings_check_options(resolver->options, resolver->error))
        return false;
    resolve_profile(resolver);
    resolve_error_format(resolver);
    resolver->out->validate_parameters = is_true(look_up(resolver, SETTING_PARAMETER_VALIDATION));
    return resolve_formats(resolver);
}

bool settings_begin(const struct options *options, environment_function *environment, struct arena *arena,
                    struct settings *out, struct error *error)
{
    const struct settings unresolved = {.environment = environment,
                                        .profile = "default",
                                        .output = "json",
                                        .error_format = "enhanced",
                                        .pager = "",
                                        .timestamp_format = "iso8601",
                                        .verify = true,
                                        .sign = !options->no_sign_request,
                                        .validate_parameters = true,
                                        .debug = options->debug};
    struct resolver resolver = {options, "", environment, arena, out, error};
    *out = unresolved;
    out->warned = arena_allocate(arena, 1, sizeof *out->warned);
    if (resolve_first(&resolver))
        return true;
    // Much of it may point into the profiles, which end here.
    const char *error_format = out->error_format;
    settings_free(out);
    *out = unresolved;
    out->error_format = error_format;
    return false;
}

bool settings_finish(const struct options *options, const char *service_id, struct arena *arena, struct settings *out,
                     struct error *error)
{
    struct resolver resolver = {options, service_id, out->environment, arena, out, error};
    if (!check_profile(&resolver))
        return false;
    resolve_network(&resolver);
    return resolve_timeouts(&resolver) && resolve_region(&resolver) && resolve_retries(&resolver) &&
           resolve_endpoint(&resolver);
}

void settings_free(struct settings *settings)
{
    profile_set_free(settings->profiles);
    settings->profiles = NULL;
    if (settings->warned != NULL)
        buffer_free(settings->warned);
    settings->warned = NULL;
}
