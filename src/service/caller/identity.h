// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An identity: a principal of the store, or a session of one, made ready for use. Policies are parsed, the ARN is
 * written, and the signing keys of the last few scopes are kept, so that neither the store nor the HMAC chain is
 * needed for a caller who comes again.
 */
#ifndef JETON_SERVICE_CALLER_IDENTITY_H
#define JETON_SERVICE_CALLER_IDENTITY_H

#include "base/bytes.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/memory.h"
#include "service/policy/policy.h"
#include "service/store/seal.h"
#include "service/store/store.h"
#include "service/token/session.h"
#include "service/token/token.h"
#include "sigv4/sigv4.h"

#include <stdbool.h>
#include <stddef.h>

/** Signing keys kept: two services on the two dates that are valid around midnight. */
#define IDENTITY_SCOPES 4
#define IDENTITY_DATE_SIZE 8
#define IDENTITY_SERVICE_SIZE 32
#define IDENTITY_REGION_SIZE 64

/** A signing key and what it is bound to. */
struct identity_scope {
    char date[IDENTITY_DATE_SIZE];
    char service[IDENTITY_SERVICE_SIZE];
    size_t service_size; /**< 0: unused. */
    char region[IDENTITY_REGION_SIZE];
    size_t region_size;
    struct digest_key *key; /**< NULL until the place is first used. */
};

/** What an identity that is a session has beside the principal's own. */
struct identity_session {
    struct identity *of;          /**< Whose session it is; held until the session goes. */
    struct slice token;           /**< The session token that was opened. */
    struct session_claims claims; /**< Without the secret. */
    const char *user_id;          /**< "AROA...:SESSION", or the id of the user. */
    struct policy **policies;     /**< The session policies: what the session may do needs one that allows it, too. */
    size_t policy_count;          /**< 0: nothing narrows the session. */
};

/** What an identity has that stands for an authorization token; it has nothing else. */
struct identity_bearer {
    struct slice token;         /**< As it was sent. */
    struct token_claims claims; /**< What it was opened to; the texts are the identity's. */
    struct policy *policy;      /**< What it is narrowed to; NULL: nothing. */
    struct identity *holder;    /**< The principal, or the session that asked for the token; held until this goes. */
};

struct identity {
    /** What it was looked up by: an access key id, a principal's id, or identity_session_name(). */
    struct slice name;
    size_t holders;                   /**< Who still needs it beside the one who made it. */
    struct identity_session *session; /**< NULL for a principal or its key. */
    struct identity_bearer *bearer;   /**< NULL for all but authorization tokens. */
    struct store_principal principal;
    const char *arn;            /**< "arn:aws:iam::123456789012:user/path/name", or a session's. */
    bool key_active;            /**< Only when looked up by an access key. */
    struct slice sealed_secret; /**< Likewise. */
    int64_t noted;              /**< When a use of the key was last noted; a timestamp. */
    struct policy **policies;
    size_t policy_count;
    struct policy *boundary; /**< The permissions boundary, or NULL. */
    struct store_tag *tags;  /**< A session's go before those of its role. */
    size_t tag_count;
    struct identity_scope scopes[IDENTITY_SCOPES];
    size_t next_scope;
    struct arena *arena; /**< Holds all of it. */
};

/**
 * Makes an identity of what the store returned; copies everything.
 * @param error ERROR_INTERNAL when a policy in the store cannot be understood: then nobody is let in as this
 *              principal, because a restriction might be lost.
 * @return owned, identity_free() ends it; NULL on failure.
 */
struct identity *identity_new(struct slice name, const struct store_identity *stored, struct error *error);

/**
 * Makes an identity of a session of OF: of its policies as they are now and of the session policies that CLAIMS and
 * MANAGED give. Copies everything else.
 * @param token   what CLAIMS were opened from.
 * @param managed the documents of the managed policies among the session policies; data NULL: one that is gone, and
 *                allows nothing.
 * @param error   ERROR_INTERNAL when a policy cannot be understood.
 * @return owned, identity_free() ends it; NULL on failure.
 */
struct identity *identity_new_session(struct identity *of, struct slice token, const struct session_claims *claims,
                                      const struct slice *managed, struct error *error);

/** Makes what stands for an authorization token, with nothing known but its text. @return owned, identity_free() ends
 * it. */
struct identity *identity_new_bearer(struct slice token);

/** What a session or an authorization token is looked up by: the end of its token, which is as good as random. No key
 * or principal has it. */
struct slice identity_session_name(struct slice token);

/** Wipes and frees, once no session of it is left; NULL is fine. */
void identity_free(struct identity *identity);

/** The signing key for a scope that has been checked, which the identity owns; NULL when the scope is new. */
struct digest_key *identity_find_signing_key(struct identity *identity, const struct sigv4_scope *scope);
/**
 * Derives it from the secret.
 * @return the key, which the identity owns, or NULL with ERROR_INTERNAL.
 */
struct digest_key *identity_add_signing_key(struct identity *identity, struct digest *digest, struct slice secret,
                                            const struct sigv4_scope *scope, struct error *error);
/** Opens the sealed secret of an identity that was looked up by an access key. */
bool identity_open_secret(const struct identity *identity, const struct seal_key *master, struct buffer *secret,
                          struct error *error);

#endif
