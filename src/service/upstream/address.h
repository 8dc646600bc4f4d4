// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The URL of an upstream, taken apart once. Pure. */
#ifndef JETON_SERVICE_UPSTREAM_ADDRESS_H
#define JETON_SERVICE_UPSTREAM_ADDRESS_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/** The slices are of the text that was read. */
struct upstream_address {
    struct slice scheme;    /**< "http" or "https", as written. */
    struct slice authority; /**< "registry.example.com:8443" */
    struct slice base;      /**< What the path starts with, without a slash at its end: "/repository/npm", or empty. */
};

/**
 * Takes a URL apart: http or https, a host, maybe a port, maybe a path.
 * @param error ERROR_USAGE: what of it is wrong, without the URL, which may hold a password.
 */
bool upstream_address_read(struct slice url, struct upstream_address *out, struct error *error);

#endif
