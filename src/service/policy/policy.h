// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * IAM policy documents: parsed once, evaluated many times, and what they decide together. Pure.
 *
 * The language is the whole of "IAM JSON policy elements reference" (IAM User Guide). What a document says is either
 * understood or refused; nothing in it is ever left aside.
 */
#ifndef JETON_SERVICE_POLICY_POLICY_H
#define JETON_SERVICE_POLICY_POLICY_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "service/policy/key.h"

#include <stdbool.h>
#include <stddef.h>

/** What a document is attached to. It decides what the document must and must not have. */
enum policy_kind {
    POLICY_IDENTITY, /**< A user, a group, a role: no Principal. */
    POLICY_RESOURCE, /**< A resource: with Principal; without Resource, the resource that it is attached to is meant. */
    POLICY_TRUST,    /**< A role, saying who may assume it: with Principal, without Resource, sts: actions only. */
    POLICY_BOUNDARY, /**< A permissions boundary: as POLICY_IDENTITY. */
    POLICY_SESSION,  /**< Passed when a session is made: as POLICY_IDENTITY. */
    POLICY_TOKEN,    /**< What narrows one authorization token: as POLICY_IDENTITY. */
    POLICY_KINDS
};

/** IAM's quotas in characters, white space not counted ("IAM and AWS STS quotas"); a setting may differ. */
#define POLICY_SIZE_MANAGED ((size_t)6144)
#define POLICY_SIZE_USER ((size_t)2048)
#define POLICY_SIZE_GROUP ((size_t)5120)
#define POLICY_SIZE_ROLE ((size_t)10240)
#define POLICY_SIZE_TRUST ((size_t)2048)
#define POLICY_SIZE_SESSION ((size_t)2048)
#define POLICY_SIZE_RESOURCE ((size_t)5120)
/** The longest document that is read at all, in bytes. */
#define POLICY_SIZE_MAX ((size_t)131072)

/** A parsed document; immutable, shared by threads. */
struct policy;

/**
 * Parses a document.
 * @param size_max one of POLICY_SIZE_*.
 * @param error    ERROR_PARAMETER "MalformedPolicyDocument": AWS's sentence and in parentheses the place, what is wrong
 *                 there, and what would be right, as in `Syntax errors in policy. (Statement[1].Effect: must be
 *                 "Allow" or "Deny")`; "LimitExceeded" for SIZE_MAX.
 * @return owned, policy_free() ends it; or NULL.
 */
struct policy *policy_parse(enum policy_kind kind, struct slice document, size_t size_max, struct error *error);
/** As policy_parse(), but only appends the document without the white space that it may have. */
bool policy_write_compact(enum policy_kind kind, struct slice document, size_t size_max, struct buffer *out,
                          struct error *error);
/** NULL is fine. */
void policy_free(struct policy *policy);
/** How many statements it has. */
size_t policy_statement_count(const struct policy *policy);
/** The Sid of a statement; empty when there is none. */
struct slice policy_statement_id(const struct policy *policy, size_t statement);

/** A place in a document: lines and columns count from 1, columns in characters. */
struct policy_position {
    size_t line;
    size_t column;
};

/**
 * Where a statement stands in the text of its document, as SimulateCustomPolicy tells it: from its brace to behind the
 * other one.
 * @param document what was parsed.
 * @return false when there is no such statement, or none can be found because a name is written with escapes.
 */
bool policy_locate_statement(struct slice document, size_t statement, struct policy_position *start,
                             struct policy_position *end);

/** Who asks. */
enum policy_principal_kind {
    POLICY_PRINCIPAL_ROOT,      /**< The root of an account. */
    POLICY_PRINCIPAL_USER,      /**< A user, by access key or by a session of GetSessionToken. */
    POLICY_PRINCIPAL_SESSION,   /**< A session of a role. */
    POLICY_PRINCIPAL_FEDERATED, /**< Nobody yet: the holder of an identity provider's token asks for a role. */
    POLICY_PRINCIPAL_SERVICE    /**< A service. */
};

/** The one who asks. What does not apply is empty. */
struct policy_principal {
    enum policy_principal_kind kind;
    struct slice account;    /**< 12 digits. */
    struct slice arn;        /**< Of the user, the root or the role's session. */
    struct slice entity_arn; /**< Of the role that the session is one of. */
    struct slice entity_id;  /**< "AIDA..." of the user, "AROA..." of the role. */
    struct slice provider;   /**< The ARN of the identity provider, or the service's "codeartifact.amazonaws.com". */
};

/** The values that a request has for a condition key. Present without values is not the same as absent. */
struct policy_values {
    const struct slice *items;
    size_t count;
};

/**
 * Finds what a request has for a key. Called when a statement that fits otherwise asks for it, maybe several times.
 * What it gives must stay until the decision.
 * @return false when the request does not have the key.
 */
typedef bool policy_lookup(void *data, const struct policy_key *key, struct policy_values *out);

/** A key of a request in a table, by name in any case of letters. */
struct policy_entry {
    struct slice name;
    struct policy_values values;
};

/** A lookup in a table: what a caller need not compute. DATA is a `struct policy_context *`. */
struct policy_context {
    const struct policy_entry *entries;
    size_t count;
};
policy_lookup policy_context_lookup;

/** A statement that fits a request. */
struct policy_match {
    enum policy_kind kind;
    size_t policy;    /**< Its index among the policies of that kind. */
    size_t statement; /**< Its index in the document. */
    bool deny;
};

/** All that fit, for who wants to know (SimulatePrincipalPolicy). The decision fills it, from the request's arena. */
struct policy_matches {
    struct policy_match *items;
    size_t count;
};

/** What is asked. Everything is borrowed. */
struct policy_request {
    struct slice action;   /**< "codeartifact:GetAuthorizationToken", in any case of letters. */
    struct slice resource; /**< An ARN, or "*" for an action without a resource. */
    /**
     * The ARN ends with a `*` that stands for a name that is not known: what allows must allow every name there, and
     * what denies any of them denies.
     */
    bool any_name;
    const struct policy_principal *principal;
    struct slice resource_account; /**< Who owns the resource; empty: the principal's account. */
    policy_lookup *lookup;         /**< NULL: there are no keys. */
    void *lookup_data;
    struct arena *arena;            /**< For policy variables, matches, and actions of more than 128 characters. */
    struct policy_matches *matches; /**< NULL: nobody wants to know, and evaluation may stop early. */
};

/** Some policies of one kind. None is not the same as one that allows nothing. */
struct policy_set {
    const struct policy *const *policies;
    size_t count;
};

/** All policies that apply to a request, by kind. With a trust policy, the resource is a role to be assumed. */
struct policy_sets {
    struct policy_set of[POLICY_KINDS];
};

enum policy_outcome {
    POLICY_ALLOWED,
    POLICY_NOT_ALLOWED,      /**< No statement allows it, in the kind of policy that the verdict names. */
    POLICY_EXPLICITLY_DENIED /**< A statement of the kind that the verdict names denies it. */
};

struct policy_verdict {
    enum policy_outcome outcome;
    enum policy_kind kind; /**< Not for POLICY_ALLOWED. */
};

/**
 * Decides, in the order of "Policy evaluation logic" (IAM User Guide). A denial anywhere is final. Then, in one
 * account, identity or resource policies must allow it, and boundary and session policies not cut it; what a resource
 * policy grants to the user, the session or everyone is not cut, what it grants to the role is, and what it grants to
 * the account only leaves the decision to the identity policies. Between accounts both sides must allow it. A role
 * must always be trusted. The root of an account may do everything in it. What narrows a token must allow it in any
 * case, whoever else does.
 */
struct policy_verdict policy_decide(const struct policy_sets *sets, const struct policy_request *request);

#endif
