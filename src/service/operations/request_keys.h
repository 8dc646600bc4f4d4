// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The condition keys that a request has, found when a policy asks for them. */
#ifndef JETON_SERVICE_OPERATIONS_REQUEST_KEYS_H
#define JETON_SERVICE_OPERATIONS_REQUEST_KEYS_H

#include "service/operations/operations.h"
#include "service/policy/policy.h"

/** One decision's keys. The values stand in the call's arena. */
struct request_keys {
    const struct operation_call *call;
    struct slice resource_account;       /**< Empty: the caller's account. */
    const struct policy_context *more;   /**< Keys of the action; may be NULL. They go first. */
    const struct store_resource *tagged; /**< Whose tags aws:ResourceTag asks for; NULL: there is no such key. */
    const char *tags;                    /**< Those tags in JSON, once they have been asked for. */
    bool failed;                         /**< They could not be read: no decision counts, ERROR says why. */
    struct error *error;
};

/**
 * The lookup of a policy request; DATA is a `struct request_keys *`.
 * Source: "AWS global condition context keys" (IAM User Guide), which also says when a key is absent.
 */
policy_lookup request_keys_lookup;

#endif
