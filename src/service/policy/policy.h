// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * IAM policy documents: parsed once, evaluated many times. Pure.
 *
 * For now the language is Version, Id, Statement, Sid, Effect, Action and Resource; a document with any
 * other element is refused, so that no restriction is ever ignored.
 * Source: "IAM JSON policy elements reference" of the IAM User Guide.
 */
#ifndef JETON_SERVICE_POLICY_POLICY_H
#define JETON_SERVICE_POLICY_POLICY_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/** The longest document that is taken, in bytes: what all inline policies of a role may have together. */
#define POLICY_SIZE_MAX 10240
/** The most statements that a document may have. */
#define POLICY_STATEMENTS_MAX 128

/** A parsed document; immutable, shared by threads. */
struct policy;

/**
 * Parses a document. Where AWS would complete or guess, this refuses: members that stand twice, elements and
 * policy variables that are not supported, an ARN without its service.
 * @param error ERROR_PARAMETER "MalformedPolicyDocument": the place ("Statement[1].Action[0]"), what is wrong
 *              there, and what would be right.
 * @return owned, policy_free() ends it; or NULL.
 */
struct policy *policy_parse(struct slice document, struct error *error);
void policy_free(struct policy *policy);

enum policy_decision {
    POLICY_NOT_ALLOWED, /**< No statement allows it. */
    POLICY_ALLOWED,
    POLICY_EXPLICITLY_DENIED /**< A statement denies it; that is final. */
};

/** What is asked: may the holder of these policies do that. */
struct policy_question {
    struct slice action;   /**< "codeartifact:GetAuthorizationToken" */
    struct slice resource; /**< An ARN, or "*" for an action without a resource. */
};

/**
 * Decides over COUNT policies together: a denial anywhere is final, else one statement that allows suffices.
 * Actions match in any case of letters, resources exactly; `*` stands for any text and `?` for any one
 * character, in a resource within one of the six parts of the ARN (the last one reaches to the end). The
 * resource "*" of a question is matched by "*" alone.
 */
enum policy_decision policy_evaluate(const struct policy *const *policies, size_t count,
                                     const struct policy_question *question);

#endif
