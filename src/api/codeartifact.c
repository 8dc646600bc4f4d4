// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations of AWS CodeArtifact: its public service model of 2018-09-22, in our own words. */
#include "api/codeartifact.h"
#include "api/table.h"

// ------------------------------------------------------------------ shapes

static const struct api_pattern domain_pattern = {"[a-z][a-z0-9\\-]{0,48}[a-z0-9]", "a-z", "a-z0-9-", "a-z0-9"};
static const struct api_pattern repository_pattern = {"[A-Za-z0-9][A-Za-z0-9._\\-]{1,99}", "A-Za-z0-9", "A-Za-z0-9._-",
                                                      "A-Za-z0-9._-"};
static const struct api_pattern account_pattern = {"[0-9]{12}", "0-9", "0-9", "0-9"};
static const struct api_pattern solid_pattern = {"\\S+", "\\S", "\\S", "\\S"};
static const struct api_pattern printable_pattern = {"\\P{C}*", "\\P{C}", "\\P{C}", "\\P{C}"};

static const char *const format_values[] = {"npm", "pypi", "maven", "nuget", "generic", "ruby", "swift", "cargo", NULL};
static const char *const endpoint_type_values[] = {"dualstack", "ipv4", NULL};
static const char *const domain_status_values[] = {"Active", "Deleted", NULL};

STRING_SHAPE(domain_name, 2, 50, &domain_pattern, NULL);
STRING_SHAPE(repository_name, 2, 100, &repository_pattern, NULL);
STRING_SHAPE(account_id, 12, 12, &account_pattern, NULL);
STRING_SHAPE(arn, 1, 1011, &solid_pattern, NULL);
STRING_SHAPE(description, 0, 1000, &printable_pattern, NULL);
STRING_SHAPE(package_format, -1, -1, NULL, format_values);
STRING_SHAPE(endpoint_type, -1, -1, NULL, endpoint_type_values);
STRING_SHAPE(pagination_token, 1, 2000, &solid_pattern, NULL);
STRING_SHAPE(domain_status, -1, -1, NULL, domain_status_values);
STRING_SHAPE(tag_key, 1, 128, NULL, NULL);
STRING_SHAPE(tag_value, 0, 256, NULL, NULL);
PLAIN_SHAPE(text, API_STRING);
PLAIN_SHAPE(long_number, API_LONG);
PLAIN_SHAPE(integer, API_INTEGER);
PLAIN_SHAPE(timestamp, API_TIMESTAMP);
NUMBER_SHAPE(token_duration, API_LONG, 0, 43200);
NUMBER_SHAPE(max_results, API_INTEGER, 1, 1000);

static const struct api_member tag_members[] = {
    BODY_MEMBER("key", tag_key, REQUIRED, "The tag's key."),
    BODY_MEMBER("value", tag_value, REQUIRED, "The tag's value."),
};
STRUCTURE_SHAPE(tag, tag_members);
LIST_SHAPE(tag_list, tag, 200);

static const struct api_member upstream_members[] = {
    BODY_MEMBER("repositoryName", repository_name, REQUIRED, "The name of an upstream repository."),
};
STRUCTURE_SHAPE(upstream, upstream_members);
LIST_SHAPE(upstream_list, upstream, -1);

static const struct api_member upstream_info_members[] = {
    BODY_MEMBER("repositoryName", repository_name, OPTIONAL, "The name of an upstream repository."),
};
STRUCTURE_SHAPE(upstream_info, upstream_info_members);
LIST_SHAPE(upstream_info_list, upstream_info, -1);

static const struct api_member external_connection_members[] = {
    BODY_MEMBER("externalConnectionName", text, OPTIONAL, "The public repository it leads to."),
    BODY_MEMBER("packageFormat", package_format, OPTIONAL, "The package format it serves."),
    BODY_MEMBER("status", text, OPTIONAL, "Whether it can be used."),
};
STRUCTURE_SHAPE(external_connection, external_connection_members);
LIST_SHAPE(external_connection_list, external_connection, -1);

static const struct api_member domain_summary_members[] = {
    BODY_MEMBER("name", domain_name, OPTIONAL, "The domain's name."),
    BODY_MEMBER("owner", account_id, OPTIONAL, "The account that owns it."),
    BODY_MEMBER("arn", arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("status", domain_status, OPTIONAL, "Its status."),
    BODY_MEMBER("createdTime", timestamp, OPTIONAL, "When it was made."),
    BODY_MEMBER("encryptionKey", arn, OPTIONAL, "The key that encrypts its assets."),
};
STRUCTURE_SHAPE(domain_summary, domain_summary_members);
LIST_SHAPE(domain_summary_list, domain_summary, -1);

static const struct api_member domain_description_members[] = {
    BODY_MEMBER("name", domain_name, OPTIONAL, "The domain's name."),
    BODY_MEMBER("owner", account_id, OPTIONAL, "The account that owns it."),
    BODY_MEMBER("arn", arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("status", domain_status, OPTIONAL, "Its status."),
    BODY_MEMBER("createdTime", timestamp, OPTIONAL, "When it was made."),
    BODY_MEMBER("encryptionKey", arn, OPTIONAL, "The key that encrypts its assets."),
    BODY_MEMBER("repositoryCount", integer, OPTIONAL, "How many repositories it holds."),
    BODY_MEMBER("assetSizeBytes", long_number, OPTIONAL, "How large its assets are together."),
    BODY_MEMBER("s3BucketArn", arn, OPTIONAL, "Where its assets are kept."),
};
STRUCTURE_SHAPE(domain_description, domain_description_members);

static const struct api_member repository_summary_members[] = {
    BODY_MEMBER("name", repository_name, OPTIONAL, "The repository's name."),
    BODY_MEMBER("administratorAccount", account_id, OPTIONAL, "The account that administers it."),
    BODY_MEMBER("domainName", domain_name, OPTIONAL, "The domain it is in."),
    BODY_MEMBER("domainOwner", account_id, OPTIONAL, "The account that owns the domain."),
    BODY_MEMBER("arn", arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("description", description, OPTIONAL, "What it is for."),
    BODY_MEMBER("createdTime", timestamp, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(repository_summary, repository_summary_members);
LIST_SHAPE(repository_summary_list, repository_summary, -1);

static const struct api_member repository_description_members[] = {
    BODY_MEMBER("name", repository_name, OPTIONAL, "The repository's name."),
    BODY_MEMBER("administratorAccount", account_id, OPTIONAL, "The account that administers it."),
    BODY_MEMBER("domainName", domain_name, OPTIONAL, "The domain it is in."),
    BODY_MEMBER("domainOwner", account_id, OPTIONAL, "The account that owns the domain."),
    BODY_MEMBER("arn", arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("description", description, OPTIONAL, "What it is for."),
    BODY_MEMBER("upstreams", upstream_info_list, OPTIONAL, "Its upstream repositories, in search order."),
    BODY_MEMBER("externalConnections", external_connection_list, OPTIONAL, "Its public repositories."),
    BODY_MEMBER("createdTime", timestamp, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(repository_description, repository_description_members);

// ------------------------------------------------------------------ errors

static const char *const resource_members[] = {"resourceId", "resourceType", NULL};
static const char *const throttling_members[] = {"retryAfterSeconds", NULL};
static const char *const validation_members[] = {"reason", NULL};
static const char *const no_members[] = {NULL};

static const struct api_error access_denied = {"AccessDeniedException", 403, no_members};
static const struct api_error conflict = {"ConflictException", 409, resource_members};
static const struct api_error internal_server = {"InternalServerException", 500, no_members};
static const struct api_error not_found = {"ResourceNotFoundException", 404, resource_members};
static const struct api_error quota_exceeded = {"ServiceQuotaExceededException", 402, resource_members};
static const struct api_error throttling = {"ThrottlingException", 429, throttling_members};
static const struct api_error validation = {"ValidationException", 400, validation_members};

static const struct api_error *const read_errors[] = {&access_denied, &internal_server, &not_found,
                                                      &throttling,    &validation,      NULL};
static const struct api_error *const list_errors[] = {&access_denied, &internal_server, &throttling, &validation, NULL};
static const struct api_error *const create_errors[] = {&access_denied,  &conflict,   &internal_server, &not_found,
                                                        &quota_exceeded, &throttling, &validation,      NULL};
static const struct api_error *const delete_domain_errors[] = {&access_denied, &conflict,   &internal_server,
                                                               &throttling,    &validation, NULL};
static const struct api_error *const delete_errors[] = {
    &access_denied, &conflict, &internal_server, &not_found, &throttling, &validation, NULL};

// ------------------------------------------------------------------ members that return

#define DOMAIN(text_) QUERY_MEMBER("domain", "domain", domain_name, REQUIRED, text_)
#define DOMAIN_OWNER                                                                                                   \
    QUERY_MEMBER("domainOwner", "domain-owner", account_id, OPTIONAL,                                                  \
                 "The 12-digit account that owns the domain; the caller's own when left out.")
#define REPOSITORY(text_) QUERY_MEMBER("repository", "repository", repository_name, REQUIRED, text_)
#define TAGS BODY_MEMBER("tags", tag_list, OPTIONAL, "Tags: pairs of key and value.")

static const struct api_member domain_result_members[] = {
    BODY_MEMBER("domain", domain_description, OPTIONAL, "The domain."),
};
STRUCTURE_SHAPE(domain_result, domain_result_members);

static const struct api_member repository_result_members[] = {
    BODY_MEMBER("repository", repository_description, OPTIONAL, "The repository."),
};
STRUCTURE_SHAPE(repository_result, repository_result_members);

static const struct api_member one_repository_members[] = {
    DOMAIN("The domain that holds the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The repository's name."),
};
STRUCTURE_SHAPE(one_repository, one_repository_members);

static const struct api_member one_domain_members[] = {
    DOMAIN("The domain's name."),
    DOMAIN_OWNER,
};
STRUCTURE_SHAPE(one_domain, one_domain_members);

// ------------------------------------------------------------------ operations

static const struct api_member create_domain_members[] = {
    DOMAIN("The name of the new domain: 2 to 50 lower-case letters, digits and hyphens."),
    BODY_MEMBER("encryptionKey", arn, OPTIONAL, "The key that encrypts the domain's assets."),
    TAGS,
};
STRUCTURE_SHAPE(create_domain_input, create_domain_members);

static const struct api_operation create_domain = {
    .service = &api_codeartifact,
    .name = "CreateDomain",
    .cli_name = "create-domain",
    .method = "POST",
    .path = "/v1/domain",
    .input = &create_domain_input,
    .output = &domain_result,
    .errors = create_errors,
    .text = "Makes a domain, which holds repositories.",
};

static const struct api_member create_repository_members[] = {
    DOMAIN("The domain that shall hold the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The name of the new repository."),
    BODY_MEMBER("description", description, OPTIONAL, "What the repository is for."),
    BODY_MEMBER("upstreams", upstream_list, OPTIONAL, "Repositories of the domain to search next, in order."),
    TAGS,
};
STRUCTURE_SHAPE(create_repository_input, create_repository_members);

static const struct api_operation create_repository = {
    .service = &api_codeartifact,
    .name = "CreateRepository",
    .cli_name = "create-repository",
    .method = "POST",
    .path = "/v1/repository",
    .input = &create_repository_input,
    .output = &repository_result,
    .errors = create_errors,
    .text = "Makes a repository in a domain.",
};

static const struct api_operation delete_domain = {
    .service = &api_codeartifact,
    .name = "DeleteDomain",
    .cli_name = "delete-domain",
    .method = "DELETE",
    .path = "/v1/domain",
    .input = &one_domain,
    .output = &domain_result,
    .errors = delete_domain_errors,
    .text = "Deletes a domain that holds no repository.",
};

static const struct api_operation delete_repository = {
    .service = &api_codeartifact,
    .name = "DeleteRepository",
    .cli_name = "delete-repository",
    .method = "DELETE",
    .path = "/v1/repository",
    .input = &one_repository,
    .output = &repository_result,
    .errors = delete_errors,
    .text = "Deletes a repository.",
};

static const struct api_operation describe_domain = {
    .service = &api_codeartifact,
    .name = "DescribeDomain",
    .cli_name = "describe-domain",
    .method = "GET",
    .path = "/v1/domain",
    .input = &one_domain,
    .output = &domain_result,
    .errors = read_errors,
    .text = "Says what is known of a domain.",
};

static const struct api_operation describe_repository = {
    .service = &api_codeartifact,
    .name = "DescribeRepository",
    .cli_name = "describe-repository",
    .method = "GET",
    .path = "/v1/repository",
    .input = &one_repository,
    .output = &repository_result,
    .errors = read_errors,
    .text = "Says what is known of a repository.",
};

static const struct api_member get_authorization_token_members[] = {
    DOMAIN("The domain that the token shall open."),
    DOMAIN_OWNER,
    QUERY_MEMBER(
        "durationSeconds", "duration", token_duration, OPTIONAL,
        "How long the token lives: 900 to 43200 seconds, 43200 when left out, 0: as long as the caller's session."),
};
STRUCTURE_SHAPE(get_authorization_token_input, get_authorization_token_members);

static const struct api_member get_authorization_token_result[] = {
    BODY_MEMBER("authorizationToken", text, OPTIONAL, "The token."),
    BODY_MEMBER("expiration", timestamp, OPTIONAL, "When it ends."),
};
STRUCTURE_SHAPE(get_authorization_token_output, get_authorization_token_result);

static const struct api_operation get_authorization_token = {
    .service = &api_codeartifact,
    .name = "GetAuthorizationToken",
    .cli_name = "get-authorization-token",
    .method = "POST",
    .path = "/v1/authorization-token",
    .input = &get_authorization_token_input,
    .output = &get_authorization_token_output,
    .errors = read_errors,
    .text = "Gets a token that opens the repositories of a domain.",
    .detail =
        "Needs codeartifact:GetAuthorizationToken on the domain and sts:GetServiceBearerToken. The token lives on "
        "when the caller's session has ended, unless 0 seconds were asked for. The account's root gets none.",
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
    BODY_MEMBER("repositoryEndpoint", text, OPTIONAL, "The URL for the package manager."),
};
STRUCTURE_SHAPE(get_repository_endpoint_output, get_repository_endpoint_result);

static const struct api_operation get_repository_endpoint = {
    .service = &api_codeartifact,
    .name = "GetRepositoryEndpoint",
    .cli_name = "get-repository-endpoint",
    .method = "GET",
    .path = "/v1/repository/endpoint",
    .input = &get_repository_endpoint_input,
    .output = &get_repository_endpoint_output,
    .errors = read_errors,
    .text = "Says under which URL a package manager finds a repository.",
};

// This listing pages in the body, the next one in the query: the model has it so.
static const struct api_member list_domains_members[] = {
    BODY_MEMBER("maxResults", max_results, OPTIONAL, "How many domains an answer may hold."),
    BODY_MEMBER("nextToken", pagination_token, OPTIONAL, "Where the answer before this one ended."),
};
STRUCTURE_SHAPE(list_domains_input, list_domains_members);

static const struct api_member list_domains_result[] = {
    BODY_MEMBER("domains", domain_summary_list, OPTIONAL, "The domains."),
    BODY_MEMBER("nextToken", pagination_token, OPTIONAL, "Where this answer ends, when there are more."),
};
STRUCTURE_SHAPE(list_domains_output, list_domains_result);

static const struct api_paginator domains_paginator = {"nextToken", "nextToken", "maxResults", "domains"};

static const struct api_operation list_domains = {
    .service = &api_codeartifact,
    .name = "ListDomains",
    .cli_name = "list-domains",
    .method = "POST",
    .path = "/v1/domains",
    .input = &list_domains_input,
    .output = &list_domains_output,
    .errors = list_errors,
    .paginator = &domains_paginator,
    .text = "Lists the domains of the caller's account.",
};

static const struct api_member list_repositories_in_domain_members[] = {
    DOMAIN("The domain whose repositories are wanted."),
    DOMAIN_OWNER,
    QUERY_MEMBER("administratorAccount", "administrator-account", account_id, OPTIONAL,
                 "Only repositories that this account administers."),
    QUERY_MEMBER("repositoryPrefix", "repository-prefix", repository_name, OPTIONAL,
                 "Only repositories whose names start so."),
    QUERY_MEMBER("maxResults", "max-results", max_results, OPTIONAL, "How many repositories an answer may hold."),
    QUERY_MEMBER("nextToken", "next-token", pagination_token, OPTIONAL, "Where the answer before this one ended."),
};
STRUCTURE_SHAPE(list_repositories_in_domain_input, list_repositories_in_domain_members);

static const struct api_member list_repositories_result[] = {
    BODY_MEMBER("repositories", repository_summary_list, OPTIONAL, "The repositories."),
    BODY_MEMBER("nextToken", pagination_token, OPTIONAL, "Where this answer ends, when there are more."),
};
STRUCTURE_SHAPE(list_repositories_output, list_repositories_result);

static const struct api_paginator repositories_paginator = {"nextToken", "nextToken", "maxResults", "repositories"};

static const struct api_operation list_repositories_in_domain = {
    .service = &api_codeartifact,
    .name = "ListRepositoriesInDomain",
    .cli_name = "list-repositories-in-domain",
    .method = "POST",
    .path = "/v1/domain/repositories",
    .input = &list_repositories_in_domain_input,
    .output = &list_repositories_output,
    .errors = read_errors,
    .paginator = &repositories_paginator,
    .text = "Lists the repositories of a domain.",
};

static const struct api_operation *const operations[] = {
    &create_domain,
    &create_repository,
    &delete_domain,
    &delete_repository,
    &describe_domain,
    &describe_repository,
    &get_authorization_token,
    &get_repository_endpoint,
    &list_domains,
    &list_repositories_in_domain,
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
