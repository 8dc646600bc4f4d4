// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What one thread remembers of the store's revocations, so that a token that is not revoked costs a few looks into a
 * table in memory. Only those that are new are read when the store has changed. Of one thread; no locks.
 *
 * A token dies by its own id; by a moment for its caller's principal or for its caller's very session; by a moment for
 * all. The moment counts for the token's own issue and for the beginning of the session that asked for it: what comes
 * from credentials that are revoked is revoked. Session tokens themselves die the same way, but have no id.
 */
#ifndef JETON_SERVICE_CALLER_REVOCATIONS_H
#define JETON_SERVICE_CALLER_REVOCATIONS_H

#include "base/bytes.h"
#include "base/error.h"
#include "service/store/revocation.h"
#include "service/token/token.h"

#include <stdbool.h>
#include <stdint.h>

/** No token lives longer, in seconds: that of a session of GetSessionToken, which ends with it. */
#define REVOCATIONS_LIFE INT64_C(129600)

struct revocations;

struct revocations *revocations_new(void);
/** NULL is fine. */
void revocations_free(struct revocations *revocations);

/** The store has changed: what is new there is read before the next answer. */
void revocations_expire(struct revocations *revocations);

/** What is asked about; what does not apply is empty or 0. */
struct revocations_question {
    struct slice token;     /**< Its id. */
    struct slice principal; /**< The caller's unique id: "AIDA...", "AROA...:SESSION", an account. */
    int64_t issued;         /**< Seconds since 1970. */
    int64_t session_issued; /**< When the session began that asked for it, likewise; 0: there was none. */
};

/**
 * Whether nothing revokes it.
 * @param now   a timestamp.
 * @param error ERROR_PARAMETER with the code "revoked", and by which restriction; anything else is the store's, and
 *              then nobody knows.
 */
bool revocations_check(struct revocations *revocations, struct store *store,
                       const struct revocations_question *question, int64_t now, struct error *error);

/** The same for an authorization token that has been opened. */
bool revocations_check_token(struct revocations *revocations, struct store *store, const struct token_claims *claims,
                             int64_t now, struct error *error);

/**
 * From which second on a token for that principal would not be revoked at once: the latest cutoff that applies, or 0.
 * @return false when the store fails.
 */
bool revocations_find_cutoff(struct revocations *revocations, struct store *store, struct slice principal, int64_t now,
                             int64_t *seconds, struct error *error);

#endif
