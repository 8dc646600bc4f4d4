// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/timestamp.h"
#include "client/credentials/providers.h"

/** A variable's value; empty counts as unset for all of these (botocore's EnvProvider). */
static const char *variable(const struct settings *settings, const char *name)
{
    const char *value = settings->environment(name);
    return value == NULL || *value == '\0' ? NULL : value;
}

static bool check_expiration(const struct settings *settings, struct error *error)
{
    const char *expiration = variable(settings, "AWS_CREDENTIAL_EXPIRATION");
    int64_t when;
    if (expiration == NULL)
        return true;
    if (!timestamp_parse_iso(slice_of(expiration), &when, NULL))
        return error_set(error, ERROR_INTERNAL, NULL, "Unknown string format: %s", expiration);
    if (when > timestamp_now())
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Credentials were refreshed, but the refreshed credentials are still expired.");
}

static enum credentials_result find(const struct credentials_provider *provider, const struct settings *settings,
                                    struct credentials *out, struct error *error)
{
    (void)provider;
    // --profile means that profile's keys, whatever the environment holds; AWS_PROFILE does not.
    const char *key = settings->profile_by_option ? NULL : variable(settings, "AWS_ACCESS_KEY_ID");
    if (key == NULL)
        return CREDENTIALS_NONE;
    const char *secret = variable(settings, "AWS_SECRET_ACCESS_KEY");
    if (secret == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL,
                        "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
        return CREDENTIALS_FAILED;
    }
    if (!check_expiration(settings, error))
        return CREDENTIALS_FAILED;
    const char *token = variable(settings, "AWS_SECURITY_TOKEN");
    credentials_set(out, key, secret, token != NULL ? token : variable(settings, "AWS_SESSION_TOKEN"));
    return CREDENTIALS_FOUND;
}

const struct credentials_provider credentials_environment = {.name = "env", .find = find};
