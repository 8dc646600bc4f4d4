// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CodeArtifact's table: the service and its list of operations. */
#include "api/codeartifact_table.h"

static const struct api_operation *const operations[] = {
    &api_codeartifact_create_domain,
    &api_codeartifact_create_repository,
    &api_codeartifact_delete_domain,
    &api_codeartifact_delete_domain_permissions_policy,
    &api_codeartifact_delete_repository,
    &api_codeartifact_delete_repository_permissions_policy,
    &api_codeartifact_describe_domain,
    &api_codeartifact_describe_repository,
    &api_codeartifact_get_authorization_token,
    &api_codeartifact_get_domain_permissions_policy,
    &api_codeartifact_get_repository_endpoint,
    &api_codeartifact_get_repository_permissions_policy,
    &api_codeartifact_list_domains,
    &api_codeartifact_list_repositories,
    &api_codeartifact_list_repositories_in_domain,
    &api_codeartifact_list_tags_for_resource,
    &api_codeartifact_put_domain_permissions_policy,
    &api_codeartifact_put_repository_permissions_policy,
    &api_codeartifact_tag_resource,
    &api_codeartifact_untag_resource,
    &api_codeartifact_update_repository,
    NULL,
};

const struct api_service api_codeartifact = {
    .name = "CodeArtifact",
    .cli_name = "codeartifact",
    .signing_name = "codeartifact",
    .version = "2018-09-22",
    .protocol = API_REST_JSON,
    .operations = operations,
    .text = "Package repositories, their domains, and the tokens for them.",
};
