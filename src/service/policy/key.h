// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Condition keys: the known ones as numbers, so that a lookup is a switch; others by name.
 * Source: "AWS global condition context keys" and "IAM and AWS STS condition context keys" (IAM User Guide).
 */
#ifndef JETON_SERVICE_POLICY_KEY_H
#define JETON_SERVICE_POLICY_KEY_H

#include "base/bytes.h"

#include "base/memory.h"
#include <stdint.h>

enum policy_key_id {
    POLICY_KEY_OTHER, /**< By its name: claims of identity providers, keys of other services. */
    POLICY_KEY_CURRENT_TIME,
    POLICY_KEY_EPOCH_TIME,
    POLICY_KEY_FEDERATED_PROVIDER,
    POLICY_KEY_MFA_AGE,
    POLICY_KEY_MFA_PRESENT,
    POLICY_KEY_PRINCIPAL_ACCOUNT,
    POLICY_KEY_PRINCIPAL_ARN,
    POLICY_KEY_PRINCIPAL_TAG, /**< aws:PrincipalTag/TAG */
    POLICY_KEY_PRINCIPAL_TYPE,
    POLICY_KEY_REQUEST_TAG, /**< aws:RequestTag/TAG */
    POLICY_KEY_REQUESTED_REGION,
    POLICY_KEY_RESOURCE_ACCOUNT,
    POLICY_KEY_RESOURCE_TAG, /**< aws:ResourceTag/TAG, iam:ResourceTag/TAG */
    POLICY_KEY_SECURE_TRANSPORT,
    POLICY_KEY_SOURCE_IDENTITY,
    POLICY_KEY_SOURCE_IP,
    POLICY_KEY_TAG_KEYS,
    POLICY_KEY_TOKEN_ISSUE_TIME,
    POLICY_KEY_USER_AGENT,
    POLICY_KEY_USER_ID,
    POLICY_KEY_USER_NAME,
    POLICY_KEY_IAM_PERMISSIONS_BOUNDARY,
    POLICY_KEY_IAM_POLICY_ARN,
    POLICY_KEY_STS_SERVICE_NAME,
    POLICY_KEY_STS_DURATION_SECONDS,
    POLICY_KEY_STS_EXTERNAL_ID,
    POLICY_KEY_STS_ROLE_SESSION_NAME,
    POLICY_KEY_STS_SOURCE_IDENTITY,
    POLICY_KEY_STS_TRANSITIVE_TAG_KEYS,
    POLICY_KEYS
};

/** A key. Names of keys and of tags are the same in any case of letters. */
struct policy_key {
    enum policy_key_id id;
    struct slice name; /**< The whole, as it is written. */
    struct slice tag;  /**< What follows the slash of a key of tags. */
    uint32_t hash;     /**< Of a key of tags and of POLICY_KEY_OTHER: the same for the same name; else 0. */
};

/** Makes a key of its name, which must outlive it. */
struct policy_key policy_key_of(struct slice name);

#endif
