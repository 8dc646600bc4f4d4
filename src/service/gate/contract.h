// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * How each reverse proxy asks. The proxy's configuration chooses the contract by the path that it asks at, so that a
 * client cannot choose it by sending headers of another:
 *
 * | path             | proxy                    | method                | URI                      | host |
 * |------------------|--------------------------|-----------------------|--------------------------|-------------------|
 * | /gate/nginx      | nginx auth_request       | X-Original-Method     | X-Original-URI           | X-Original-Host |
 * | /gate/traefik    | Traefik ForwardAuth      | X-Forwarded-Method    | X-Forwarded-Uri          | X-Forwarded-Host |
 * | /gate/caddy      | Caddy forward_auth       | X-Forwarded-Method    | X-Forwarded-Uri          | X-Forwarded-Host |
 * | /gate/envoy/...  | Envoy HTTP ext_authz     | the question's own    | the path behind /gate/envoy | Host | | /gate
 * | the first three, by whose headers are there                                                  |
 *
 * The proxy must set all headers of its contract itself, in the place of those that the client sent. Headers of another
 * contract and repeated ones are refused, so a client gains nothing by them. Pure.
 */
#ifndef JETON_SERVICE_GATE_CONTRACT_H
#define JETON_SERVICE_GATE_CONTRACT_H

#include "base/error.h"
#include "service/gate/gate.h"
#include "sigv4/sigv4.h"

#include <stdbool.h>

/** Whether a path is the gate's: "/gate" or below it. */
bool gate_is_asked(struct slice path);

/**
 * Reads what a proxy asks.
 * @param message the proxy's own request.
 * @param out     method, host, target and headers; the rest is not touched.
 * @param error   ERROR_PARAMETER "UnknownContract"
 */
bool gate_read_question(const struct sigv4_request *message, struct arena *arena, struct gate_question *out,
                        struct error *error);

#endif
