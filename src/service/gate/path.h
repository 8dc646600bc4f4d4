// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which repository a URL names: `/FORMAT/d/DOMAIN-OWNER/REPOSITORY/...` on any host, and `/FORMAT/REPOSITORY/...` on a
 * host name of the domain's own. A URL that two readers could read differently names none. Pure.
 *
 * Source: service-semantics.md sections 2 and 9 of the project's reference, RFC 3986 section 3.
 */
#ifndef JETON_SERVICE_GATE_PATH_H
#define JETON_SERVICE_GATE_PATH_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

/** Under which addresses repositories are reached. */
struct gate_address {
    struct slice base; /**< What the path form starts with: "/packages", mostly empty. */
    struct slice
        suffix; /**< What host names of domains end with: "packages.example.com", in small letters; or empty. */
    struct slice region; /**< Of AWS's own host names, which are understood too. */
};

/** Parts of the path behind the repository; a path with more is refused. */
#define GATE_PARTS_MAX 64

/** What a URL names. The slices are of the URL, or in the arena. */
struct gate_place {
    struct slice format; /**< "npm" */
    struct slice owner;  /**< The account that owns the domain, 12 digits. */
    struct slice domain;
    struct slice repository;
    struct slice parts[GATE_PARTS_MAX]; /**< The path behind the repository, cut at each slash; escapes as they came. */
    size_t part_count;
    bool folder;        /**< The path ends with a slash. */
    struct slice query; /**< Behind the question mark; data NULL without one. */
};

/**
 * The address of repositories as GetRepositoryEndpoint writes it.
 * @param endpoint_base  "https://example.com/packages", or NULL.
 * @param endpoint_hosts "packages.example.com:8443", or NULL.
 * @return its texts are the arguments' own, or in the arena.
 */
struct gate_address gate_read_address(const char *endpoint_base, const char *endpoint_hosts, struct slice region,
                                      struct arena *arena);

/**
 * Finds out what a URL names.
 * @param host   the Host header.
 * @param target path and query in origin form.
 * @param out    written even when it fails, with what was understood.
 * @param error  ERROR_PARAMETER "UnknownPlace": what of the URL cannot be, never more of it than a name.
 */
bool gate_read_place(const struct gate_address *address, struct slice host, struct slice target, struct arena *arena,
                     struct gate_place *out, struct error *error);

#endif
