// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** May this caller do that: the one place that asks, and the words of a refusal. */
#ifndef JETON_SERVICE_OPERATIONS_AUTHORIZE_H
#define JETON_SERVICE_OPERATIONS_AUTHORIZE_H

#include "base/error.h"
#include "service/operations/operations.h"
#include "service/policy/policy.h"

#include <stdbool.h>

/** What is asked for beyond the caller's own policies. What does not apply is empty. */
struct authorize_question {
    const char *action;            /**< "codeartifact:CreateDomain" */
    const char *resource;          /**< An ARN or "*". */
    bool any_name;                 /**< See struct policy_request. */
    struct slice resource_account; /**< Who owns the resource; empty: the caller's account. */
    struct policy_set resource_policies;
    struct policy_set trust_policies;    /**< Of the role that is the resource. */
    const struct store_resource *tagged; /**< Whose tags aws:ResourceTag asks for. */
    const struct policy_context *keys;   /**< Condition keys of this action; they go before those of every request. */
};

/**
 * Decides by all policies that apply; the root of an account may do everything in it.
 * @param error "AccessDenied" in AWS's words (IAM User Guide, "Troubleshoot access denied error messages").
 */
bool authorize_question(const struct operation_call *call, const struct authorize_question *question,
                        struct error *error);

/** The same for what the caller's own policies decide. */
bool authorize(const struct operation_call *call, const char *action, const char *resource, struct error *error);

/**
 * Refuses because no policy of the given kind allows it.
 * @return false always.
 */
bool authorize_refuse(const struct caller *caller, const char *action, const char *resource, enum policy_kind kind,
                      struct error *error);

#endif
