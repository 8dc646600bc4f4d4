// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * jetond in front of the servers that hold packages: a request to a repository is decided upon once its headers are
 * there, and then passed on while its body comes; the answer goes back while it comes. Between libmicrohttpd and the
 * upstream room: who has to wait is suspended here and resumed from there.
 */
#ifndef JETON_SERVICE_HTTP_FRONT_H
#define JETON_SERVICE_HTTP_FRONT_H

#include "service/http/bridge.h"

#include <microhttpd.h>
#include <stdbool.h>

/** Whether a request, with TARGET as it was sent, is for a repository, and this service is in front of any. */
bool front_is_asked(const struct bridge *bridge, const struct http_request *request, struct slice target);

/** The headers of such a request are complete, and well-formed. The connection has a front from now on. */
enum MHD_Result front_begin(struct bridge *bridge, struct MHD_Connection *mhd, struct connection *connection,
                            const struct http_request *request);

/**
 * libmicrohttpd comes back to a request that has a front: with a part of its body, with none at its end, and whenever
 * it has rested.
 * @param size of DATA; what of it was not taken afterwards.
 */
enum MHD_Result front_go_on(struct bridge *bridge, struct MHD_Connection *mhd, struct connection *connection,
                            const char *data, size_t *size);

/** The request is done, one way or the other. @param whole whether the client has all of the answer. */
void front_end(struct connection *connection, bool whole);

#endif
