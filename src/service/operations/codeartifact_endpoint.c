// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** GetRepositoryEndpoint. */
#include "service/operations/codeartifact.h"

#include "base/json.h"

/**
 * The path form needs no wildcard DNS and no wildcard certificate ("Use CodeArtifact from a VPC without private DNS" of
 * the User Guide); the form by host names is for who has both. Which addresses a name has is not ours to say, so the
 * endpoint type makes no difference.
 */
json_t *codeartifact_get_repository_endpoint(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    struct slice format = json_member_text(call->input, "format");
    struct store_repository repository;
    if (!codeartifact_require_repository(call, &target, &repository, error))
        return NULL;
    const char *endpoint =
        call->endpoint_hosts != NULL
            ? arena_format(call->arena, "https://%s-%s.%s/%.*s/%s/", repository.domain, repository.domain_owner,
                           call->endpoint_hosts, SLICE_ARGS(format), repository.name)
            : arena_format(call->arena, "%s/%.*s/d/%s-%s/%s/", call->endpoint_base, SLICE_ARGS(format),
                           repository.domain, repository.domain_owner, repository.name);
    return json_pack("{s:s}", "repositoryEndpoint", endpoint);
}
