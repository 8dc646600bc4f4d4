// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Requests to what stands beside a machine or a container and gives it credentials: short time-outs, no signature,
 * and no proxy, since what is near must not be asked of somebody far away.
 */
#ifndef JETON_CLIENT_CREDENTIALS_METADATA_H
#define JETON_CLIENT_CREDENTIALS_METADATA_H

#include "client/transport/endpoint.h"
#include "client/transport/http.h"

#define METADATA_HEADERS_MAX 2

/** A request. Everything is borrowed. */
struct metadata_request {
    const char *method; /**< "GET" or "PUT". */
    const char *path;   /**< With its query, encoded; begins with a slash. */
    struct http_header headers[METADATA_HEADERS_MAX];
    size_t header_count;
};

/** A client of one endpoint; metadata_close() ends it. */
struct metadata {
    struct settings settings;
    const struct endpoint *endpoint;
    struct http *http;
};

/** Opens; no network yet. SETTINGS and ENDPOINT are borrowed. TIMEOUT: seconds to connect, and of silence. */
void metadata_open(struct metadata *out, const struct settings *settings, const struct endpoint *endpoint,
                   long timeout);
void metadata_close(struct metadata *metadata);
#define METADATA_AUTO __attribute__((cleanup(metadata_close))) struct metadata

/** Appends the URL of a path of the endpoint. */
void metadata_write_url(struct buffer *out, const struct endpoint *endpoint, const char *path);

/** As http_perform(). */
enum http_result metadata_send(struct metadata *metadata, const struct metadata_request *request,
                               struct http_answer *answer, struct error *error);

/** Whether the result is one after which another attempt makes sense: no connection, or none to the end. */
bool metadata_is_transient(enum http_result result);

#endif
