// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/operations.h"

#include "service/operations/authorize.h"
#include "service/operations/codeartifact.h"
#include "service/operations/sts.h"

/** Which resource an action is asked for: service-semantics.md section 6 of the project's reference. */
const struct operation_binding operation_bindings[] = {
    {"codeartifact:CreateDomain", codeartifact_no_resource, codeartifact_create_domain},
    {"codeartifact:CreateRepository", codeartifact_no_resource, codeartifact_create_repository},
    {"codeartifact:DeleteDomain", codeartifact_domain_resource, codeartifact_delete_domain},
    {"codeartifact:DeleteRepository", codeartifact_repository_resource, codeartifact_delete_repository},
    {"codeartifact:DescribeDomain", codeartifact_domain_resource, codeartifact_describe_domain},
    {"codeartifact:DescribeRepository", codeartifact_repository_resource, codeartifact_describe_repository},
    {"codeartifact:GetAuthorizationToken", codeartifact_domain_resource, codeartifact_get_authorization_token},
    {"codeartifact:GetRepositoryEndpoint", codeartifact_repository_resource, codeartifact_get_repository_endpoint},
    {"codeartifact:ListDomains", codeartifact_no_resource, codeartifact_list_domains},
    {"codeartifact:ListRepositoriesInDomain", codeartifact_domain_resource, codeartifact_list_repositories_in_domain},
    {"sts:GetCallerIdentity", NULL, sts_get_caller_identity},
};

const size_t operation_binding_count = sizeof operation_bindings / sizeof operation_bindings[0];

const struct operation_binding *operation_find_binding(const struct api_operation *operation)
{
    for (size_t i = 0; i < operation_binding_count; i++) {
        struct slice name = slice_of(operation_bindings[i].action);
        struct slice service;
        (void)slice_cut(&name, ':', &service);
        if (slice_is(name, operation->name) && slice_is(service, operation->service->signing_name))
            return &operation_bindings[i];
    }
    return NULL;
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
    allowed.resource = binding->resource(call);
    if (!authorize(call->caller, binding->action, allowed.resource, error))
        return NULL;
    return binding->run(&allowed, error);
}
