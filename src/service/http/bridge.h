// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Between libmicrohttpd and a worker: its callbacks gather a request as it was sent, hand it over, and hand
 * the response back. Everything that the library would decode is left alone, because a signature is over
 * the bytes that were sent.
 */
#ifndef JETON_SERVICE_HTTP_BRIDGE_H
#define JETON_SERVICE_HTTP_BRIDGE_H

#include "service/http/connections.h"
#include "service/http/replies.h"
#include "service/http/worker.h"
#include "service/upstream/carrier.h"
#include "service/upstream/table.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdbool.h>

/** What the callbacks of one worker's daemon are given. */
struct bridge {
    struct worker worker;
    struct connection_list connections;
    const atomic_bool *stopping; /**< Responses then end their connection. */
    struct replies *replies;     /**< Owned; replies_free() once the daemon has ended. */
    bool tls;
    const struct upstream_table *upstreams; /**< NULL: the service is in front of nothing. */
    struct carrier *carrier;                /**< To them; NULL likewise. */
    const char *public_base;                /**< Where clients reach the service, when that was said; or NULL. */
};

/**
 * Starts a daemon whose callbacks are the bridge's.
 * @param listener    a listening socket, which the daemon takes.
 * @param certificate PEM texts, or NULL without TLS.
 * @return NULL when libmicrohttpd refuses; LISTENER is then closed.
 */
struct MHD_Daemon *bridge_start(struct bridge *bridge, int listener, const char *certificate, const char *key);

/**
 * Hands the connection's response over; its body stays with the connection until the request is done.
 * @param last whether the connection serves no other request.
 */
enum MHD_Result bridge_answer(const struct bridge *bridge, struct MHD_Connection *mhd, struct connection *connection,
                              bool last);

#endif
