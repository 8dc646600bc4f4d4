// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Token introspection (RFC 7662), for gateways that speak it: is this authorization token alive, whose is it, for what.
 *
 * Whoever asks shows one of
 * - an id and a secret (Basic; RFC 6749 section 2.3.1) of a client that the service was told of (clients.h), or
 * - an authorization token of its own (Bearer), whose caller is allowed jeton:IntrospectToken on that token's domain;
 *   it is told of tokens for that domain alone.
 *
 * A token that is not alive is {"active":false} and nothing else, whatever the reason: forged, expired, revoked, of
 * nobody any more, for another domain. A failure of our own is an error, never an answer.
 *
 * This room may include caller/, operations/, token/ and what is below them; http/ is above it.
 */
#ifndef JETON_SERVICE_INTROSPECTION_INTROSPECTION_H
#define JETON_SERVICE_INTROSPECTION_INTROSPECTION_H

#include "service/caller/caller.h"
#include "service/introspection/clients.h"
#include "service/operations/resource_cache.h"
#include "service/operations/role_cache.h"

#include <stdbool.h>
#include <stdint.h>

/** The action that a caller needs whose token is shown. */
#define INTROSPECTION_ACTION "jeton:IntrospectToken"

/** What one thread needs. Everything is borrowed. */
struct introspection {
    struct caller_desk *desk; /**< Has been refreshed for this request. */
    struct resource_cache *resources;
    struct role_cache *roles;
    const struct introspection_clients *clients;
};

/** One question. Everything is borrowed. */
struct introspection_question {
    struct slice authorization; /**< The header of whoever asks; data NULL when there is none. */
    struct slice token;         /**< What is asked about. */
    struct slice issuer;        /**< The address of the service, as clients know it. */
    const char *client;         /**< The address of whoever asks; NULL when it is not known. */
    bool tls;
    int64_t now; /**< A timestamp. */
};

/** What is known for the log. Texts are in the arena. */
struct introspection_note {
    const char *asker;     /**< Whose question it was: a client's id, or an ARN; NULL when it was refused. */
    struct slice token_id; /**< Of a token that is alive. */
};

/**
 * Answers.
 * @param body  gets the JSON object of section 2.2.
 * @param error "UnrecognizedClient" and "ExpiredToken" when whoever asks is not known, "AccessDenied" when it may not
 *              ask; ERROR_INTERNAL when nobody knows.
 */
bool introspection_answer(const struct introspection *introspection, const struct introspection_question *question,
                          struct arena *arena, struct buffer *body, struct introspection_note *note,
                          struct error *error);

#endif
