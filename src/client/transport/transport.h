// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One operation over the wire: endpoint, request by the operation table, signature, HTTP with retries, and
 * the answer by the operation table.
 */
#ifndef JETON_CLIENT_TRANSPORT_TRANSPORT_H
#define JETON_CLIENT_TRANSPORT_TRANSPORT_H

#include "api/api.h"
#include "base/error.h"
#include "base/memory.h"
#include "client/credentials/credentials.h"
#include "client/settings.h"

#include <jansson.h>
#include <stdbool.h>

struct transport;

/**
 * Resolves the endpoint, and makes ready to call; no network yet.
 * @param settings    borrowed, must outlive the transport.
 * @param credentials NULL with --no-sign-request.
 * @param error       ERROR_CONFIGURATION "NoRegion", ERROR_INTERNAL "Invalid endpoint: ..." and the like.
 */
struct transport *transport_new(const struct settings *settings, const struct api_service *service,
                                const struct credentials *credentials, struct error *error);
void transport_free(struct transport *transport);

/**
 * What the person should be warned of before the first call: that certificates are not checked. NULL: nothing.
 * Valid as long as the transport.
 */
const char *transport_warning(const struct transport *transport);

/**
 * Calls an operation; may be called again (paging), on the same connection.
 * @param input  checked input, keyed by member names; members are sent in this object's order.
 * @param output a new reference: the modelled members only, in model order, nulls dropped, timestamps as they
 *               came (number or string).
 * @param error  ERROR_SERVICE: code and message as the AWS CLI words them ("An error occurred (CODE) when
 *               calling ..." is the message, details the error's modelled members); ERROR_TRANSPORT: the AWS
 *               CLI's sentence.
 */
bool transport_call(struct transport *transport, const struct api_operation *operation, const json_t *input,
                    json_t **output, struct error *error);

/**
 * What the AWS CLI keeps beside the output of the last good call: {"RequestId", "HTTPStatusCode", "HTTPHeaders",
 * "RetryAttempts"}. A new reference; NULL before such a call.
 */
json_t *transport_metadata(const struct transport *transport);

#endif
