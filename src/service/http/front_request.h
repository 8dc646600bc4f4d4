// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** From a client's request to the one that the upstream is sent, by way of the gate. */
#ifndef JETON_SERVICE_HTTP_FRONT_REQUEST_H
#define JETON_SERVICE_HTTP_FRONT_REQUEST_H

#include "service/http/http.h"
#include "service/http/log.h"
#include "service/http/worker.h"
#include "service/upstream/table.h"
#include "service/upstream/transfer.h"

#include <stdbool.h>
#include <stdint.h>

/** What a front knows. Everything is borrowed. */
struct front_site {
    struct worker *worker;
    const struct upstream_table *upstreams;
    const char *public_base; /**< The URL under which clients reach the service, where that was said; or NULL. */
    uint64_t body_max;
};

/** What is kept of a request until its end. front_names_free() ends it. */
struct front_names {
    int64_t size; /**< Of its body, as struct transfer_order has it. */
    bool expect;  /**< The client waits for leave to send it. */
    struct buffer caller;
    struct buffer resource;
    struct buffer token;
    const char *action; /**< A constant, or NULL. */
};
void front_names_free(struct front_names *names);
/** Writes them into an entry of the log. */
void front_names_log(const struct front_names *names, struct log_entry *entry);

/** Whether a path starts as those of repositories do, in one form or the other. */
bool front_request_is_for_repository(const struct worker *worker, struct slice path);

/**
 * Decides about a request, and makes ORDER of it.
 * @param names    all zero; filled in either case.
 * @param order    filled in but for what to do at rest; its texts are in the worker's arena, or of the request.
 * @param response the refusal, which has been logged.
 * @return whether it is to be passed on.
 */
bool front_request_prepare(const struct front_site *site, const struct http_request *request, struct front_names *names,
                           struct transfer_order *order, struct http_response *response);

#endif
