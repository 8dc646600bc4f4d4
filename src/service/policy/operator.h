// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Condition operators: by name, reading the values of a policy, comparing them with those of a request.
 * Source: "IAM JSON policy elements: Condition operators" (IAM User Guide).
 */
#ifndef JETON_SERVICE_POLICY_OPERATOR_H
#define JETON_SERVICE_POLICY_OPERATOR_H

#include "service/policy/document.h"

/** The operator of that name, without qualifiers; NULL when there is none. */
const struct policy_operator *operator_find(struct slice name);

/**
 * Reads a value of a policy; copies what it keeps.
 * @param variables `${...}` is a variable, where the operator takes one.
 * @return NULL, or what the value must be.
 */
const char *operator_read_value(const struct policy_operator *operator, struct arena * arena, struct slice text,
                                bool variables, struct policy_value *out);

/**
 * Whether a value of the request is one of the condition's, the operator's negation aside. What is not of the
 * operator's type is none of them, nor does a value match whose variables the request cannot resolve.
 */
bool operator_matches_any(const struct policy_condition *condition, struct slice text,
                          const struct policy_request *request);

#endif
