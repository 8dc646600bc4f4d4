// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Whose token opens a URL: what the URL says, what the file `hosts` says of its host, and what the caller's own options
 * say, together.
 */
#ifndef JETON_CLIENT_REPOSITORY_TARGET_H
#define JETON_CLIENT_REPOSITORY_TARGET_H

#include "base/error.h"
#include "base/memory.h"
#include "client/repository/endpoint_url.h"
#include "client/repository/hosts.h"
#include "client/variables.h"

#include <stdbool.h>

/** What a caller says beside the URL, as the options of those names; NULL for what is not said. */
struct target_options {
    const char *domain;
    const char *owner;
    const char *profile;
    const char *region;
    const char *endpoint_url;
    const char *duration;
};

/** What a token is asked for with; in the arena. */
struct target {
    const char *domain;       /**< Never NULL. */
    const char *owner;        /**< NULL: the account of the credentials. */
    const char *profile;      /**< NULL: as always, by AWS_PROFILE or `default`. */
    const char *region;       /**< NULL: by environment and profile. "fips-REGION": at the FIPS endpoint. */
    const char *endpoint_url; /**< NULL: by environment and profile. */
    const char *duration;     /**< Seconds, decimal; NULL: not said. */
    const char *host;         /**< The host with its port; NULL: no URL was given. */
    const char *format;       /**< The package format that the URL names; empty: none. */
};

/** Whether a URL is one of ours. */
enum target_result {
    TARGET_FOUND,
    TARGET_FOREIGN, /**< Another's: the protocol's "not mine" is the answer. */
    TARGET_FAILED,  /**< The file is broken, or an option is. */
};

/** Appends where the file is: $XDG_CONFIG_HOME/jeton/hosts, or ~/.config/jeton/hosts. False without a home. */
bool target_write_hosts_path(struct buffer *out, environment_function *environment);

/**
 * Reads the file `hosts`; one that is not there says nothing.
 * @param error ERROR_CONFIGURATION, as hosts_parse(); or the file cannot be read.
 */
bool target_read_hosts(environment_function *environment, struct arena *arena, struct hosts *out, struct error *error);

/**
 * Finds it. A host of AWS's is ours by its form. Any other host is only when the file names it, or when it is the
 * host of the endpoint at which tokens are asked for and its path names a domain: a token must not go to whoever has
 * made up a URL. Over http:// it goes only within this machine, or where the token itself comes by http://. A section
 * without a port is for the usual port alone.
 * @param url   what the package manager asks a credential for; NULL: it does not say, and [DEFAULT] and OPTIONS name
 *              the domain.
 * @param error ERROR_CONFIGURATION or ERROR_PARAMETER with TARGET_FAILED.
 */
enum target_result target_find(const char *url, const struct target_options *options, environment_function *environment,
                               struct arena *arena, struct target *out, struct error *error);

#endif
