// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A worker: all that one serving thread owns. Nothing in it is shared, so nothing in it is locked. */
#ifndef JETON_SERVICE_HTTP_WORKER_H
#define JETON_SERVICE_HTTP_WORKER_H

#include "base/error.h"
#include "base/memory.h"
#include "service/caller/caller.h"
#include "service/gate/gate.h"
#include "service/http/http.h"
#include "service/http/log.h"
#include "service/operations/resource_cache.h"
#include "service/operations/role_cache.h"
#include "service/web_identity/web_identity.h"

#include <stdbool.h>
#include <stdint.h>

struct worker {
    struct caller_desk desk;
    struct resource_cache *resources;
    struct role_cache *roles;
    struct arena *arena;   /**< Reset before each request. */
    struct arena *lasting; /**< For what the worker keeps. */
    struct gate gate;
    struct log_buffer log;
    const char *endpoint_base;  /**< Borrowed; NULL: where each client finds the service. See struct operation_call. */
    const char *endpoint_hosts; /**< Borrowed; NULL: paths. See struct operation_call. */
    const struct introspection_clients *introspection; /**< Who may introspect tokens; NULL: nobody can. Borrowed. */
    uint64_t request_seed[2];                          /**< Random at the start: request ids are unique, not secret. */
    uint64_t request_count;
};

/** Opens the store and makes ready. @return false with the error; nothing to close then. */
bool worker_open(struct worker *worker, struct site *site, const char *endpoint_base, const char *endpoint_hosts,
                 struct log_sink *sink, struct error *error);
/** Writes the rest of the log, wipes and closes. */
void worker_close(struct worker *worker);

/**
 * The whole way of one request: route, caller, input, permission, operation, answer, log.
 * @param waiter   woken when a request that has to wait can go on; NULL: the caller only wants to know whether it has
 *                 to. See struct operation_wait.
 * @param response all zero, or as the last call left it with an empty body.
 * @return false when the request has to wait: there is no response, and it is to be handled again, from its beginning,
 *         once the waiter has been woken.
 */
bool worker_handle(struct worker *worker, const struct http_request *request, struct web_identity_waiter *waiter,
                   struct http_response *response);

/**
 * Answers a request whose form alone is refused, before anything in it is looked at; logs it.
 * @param error with a neutral code: "RequestTooLarge", "Serialization".
 */
void worker_refuse(struct worker *worker, const struct http_request *request, const struct error *error,
                   struct http_response *response);

/** Before a request: forgets what is remembered when the store has changed. @return false when it does not answer. */
bool worker_refresh(struct worker *worker, struct error *error);

/** The same way of a request that is asked at the gate: the answer is 200, 401 or 403, whatever happens. */
void worker_ask_gate(struct worker *worker, const struct http_request *request, struct http_response *response);

/**
 * Decides about a request that is to be passed on to an upstream. The worker's arena is the caller's to reset.
 * @param answer   what the gate says.
 * @param response the refusal, which has been logged; or with status 200, and then only its fields mean something: the
 *                 X-Jeton-... headers for the upstream.
 * @return whether it is allowed.
 */
bool worker_ask_front(struct worker *worker, const struct http_request *request, struct gate_answer *answer,
                      struct http_response *response);
/** Refuses such a request after all, and logs that. @param answer of worker_ask_front(). */
void worker_refuse_front(struct worker *worker, const struct http_request *request, struct gate_answer *answer,
                         int status, const char *code, const char *reason, struct http_response *response);

/** Refuses a question by its form alone, as worker_refuse(). */
void worker_refuse_question(struct worker *worker, const struct http_request *request, const struct error *error,
                            struct http_response *response);

/** Whether a request is a question about a token, and such are answered. */
bool worker_is_introspection(const struct worker *worker, const struct http_request *request);
/** The whole way of such a request. */
void worker_introspect(struct worker *worker, const struct http_request *request, struct http_response *response);

/** The address of the service: its own, or where this client found it. Valid until the worker's arena is reset. */
const char *worker_find_base(const struct worker *worker, const struct http_request *request);

/** Microseconds of a clock that only goes forward. */
int64_t worker_clock(void);

/** Writes the id of a new request, a UUID of version 4. */
void worker_make_request_id(struct worker *worker, char out[static HTTP_REQUEST_ID_SIZE]);

#endif
