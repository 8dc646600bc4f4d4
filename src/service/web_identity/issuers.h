// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The issuers that were asked for: their keys with their ages, who waits for them, and the threads that fetch. */
#ifndef JETON_SERVICE_WEB_IDENTITY_ISSUERS_H
#define JETON_SERVICE_WEB_IDENTITY_ISSUERS_H

#include "service/web_identity/web_identity.h"

/** Issuers that are remembered; the one that was longest not asked for makes room. */
#define ISSUERS_MAX 1024
/** Issuers that are fetched at a time, so that a slow one does not stop the others. */
#define ISSUERS_THREADS 4

struct issuers;

/** Options and error as web_identity_new(). */
struct issuers *issuers_new(const struct web_identity_options *options, struct error *error);
/** As web_identity_stop(). */
void issuers_stop(struct issuers *issuers);
void issuers_free(struct issuers *issuers);

/** Keys that several hold: as long as one does, they stay. */
struct issuers_keys {
    struct jwt_keys *keys;
    size_t holders; /**< Under the lock. */
};

enum issuers_answer {
    ISSUERS_KEYS,
    ISSUERS_PENDING,
    ISSUERS_UNREACHABLE, /**< There are no keys, and the issuer could not be asked for any. */
    ISSUERS_BROKEN,      /**< There are no keys, and what the issuer has is not usable. */
    ISSUERS_SAME,        /**< There are no newer keys than those that are known, and none will be fetched now. */
};

/**
 * Asks for an issuer's keys.
 * @param known  keys that did not do: newer ones are asked for; NULL: any.
 * @param waiter waits if the answer is ISSUERS_PENDING; may be NULL.
 * @param out    for ISSUERS_KEYS: held, issuers_release() gives them back.
 */
enum issuers_answer issuers_ask(struct issuers *issuers, struct slice url, const struct issuers_keys *known,
                                struct web_identity_waiter *waiter, struct issuers_keys **out);

/** Gives keys back; NULL is fine. */
void issuers_release(struct issuers *issuers, struct issuers_keys *keys);

/** As web_identity_forget(). */
void issuers_forget(struct issuers *issuers, struct web_identity_waiter *waiter);

#endif
