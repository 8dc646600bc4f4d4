// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CodeArtifact's table: domains. */
#include "api/codeartifact_table.h"

static const char *const status_values[] = {"Active", "Deleted", NULL};

STRING_SHAPE(domain_status, -1, -1, NULL, status_values);
PLAIN_SHAPE(long_number, API_LONG);
PLAIN_SHAPE(integer, API_INTEGER);

static const struct api_member domain_summary_members[] = {
    BODY_MEMBER("name", codeartifact_domain_name, OPTIONAL, "The domain's name."),
    BODY_MEMBER("owner", codeartifact_account_id, OPTIONAL, "The account that owns it."),
    BODY_MEMBER("arn", codeartifact_arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("status", domain_status, OPTIONAL, "Its status."),
    BODY_MEMBER("createdTime", codeartifact_timestamp, OPTIONAL, "When it was made."),
    BODY_MEMBER("encryptionKey", codeartifact_arn, OPTIONAL, "The key that encrypts its assets."),
};
STRUCTURE_SHAPE(domain_summary, domain_summary_members);
LIST_SHAPE(domain_summary_list, domain_summary, -1);

static const struct api_member domain_description_members[] = {
    BODY_MEMBER("name", codeartifact_domain_name, OPTIONAL, "The domain's name."),
    BODY_MEMBER("owner", codeartifact_account_id, OPTIONAL, "The account that owns it."),
    BODY_MEMBER("arn", codeartifact_arn, OPTIONAL, "Its ARN."),
    BODY_MEMBER("status", domain_status, OPTIONAL, "Its status."),
    BODY_MEMBER("createdTime", codeartifact_timestamp, OPTIONAL, "When it was made."),
    BODY_MEMBER("encryptionKey", codeartifact_arn, OPTIONAL, "The key that encrypts its assets."),
    BODY_MEMBER("repositoryCount", integer, OPTIONAL, "How many repositories it holds."),
    BODY_MEMBER("assetSizeBytes", long_number, OPTIONAL, "How large its assets are together."),
    BODY_MEMBER("s3BucketArn", codeartifact_arn, OPTIONAL, "Where its assets are kept."),
};
STRUCTURE_SHAPE(domain_description, domain_description_members);

static const struct api_member domain_result_members[] = {
    BODY_MEMBER("domain", domain_description, OPTIONAL, "The domain."),
};
STRUCTURE_SHAPE(domain_result, domain_result_members);

static const struct api_member create_domain_members[] = {
    DOMAIN("The name of the new domain: 2 to 50 lower-case letters, digits and hyphens."),
    BODY_MEMBER("encryptionKey", codeartifact_arn, OPTIONAL, "The key that encrypts the domain's assets."),
    TAGS,
};
STRUCTURE_SHAPE(create_domain_input, create_domain_members);

const struct api_operation api_codeartifact_create_domain = {
    .service = &api_codeartifact,
    .name = "CreateDomain",
    .cli_name = "create-domain",
    .method = "POST",
    .path = "/v1/domain",
    .input = &create_domain_input,
    .output = &domain_result,
    .errors = codeartifact_create_errors,
    .text = "Makes a domain, which holds repositories.",
};

const struct api_operation api_codeartifact_delete_domain = {
    .service = &api_codeartifact,
    .name = "DeleteDomain",
    .cli_name = "delete-domain",
    .method = "DELETE",
    .path = "/v1/domain",
    .input = &codeartifact_one_domain,
    .output = &domain_result,
    .errors = codeartifact_delete_domain_errors,
    .text = "Deletes a domain that holds no repository.",
};

const struct api_operation api_codeartifact_describe_domain = {
    .service = &api_codeartifact,
    .name = "DescribeDomain",
    .cli_name = "describe-domain",
    .method = "GET",
    .path = "/v1/domain",
    .input = &codeartifact_one_domain,
    .output = &domain_result,
    .errors = codeartifact_read_errors,
    .text = "Says what is known of a domain.",
};

// This listing pages in the body, the next one in the query: the model has it so.
static const struct api_member list_domains_members[] = {
    BODY_MEMBER("maxResults", codeartifact_max_results, OPTIONAL, "How many domains an answer may hold."),
    BODY_MEMBER("nextToken", codeartifact_pagination_token, OPTIONAL, "Where the answer before this one ended."),
};
STRUCTURE_SHAPE(list_domains_input, list_domains_members);

static const struct api_member list_domains_result[] = {
    BODY_MEMBER("domains", domain_summary_list, OPTIONAL, "The domains."),
    BODY_MEMBER("nextToken", codeartifact_pagination_token, OPTIONAL, "Where this answer ends, when there are more."),
};
STRUCTURE_SHAPE(list_domains_output, list_domains_result);

static const struct api_paginator domains_paginator = {"nextToken", "nextToken", "maxResults", "domains"};

const struct api_operation api_codeartifact_list_domains = {
    .service = &api_codeartifact,
    .name = "ListDomains",
    .cli_name = "list-domains",
    .method = "POST",
    .path = "/v1/domains",
    .input = &list_domains_input,
    .output = &list_domains_output,
    .errors = codeartifact_list_errors,
    .paginator = &domains_paginator,
    .text = "Lists the domains of the caller's account.",
};
