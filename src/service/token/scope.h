// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a session is beside whose it is: its name, what narrows it, its tags, and who is behind it. A session token
 * carries it, and so does an authorization token that such a session asked for. Pure.
 */
#ifndef JETON_SERVICE_TOKEN_SCOPE_H
#define JETON_SERVICE_TOKEN_SCOPE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** Policies, their ARNs and tags of one session have room for so many bytes, as a token writes them. */
#define SCOPE_PACKED_MAX ((size_t)4096)

/** A tag of a session. */
struct scope_tag {
    struct slice key;
    struct slice value;
    bool transitive; /**< It passes on to the sessions of other roles that this session makes. */
};

/** Everything is borrowed; what a session does not have is empty. */
struct session_scope {
    struct slice name;   /**< Of a role's session; empty for one of a user or the root. */
    struct slice policy; /**< The session policy, in JSON. */
    const struct slice *policy_arns;
    size_t policy_arn_count;
    const struct scope_tag *tags;
    size_t tag_count;
    struct slice source_identity;
    struct slice provider; /**< The ARN of the identity provider whose token the role was given for, */
    struct slice subject;  /**< whom that token named, */
    struct slice audience; /**< and whom it was for. */
};

/** Appends the claims of a scope to an object that has members already, and is not ended. */
void scope_write(struct buffer *claims, const struct session_scope *scope);
/** Reads them, copied to the arena. @param error ERROR_PARAMETER "malformed". */
bool scope_read(const json_t *claims, struct arena *arena, struct session_scope *out, struct error *error);

/** How many bytes of SCOPE_PACKED_MAX the policies and tags take; may be more. */
size_t scope_packed_size(const struct session_scope *scope);

#endif
