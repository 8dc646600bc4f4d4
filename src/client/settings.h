// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the options, the environment and the profile say together, each resolved once: option, then
 * environment, then profile, then default, by one table. Nothing after this looks at the environment again.
 */
#ifndef JETON_CLIENT_SETTINGS_H
#define JETON_CLIENT_SETTINGS_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "client/cli/options.h"
#include "client/profile/profile.h"
#include "client/variables.h"

#include <stdbool.h>
#include <stdint.h>

struct settings {
    environment_function *environment; /**< For the credential providers, which are next in the way. */
    struct profile_set *profiles;      /**< Owned. */
    const char *profile;               /**< The profile's name, never NULL. */
    bool profile_by_option;            /**< Given by --profile: the environment's keys are then skipped. */
    const char *region;                /**< NULL: none. */
    const char *endpoint_url;          /**< The custom endpoint of the called service, NULL: none. */
    const char *endpoint_source;       /**< What gave it, for --debug; NULL: none. */
    bool ignore_endpoint_urls;         /**< Only --endpoint-url counts. */
    const char *output;                /**< "json" unless said otherwise; not checked yet. */
    const char *error_format;          /**< "enhanced" unless said otherwise. */
    const char *pager;                 /**< The command line of the pager; empty: none. */
    const char *timestamp_format;      /**< "iso8601" or "wire". */
    const char *ca_bundle;             /**< NULL: the system's. May be empty, which no connection accepts. */
    bool verify;                       /**< Check the server's certificate. */
    bool sign;                         /**< false with --no-sign-request. */
    bool use_fips;
    bool use_dualstack;
    bool validate_parameters;
    long connect_timeout; /**< Seconds; 0: none. */
    long read_timeout;
    long max_attempts;
    bool adaptive_retries;             /**< Retry mode `adaptive`: slower once the service has throttled. */
    bool renewed_retries;              /**< The rules of AWS_NEW_RETRIES_2026. */
    int64_t *clock_ahead;              /**< How far servers' clocks were found ahead of ours, in microseconds; shared by
                                            all copies, and written by whoever finds it. NULL: nobody keeps it. */
    struct buffer *warned;             /**< What the person was warned of, a line each; owned, but shared by all
                                            copies. NULL: nobody keeps it. */
    const char *https_proxy;           /**< For https URLs; NULL: none. The scheme may be missing. */
    const char *http_proxy;            /**< For http URLs; NULL: none. */
    const char *no_proxy;              /**< Hosts that are reached directly; NULL: none. */
    const char *execution_environment; /**< AWS_EXECUTION_ENV for the User-Agent, NULL: none. */
    const char *application_id;        /**< For the User-Agent, NULL: none. */
    bool debug;
    bool silent; /**< Nobody may be asked for anything. */
};

/**
 * Checks what the AWS CLI checks while it reads the global options, before it looks at the command.
 * @param error ERROR_PARAMETER for an endpoint without a scheme, ERROR_INTERNAL for a time-out that is no number.
 */
bool settings_check_options(const struct options *options, struct error *error);

/**
 * Reads both files, and resolves what has to be good before the input of an operation is looked at: the profile's
 * name, the forms of output and errors. What is wrong with the input is told before what is wrong with the rest.
 * @param arena for the strings.
 * @param out   on failure it owns nothing and holds defaults, but for error_format, which is resolved as far as could
 *              be.
 * @param error in the AWS CLI's words, with its classes (section 3, 10 of the behaviour document).
 */
bool settings_begin(const struct options *options, environment_function *environment, struct arena *arena,
                    struct settings *out, struct error *error);

/**
 * Resolves the rest, which a client of a service is made of: whether the profile is there, region, endpoint,
 * time-outs, retries, network.
 * @param options    those of settings_begin().
 * @param service_id the service's part in variable names: "CODEARTIFACT", "STS".
 * @param out        what settings_begin() made; on failure it still owns what it owned.
 * @param error      in the AWS CLI's words, with its classes (section 7, 8 of the behaviour document).
 */
bool settings_finish(const struct options *options, const char *service_id, struct arena *arena, struct settings *out,
                     struct error *error);

/**
 * The settings for calls to another service than the one that was asked for: with that service's own custom
 * endpoint, which is never --endpoint-url. The region and whether to sign stay, and are the caller's to change.
 * @param service_id "STS", "SSO", "SSO_OIDC", "SIGNIN".
 * @param arena      for the strings.
 * @param out        a copy that borrows from SETTINGS: not for settings_free().
 * @param error      ERROR_INTERNAL: the profile names a [services] section that does not exist.
 */
bool settings_for_service(const struct settings *settings, const char *service_id, struct arena *arena,
                          struct settings *out, struct error *error);

/**
 * Sets the region that was found elsewhere; it must live as long as the settings.
 * @param error ERROR_INTERNAL when it is no name for a region.
 */
bool settings_set_region(struct settings *settings, const char *region, struct error *error);

/** Frees what the settings own. */
void settings_free(struct settings *settings);

#endif
