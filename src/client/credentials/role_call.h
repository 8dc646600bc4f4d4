// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The call to STS that gives a role's credentials, and the name under which they are cached.
 * Behaviour document, section 9.2; botocore/credentials.py, BaseAssumeRoleCredentialFetcher.
 */
#ifndef JETON_CLIENT_CREDENTIALS_ROLE_CALL_H
#define JETON_CLIENT_CREDENTIALS_ROLE_CALL_H

#include "api/sts.h"
#include "client/credentials/cache.h"
#include "client/credentials/role_plan.h"

/** What is configured of ROLE, as input of the operation in the AWS CLI's order; a new reference. */
json_t *role_call_input(const struct role *role);

/** The name of the cache file: of what is configured, so that a session name of the moment does not count. */
void role_call_cache_name(const struct role *role, char out[static CREDENTIALS_CACHE_NAME_SIZE]);

/** Adds who ROLE's credentials are of to an identity: what is configured of it. @param provider who would get them. */
void role_call_identify(const struct role *role, const char *provider, struct buffer *identity);

/**
 * Calls STS.
 * @param source who signs; NULL: nobody.
 * @return a new reference: the output as the AWS CLI caches it, with the account's id among the credentials and
 *         "ResponseMetadata" last; NULL with the error: STS's refusal, or as transport_call().
 */
json_t *role_call(const struct settings *settings, const struct credentials *source,
                  const struct api_operation *operation, json_t *input, struct error *error);

#endif
