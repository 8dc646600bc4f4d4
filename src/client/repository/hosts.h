// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The grammar of the file `hosts`, by which a person says which hosts are repositories of theirs, and by which domain
 * and profile tokens for them are got. Pure.
 *
 *     [DEFAULT]                       holds for every host that does not say otherwise
 *     profile = builds
 *
 *     [packages.example.com:8443]     a host, with its port if it has one of its own
 *     domain = demo
 *     domain-owner = 111122223333
 *     endpoint-url = https://jetond.example.com
 *
 *     [*.repositories.example.com]    all hosts of a domain name; a first label DOMAIN-OWNER names the domain
 *
 * The lines are those of the AWS files: profile/ini.h.
 */
#ifndef JETON_CLIENT_REPOSITORY_HOSTS_H
#define JETON_CLIENT_REPOSITORY_HOSTS_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

/** What is said of a host; NULL for what is not. All of it has the shape that its name asks for. */
struct host_entry {
    const char *name;   /**< The section's. NULL: [DEFAULT]. */
    const char *domain; /**< Of [DEFAULT], this and the next count only where no host is asked for. */
    const char *owner;  /**< Twelve digits. */
    const char *profile;
    const char *region;
    const char *endpoint_url; /**< Where tokens are asked for. */
    const char *duration;     /**< Seconds, decimal. */
};

struct hosts {
    struct host_entry *entries; /**< In the order of the file, with what [DEFAULT] gives filled in. */
    size_t count;
    struct host_entry defaults;
};

/**
 * Reads TEXT, into which the entries point.
 * @param path  only for the message.
 * @param error ERROR_CONFIGURATION "PATH, line 3: ...": what is wrong there, and what may stand there.
 */
bool hosts_parse(struct buffer *text, const char *path, struct arena *arena, struct hosts *out, struct error *error);

/**
 * What is said of a host: by its name with the port, by its name, by the longest `*.` that it ends with.
 * @param authority in lower case, with the port if the URL has one.
 * @param host      without it, or AUTHORITY again where a section without a port is not meant.
 * @return NULL when it is not named.
 */
const struct host_entry *hosts_find(const struct hosts *hosts, const char *authority, const char *host);

#endif
