// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What one decision has found out already, so that statement after statement need not find it out again. */
#ifndef JETON_SERVICE_POLICY_RECALL_H
#define JETON_SERVICE_POLICY_RECALL_H

#include "service/policy/address.h"
#include "service/policy/policy.h"

/** Keys of tags and POLICY_KEY_OTHER that are kept; where two have one place, the later one gets it. */
#define RECALL_NAMED ((size_t)16)

/** What the lookup said. */
struct recall_answer {
    bool asked;
    bool present;
    struct policy_values values;
};

/** Begun by recall_start(). */
struct recall {
    policy_lookup *lookup;
    void *lookup_data;
    struct recall_answer numbered[POLICY_KEYS];
    struct recall_answer named[RECALL_NAMED];
    struct slice names[RECALL_NAMED];
    struct slice address_text; /**< What was last read as an address, */
    struct address address;    /**< and what it is, */
    bool is_address;           /**< if it is one. */
};

/** Starts with nothing told. */
void recall_start(struct recall *recall, const struct policy_request *request);

/** A lookup that asks the request's own once for each key. DATA is a `struct recall *`. */
policy_lookup recall_lookup;

/**
 * A value of the request as an address.
 * @param request whose lookup may be recall_lookup(): then the value that was read last is not read again.
 */
bool recall_address(const struct policy_request *request, struct slice text, struct address *out);

#endif
