// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The operations of STS, bound in operations.c, and what their files share.
 *
 * The texts of errors are AWS's: service-semantics.md section 5 of the project's reference.
 */
#ifndef JETON_SERVICE_OPERATIONS_STS_H
#define JETON_SERVICE_OPERATIONS_STS_H

#include "service/operations/operations.h"
#include "service/token/session.h"

/** Says who the caller is; needs no permission. */
operation_function sts_get_caller_identity;
operation_function sts_get_access_key_info, sts_get_session_token, sts_assume_role, sts_assume_role_with_web_identity;

/** The role that is to be assumed. */
operation_resource sts_role_resource;
/** "*" */
operation_resource sts_no_resource;
/** Whose the role is, its trust policy, and the condition keys of AssumeRole. */
operation_guard sts_guard_role;

// ------------------------------------------------------------------ roles

/** The role that the input names. @param error "AccessDenied" when there is none, as if it did not trust the caller. */
const struct role *sts_find_role(const struct operation_call *call, struct error *error);
/** The condition keys of a call that makes a session of a role, those of who asks with a token, and the role's tags. */
const struct policy_context *sts_role_keys(const struct operation_call *call, const struct role *role);
/** When a session of the role ends. @param error "ValidationError". */
bool sts_find_end(const struct operation_call *call, const struct role *role, int64_t *end, struct error *error);

/** What the session is to have beside the role's rights needs permissions of its own. @param error "AccessDenied". */
bool sts_authorize_scope(const struct operation_call *call, const struct session_scope *scope, struct error *error);
/** {AssumedRoleId, Arn}, a new reference. */
json_t *sts_describe_session(const struct operation_call *call, const struct role *role, struct slice name);

// ------------------------------------------------------------------ what a session of a role is

/**
 * Reads what the input says of the session: name, policies, tags, source identity. With a caller that is a session
 * itself, its transitive tags and its source identity pass on.
 * @param error "MalformedPolicyDocument", "PackedPolicyTooLarge", "InvalidParameterValue", "ValidationError".
 */
bool sts_read_scope(const struct operation_call *call, const struct role *role, struct session_scope *out,
                    struct error *error);
/** Adds what a scope needs in an answer: PackedPolicySize when there are policies or tags, and SourceIdentity. */
void sts_add_scope(json_t *output, const struct session_scope *scope);

// ------------------------------------------------------------------ issuing

/**
 * Seals new credentials.
 * @param claims whose they are, issue, end and scope; the key is made here.
 * @return {AccessKeyId, SecretAccessKey, SessionToken, Expiration}; NULL with the error.
 */
json_t *sts_issue(const struct operation_call *call, const struct session_claims *claims, struct error *error);
/** Nobody has an MFA device here, so what one shows cannot be right. @param error "AccessDenied". */
bool sts_refuse_mfa(const struct operation_call *call, struct error *error);

#endif
