// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * CodeArtifact's table: permissions policies. Two oddities are the model's: all of PutDomainPermissionsPolicy stands in
 * the body, and DeleteRepositoryPermissionsPolicy has a path in the plural.
 */
#include "api/codeartifact_table.h"

static const struct api_pattern solid_pattern = {"\\S+", "\\S", "\\S", "\\S"};
static const struct api_pattern document_pattern = {"[\\P{C}\\s]+", "\\P{C}\\s", "\\P{C}\\s", "\\P{C}\\s"};

STRING_SHAPE(policy_revision, 1, 100, &solid_pattern, NULL);
STRING_SHAPE(policy_document, 1, 7168, &document_pattern, NULL);

#define DETAIL_REVISION                                                                                                \
    "A revision says which state of the policy is meant: when it is given and the policy has changed since, nothing "  \
    "happens, and the answer is ConflictException."

static const struct api_member resource_policy_members[] = {
    BODY_MEMBER("resourceArn", codeartifact_arn, OPTIONAL, "The ARN of what the policy belongs to."),
    BODY_MEMBER("revision", policy_revision, OPTIONAL, "The policy's revision, another after each change."),
    BODY_MEMBER("document", policy_document, OPTIONAL, "The policy, JSON in a text."),
};
STRUCTURE_SHAPE(resource_policy, resource_policy_members);

static const struct api_member policy_result_members[] = {
    BODY_MEMBER("policy", resource_policy, OPTIONAL, "The policy."),
};
STRUCTURE_SHAPE(policy_result, policy_result_members);

#define DOMAIN_OF_POLICY DOMAIN("The domain that the policy belongs to.")
#define REVISION_QUERY                                                                                                 \
    QUERY_MEMBER("policyRevision", "policy-revision", policy_revision, OPTIONAL,                                       \
                 "The revision that shall be deleted; any when left out.")
#define REVISION_BODY                                                                                                  \
    BODY_MEMBER("policyRevision", policy_revision, OPTIONAL, "The revision that shall be replaced; any when left out.")
#define DOCUMENT BODY_MEMBER("policyDocument", policy_document, REQUIRED, "The policy, JSON in a text.")

// ------------------------------------------------------------------ of a domain

static const struct api_member delete_domain_policy_members[] = {
    DOMAIN_OF_POLICY,
    DOMAIN_OWNER,
    REVISION_QUERY,
};
STRUCTURE_SHAPE(delete_domain_policy_input, delete_domain_policy_members);

const struct api_operation api_codeartifact_delete_domain_permissions_policy = {
    .service = &api_codeartifact,
    .name = "DeleteDomainPermissionsPolicy",
    .cli_name = "delete-domain-permissions-policy",
    .method = "DELETE",
    .path = "/v1/domain/permissions/policy",
    .input = &delete_domain_policy_input,
    .output = &policy_result,
    .errors = codeartifact_delete_errors,
    .text = "Deletes the permissions policy of a domain.",
    .detail = DETAIL_REVISION,
};

const struct api_operation api_codeartifact_get_domain_permissions_policy = {
    .service = &api_codeartifact,
    .name = "GetDomainPermissionsPolicy",
    .cli_name = "get-domain-permissions-policy",
    .method = "GET",
    .path = "/v1/domain/permissions/policy",
    .input = &codeartifact_one_domain,
    .output = &policy_result,
    .errors = codeartifact_read_errors,
    .text = "Shows the permissions policy of a domain.",
};

static const struct api_member put_domain_policy_members[] = {
    BODY_MEMBER("domain", codeartifact_domain_name, REQUIRED, "The domain that the policy shall belong to."),
    BODY_MEMBER("domainOwner", codeartifact_account_id, OPTIONAL, DOMAIN_OWNER_TEXT),
    REVISION_BODY,
    DOCUMENT,
};
STRUCTURE_SHAPE(put_domain_policy_input, put_domain_policy_members);

const struct api_operation api_codeartifact_put_domain_permissions_policy = {
    .service = &api_codeartifact,
    .name = "PutDomainPermissionsPolicy",
    .cli_name = "put-domain-permissions-policy",
    .method = "PUT",
    .path = "/v1/domain/permissions/policy",
    .input = &put_domain_policy_input,
    .output = &policy_result,
    .errors = codeartifact_create_errors,
    .text = "Sets the permissions policy of a domain.",
    .detail = DETAIL_REVISION,
};

// ------------------------------------------------------------------ of a repository

static const struct api_member delete_repository_policy_members[] = {
    DOMAIN("The domain that holds the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The repository that the policy belongs to."),
    REVISION_QUERY,
};
STRUCTURE_SHAPE(delete_repository_policy_input, delete_repository_policy_members);

const struct api_operation api_codeartifact_delete_repository_permissions_policy = {
    .service = &api_codeartifact,
    .name = "DeleteRepositoryPermissionsPolicy",
    .cli_name = "delete-repository-permissions-policy",
    .method = "DELETE",
    .path = "/v1/repository/permissions/policies",
    .input = &delete_repository_policy_input,
    .output = &policy_result,
    .errors = codeartifact_delete_errors,
    .text = "Deletes the permissions policy of a repository.",
    .detail = DETAIL_REVISION,
};

const struct api_operation api_codeartifact_get_repository_permissions_policy = {
    .service = &api_codeartifact,
    .name = "GetRepositoryPermissionsPolicy",
    .cli_name = "get-repository-permissions-policy",
    .method = "GET",
    .path = "/v1/repository/permissions/policy",
    .input = &codeartifact_one_repository,
    .output = &policy_result,
    .errors = codeartifact_read_errors,
    .text = "Shows the permissions policy of a repository.",
};

static const struct api_member put_repository_policy_members[] = {
    DOMAIN("The domain that holds the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The repository that the policy shall belong to."),
    REVISION_BODY,
    DOCUMENT,
};
STRUCTURE_SHAPE(put_repository_policy_input, put_repository_policy_members);

const struct api_operation api_codeartifact_put_repository_permissions_policy = {
    .service = &api_codeartifact,
    .name = "PutRepositoryPermissionsPolicy",
    .cli_name = "put-repository-permissions-policy",
    .method = "PUT",
    .path = "/v1/repository/permissions/policy",
    .input = &put_repository_policy_input,
    .output = &policy_result,
    .errors = codeartifact_create_errors,
    .text = "Sets the permissions policy of a repository.",
    .detail = DETAIL_REVISION,
};
