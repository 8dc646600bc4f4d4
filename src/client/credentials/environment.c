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

/** botocore takes the variable for the moment of a refresh that has failed. */
static bool read_expiration(const struct settings *settings, struct credentials *out, struct error *error)
{
    const char *expiration = variable(settings, "AWS_CREDENTIAL_EXPIRATION");
    if (expiration == NULL)
        return true;
    if (!timestamp_parse_iso(slice_of(expiration), &out->expiration, NULL))
        return error_set(error, ERROR_INTERNAL, NULL, "Unknown string format: %s", expiration);
    return credentials_check_expiration(out, error);
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)provider;
    const struct settings *settings = search->settings;
    // --profile means that profile's keys, whatever the environment holds; AWS_PROFILE does not.
    const char *key = search->use_environment ? variable(settings, "AWS_ACCESS_KEY_ID") : NULL;
    if (key == NULL)
        return CREDENTIALS_NONE;
    const char *secret = variable(settings, "AWS_SECRET_ACCESS_KEY");
    if (secret == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL,
                        "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
        return CREDENTIALS_FAILED;
    }
    if (!read_expiration(settings, out, error)) {
        out->expiration = 0;
        return CREDENTIALS_FAILED;
    }
    const char *token = variable(settings, "AWS_SECURITY_TOKEN");
    credentials_set(out, key, secret, token != NULL ? token : variable(settings, "AWS_SESSION_TOKEN"));
    return CREDENTIALS_FOUND;
}

const struct credentials_provider credentials_environment = {
    .name = "env", .lacks = "AWS_ACCESS_KEY_ID is not set, or --profile hides it", .find = find};
