// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The server: one listening socket, and N workers that each run libmicrohttpd with an epoll thread of their
 * own on it. One thread more writes the logs out and cuts connections that are overdue.
 */
#ifndef JETON_SERVICE_HTTP_SERVER_H
#define JETON_SERVICE_HTTP_SERVER_H

#include "base/error.h"
#include "service/caller/site.h"
#include "service/upstream/carrier.h"
#include "service/upstream/table.h"
#include "service/web_identity/web_identity.h"

#include <stddef.h>
#include <stdint.h>

/** Connections of one worker. */
#define SERVER_CONNECTIONS_MAX 1024u
/** The usual patience with a slow sender, in milliseconds. */
#define SERVER_PATIENCE INT64_C(30000)

struct server_options {
    const char *listen;      /**< See listen_open(). */
    const char *certificate; /**< PEM texts, both or neither: HTTPS. */
    const char *key;
    const char *endpoint_base;  /**< What repository endpoints start with; NULL: the server's own URL. */
    const char *endpoint_hosts; /**< What their host names end with, where they have their own; NULL: they have none. */
    size_t threads;             /**< Workers, at least 1. */
    int log_descriptor;         /**< Where request lines go; -1: nowhere. */
    const struct web_identity_options *identity; /**< How keys of issuers are fetched, TELL left out; NULL: not. */
    const struct upstream_table *upstreams;      /**< Servers that requests are passed on to; NULL: none. */
    struct carrier_options upstream;             /**< How. */
    const struct introspection_clients *introspection; /**< See struct worker. */
    int64_t patience;                                  /**< Milliseconds; see connections.h. */
};

struct server;

/**
 * Starts to serve. The site is borrowed until server_stop(), and its IDENTITY is the server's. Signals are blocked in
 * all threads of the server.
 * @return owned; NULL with ERROR_USAGE, ERROR_CONFIGURATION or ERROR_INTERNAL.
 */
struct server *server_start(struct site *site, const struct server_options *options, struct error *error);

/** "http://127.0.0.1:4480"; valid until server_stop(). */
const char *server_url(const struct server *server);

/**
 * Accepts no more, lets what has begun finish for at most that many milliseconds, closes every connection and
 * frees; whatever the store, the reader of the log and the issuers of identity tokens do, that takes at most two
 * seconds more. NULL is fine.
 */
void server_stop(struct server *server, int64_t milliseconds);

#endif
