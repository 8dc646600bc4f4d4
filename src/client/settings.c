// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/settings.h"
#include "base/text.h"
#include "client/cli/integer.h"
#include "client/expand.h"
#include "client/profile_files.h"
#include "client/settings_rules.h"

#include <limits.h>
#include <stdlib.h>
#include <strings.h>

#define SECOND_LIMIT 2000000

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

static void resolve_profile(struct settings_resolver *resolver)
{
    struct settings *out = resolver->out;
    const char *option = resolver->options->profile;
    out->profile_by_option = option != NULL && *option != '\0';
    const char *profile = settings_look_up(resolver, SETTING_PROFILE);
    out->profile = profile == NULL ? "default" : profile;
}

/** What nobody named need not be there. */
static bool check_profile(const struct settings_resolver *resolver)
{
    const char *profile = settings_look_up(resolver, SETTING_PROFILE);
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

static bool resolve_max_attempts(struct settings_resolver *resolver)
{
    const char *attempts = settings_look_up(resolver, SETTING_MAX_ATTEMPTS);
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

static bool resolve_retries(struct settings_resolver *resolver)
{
    if (!resolve_max_attempts(resolver))
        return false;
    const char *mode = settings_look_up(resolver, SETTING_RETRY_MODE);
    if (strcmp(mode, "standard") != 0 && strcmp(mode, "adaptive") != 0)
        return error_set(resolver->error, ERROR_INTERNAL, NULL,
                         "Invalid value provided to \"mode\": \"%s\" must be one of: \"standard\" or \"adaptive\"",
                         mode);
    resolver->out->adaptive_retries = strcmp(mode, "adaptive") == 0;
    resolver->out->renewed_retries = is_true(settings_look_up(resolver, SETTING_RENEWED_RETRIES));
    resolver->out->clock_ahead = arena_allocate(resolver->arena, 1, sizeof *resolver->out->clock_ahead);
    return true;
}

static void resolve_error_format(struct settings_resolver *resolver)
{
    static const char *const known[] = {"legacy", "json", "yaml", "text", "table", "enhanced", NULL};
    const char *given = settings_look_up(resolver, SETTING_ERROR_FORMAT);
    if (!is_one_of(given, known))
        given = "enhanced";
    char *format = arena_copy(resolver->arena, given, strlen(given));
    for (char *at = format; *at != '\0'; at++)
        *at = text_lower(*at);
    resolver->out->error_format = format;
}

static bool resolve_formats(struct settings_resolver *resolver)
{
    struct settings *out = resolver->out;
    out->output = settings_look_up(resolver, SETTING_OUTPUT);
    out->pager = resolver->options->no_cli_pager ? "" : settings_look_up(resolver, SETTING_PAGER);
    out->timestamp_format = settings_look_up(resolver, SETTING_TIMESTAMP_FORMAT);
    if (strcmp(out->timestamp_format, "iso8601") != 0 && strcmp(out->timestamp_format, "wire") != 0)
        return error_set(resolver->error, ERROR_CONFIGURATION, "Configuration",
                         "Unknown cli_timestamp_format value: %s, valid values are \"wire\" or \"iso8601\"",
                         out->timestamp_format);
    const char *binary = settings_look_up(resolver, SETTING_BINARY_FORMAT);
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

static bool resolve_region(struct settings_resolver *resolver)
{
    const char *region = settings_look_up(resolver, SETTING_REGION);
    if (region != NULL && !settings_set_region(resolver->out, region, resolver->error))
        return false;
    resolver->out->use_fips = is_true(settings_look_up(resolver, SETTING_FIPS));
    resolver->out->use_dualstack = is_true(settings_look_up(resolver, SETTING_DUALSTACK));
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

static bool resolve_endpoint(struct settings_resolver *resolver)
{
    struct settings *out = resolver->out;
    out->ignore_endpoint_urls = is_true(settings_look_up(resolver, SETTING_IGNORE_ENDPOINT_URLS));
    if (resolver->options->endpoint_url == NULL)
        return settings_for_service(out, resolver->service_id, resolver->arena, out, resolver->error);
    out->endpoint_url = resolver->options->endpoint_url;
    out->endpoint_source = "--endpoint-url";
    return true;
}

static const char *resolve_proxy(const struct settings_resolver *resolver, const char *lower, const char *upper)
{
    const char *value = resolver->environment(lower);
    // The lower-case name wins even when it is empty: that is how a proxy is switched off.
    return not_empty(value != NULL ? value : upper == NULL ? NULL : resolver->environment(upper));
}

static void resolve_network(struct settings_resolver *resolver)
{
    struct settings *out = resolver->out;
    // In a CGI program HTTP_PROXY is the request's `Proxy` header, not the person's word.
    bool cgi = resolver->environment("REQUEST_METHOD") != NULL;
    out->http_proxy = resolve_proxy(resolver, "http_proxy", cgi ? NULL : "HTTP_PROXY");
    out->https_proxy = resolve_proxy(resolver, "https_proxy", "HTTPS_PROXY");
    out->no_proxy = resolve_proxy(resolver, "no_proxy", "NO_PROXY");
    out->execution_environment = not_empty(settings_look_up(resolver, SETTING_EXECUTION_ENVIRONMENT));
    out->application_id = not_empty(settings_look_up(resolver, SETTING_APPLICATION_ID));
    out->verify = !resolver->options->no_verify_ssl;
    const char *bundle = settings_look_up(resolver, SETTING_CA_BUNDLE);
    if (bundle == NULL)
        return;
    BUFFER_AUTO path = {0};
    // Without a home it stays empty, which no connection accepts.
    (void)expand_home(&path, slice_of(bundle), resolver->environment);
    out->ca_bundle = arena_copy(resolver->arena, buffer_text(&path), path.size);
}

static bool resolve_timeouts(struct settings_resolver *resolver)
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

static bool resolve_first(struct settings_resolver *resolver)
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
    settings_tell(resolver);
    resolver->out->validate_parameters = is_true(settings_look_up(resolver, SETTING_PARAMETER_VALIDATION));
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
                                        .debug = options->debug,
                                        .silent = options->silent};
    struct settings_resolver resolver = {options, "", environment, arena, out, error};
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
    struct settings_resolver resolver = {options, service_id, out->environment, arena, out, error};
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
