// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a domain or a repository itself says to a request: whose it is, and its permissions policy. A policy is asked
 * for what is done to its own resource only: a domain's not for its repositories.
 */
#include "service/operations/codeartifact.h"

#include "service/operations/authorize.h"

/** Reads and parses the policy of a resource; NULL when it has none. */
static bool load_policy(const struct operation_call *call, const struct store_resource *resource, struct policy **out,
                        struct error *error)
{
    struct store_resource_policy stored;
    *out = NULL;
    switch (store_find_resource_policy(call->desk->store, resource, call->arena, &stored, error)) {
    case STORE_OK:
        break;
    case STORE_ABSENT:
        return true;
    default:
        return false;
    }
    ERROR_AUTO reason = {0};
    *out = policy_parse(POLICY_RESOURCE, slice_of(stored.document), CODEARTIFACT_DOCUMENT_MAX, &reason);
    return *out != NULL ||
           error_set(error, ERROR_INTERNAL, NULL, "the permissions policy of %s in the store cannot be used: %s",
                     codeartifact_resource_arn(call, resource), reason.message == NULL ? "" : reason.message);
}

enum store_result codeartifact_find_domain(const struct operation_call *call, const struct store_resource *resource,
                                           const struct policy **policy, struct error *error)
{
    const struct store_resource target = {.owner = resource->owner, .domain = resource->domain};
    if (resource_cache_find(call->resources, &target, policy))
        return STORE_OK;
    struct store_domain domain;
    struct policy *loaded;
    enum store_result result =
        store_find_domain(call->desk->store, target.owner, target.domain, call->arena, &domain, error);
    if (result != STORE_OK)
        return result;
    if (!load_policy(call, &target, &loaded, error))
        return STORE_FAILED;
    *policy = resource_cache_put(call->resources, &target, loaded);
    return STORE_OK;
}

/** The policy of a repository of a domain that exists, whether the repository does or not. */
static bool find_repository_policy(const struct operation_call *call, const struct store_resource *resource,
                                   const struct policy **policy, struct error *error)
{
    if (resource_cache_find(call->resources, resource, policy))
        return true;
    struct policy *loaded;
    if (!load_policy(call, resource, &loaded, error))
        return false;
    *policy = resource_cache_put(call->resources, resource, loaded);
    return true;
}

/** Of a resource in a domain that does not exist there is nothing to say: the operation will say that it is not there.
 */
static bool guard(const struct operation_call *call, const struct store_resource *resource, bool by_policy,
                  struct authorize_question *question, struct error *error)
{
    const struct policy *policy = NULL;
    enum store_result result = codeartifact_find_domain(call, resource, &policy, error);
    if (result != STORE_OK)
        return result == STORE_ABSENT;
    question->resource_account = resource->owner;
    // What is asked of no resource (CreateRepository) is asked of none with tags.
    if (!slice_is(slice_of(question->resource), "*")) {
        struct store_resource *tagged = arena_allocate(call->arena, 1, sizeof *tagged);
        *tagged = *resource;
        question->tagged = tagged;
    }
    if (!by_policy)
        return true;
    if (resource->repository.size > 0 && !find_repository_policy(call, resource, &policy, error))
        return false;
    const struct policy **kept = arena_allocate(call->arena, 1, sizeof *kept);
    *kept = policy;
    question->resource_policies = (struct policy_set){kept, policy != NULL};
    return true;
}

bool codeartifact_guard_domain(const struct operation_call *call, struct authorize_question *question,
                               struct error *error)
{
    struct store_resource target = codeartifact_target(call);
    target.repository = (struct slice){0};
    return guard(call, &target, true, question, error);
}

bool codeartifact_guard_repository(const struct operation_call *call, struct authorize_question *question,
                                   struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    return guard(call, &target, true, question, error);
}

bool codeartifact_guard_own(const struct operation_call *call, struct authorize_question *question, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    return guard(call, &target, false, question, error);
}

bool codeartifact_guard_tagged(const struct operation_call *call, struct authorize_question *question,
                               struct error *error)
{
    struct store_resource target;
    return !codeartifact_parse_arn(call, &target) || guard(call, &target, true, question, error);
}

bool codeartifact_guard_upstream(const struct operation_call *call, const struct store_resource *upstream,
                                 struct authorize_question *question, struct error *error)
{
    return guard(call, upstream, true, question, error);
}
