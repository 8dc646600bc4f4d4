// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who signed this request.
 *
 * A request's claim (sigv4_read_claim()) is checked against the store: scope and clock first, then the
 * access key or the session token, then the signature. What leaves this room is a caller that may be
 * believed, or an error in AWS's words.
 */
#ifndef JETON_SERVICE_CALLER_CALLER_H
#define JETON_SERVICE_CALLER_CALLER_H

#include "base/digest.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/secret.h"
#include "service/caller/freshness.h"
#include "service/caller/identity.h"
#include "service/caller/identity_cache.h"
#include "service/caller/revocations.h"
#include "service/caller/site.h"
#include "service/store/store.h"
#include "sigv4/sigv4.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What one thread needs to recognise callers. Its members may be used by that thread for more. */
struct caller_desk {
    struct site *site;
    struct store *store;
    struct digest *digest;
    struct token_cipher *cipher;
    struct identity_cache *identities;
    struct revocations *revocations;
    struct identity_cache *bearers; /**< Authorization tokens that were opened. */
    struct freshness freshness;
    struct recorder_lane *lane; /**< Where issued tokens are noted; NULL: nowhere. */
    struct secret_pool pool;    /**< Randomness for what is issued. */
};

/** Opens the store for one thread. @return false with the store's error; nothing to close then. */
bool caller_desk_open(struct caller_desk *desk, struct site *site, struct error *error);
/** Wipes and closes; a desk that is all zero is fine. */
void caller_desk_close(struct caller_desk *desk);
/** freshness_check(), and forgets the identities when something has changed; revocations are read on. */
enum freshness_result caller_desk_refresh(struct caller_desk *desk, struct error *error);

/** A caller who has proven to be one. Valid until the desk is refreshed or recognises another. */
struct caller {
    const struct store_principal *principal; /**< Whoever is behind it: of a role's session the role. */
    const char *arn;
    const char *user_id;    /**< The principal's id, or "AROA...:SESSION". */
    const char *entity_arn; /**< The principal's own: of a role's session the role's. */
    const struct policy *const *policies;
    size_t policy_count;
    const struct policy *boundary; /**< The permissions boundary, or NULL. */
    const struct store_tag *tags;  /**< Of the principal. */
    size_t tag_count;
    bool has_session;                    /**< Signed with temporary credentials. */
    int64_t session_issued;              /**< Seconds since 1970; only with a session, as all that follow. */
    int64_t session_expires;             /**< Seconds since 1970. */
    const struct session_scope *session; /**< NULL without a session. */
    const struct policy *const *session_policies;
    size_t session_policy_count;
    const struct policy *token_policy; /**< What the token that is held is narrowed to; NULL: nothing, or no token. */
};

/** What is asked of a signature beside the claim. */
struct caller_question {
    const struct sigv4_request *request;
    const struct sigv4_claim *claim;
    struct slice service; /**< The signing name of the service that was called. */
    struct slice
        global_region; /**< Of a service for all regions, what its clients sign for beside the site's; or empty. */
    int64_t now;       /**< A timestamp. */
    bool tls;          /**< Only then may the body be left unsigned. */
};

/**
 * Recognises the caller.
 * @param error neutral codes: "InvalidSignature", "UnrecognizedClient", "ExpiredToken"; ERROR_INTERNAL without a
 *              code when the store fails.
 */
bool caller_recognize(struct caller_desk *desk, const struct caller_question *question, struct arena *arena,
                      struct caller *out, struct error *error);

#endif
