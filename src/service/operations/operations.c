// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/operations.h"

#include "service/operations/authorize.h"
#include "service/operations/codeartifact.h"
#include "service/operations/sts.h"

#include <stdlib.h>
#include <string.h>

/** Sorted by their actions. Which resource an action is asked for: service-semantics.md section 6 of the project's
 * reference. */
const struct operation_binding operation_bindings[] = {
    {"codeartifact:CreateDomain", codeartifact_no_resource, codeartifact_create_domain, NULL},
    {"codeartifact:CreateRepository", codeartifact_no_resource, codeartifact_create_repository,
     codeartifact_guard_domain},
    {"codeartifact:DeleteDomain", codeartifact_domain_resource, codeartifact_delete_domain, codeartifact_guard_domain},
    {"codeartifact:DeleteDomainPermissionsPolicy", codeartifact_domain_resource, codeartifact_delete_permissions_policy,
     codeartifact_guard_domain},
    {"codeartifact:DeleteRepository", codeartifact_repository_resource, codeartifact_delete_repository,
     codeartifact_guard_repository},
    {"codeartifact:DeleteRepositoryPermissionsPolicy", codeartifact_repository_resource,
     codeartifact_delete_permissions_policy, codeartifact_guard_repository},
    {"codeartifact:DescribeDomain", codeartifact_domain_resource, codeartifact_describe_domain,
     codeartifact_guard_domain},
    {"codeartifact:DescribeRepository", codeartifact_repository_resource, codeartifact_describe_repository,
     codeartifact_guard_repository},
    {"codeartifact:GetAuthorizationToken", codeartifact_domain_resource, codeartifact_get_authorization_token,
     codeartifact_guard_domain},
    {"codeartifact:GetDomainPermissionsPolicy", codeartifact_domain_resource, codeartifact_get_permissions_policy,
     codeartifact_guard_domain},
    {"codeartifact:GetRepositoryEndpoint", codeartifact_repository_resource, codeartifact_get_repository_endpoint,
     codeartifact_guard_repository},
    {"codeartifact:GetRepositoryPermissionsPolicy", codeartifact_repository_resource,
     codeartifact_get_permissions_policy, codeartifact_guard_repository},
    {"codeartifact:ListDomains", codeartifact_no_resource, codeartifact_list_domains, NULL},
    {"codeartifact:ListRepositories", codeartifact_no_resource, codeartifact_list_repositories, NULL},
    {"codeartifact:ListRepositoriesInDomain", codeartifact_domain_resource, codeartifact_list_repositories_in_domain,
     codeartifact_guard_domain},
    {"codeartifact:ListTagsForResource", codeartifact_tagged_resource, codeartifact_list_tags_for_resource,
     codeartifact_guard_tagged},
    {"codeartifact:PutDomainPermissionsPolicy", codeartifact_domain_resource, codeartifact_put_permissions_policy,
     codeartifact_guard_own},
    {"codeartifact:PutRepositoryPermissionsPolicy", codeartifact_repository_resource,
     codeartifact_put_permissions_policy, codeartifact_guard_own},
    {"codeartifact:TagResource", codeartifact_tagged_resource, codeartifact_tag_resource, codeartifact_guard_tagged},
    {"codeartifact:UntagResource", codeartifact_tagged_resource, codeartifact_untag_resource,
     codeartifact_guard_tagged},
    {"codeartifact:UpdateRepository", codeartifact_repository_resource, codeartifact_update_repository,
     codeartifact_guard_repository},
    {"sts:GetCallerIdentity", NULL, sts_get_caller_identity, NULL},
};

const size_t operation_binding_count = sizeof operation_bindings / sizeof operation_bindings[0];

/** By the action, which is the service's signing name, a colon and the operation's name. */
static int compare_binding(const void *operation, const void *binding)
{
    const struct api_operation *wanted = operation;
    const char *action = ((const struct operation_binding *)binding)->action;
    size_t size = strlen(wanted->service->signing_name);
    int order = strncmp(wanted->service->signing_name, action, size);
    if (order == 0)
        order = ':' - action[size];
    return order != 0 ? order : strcmp(wanted->name, action + size + 1);
}

const struct operation_binding *operation_find_binding(const struct api_operation *operation)
{
    return bsearch(operation, operation_bindings, operation_binding_count, sizeof *operation_bindings, compare_binding);
}

json_t *operation_run(const struct api_operation *operation, const struct operation_call *call, struct error *error)
{
    const struct operation_binding *binding = operation_find_binding(operation);
    if (binding == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "%s is in the table but bound to nothing", operation->name);
        return NULL;
    }
    if (binding->resource == NULL)
        return binding->run(call, error);
    struct operation_call allowed = *call;
    allowed.action = binding->action;
    allowed.resource = binding->resource(call);
    struct authorize_question question = {.action = allowed.action, .resource = allowed.resource};
    if ((binding->guard != NULL && !binding->guard(&allowed, &question, error)) ||
        !authorize_question(&allowed, &question, error))
        return NULL;
    return binding->run(&allowed, error);
}
