// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The gate: may the token in this request do this to that package repository. Asked by a reverse proxy about a request
 * that it holds (contract.h), or by jetond itself about one that it is to forward.
 *
 * The way of a question: the place that its URL names (path.h), what is done there (action.h), the credential
 * (credential.h), whose token it is (caller/bearer.h), and then the policies of this moment: the caller's own, its
 * boundary and session policies, the repository's and the domain's. What is not understood is refused, a failure of our
 * own too.
 *
 * This room may include caller/, operations/, token/ and what is below them; http/ is above it.
 */
#ifndef JETON_SERVICE_GATE_GATE_H
#define JETON_SERVICE_GATE_GATE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "service/caller/caller.h"
#include "service/gate/action.h"
#include "service/gate/path.h"
#include "service/operations/resource_cache.h"
#include "service/operations/role_cache.h"
#include "sigv4/sigv4.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What one thread needs to decide. Everything is borrowed; the caches are those that its operations use. */
struct gate {
    struct caller_desk *desk;
    struct resource_cache *resources;
    struct role_cache *roles;
    struct gate_address address; /**< gate_read_address() */
};

/** One request to a package repository. Everything is borrowed; nothing has been decoded. */
struct gate_question {
    struct slice method; /**< "GET" */
    struct slice host;   /**< As the Host header has it, maybe with a port. */
    struct slice target; /**< Path and query in origin form: "/npm/d/my-domain-123456789012/my-repo/lodash". */
    const struct sigv4_header *headers; /**< Those of the request: the credential is looked for here. */
    size_t header_count;
    /** The address of the client; NULL when it is not known, as behind a proxy. */
    const char *client;
    bool tls;
    /** A proxy speaks for the client: nothing is known of how that came to the proxy, TLS is not. */
    bool relayed;
    int64_t now; /**< A timestamp. */
};

/** What is answered. Texts are in the arena, or valid until the gate's desk is refreshed or recognises another. */
struct gate_answer {
    /** 200; 401: a credential that is good for this domain is missing; 403: it may not, or nobody may. Nothing else. */
    int status;
    const char *reason;        /**< One sentence for who is refused; NULL with 200. */
    const char *detail;        /**< Of a failure of our own, for the log alone; NULL. */
    const char *code;          /**< The same as a short name, for the log; NULL with 200. */
    struct gate_place place;   /**< All empty when the URL was not understood. */
    struct gate_access access; /**< All empty when it is not known what is done. */
    const char *resource;      /**< The ARN that the last action was asked for; NULL when none was. */
    const char *caller;        /**< The caller's ARN, when it was recognised; else NULL. */
    const char *account;       /**< The caller's account, likewise. */
    struct slice token;        /**< The id of the token, likewise. Never the token. */
};

/**
 * Decides. The gate's desk has been refreshed for this request.
 * @param out all of it is written.
 */
void gate_decide(struct gate *gate, const struct gate_question *question, struct arena *arena, struct gate_answer *out);

/** Fills in an answer that refuses, for what went wrong on the way to gate_decide(); OUT is all zero or decided. */
void gate_refuse(const struct error *error, struct arena *arena, struct gate_answer *out);

#endif
