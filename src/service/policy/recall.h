// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A lookup that asks another one only once for each key that has a number and no tag. */
#ifndef JETON_SERVICE_POLICY_RECALL_H
#define JETON_SERVICE_POLICY_RECALL_H

#include "service/policy/policy.h"

/** What one decision has been told. Only RECALL->ASKED need be zero at first. */
struct recall {
    policy_lookup *lookup;
    void *lookup_data;
    bool asked[POLICY_KEYS];
    bool present[POLICY_KEYS];
    struct policy_values values[POLICY_KEYS];
};

/** Starts with nothing told. */
void recall_start(struct recall *recall, const struct policy_request *request);

/** DATA is a `struct recall *`. */
policy_lookup recall_lookup;

#endif
