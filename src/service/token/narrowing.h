// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an authorization token was narrowed to when it was asked for (header X-Jeton-Scope, `jeton ... --scope`). It is
 * one more restriction that every decision by the token must pass; it never allows anything by itself. Pure.
 *
 * The grammar:
 *
 *     scope      = items | policy
 *     items      = item *(blanks item)         each kind of item once
 *     item       = "read" | "repository:" NAME *("," NAME)
 *     policy     = "policy:" JSON              alone, to the end
 *
 * `read` leaves codeartifact:ReadFromRepository and AWS's actions that describe, get and list. `repository:` leaves
 * these repositories of the token's domain with the packages in them, and nothing that is asked for the domain itself.
 * `policy:` is a policy in the form of a session policy.
 */
#ifndef JETON_SERVICE_TOKEN_NARROWING_H
#define JETON_SERVICE_TOKEN_NARROWING_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

/** Repositories that one scope can name. */
#define NARROWING_REPOSITORIES_MAX ((size_t)50)

/** A scope taken apart. Slices are of the text; lists in the arena. Without any of the three, nothing is narrowed. */
struct narrowing {
    bool read;
    const struct slice *repositories;
    size_t repository_count;
    struct slice policy; /**< The JSON, which has not been looked at; or empty. */
};

/** @param error ERROR_PARAMETER "ValidationError": what is wrong with it, and the grammar in short. */
bool narrowing_parse(struct slice text, struct arena *arena, struct narrowing *out, struct error *error);

/** Appends it in one form of its own, which is parsed to the same: what the token carries. */
void narrowing_write(struct buffer *out, const struct narrowing *narrowing);

/**
 * Appends the policy that says the same: that of `policy:`, or one for the others.
 * @param domain the ARN of the token's domain: "arn:aws:codeartifact:REGION:ACCOUNT:domain/NAME".
 */
void narrowing_write_policy(struct buffer *out, const struct narrowing *narrowing, struct slice domain);

#endif
