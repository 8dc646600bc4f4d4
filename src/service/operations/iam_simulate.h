// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a simulation is given: policies with where they come from, who asks, and condition keys. */
#ifndef JETON_SERVICE_OPERATIONS_IAM_SIMULATE_H
#define JETON_SERVICE_OPERATIONS_IAM_SIMULATE_H

#include "service/operations/iam.h"
#include "service/policy/policy.h"

/** A policy that takes part. */
struct simulated_policy {
    struct slice document;
    struct policy *policy; /**< Owned. */
    const char *id;        /**< As SourcePolicyId tells it: its name, or the place in the input. */
    const char *type;      /**< SourcePolicyType: "user", "aws-managed", "none", ... */
};

/** The policies of one kind. */
struct simulated_set {
    struct simulated_policy *items;
    size_t count;
    const struct policy **policies; /**< The same, as the decision wants them. */
};

struct simulation {
    struct simulated_set of[POLICY_KINDS];
    struct policy_principal principal;
    struct slice resource_account; /**< Empty: the caller's. */
    struct policy_context context;
};

/**
 * Reads the input. Free it with simulation_free() whatever this returns.
 * @param source whose policies take part; NULL: only those of the input.
 * @param error  "InvalidInput" with what is wrong with which policy.
 */
bool simulation_read(const struct operation_call *call, const struct store_entity *source, struct simulation *out,
                     struct error *error);
void simulation_free(struct simulation *simulation);
/** A scope-bound simulation. */
#define SIMULATION_AUTO __attribute__((cleanup(simulation_free))) struct simulation

#endif
