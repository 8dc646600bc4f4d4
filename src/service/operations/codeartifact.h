// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations of CodeArtifact, and what they share; bound in operations.c. */
#ifndef JETON_SERVICE_OPERATIONS_CODEARTIFACT_H
#define JETON_SERVICE_OPERATIONS_CODEARTIFACT_H

#include "service/operations/operations.h"

#include <stdbool.h>

operation_function codeartifact_create_domain;
operation_function codeartifact_create_repository;
operation_function codeartifact_delete_domain;
operation_function codeartifact_delete_permissions_policy;
operation_function codeartifact_delete_repository;
operation_function codeartifact_describe_domain;
operation_function codeartifact_describe_repository;
operation_function codeartifact_get_authorization_token;
operation_function codeartifact_get_permissions_policy;
operation_function codeartifact_get_repository_endpoint;
operation_function codeartifact_list_domains;
operation_function codeartifact_list_repositories;
operation_function codeartifact_list_repositories_in_domain;
operation_function codeartifact_list_tags_for_resource;
operation_function codeartifact_put_permissions_policy;
operation_function codeartifact_tag_resource;
operation_function codeartifact_untag_resource;
operation_function codeartifact_update_repository;

/** The ARN of the input's domain, of the input's repository, the input's resourceArn, and "*". */
operation_resource codeartifact_domain_resource;
operation_resource codeartifact_repository_resource;
operation_resource codeartifact_tagged_resource;
operation_resource codeartifact_no_resource;

/** The longest policy document that is taken, in characters. */
#define CODEARTIFACT_DOCUMENT_MAX ((size_t)7168)

/** The policy of the input's domain, and of the input's repository, or of what resourceArn names. */
operation_guard codeartifact_guard_domain;
operation_guard codeartifact_guard_repository;
operation_guard codeartifact_guard_tagged;
/** The owner alone decides: a policy has no say in its own replacement. */
operation_guard codeartifact_guard_own;
/** As an operation_guard, for a resource that is not the input's: an upstream, or what the gate is asked for. */
bool codeartifact_guard_resource(const struct operation_call *call, const struct store_resource *resource,
                                 struct authorize_question *question, struct error *error);

/** The account that owns the input's domain: `domainOwner`, or the caller's own. */
struct slice codeartifact_owner(const struct operation_call *call);
/** What the input's `domainOwner`, `domain` and `repository` name. */
struct store_resource codeartifact_target(const struct operation_call *call);
/** The ARN of a domain or repository, in the call's arena. */
const char *codeartifact_resource_arn(const struct operation_call *call, const struct store_resource *resource);

/** Reads the input's resourceArn. @return false when it names neither a domain nor a repository of this region. */
bool codeartifact_parse_arn(const struct operation_call *call, struct store_resource *out);

/** Finds the domain of a resource and its policy, NULL when it has none; from the thread's memory where possible. */
enum store_result codeartifact_find_domain(const struct operation_call *call, const struct store_resource *resource,
                                           const struct policy **policy, struct error *error);
/** The same for a repository, whether its domain exists or not. */
enum store_result codeartifact_find_repository(const struct operation_call *call, const struct store_resource *resource,
                                               const struct policy **policy, struct error *error);
/** Insists that the domain of the resource exists. */
bool codeartifact_require_domain(const struct operation_call *call, const struct store_resource *resource,
                                 struct error *error);
/** Insists on the whole of it; a repository is read. */
bool codeartifact_require_repository(const struct operation_call *call, const struct store_resource *resource,
                                     struct store_repository *out, struct error *error);

/** The domain or the repository does not exist. @return NULL always. */
json_t *codeartifact_absent(const struct operation_call *call, const struct store_resource *resource,
                            struct error *error);
/** Fails with a code that names a resource: "ConflictException" and the like. @return NULL always. */
json_t *codeartifact_fail(struct error *error, const char *code, const struct store_resource *resource,
                          const char *message);
/** Fails with "ValidationException" for a member that is well-formed and yet cannot be. @return false always. */
bool codeartifact_refuse(struct error *error, const char *message);

/** Insists that the upstreams of the input are some that the repository can have, and that the caller may use. */
bool codeartifact_check_upstreams(const struct operation_call *call, const struct store_resource *repository,
                                  struct error *error);
/** Insists that the tags of the input are some that a resource can have together. */
bool codeartifact_check_tags(const struct operation_call *call, struct error *error);

/** Adds a moment as seconds with milliseconds, as AWS writes `createdTime`. */
void codeartifact_add_time(json_t *object, const char *name, int64_t when);
/** A member of the input as compact JSON in the arena; NULL when it is absent. */
const char *codeartifact_member_json(const struct operation_call *call, const char *name);

#endif
