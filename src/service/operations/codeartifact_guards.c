// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a domain or a repository itself says to a request: whose it is, and the permissions policies. A domain's is
 * asked for what is done to its repositories too ("Domain policies" of the CodeArtifact User Guide).
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

enum store_result codeartifact_find_repository(const struct operation_call *call, const struct store_resource *resource,
                                               const struct policy **policy, struct error *error)
{
    if (resource_cache_find(call->resources, resource, policy))
        return STORE_OK;
    struct store_repository repository;
    struct policy *loaded;
    enum store_result result = store_find_repository(call->desk->store, resource->owner, resource->domain,
                                                     resource->repository, call->arena, &repository, error);
    if (result != STORE_OK)
        return result;
    if (!load_policy(call, resource, &loaded, error))
        return STORE_FAILED;
    *policy = resource_cache_put(call->resources, resource, loaded);
    return STORE_OK;
}

/** The policies of a resource and of the domain that it is in; OF_DOMAIN is that one's. */
static bool add_policies(const struct operation_call *call, const struct store_resource *resource,
                         const struct policy *of_domain, struct authorize_question *question, struct error *error)
{
    const struct policy *own = NULL;
    size_t count = 0;
    if (resource->repository.size > 0 && codeartifact_find_repository(call, resource, &own, error) == STORE_FAILED)
        return false;
    const struct policy **kept = arena_allocate(call->arena, 2, sizeof *kept);
    if (own != NULL)
        kept[count++] = own;
    if (of_domain != NULL)
        kept[count++] = of_domain;
    question->resource_policies = (struct policy_set){kept, count};
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
    return !by_policy || add_policies(call, resource, policy, question, error);
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

bool codeartifact_guard_resource(const struct operation_call *call, const struct store_resource *resource,
                                 struct authorize_question *question, struct error *error)
{
    return guard(call, resource, true, question, error);
}
