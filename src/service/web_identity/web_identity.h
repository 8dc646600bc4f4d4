// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Identity tokens of OpenID Connect providers, checked: the token's form, times, signature, issuer and audience, by the
 * keys that its issuer publishes. What comes out is who the token names, and the condition keys of a trust policy.
 *
 * May include service/jwt/, service/policy/ and base/. What is pure in it is in service/jwt/ and in discovery, lifetime
 * and conditions.
 *
 * Keys are fetched by threads of this room alone, never by who asks: web_identity_verify() answers at once, maybe with
 * "the keys are being fetched", and tells by a call when it can be asked again. So a thread that serves many callers
 * lets the one request rest (MHD_suspend_connection() and MHD_resume_connection()), and who has a thread to spare uses
 * web_identity_verify_waiting(). One fetch an issuer at a time, a few issuers at a time.
 *
 * How long keys are used, with the values of web_identity_defaults:
 * - As long as Cache-Control or Expires of the key set say, but 5 minutes at least and 24 hours at most; an hour when
 *   they say nothing.
 * - When the issuer cannot be reached or answers with rubbish after that, for another hour; it is asked again every 10
 *   seconds at most.
 * - A token whose key is not among them has them fetched early, a second after the last time at the soonest, three
 *   times in a row and then once a minute at most: a rotation shows at once, and nobody can have the issuer flooded.
 *
 * Only issuers that somebody registered are to be asked for: the service connects to what their URLs and their
 * discovery documents name, private addresses included. Which those are is the operator's choice.
 */
#ifndef JETON_SERVICE_WEB_IDENTITY_WEB_IDENTITY_H
#define JETON_SERVICE_WEB_IDENTITY_WEB_IDENTITY_H

#include "service/jwt/claims.h"
#include "service/policy/policy.h"

#include <stdint.h>

/** How keys are fetched and kept. Times are milliseconds. */
struct web_identity_options {
    const char
        *trusted;      /**< A PEM file of certificates to trust beside the system's, for private issuers; NULL: none. */
    const char *proxy; /**< NULL: none. The environment is not asked. */
    int64_t floor;     /**< Keys are used so long at least, */
    int64_t ceiling;   /**< and so long at most, */
    int64_t unsaid;    /**< and so long when the issuer does not say, */
    int64_t stale;     /**< and so much longer when it cannot be asked. */
    int64_t retry;     /**< After a failure, an issuer is asked again after this time. */
    int64_t pause;     /**< For a key that is not known, an issuer is asked again after this time, */
    int64_t row;       /**< so many times in a row, */
    int64_t early;     /**< and from then on once in this time. */
    long timeout;      /**< For each of the two documents; web_identity_stop() cuts it short. */
    int64_t (*clock)(void); /**< One that never goes back, for tests; NULL: the machine's. */
    /** What fetches instead of HTTPS, for tests, as fetch_keys() in fetch.h; NULL: HTTPS. */
    struct jwt_keys *(*fetch)(void *data, struct slice issuer, int64_t *lifetime, struct error *error);
    /** Told of each fetch, how it ended and why, by the thread that fetched; NULL: nobody. LINE is one line for the
     *  operator, and holds nothing secret. */
    void (*tell)(void *data, bool good, const char *line);
    void *data; /**< For TELL and FETCH. */
};

/** The usual values. */
extern const struct web_identity_options web_identity_defaults;

/** The issuers that were asked for, their keys, and the threads that fetch them. Threads share it. */
struct web_identity;

/**
 * @param options copied; the texts are read at once.
 * @param error   ERROR_CONFIGURATION: the certificates cannot be read.
 */
struct web_identity *web_identity_new(const struct web_identity_options *options, struct error *error);

/**
 * Ends fetches, within a second, and wakes all who wait; from then on nobody is told to wait. To be called before a
 * server whose requests may rest is stopped: libmicrohttpd does not stop while one does. May be called while others use
 * it, and again.
 */
void web_identity_stop(struct web_identity *identity);

/** Stops it, and frees. Nobody may be in another function of it, or call one any more. NULL is fine. */
void web_identity_free(struct web_identity *identity);

/** What is to be checked. Everything is borrowed. */
struct web_identity_question {
    const struct jwt *jwt;           /**< By jwt_parse(). */
    struct jwt_expectation expected; /**< Of the provider that is registered for the issuer. */
    int64_t now;                     /**< Seconds since 1970. */
};

/** Who it is. Everything is in the arena. */
struct web_identity_result {
    struct jwt_identity identity;
    struct policy_context conditions; /**< "HOST/PATH:CLAIM", see conditions.h. */
};

enum web_identity_outcome {
    WEB_IDENTITY_ACCEPTED,
    WEB_IDENTITY_REFUSED,
    WEB_IDENTITY_PENDING, /**< The keys are being fetched: ask again when woken. */
};

/** One who waits for keys. In use from WEB_IDENTITY_PENDING until it was woken or web_identity_forget(). */
struct web_identity_waiter {
    /** Called once, by a thread that fetches, with a lock held: it must be brief and call nothing of this room. */
    void (*wake)(void *data);
    void *data;
    struct web_identity_waiter *next; /**< The room's. */
};

/**
 * Checks a token. Never blocks on the network.
 *
 * The order: times; then the keys, which may have to be fetched; signature; the other claims.
 *
 * A request that is to rest must do so before it asks with a waiter, since the call to go on may come before this
 * returns. So ask without one first, which is all that is needed nearly always; when that is WEB_IDENTITY_PENDING,
 * suspend the connection, ask again with a waiter, and resume it at once if there is an answer now.
 *
 * @param waiter told when keys are there, or cannot be had; NULL: who asks finds out otherwise.
 * @param out    filled in for WEB_IDENTITY_ACCEPTED.
 * @param error  for WEB_IDENTITY_REFUSED: ERROR_PARAMETER, with the code and the text of AWS STS:
 *               "InvalidIdentityToken" for a token that is wrong, and for an issuer whose documents are;
 *               "ExpiredTokenException"; "IDPCommunicationError" for an issuer that cannot be reached, or when too many
 *               are asked for. ("IDPRejectedClaim" is for providers that check a token themselves; OpenID Connect ones
 *               do not.)
 */
enum web_identity_outcome web_identity_verify(struct web_identity *identity,
                                              const struct web_identity_question *question,
                                              struct web_identity_waiter *waiter, struct arena *arena,
                                              struct web_identity_result *out, struct error *error);

/** Takes a waiter back; afterwards it is not woken, and its memory is its owner's. No effect when it does not wait. */
void web_identity_forget(struct web_identity *identity, struct web_identity_waiter *waiter);

/**
 * The same, for who may block: waits for keys so many milliseconds at most.
 * @return as web_identity_verify(); WEB_IDENTITY_PENDING does not occur: time that has run out is an
 *         "IDPCommunicationError".
 */
enum web_identity_outcome web_identity_verify_waiting(struct web_identity *identity,
                                                      const struct web_identity_question *question,
                                                      int64_t milliseconds, struct arena *arena,
                                                      struct web_identity_result *out, struct error *error);

#endif
