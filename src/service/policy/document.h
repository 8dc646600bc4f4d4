// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A policy document as it is kept: everything read, nothing left to be read at a request. */
#ifndef JETON_SERVICE_POLICY_DOCUMENT_H
#define JETON_SERVICE_POLICY_DOCUMENT_H

#include "base/memory.h"
#include "service/policy/address.h"
#include "service/policy/pattern.h"
#include "service/policy/policy.h"

#include <stdint.h>

// ------------------------------------------------------------------ actions

/** "vendor:name" in small letters; a hash lets nearly all that differ be seen without looking at the text. */
struct policy_action {
    bool any_vendor;
    struct slice vendor;
    uint64_t vendor_hash;
    struct pattern name;
    uint64_t name_hash; /**< Of a name without wildcards. */
};

/** FNV-1a. */
static inline uint64_t policy_hash(struct slice text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(1099511628211);
    return hash;
}

// ------------------------------------------------------------------ principals

enum policy_grantee_kind {
    POLICY_GRANTEE_EVERYONE, /**< `*` */
    POLICY_GRANTEE_ACCOUNT,
    POLICY_GRANTEE_ARN, /**< A user, a role, a session. */
    POLICY_GRANTEE_ID,  /**< The unique id of a user or a role. */
    POLICY_GRANTEE_FEDERATED,
    POLICY_GRANTEE_SERVICE
};

/** One principal of a Principal or NotPrincipal. */
struct policy_grantee {
    enum policy_grantee_kind kind;
    struct slice text;
};

// ------------------------------------------------------------------ conditions

enum policy_type {
    POLICY_TYPE_STRING,
    POLICY_TYPE_NUMBER,
    POLICY_TYPE_DATE,
    POLICY_TYPE_BOOL,
    POLICY_TYPE_BINARY,
    POLICY_TYPE_ADDRESS,
    POLICY_TYPE_ARN,
    POLICY_TYPE_NULL
};

enum policy_comparison { POLICY_EQUAL, POLICY_LESS, POLICY_LESS_OR_EQUAL, POLICY_GREATER, POLICY_GREATER_OR_EQUAL };

/** A condition operator without its qualifiers. */
struct policy_operator {
    const char *name;
    enum policy_type type;
    enum policy_comparison comparison; /**< Of numbers and dates. */
    bool negated;
    bool wildcards; /**< Of strings. */
    bool any_case;  /**< Of strings. */
};

/** A value of a condition, read as its operator wants it. */
struct policy_value {
    union {
        struct pattern string;
        double number;
        int64_t date;
        bool truth; /**< Of Bool and Null. */
        struct slice binary;
        struct address address;
        struct pattern_arn arn;
    } as;
};

enum policy_quantifier { POLICY_SINGLE, POLICY_FOR_ANY_VALUE, POLICY_FOR_ALL_VALUES };

struct policy_condition {
    const struct policy_operator *operator;
    enum policy_quantifier quantifier;
    bool if_exists;
    struct policy_key key;
    struct policy_value *values;
    size_t value_count;
};

// ------------------------------------------------------------------ statements

struct policy_statement {
    struct slice id; /**< Sid; empty when there is none. */
    bool deny;
    bool not_actions;
    bool not_resources;
    bool not_grantees;
    bool any_resource; /**< `*`, or none in a policy of a resource. */
    struct policy_action *actions;
    size_t action_count;
    struct pattern_arn *resources;
    size_t resource_count;
    struct policy_grantee *grantees;
    size_t grantee_count; /**< 0 where nobody is named: the holder of the policy is meant. */
    struct policy_condition *conditions;
    size_t condition_count;
};

/** All of it in the arena. */
struct policy {
    enum policy_kind kind;
    struct arena *arena;
    struct policy_statement *statements;
    size_t statement_count;
};

#endif
