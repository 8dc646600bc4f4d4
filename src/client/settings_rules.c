// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/settings_rules.h"
#include "client/debug.h"
#include "client/python.h"

#include <stddef.h>

#define OPTION(field, name) .option = offsetof(struct options, field), .word = (name)

/** Where a setting comes from, in this order; what is given counts even when empty, unless said otherwise. */
struct rule {
    const char *word; // the option's; NULL: there is none
    size_t option;    // the place of its text in struct options
    bool empty_option_is_unset;
    const char *environment[2];
    const char *key;              // in the profile
    const char *last_environment; // asked after the profile
    const char *otherwise;
    const char *name; // for --debug, where the profile has no key for it
};

static const struct rule rules[SETTING_COUNT] = {
    [SETTING_APPLICATION_ID] = {.environment = {"AWS_SDK_UA_APP_ID"}, .key = "sdk_ua_app_id"},
    [SETTING_BINARY_FORMAT] = {OPTION(cli_binary_format, "--cli-binary-format"), .key = "cli_binary_format",
                               .otherwise = "base64"},
    [SETTING_CA_BUNDLE] = {OPTION(ca_bundle, "--ca-bundle"), .environment = {"AWS_CA_BUNDLE"}, .key = "ca_bundle",
                           .last_environment = "REQUESTS_CA_BUNDLE"},
    [SETTING_DUALSTACK] = {.environment = {"AWS_USE_DUALSTACK_ENDPOINT"},
                           .key = "use_dualstack_endpoint",
                           .otherwise = "false"},
    [SETTING_ERROR_FORMAT] = {OPTION(cli_error_format, "--cli-error-format"), .environment = {"AWS_CLI_ERROR_FORMAT"},
                              .key = "cli_error_format", .otherwise = "enhanced"},
    [SETTING_EXECUTION_ENVIRONMENT] = {.name = "execution environment", .environment = {"AWS_EXECUTION_ENV"}},
    [SETTING_FIPS] = {.environment = {"AWS_USE_FIPS_ENDPOINT"}, .key = "use_fips_endpoint", .otherwise = "false"},
    [SETTING_IGNORE_ENDPOINT_URLS] = {.environment = {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"},
                                      .key = "ignore_configured_endpoint_urls",
                                      .otherwise = "false"},
    [SETTING_MAX_ATTEMPTS] = {.environment = {"AWS_MAX_ATTEMPTS"}, .key = "max_attempts", .otherwise = "3"},
    [SETTING_OUTPUT] = {OPTION(output, "--output"), .environment = {"AWS_DEFAULT_OUTPUT"}, .key = "output",
                        .otherwise = "json"},
    [SETTING_PAGER] = {.environment = {"AWS_PAGER"},
                       .key = "cli_pager",
                       .last_environment = "PAGER",
                       .otherwise = "less"},
    [SETTING_PARAMETER_VALIDATION] = {.key = "parameter_validation", .otherwise = "true"},
    [SETTING_PROFILE] = {.name = "profile",
                         OPTION(profile, "--profile"),
                         .empty_option_is_unset = true,
                         .environment = {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}},
    [SETTING_REGION] = {OPTION(region, "--region"), .environment = {"AWS_REGION", "AWS_DEFAULT_REGION"},
                        .key = "region"},
    [SETTING_RENEWED_RETRIES] = {.name = "renewed retries",
                                 .environment = {"AWS_NEW_RETRIES_2026"},
                                 .otherwise = "false"},
    [SETTING_RETRY_MODE] = {.environment = {"AWS_RETRY_MODE"}, .key = "retry_mode", .otherwise = "standard"},
    [SETTING_TIMESTAMP_FORMAT] = {.key = "cli_timestamp_format", .otherwise = "iso8601"},
};

/** What a setting is, and what says so. */
struct finding {
    const char *value;
    const char *source; // an option or a variable; NULL: the profile, or nothing
    bool in_profile;
};

static struct finding find_option(const struct settings_resolver *resolver, const struct rule *rule)
{
    if (rule->word == NULL)
        return (struct finding){0};
    const char *value = *(const char *const *)((const char *)resolver->options + rule->option);
    if (value != NULL && rule->empty_option_is_unset && *value == '\0')
        value = NULL;
    return (struct finding){.value = value, .source = rule->word};
}

static struct finding find_variable(const struct settings_resolver *resolver, const char *name)
{
    return (struct finding){.value = name == NULL ? NULL : resolver->environment(name), .source = name};
}

static struct finding find_key(const struct settings_resolver *resolver, const char *key)
{
    const struct settings *out = resolver->out;
    if (key == NULL || out->profiles == NULL)
        return (struct finding){0};
    return (struct finding){.value = profile_get(out->profiles, out->profile, key), .in_profile = true};
}

static struct finding find(const struct settings_resolver *resolver, const struct rule *rule)
{
    struct finding found = find_option(resolver, rule);
    for (size_t i = 0; i < 2 && found.value == NULL; i++)
        found = find_variable(resolver, rule->environment[i]);
    if (found.value == NULL)
        found = find_key(resolver, rule->key);
    if (found.value == NULL)
        found = find_variable(resolver, rule->last_environment);
    return found;
}

const char *settings_look_up(const struct settings_resolver *resolver, enum setting setting)
{
    const char *value = find(resolver, &rules[setting]).value;
    return value != NULL ? value : rules[setting].otherwise;
}

void settings_tell(const struct settings_resolver *resolver)
{
    const struct settings *out = resolver->out;
    for (size_t i = 0; i < SETTING_COUNT && out->debug; i++) {
        struct finding found = find(resolver, &rules[i]);
        if (found.value == NULL)
            continue;
        BUFFER_AUTO value = {0};
        python_write_quoted(&value, slice_of(found.value));
        debug_line(out, "%s is %s, by %s%s", rules[i].name != NULL ? rules[i].name : rules[i].key, buffer_text(&value),
                   found.in_profile ? "profile " : found.source, found.in_profile ? out->profile : "");
    }
}
