// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of the record of issued tokens: who got which, never the tokens. It is a file beside the store, because
 * each batch of records is a change, and whatever is remembered of the store is dropped when the store changes. What
 * store.h says of threads, memory and errors holds here too; of its calls only store_close() and store_hurry() are for
 * such a file.
 */
#ifndef JETON_SERVICE_STORE_ISSUED_H
#define JETON_SERVICE_STORE_ISSUED_H

#include "service/store/store.h"

struct store_issued {
    struct slice id;        /**< The token's. */
    struct slice principal; /**< The caller's unique id: "AIDA...", "AROA...:SESSION". */
    struct slice caller;    /**< Its ARN at that moment. */
    struct slice domain;    /**< The domain's ARN. */
    struct slice scope;     /**< What the token was narrowed to; empty: nothing. */
    int64_t issued;         /**< Seconds since 1970, as the next two. */
    int64_t expires;
    int64_t session_issued; /**< When the session began that asked for it; 0: there was none. */
};

/**
 * Opens the file, and makes it when MAKE and it is not there.
 * @param error ERROR_CONFIGURATION when there is none, or it is not ours.
 */
struct store *store_open_issued(const char *path, bool make, struct error *error);

/**
 * Opens a file that is there, and leaves its schema as it is.
 * @param behind by how many steps the schema is older than this program's; only with 0 do the other calls work.
 */
struct store *store_open_issued_unchanged(const char *path, size_t *behind, struct error *error);

/** Adds records, all or none, durably, and forgets those of tokens that have expired at NOW (seconds). */
bool store_add_issued(struct store *store, const struct store_issued *items, size_t count, int64_t now,
                      struct error *error);

/** What a listing gives: tokens that have not expired, in the order in which they were recorded. */
struct store_issued_listing {
    struct slice principal; /**< Only of that unique id, and of the sessions of that role; empty: all. */
    struct slice domain;    /**< Only for the domain with that ARN; empty: all. */
    int64_t now;            /**< Seconds. */
    int64_t after;          /**< Only records with a number above that; 0: from the start. */
    int64_t limit;
};
/** @param last gets the number of the last one that is given, for the next call. */
bool store_list_issued(struct store *store, const struct store_issued_listing *listing, struct arena *arena,
                       struct store_issued **out, size_t *count, int64_t *last, struct error *error);

#endif
