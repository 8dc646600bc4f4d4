// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Where each setting comes from, as a table: option, environment, profile, default. A part of settings.c. */
#ifndef JETON_CLIENT_SETTINGS_RULES_H
#define JETON_CLIENT_SETTINGS_RULES_H

#include "client/settings.h"

/** Everything the resolving needs. */
struct settings_resolver {
    const struct options *options;
    const char *service_id;
    environment_function *environment;
    struct arena *arena;
    struct settings *out; /**< The profile's name and the profiles, as far as they are known. */
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
    SETTING_COUNT,
};

/** What is said for the setting first, or its default; NULL when there is none. What is given counts even when empty.
 */
const char *settings_look_up(const struct settings_resolver *resolver, enum setting setting);

/** Tells --debug of each setting that something says, and what that is. */
void settings_tell(const struct settings_resolver *resolver);

#endif
