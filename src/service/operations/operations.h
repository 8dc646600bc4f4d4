// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the service does: one function an operation, bound to the operation table (api/) by the one table in
 * operations.c. Input arrives decoded and validated, the caller is known; an operation decides whether the
 * caller may, and does it.
 */
#ifndef JETON_SERVICE_OPERATIONS_OPERATIONS_H
#define JETON_SERVICE_OPERATIONS_OPERATIONS_H

#include "api/api.h"
#include "base/error.h"
#include "base/memory.h"
#include "service/caller/caller.h"
#include "service/operations/resource_cache.h"
#include "service/operations/role_cache.h"
#include "service/web_identity/web_identity.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/** Whether a call has to wait for what comes over the network: no operation waits in the thread that serves. */
struct operation_wait {
    struct web_identity_waiter *waiter; /**< Woken when the call can be made again; NULL: nobody waits yet. */
    bool pending;                       /**< The call has to wait; see operation_function(). */
};

/** One who asks with the token of an identity provider, which has been checked. */
struct operation_federation {
    const char *provider;             /**< The provider's ARN. */
    struct policy_context conditions; /**< What the token claims, as condition keys. */
};

/** One call of one operation. Everything is borrowed. */
struct operation_call {
    struct caller_desk *desk;
    struct resource_cache *resources;
    struct role_cache *roles;
    struct arena *arena;         /**< Lives as long as the request. */
    const struct caller *caller; /**< NULL: nobody has signed; only for an operation that is anonymous. */
    const struct operation_federation *federation; /**< Who asks instead of a caller, once that is known; or NULL. */
    const json_t *input;                           /**< Keyed by member names, valid by the table. */
    struct buffer *answer;                         /**< Empty; see operation_function(). */
    const char *action; /**< What permission was asked for, and on what: set by operation_run(). */
    const char *resource;
    const char *endpoint_base;  /**< "http://127.0.0.1:4480": what repository endpoints start with. */
    const char *endpoint_hosts; /**< "packages.example.com": what the host names of endpoints end with; NULL: paths. */
    const char *client;         /**< The address that the request came from; NULL when it is not known. */
    struct slice scope;         /**< The header API_SCOPE_HEADER, which is signed; data NULL: there is none. */
    struct slice user_agent;    /**< What the client calls itself; data NULL when it does not say. */
    bool tls;
    bool relayed; /**< A proxy speaks for the client, of whose connection nothing is known, not even TLS. */
    int64_t now;  /**< A timestamp: the only clock reading of the request. */
    struct operation_wait *wait; /**< All zero when the call begins, but for the waiter. */
};

/**
 * Does it. Permission for the binding's action has been checked.
 * @return the output, a new reference keyed by member names in model order; json_null() when the operation has
 *         written its answer itself, to CALL->answer in JSON: for what nearly every request asks for; NULL with an
 *         error whose code is one that the operation declares or a neutral one (api_find_common_error()); NULL with no
 *         error and wait->pending set when the call is to be made again, from its beginning, after its waiter is woken.
 */
typedef json_t *operation_function(const struct operation_call *call, struct error *error);

/** The ARN that the permission is asked for, or "*"; in the call's arena. */
typedef const char *operation_resource(const struct operation_call *call);

struct authorize_question;

/** Adds to the question what the resource itself says: its whole ARN, whose it is, and its policies. @return false with
 * an error. */
typedef bool operation_guard(const struct operation_call *call, struct authorize_question *question,
                             struct error *error);

/** What belongs to an operation beside its entry in the operation table. */
struct operation_binding {
    const char *action;           /**< Signing name and operation: "codeartifact:CreateDomain". */
    operation_resource *resource; /**< NULL: needs no permission. */
    operation_function *run;
    operation_guard *guard; /**< NULL: the caller's own policies decide. */
};

/** Every binding, and how many there are. */
extern const struct operation_binding operation_bindings[];
extern const size_t operation_binding_count;

/** The binding of an operation, or NULL. */
const struct operation_binding *operation_find_binding(const struct api_operation *operation);

/**
 * Checks the permission and runs the operation.
 * @return as operation_function().
 */
json_t *operation_run(const struct api_operation *operation, const struct operation_call *call, struct error *error);

/** A text of the input as a C string in the call's arena; NULL when it is absent. */
const char *operation_member_text(const struct operation_call *call, const char *name);
/** Adds a text to an output; nothing is added for NULL. */
void operation_add_text(json_t *object, const char *name, const char *text);

#endif
