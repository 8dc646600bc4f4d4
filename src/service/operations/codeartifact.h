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
operation_function codeartifact_delete_repository;
operation_function codeartifact_describe_domain;
operation_function codeartifact_describe_repository;
operation_function codeartifact_get_authorization_token;
operation_function codeartifact_get_repository_endpoint;
operation_function codeartifact_list_domains;
operation_function codeartifact_list_repositories_in_domain;

/** The ARN of the input's domain, of the input's repository, and "*". */
operation_resource codeartifact_domain_resource;
operation_resource codeartifact_repository_resource;
operation_resource codeartifact_no_resource;

/** The account that owns the input's domain: `domainOwner`, or the caller's own. */
struct slice codeartifact_owner(const struct operation_call *call);
/** The ARN of a domain, in the call's arena. */
const char *codeartifact_domain_arn(const struct operation_call *call, struct slice owner, struct slice domain);
/** The ARN of a repository, in the call's arena. */
const char *codeartifact_repository_arn(const struct operation_call *call, struct slice owner, struct slice domain,
                                        struct slice repository);

/**
 * Insists that the input's domain exists and that the caller's account may use it; the first is answered from
 * the thread's memory where possible.
 * @param action for the words of the refusal.
 */
bool codeartifact_require_domain(const struct operation_call *call, const char *action, struct error *error);

/** The domain does not exist. @return NULL always. */
json_t *codeartifact_domain_absent(const struct operation_call *call, struct error *error);
/** The repository of that name does not exist in the input's domain. @return NULL always. */
json_t *codeartifact_repository_absent(const struct operation_call *call, struct slice repository, struct error *error);
/** Fails with a code that names a resource: "ConflictException" and the like. @return NULL always. */
json_t *codeartifact_fail(struct error *error, const char *code, const char *type, struct slice id,
                          const char *message);

/** Adds a member to an output; nothing is added for NULL. */
void codeartifact_add_text(json_t *object, const char *name, const char *text);
/** Adds a moment as seconds with milliseconds, as AWS writes `createdTime`. */
void codeartifact_add_time(json_t *object, const char *name, int64_t when);
/** A member of the input as compact JSON in the arena; NULL when it is absent. */
const char *codeartifact_member_json(const struct operation_call *call, const char *name);
/** A member of the input as a C string in the arena; NULL when it is absent. */
const char *codeartifact_member_text(const struct operation_call *call, const char *name);

#endif
