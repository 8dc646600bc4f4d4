// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of the store for revocations: which tokens count no more although they have not expired. What store.h
 * says of transactions, threads, memory and errors holds here too.
 */
#ifndef JETON_SERVICE_STORE_REVOCATION_H
#define JETON_SERVICE_STORE_REVOCATION_H

#include "service/store/store.h"

/** What a revocation is of. */
enum store_revoked {
    STORE_REVOKED_TOKEN,     /**< One token, by its id. */
    STORE_REVOKED_PRINCIPAL, /**< What was issued to a principal, or to one session of a role. */
    STORE_REVOKED_ALL,       /**< What was issued to anyone. */
};
#define STORE_REVOKED_KINDS 3

struct store_revocation {
    enum store_revoked kind;
    /** A token's id; the unique id of a user, a role or the root, or "AROA...:SESSION"; empty for all. */
    const char *subject;
    int64_t cutoff; /**< What was issued before this timestamp is revoked; of no meaning for one token. */
    int64_t made;   /**< A timestamp. */
    int64_t ends;   /**< From then on nothing that it revokes can be alive. */
    int64_t number; /**< Read only: grows with each that is added, in the order in which they become visible. */
};

/** The name of a kind in the store and in records: "token", "principal", "all". */
extern const char *const store_revoked_names[STORE_REVOKED_KINDS];

/**
 * Adds one, in the place of another of the same subject, and forgets those that have ended at REVOCATION->made. The
 * later cutoff and the later end of both hold.
 */
bool store_add_revocation(struct store *store, const struct store_revocation *revocation, struct error *error);
/** Those with a number above AFTER (0: all) in the order of their numbers. */
bool store_list_revocations(struct store *store, int64_t after, struct arena *arena, struct store_revocation **out,
                            size_t *count, struct error *error);

#endif
