// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Making a revocation of what a person or a caller says, for `jetond revoke` and the operation alike. */
#ifndef JETON_SERVICE_CALLER_REVOKE_H
#define JETON_SERVICE_CALLER_REVOKE_H

#include "base/error.h"
#include "base/memory.h"
#include "service/store/revocation.h"

/** What is asked for: one of the first three, and maybe a moment. Names for error texts are the caller's. */
struct revoke_request {
    struct slice token;     /**< A token's id, or empty. */
    struct slice principal; /**< An ARN or a unique id, or empty; see revoke_find_subject(). */
    bool all;
    bool has_before;
    int64_t before; /**< A timestamp: only what was issued before it. Not for one token. */
    int64_t now;    /**< A timestamp. */
};

/** Whether TEXT has the shape of a token's id. */
bool revoke_is_token_id(struct slice text);

/**
 * The unique id that tokens carry, of the ARN of a user, of a role, of one session of a role
 * ("arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION") or of the root; an id ("AIDA...", "AROA...", "AROA...:SESSION") is
 * taken as it is, because its principal may have been deleted.
 * @param error ERROR_PARAMETER "ValidationError" or "ResourceNotFoundException".
 */
bool revoke_find_subject(struct store *store, const char *account, struct slice text, struct arena *arena,
                         const char **out, struct error *error);

/**
 * Makes it durable.
 * @param account that principals are of.
 * @param out     as it was added; texts in the arena.
 * @param error   ERROR_PARAMETER "ValidationError" when it is not exactly one thing or the moment cannot be, or as
 *                revoke_find_subject(); or the store's.
 */
bool revoke_tokens(struct store *store, const char *account, const struct revoke_request *request, struct arena *arena,
                   struct store_revocation *out, struct error *error);

#endif
