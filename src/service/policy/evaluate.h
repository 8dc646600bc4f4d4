// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whether a statement fits a request, in parts. Nothing here allocates but for policy variables. */
#ifndef JETON_SERVICE_POLICY_EVALUATE_H
#define JETON_SERVICE_POLICY_EVALUATE_H

#include "service/policy/document.h"

/** How near to the one who asks a statement's principal is; the nearer, the less can cut what it allows. */
enum evaluate_grant {
    EVALUATE_NOBODY, /**< The statement is not for this principal. */
    EVALUATE_ACCOUNT,
    EVALUATE_ROLE,  /**< The role of the session. */
    EVALUATE_DIRECT /**< The user or session itself, everyone, or the holder of the policy. */
};

/** A request made ready: what every statement asks of it is computed once. */
struct evaluate_question {
    const struct policy_request *request;
    struct slice vendor; /**< The action in small letters. */
    struct slice name;
    uint64_t vendor_hash;
    uint64_t name_hash;
    struct pattern_arn_parts resource;
    bool no_resource; /**< It is "*". */
    bool bounded;     /**< The principal has a permissions boundary. */
};

/** The principal part. */
enum evaluate_grant evaluate_grantees(const struct policy_statement *statement,
                                      const struct evaluate_question *question);

/** The condition part: all must hold. */
bool evaluate_conditions(const struct policy_statement *statement, const struct policy_request *request);

/** All parts: EVALUATE_NOBODY when the statement does not fit. */
enum evaluate_grant evaluate_statement(const struct policy_statement *statement,
                                       const struct evaluate_question *question);

/** What policies of one kind say together. */
struct evaluate_finding {
    bool denied;
    enum evaluate_grant grant; /**< The nearest that a statement allows. */
};

/** Of all policies of a set; matches are noted when the request wants to know. */
struct evaluate_finding evaluate_set(const struct policy_set *set, const struct evaluate_question *question);

#endif
