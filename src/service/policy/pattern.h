// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Patterns of policy documents: `*` for any text, `?` for any one character (of UTF-8), `${...}` for a value of the
 * request. They are taken apart when the document is read.
 * Source: "IAM policy elements: Variables and tags" (IAM User Guide).
 */
#ifndef JETON_SERVICE_POLICY_PATTERN_H
#define JETON_SERVICE_POLICY_PATTERN_H

#include "base/bytes.h"
#include "base/memory.h"
#include "service/policy/policy.h"

#include <stdbool.h>

/** arn:partition:service:region:account:resource */
#define PATTERN_ARN_PARTS ((size_t)6)

enum pattern_kind {
    PATTERN_ANY,     /**< `*` */
    PATTERN_EXACT,   /**< A text without wildcards. */
    PATTERN_PREFIX,  /**< A text and one `*` at its end. */
    PATTERN_GLOB,    /**< Wildcards elsewhere. */
    PATTERN_VARIABLE /**< Has a value of the request. */
};

enum pattern_piece_kind {
    PATTERN_PIECE_TEXT, /**< Stands for itself. */
    PATTERN_PIECE_STAR,
    PATTERN_PIECE_ONE,
    PATTERN_PIECE_VARIABLE
};

struct pattern_piece {
    enum pattern_piece_kind kind;
    struct slice text;            /**< Of a variable: its default value; data NULL when it has none. */
    const struct policy_key *key; /**< Of a variable. */
};

/** Lives in the arena of its document. */
struct pattern {
    enum pattern_kind kind;
    bool any_case;     /**< Letters match in any case. */
    struct slice text; /**< Of PATTERN_EXACT and PATTERN_PREFIX: the text that stands at the start. */
    struct pattern_piece *pieces;
    size_t piece_count;
};

/** How a text is taken apart. */
struct pattern_form {
    bool wildcards;
    bool variables; /**< Of Version 2012-10-17, where variables may stand. */
    bool any_case;
};

/**
 * Takes a text apart; copies what it keeps.
 * @return false when a variable is written wrong: without `}`, without a name, or with a broken default value.
 */
bool pattern_compile(struct arena *arena, struct slice text, struct pattern_form form, struct pattern *out);

enum pattern_result {
    PATTERN_DIFFERS,
    PATTERN_MATCHES,
    PATTERN_UNRESOLVED /**< It has a variable that the request has no value for, or several. */
};

/** pattern_match() of every kind. */
enum pattern_result pattern_match_any(const struct pattern *pattern, struct slice text,
                                      const struct policy_request *request);

/**
 * Whether TEXT matches as a whole. No recursion; at worst the product of both lengths. A value of the request stands
 * for itself: a `*` in it is no wildcard.
 * @param request for variables; long patterns with them take memory from its arena. May be NULL without them.
 */
static inline enum pattern_result pattern_match(const struct pattern *pattern, struct slice text,
                                                const struct policy_request *request)
{
    // Without a call what most patterns are, because every statement has some.
    if (pattern->kind == PATTERN_ANY)
        return PATTERN_MATCHES;
    if (pattern->kind == PATTERN_EXACT && !pattern->any_case)
        return slice_equal(pattern->text, text) ? PATTERN_MATCHES : PATTERN_DIFFERS;
    return pattern_match_any(pattern, text, request);
}

/** Pieces that most patterns do not have more of. */
#define PATTERN_ROOM 8

/**
 * Puts the values of the request in place of the variables.
 * @param room for the pieces of OUT; those of a longer pattern are in the request's arena.
 * @return false when one has none or several.
 */
bool pattern_resolve(const struct pattern *pattern, const struct policy_request *request,
                     struct pattern_piece room[static PATTERN_ROOM], struct pattern *out);

/** A pattern for ARNs, one for each part between the first five colons. */
struct pattern_arn {
    struct pattern parts[PATTERN_ARN_PARTS];
    size_t count;         /**< Fewer than all when the pattern ends early. */
    struct pattern whole; /**< With variables, whose values may have colons: all of it, and no parts. */
};

/** An ARN taken apart. */
struct pattern_arn_parts {
    struct slice parts[PATTERN_ARN_PARTS];
    size_t count;
};

/** Cuts at the first five colons; the last part reaches to the end. */
struct pattern_arn_parts pattern_split_arn(struct slice arn);

/** Takes the pattern of a Resource apart: variables may stand in the last part alone. As pattern_compile(). */
bool pattern_compile_resource(struct arena *arena, struct slice text, bool variables, struct pattern_arn *out);

/** Takes the pattern of a condition apart: variables may stand anywhere. As pattern_compile(). */
bool pattern_compile_arn(struct arena *arena, struct slice text, bool variables, struct pattern_arn *out);

/**
 * Whether the pattern may match a text that starts so. With wildcards or variables in it, only what stands before the
 * first of them is looked at, so that it may say yes too often.
 */
bool pattern_may_start(const struct pattern *pattern, struct slice start);
/** Whether what follows the end of a text that the pattern matches makes no difference. */
bool pattern_is_open(const struct pattern *pattern);

/** Whether the parts match that the pattern has; those that it lacks at its end match anything. */
enum pattern_result pattern_match_arn(const struct pattern_arn *pattern, const struct pattern_arn_parts *arn,
                                      const struct policy_request *request);

#endif
