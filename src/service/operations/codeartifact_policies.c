// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The permissions policies of domains and repositories: Put, Get and Delete, which are the same for both.
 * How revisions work: section 3 of the project's reference service-semantics.md.
 */
#include "service/operations/codeartifact.h"

#include "base/json.h"
#include "service/operations/iam.h"
#include "service/policy/policy.h"

/** STORED is the document as the store keeps it: with unique ids where principals have them. */
static json_t *show(const struct operation_call *call, const struct store_resource *target, const char *stored,
                    const char *revision)
{
    return json_pack("{s:{s:s, s:s, s:s}}", "policy", "resourceArn", codeartifact_resource_arn(call, target),
                     "revision", revision, "document", iam_principals_to_show(call, stored));
}

static const char *name_target(const struct operation_call *call, const struct store_resource *target)
{
    if (target->repository.size == 0)
        return arena_format(call->arena, "domain '%.*s'", SLICE_ARGS(target->domain));
    return arena_format(call->arena, "repository '%.*s' in domain '%.*s'", SLICE_ARGS(target->repository),
                        SLICE_ARGS(target->domain));
}

static json_t *no_policy(const struct operation_call *call, const struct store_resource *target, struct error *error)
{
    return codeartifact_fail(
        error, "ResourceNotFoundException", target,
        arena_format(call->arena, "Permissions policy not found. There is none of %s", name_target(call, target)));
}

static json_t *changed(const struct operation_call *call, const struct store_resource *target, struct error *error)
{
    return codeartifact_fail(error, "ConflictException", target,
                             arena_format(call->arena, "The permissions policy of %s does not have the revision '%.*s'",
                                          name_target(call, target),
                                          SLICE_ARGS(json_member_text(call->input, "policyRevision"))));
}

/** Insists on the domain or repository that the policy belongs to. */
static bool require_target(const struct operation_call *call, const struct store_resource *target, struct error *error)
{
    struct store_repository repository;
    return target->repository.size == 0 ? codeartifact_require_domain(call, target, error)
                                        : codeartifact_require_repository(call, target, &repository, error);
}

/** Insists on a document that can be a policy of a resource. */
static bool check_document(const struct operation_call *call, struct slice document, struct error *error)
{
    ERROR_AUTO reason = {0};
    struct policy *policy = policy_parse(POLICY_RESOURCE, document, CODEARTIFACT_DOCUMENT_MAX, &reason);
    if (policy == NULL)
        return codeartifact_refuse(error, arena_format(call->arena, "The value of policyDocument is no policy: %s",
                                                       reason.message == NULL ? "" : reason.message));
    policy_free(policy);
    return true;
}

json_t *codeartifact_put_permissions_policy(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    struct slice document = json_member_text(call->input, "policyDocument");
    if (!require_target(call, &target, error) || !check_document(call, document, error))
        return NULL;
    const char *stored = iam_principals_to_store(call, document, false, error);
    if (stored == NULL)
        return NULL;
    const char *revision = NULL;
    switch (store_put_resource_policy(call->desk->store, &target, json_member_text(call->input, "policyRevision"),
                                      slice_of(stored), call->now, call->arena, &revision, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return show(call, &target, stored, revision);
    case STORE_CHANGED:
        return changed(call, &target, error);
    case STORE_ABSENT: // deleted in between
        return codeartifact_absent(call, &target, error);
    default:
        return NULL;
    }
}

json_t *codeartifact_get_permissions_policy(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    if (!require_target(call, &target, error))
        return NULL;
    struct store_resource_policy policy;
    switch (store_find_resource_policy(call->desk->store, &target, call->arena, &policy, error)) {
    case STORE_OK:
        return show(call, &target, policy.document, policy.revision);
    case STORE_ABSENT:
        return no_policy(call, &target, error);
    default:
        return NULL;
    }
}

json_t *codeartifact_delete_permissions_policy(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    if (!require_target(call, &target, error))
        return NULL;
    struct store_resource_policy policy;
    switch (store_delete_resource_policy(call->desk->store, &target, json_member_text(call->input, "policyRevision"),
                                         call->arena, &policy, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return show(call, &target, policy.document, policy.revision);
    case STORE_CHANGED:
        return changed(call, &target, error);
    case STORE_ABSENT:
        return no_policy(call, &target, error);
    default:
        return NULL;
    }
}
