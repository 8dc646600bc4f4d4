// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A policy document as it is kept: statements with their patterns. */
#ifndef JETON_SERVICE_POLICY_DOCUMENT_H
#define JETON_SERVICE_POLICY_DOCUMENT_H

#include "base/memory.h"
#include "service/policy/policy.h"

struct policy_patterns {
    struct slice *items;
    size_t count;
};

struct policy_statement {
    struct slice id; /**< Sid; empty when there is none. */
    bool deny;
    struct policy_patterns actions;
    struct policy_patterns resources;
};

/** All of it in the arena. */
struct policy {
    struct arena *arena;
    struct policy_statement *statements;
    size_t statement_count;
};

#endif
