// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An identity: a principal of the store, made ready for use. Policies are parsed, the ARN is written, and
 * the signing keys of the last few scopes are kept, so that neither the store nor the HMAC chain is needed
 * for a caller who comes again.
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

struct identity {
    struct slice name; /**< What it was looked up by: an access key id or a principal's id. */
    struct store_principal principal;
    const char *arn;            /**< "arn:aws:iam::123456789012:user/path/name" */
    bool key_active;            /**< Only when looked up by an access key. */
    struct slice sealed_secret; /**< Likewise. */
    int64_t noted;              /**< When a use of the key was last noted; a timestamp. */
    struct policy **policies;
    size_t policy_count;
    struct policy *boundary; /**< The permissions boundary, or NULL. */
    struct store_tag *tags;
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

/** Wipes and frees; NULL is fine. */
void identity_free(struct identity *identity);

/**
 * The signing key of an identity that was looked up by an access key, for a scope that has been checked.
 * The secret is opened only when the scope is new.
 * @return the key, which the identity owns, or NULL with ERROR_INTERNAL.
 */
struct digest_key *identity_signing_key(struct identity *identity, struct digest *digest, const struct seal_key *master,
                                        const struct sigv4_scope *scope, struct error *error);

#endif
