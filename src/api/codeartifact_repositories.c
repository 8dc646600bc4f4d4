// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CodeArtifact's table: repositories. */
#include "api/codeartifact_table.h"

static const struct api_pattern printable_pattern = {"\\P{C}*", "\\P{C}", "\\P{C}", "\\P{C}"};
static const struct api_pattern connection_pattern = {"[A-Za-z0-9][A-Za-z0-9._\\-:]{1,99}", "A-Za-z0-9",
                                                      "A-Za-z0-9._:-", "A-Za-z0-9._:-"};
static const char *const format_values[] = {"npm", "pypi", "maven", "nuget", "generic", "ruby", "swift", "cargo", NULL};
static const char *const endpoint_type_values[] = {"dualstack", "ipv4", NULL};
static const char *const connection_status_values[] = {"Available", NULL};

STRING_SHAPE(description, -1, 1000, &printable_pattern, NULL);
STRING_SHAPE(connection_name, 2, 100, &connection_pattern, NULL);
STRING_SHAPE(package_format, -1, -1, NULL, format_values);
STRING_SHAPE(endpoint_type, -1, -1, NULL, endpoint_type_values);
STRING_SHAPE(connection_status, -1, -1, NULL, connection_status_values);

static const struct api_member upstream_members[] = {
    BODY_MEMBER("repositoryName", codeartifact_repository_name, REQUIRED, "The name of an upstream repository."),
};
STRUCTURE_SHAPE(upstream, upstream_members);
LIST_SHAPE(upstream_list, upstream, -1);

static const struct api_member upstream_info_members[] = {
    BODY_MEMBER("repositoryName", codeartifact_repository_name, OPTIONAL, "The name of an upstream repository."),
};
STRUCTURE_SHAPE(upstream_info, upstream_info_members);
LIST_SHAPE(upstream_info_list, upstream_info, -1);

static const struct api_member external_connection_members[] = {
    BODY_MEMBER("externalConnectionName", connection_name, OPTIONAL, "The public repository it leads to."),
    BODY_MEMBER("packageFormat", package_format, OPTIONAL, "The package format it serves."),
    BODY_MEMBER("status", connection_status, OPTIONAL, "Whether it can be used."),
};
STRUCTURE_SHAPE(external_connection, external_connection_members);
LIST_SHAPE(external_connection_list, external_connection, -1);

static const struct api_member repository_summary_members[] = {
    BODY_MEMBER("name", codeartifact_repository_name, OPTIONAL, "The repository's name."),
    BODY_MEMBER("administratorAccount", codeartifact_account_id, OPTIONAL, "The account that administers it."),
    BODY_MEMBER("domainName", codeartifact_domain_name, OPTIONAL, "The domain it is in."),
    BODY_MEMBER("domainOwner", codeartifact_account_id, OPTIONAL, "The account that owns the domain."),
    BODY_MEMBER("arn", codeartifact_arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("description", description, OPTIONAL, "What it is for."),
    BODY_MEMBER("createdTime", codeartifact_timestamp, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(repository_summary, repository_summary_members);
LIST_SHAPE(repository_summary_list, repository_summary, -1);

static const struct api_member repository_description_members[] = {
    BODY_MEMBER("name", codeartifact_repository_name, OPTIONAL, "The repository's name."),
    BODY_MEMBER("administratorAccount", codeartifact_account_id, OPTIONAL, "The account that administers it."),
    BODY_MEMBER("domainName", codeartifact_domain_name, OPTIONAL, "The domain it is in."),
    BODY_MEMBER("domainOwner", codeartifact_account_id, OPTIONAL, "The account that owns the domain."),
    BODY_MEMBER("arn", codeartifact_arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("description", description, OPTIONAL, "What it is for."),
    BODY_MEMBER("upstreams", upstream_info_list, OPTIONAL, "Its upstream repositories, in search order."),
    BODY_MEMBER("externalConnections", external_connection_list, OPTIONAL, "Its public repositories."),
    BODY_MEMBER("createdTime", codeartifact_timestamp, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(repository_description, repository_description_members);

static const struct api_member repository_result_members[] = {
    BODY_MEMBER("repository", repository_description, OPTIONAL, "The repository."),
};
STRUCTURE_SHAPE(repository_result, repository_result_members);

static const struct api_member create_repository_members[] = {
    DOMAIN("The domain that shall hold the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The name of the new repository."),
    BODY_MEMBER("description", description, OPTIONAL, "What the repository is for."),
    BODY_MEMBER("upstreams", upstream_list, OPTIONAL, "Repositories of the domain to search next, in order."),
    TAGS,
};
STRUCTURE_SHAPE(create_repository_input, create_repository_members);

const struct api_operation api_codeartifact_create_repository = {
    .service = &api_codeartifact,
    .name = "CreateRepository",
    .cli_name = "create-repository",
    .method = "POST",
    .path = "/v1/repository",
    .input = &create_repository_input,
    .output = &repository_result,
    .errors = codeartifact_create_errors,
    .text = "Makes a repository in a domain.",
};

const struct api_operation api_codeartifact_delete_repository = {
    .service = &api_codeartifact,
    .name = "DeleteRepository",
    .cli_name = "delete-repository",
    .method = "DELETE",
    .path = "/v1/repository",
    .input = &codeartifact_one_repository,
    .output = &repository_result,
    .errors = codeartifact_delete_errors,
    .text = "Deletes a repository.",
};

const struct api_operation api_codeartifact_describe_repository = {
    .service = &api_codeartifact,
    .name = "DescribeRepository",
    .cli_name = "describe-repository",
    .method = "GET",
    .path = "/v1/repository",
    .input = &codeartifact_one_repository,
    .output = &repository_result,
    .errors = codeartifact_read_errors,
    .text = "Says what is known of a repository.",
};

static const struct api_member get_repository_endpoint_members[] = {
    DOMAIN("The domain that holds the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The repository's name."),
    QUERY_MEMBER("format", "format", package_format, REQUIRED, "The package format whose endpoint is wanted."),
    QUERY_MEMBER("endpointType", "endpointType", endpoint_type, OPTIONAL,
                 "The addresses that the endpoint shall have."),
};
STRUCTURE_SHAPE(get_repository_endpoint_input, get_repository_endpoint_members);

static const struct api_member get_repository_endpoint_result[] = {
    BODY_MEMBER("repositoryEndpoint", codeartifact_text, REQUIRED, "The URL for the package manager."),
};
STRUCTURE_SHAPE(get_repository_endpoint_output, get_repository_endpoint_result);

const struct api_operation api_codeartifact_get_repository_endpoint = {
    .service = &api_codeartifact,
    .name = "GetRepositoryEndpoint",
    .cli_name = "get-repository-endpoint",
    .method = "GET",
    .path = "/v1/repository/endpoint",
    .input = &get_repository_endpoint_input,
    .output = &get_repository_endpoint_output,
    .errors = codeartifact_read_errors,
    .text = "Says under which URL a package manager finds a repository.",
};

static const struct api_member list_repositories_in_domain_members[] = {
    DOMAIN("The domain whose repositories are wanted."),
    DOMAIN_OWNER,
    QUERY_MEMBER("administratorAccount", "administrator-account", codeartifact_account_id, OPTIONAL,
                 "Only repositories that this account administers."),
    QUERY_MEMBER("repositoryPrefix", "repository-prefix", codeartifact_repository_name, OPTIONAL,
                 "Only repositories whose names start so."),
    QUERY_MEMBER("maxResults", "max-results", codeartifact_max_results, OPTIONAL,
                 "How many repositories an answer may hold."),
    QUERY_MEMBER("nextToken", "next-token", codeartifact_pagination_token, OPTIONAL,
                 "Where the answer before this one ended."),
};
STRUCTURE_SHAPE(list_repositories_in_domain_input, list_repositories_in_domain_members);

static const struct api_member list_repositories_result[] = {
    BODY_MEMBER("repositories", repository_summary_list, OPTIONAL, "The repositories."),
    BODY_MEMBER("nextToken", codeartifact_pagination_token, OPTIONAL, "Where this answer ends, when there are more."),
};
STRUCTURE_SHAPE(list_repositories_output, list_repositories_result);

static const struct api_paginator repositories_paginator = {"nextToken", "nextToken", "maxResults", "repositories"};

static const struct api_member list_repositories_members[] = {
    QUERY_MEMBER("repositoryPrefix", "repository-prefix", codeartifact_repository_name, OPTIONAL,
                 "Only repositories whose names start so."),
    QUERY_MEMBER("maxResults", "max-results", codeartifact_max_results, OPTIONAL,
                 "How many repositories an answer may hold."),
    QUERY_MEMBER("nextToken", "next-token", codeartifact_pagination_token, OPTIONAL,
                 "Where the answer before this one ended."),
};
STRUCTURE_SHAPE(list_repositories_input, list_repositories_members);

const struct api_operation api_codeartifact_list_repositories = {
    .service = &api_codeartifact,
    .name = "ListRepositories",
    .cli_name = "list-repositories",
    .method = "POST",
    .path = "/v1/repositories",
    .input = &list_repositories_input,
    .output = &list_repositories_output,
    .errors = codeartifact_list_errors,
    .paginator = &repositories_paginator,
    .text = "Lists the repositories of the caller's account.",
};

const struct api_operation api_codeartifact_list_repositories_in_domain = {
    .service = &api_codeartifact,
    .name = "ListRepositoriesInDomain",
    .cli_name = "list-repositories-in-domain",
    .method = "POST",
    .path = "/v1/domain/repositories",
    .input = &list_repositories_in_domain_input,
    .output = &list_repositories_output,
    .errors = codeartifact_read_errors,
    .paginator = &repositories_paginator,
    .text = "Lists the repositories of a domain.",
};

static const struct api_member update_repository_members[] = {
    DOMAIN("The domain that holds the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The repository's name."),
    BODY_MEMBER("description", description, OPTIONAL, "What the repository is for; as it is when left out."),
    BODY_MEMBER("upstreams", upstream_list, OPTIONAL,
                "Repositories of the domain to search next, in order; as they are when left out."),
};
STRUCTURE_SHAPE(update_repository_input, update_repository_members);

const struct api_operation api_codeartifact_update_repository = {
    .service = &api_codeartifact,
    .name = "UpdateRepository",
    .cli_name = "update-repository",
    .method = "PUT",
    .path = "/v1/repository",
    .input = &update_repository_input,
    .output = &repository_result,
    .errors = codeartifact_create_errors,
    .text = "Changes the description and the upstreams of a repository.",
};
