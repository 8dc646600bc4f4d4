// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Where requests go: the custom endpoint, or the region's own. Behaviour document, sections 1 and 8. */
#ifndef JETON_CLIENT_TRANSPORT_ENDPOINT_H
#define JETON_CLIENT_TRANSPORT_ENDPOINT_H

#include "base/error.h"
#include "base/memory.h"
#include "client/settings.h"

#include <stdbool.h>

/** An endpoint, taken apart. The strings live in the arena. */
struct endpoint {
    bool https;
    bool custom;
    const char *host;      /**< As in the Host header: in lower case, with the port unless it is the scheme's own. */
    const char *authority; /**< As in the URL and for no_proxy: with the port whenever one was given. */
    const char *path;      /**< Encoded; may be empty or end with "/". */
    const char *query;     /**< Sent before the operation's own; may be empty. */
    bool fragment; /**< The URL had one that is not empty: what would be added behind the path and query is lost in it.
                    */
    const char *region; /**< The region to sign for. */
};

/**
 * Resolves the endpoint of a service.
 * @param service the host's first labels: "codeartifact", "portal.sso".
 * @param error   ERROR_CONFIGURATION "NoRegion"; ERROR_INTERNAL "Invalid endpoint: URL" and the like.
 */
bool endpoint_resolve(const struct settings *settings, const char *service, struct arena *arena, struct endpoint *out,
                      struct error *error);

/** Takes a URL apart and checks it as botocore does; the region is left alone. */
bool endpoint_parse(const char *url, struct arena *arena, struct endpoint *out, struct error *error);

/**
 * Appends the path of a request: the endpoint's and the operation's, with the slash between them once; an
 * operation at "/" has the endpoint's path.
 */
void endpoint_write_path(const struct endpoint *endpoint, const char *operation_path, struct buffer *out);

/**
 * Appends a path or query as it is sent, which is not always as it is signed: percent signs that encode nothing are
 * encoded, all of the text's with them, and digits are in capitals (urllib3's _encode_invalid_chars()).
 */
void endpoint_write_sent(struct slice text, struct buffer *out);

/** Appends the query of a request: the endpoint's, then the operation's. */
void endpoint_write_query(const struct endpoint *endpoint, struct slice operation_query, struct buffer *out);

#endif
