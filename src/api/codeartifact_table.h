// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the files of CodeArtifact's table share: shapes, members, errors, and the operations that codeartifact.c lists.
 * Only for those files.
 * Source: the public service model of 2018-09-22, in our own words.
 */
#ifndef JETON_API_CODEARTIFACT_TABLE_H
#define JETON_API_CODEARTIFACT_TABLE_H

#include "api/codeartifact.h"
#include "api/table.h"

extern const struct api_shape codeartifact_account_id;
extern const struct api_shape codeartifact_arn;
extern const struct api_shape codeartifact_domain_name;
extern const struct api_shape codeartifact_max_results;
extern const struct api_shape codeartifact_pagination_token;
extern const struct api_shape codeartifact_repository_name;
extern const struct api_shape codeartifact_tag_key;
extern const struct api_shape codeartifact_tag_list;
extern const struct api_shape codeartifact_text;
extern const struct api_shape codeartifact_timestamp;
/** The input of an operation on a domain, and on a repository, that wants no more than its name. */
extern const struct api_shape codeartifact_one_domain;
extern const struct api_shape codeartifact_one_repository;

#define DOMAIN_OWNER_TEXT "The 12-digit account that owns the domain; the caller's own when left out."

/** Members that return. */
#define DOMAIN(text_) QUERY_MEMBER("domain", "domain", codeartifact_domain_name, REQUIRED, text_)
#define DOMAIN_OWNER QUERY_MEMBER("domainOwner", "domain-owner", codeartifact_account_id, OPTIONAL, DOMAIN_OWNER_TEXT)
#define REPOSITORY(text_) QUERY_MEMBER("repository", "repository", codeartifact_repository_name, REQUIRED, text_)
#define TAGS BODY_MEMBER("tags", codeartifact_tag_list, OPTIONAL, "Tags: pairs of key and value.")

/** The errors of operations that read one thing, list, make or change, delete. */
extern const struct api_error *const codeartifact_read_errors[];
extern const struct api_error *const codeartifact_list_errors[];
extern const struct api_error *const codeartifact_create_errors[];
extern const struct api_error *const codeartifact_delete_errors[];
extern const struct api_error *const codeartifact_delete_domain_errors[];
extern const struct api_error *const codeartifact_tag_errors[];
/** Also those of listing tags. */
extern const struct api_error *const codeartifact_untag_errors[];

extern const struct api_operation api_codeartifact_create_domain;
extern const struct api_operation api_codeartifact_create_repository;
extern const struct api_operation api_codeartifact_delete_domain;
extern const struct api_operation api_codeartifact_delete_domain_permissions_policy;
extern const struct api_operation api_codeartifact_delete_repository;
extern const struct api_operation api_codeartifact_delete_repository_permissions_policy;
extern const struct api_operation api_codeartifact_describe_domain;
extern const struct api_operation api_codeartifact_describe_repository;
extern const struct api_operation api_codeartifact_get_authorization_token;
extern const struct api_operation api_codeartifact_get_domain_permissions_policy;
extern const struct api_operation api_codeartifact_get_repository_endpoint;
extern const struct api_operation api_codeartifact_get_repository_permissions_policy;
extern const struct api_operation api_codeartifact_list_domains;
extern const struct api_operation api_codeartifact_list_repositories;
extern const struct api_operation api_codeartifact_list_repositories_in_domain;
extern const struct api_operation api_codeartifact_list_tags_for_resource;
extern const struct api_operation api_codeartifact_put_domain_permissions_policy;
extern const struct api_operation api_codeartifact_put_repository_permissions_policy;
extern const struct api_operation api_codeartifact_tag_resource;
extern const struct api_operation api_codeartifact_untag_resource;
extern const struct api_operation api_codeartifact_update_repository;

#endif
