// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A small document over HTTPS by libcurl, within bounds: of size, of time, without redirects, from a server whose
 * certificate is trusted.
 */
#ifndef JETON_SERVICE_WEB_IDENTITY_DOWNLOAD_H
#define JETON_SERVICE_WEB_IDENTITY_DOWNLOAD_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdatomic.h>

/** How documents are fetched. Everything is borrowed. */
struct download_options {
    struct slice trusted;    /**< Certificates in PEM; empty: those of the system. */
    const char *proxy;       /**< NULL: none, whatever the environment says. */
    long timeout;            /**< Milliseconds for one document, from the name's resolution to its last byte. */
    const atomic_bool *stop; /**< Ends a transfer within a second once it is true. */
};

/** A document and the headers that say how long it may be used; empty when they are not there. */
struct download {
    struct buffer body;
    struct buffer cache_control;
    struct buffer expires;
    struct buffer date;
    struct buffer age;
};

/** Frees what it holds and makes it empty again. */
void download_free(struct download *download);
#define DOWNLOAD_AUTO __attribute__((cleanup(download_free))) struct download

/**
 * Fetches URL, which is https, once. May run in several threads at a time.
 * @param limit most bytes of the body, and of each of its headers together.
 * @param out   all zero.
 * @param error ERROR_TRANSPORT when trying again may help: no connection, no answer in time, status 429 or 5xx;
 *              ERROR_SERVICE when it will not: a certificate that is not trusted, another status than 200, a body that
 *              is too large; ERROR_CONFIGURATION when there is no libcurl.
 */
bool download_get(const struct download_options *options, const char *url, size_t limit, struct download *out,
                  struct error *error);

#endif
