// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The providers that chain.c orders. Each fills `struct credentials` whole, or leaves it empty. */
#ifndef JETON_CLIENT_CREDENTIALS_PROVIDERS_H
#define JETON_CLIENT_CREDENTIALS_PROVIDERS_H

#include "client/credentials/credentials.h"

#include <jansson.h>

/** AWS_ACCESS_KEY_ID and its companions; skipped with --profile. */
extern const struct credentials_provider credentials_environment;
/** The profile's role_arn, by credentials of its source_profile or credential_source. */
extern const struct credentials_provider credentials_assume_role;
/** A role for a token that an identity provider issued, by environment or profile. */
extern const struct credentials_provider credentials_web_identity;
/** Static keys in the credentials file. */
extern const struct credentials_provider credentials_shared_file;
/** Static keys in the config file. */
extern const struct credentials_provider credentials_config_file;
/** SSO: `sso_account_id` and `sso_role_name`, by `sso_session` or in the older form. */
extern const struct credentials_provider credentials_sso;
/** A session of `aws login`: `login_session`. */
extern const struct credentials_provider credentials_login;
/** What the profile's credential_process prints. */
extern const struct credentials_provider credentials_process;
/** The file of AWS_CREDENTIAL_FILE. */
extern const struct credentials_provider credentials_ec2_file;
/** boto's configuration file: BOTO_CONFIG, or /etc/boto.cfg, or ~/.boto. */
extern const struct credentials_provider credentials_boto_file;
/** AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI: credential_source = EcsContainer. */
extern const struct credentials_provider credentials_container;
/** The instance metadata service: credential_source = Ec2InstanceMetadata. */
extern const struct credentials_provider credentials_instance;

/** The providers of a profile itself, NULL-terminated: a part of the chain, and all of it for a source_profile. */
extern const struct credentials_provider *const credentials_profile_chain[];

/**
 * Asks the providers of CHAIN (NULL-terminated) in order, and tells --debug of each.
 * @return CREDENTIALS_NONE when none has any.
 */
enum credentials_result credentials_ask(const struct credentials_provider *const *chain,
                                        const struct credentials_search *search, struct credentials *out,
                                        struct error *error);

/**
 * Asks the providers of CHAIN who they would give credentials of: see credentials_identify().
 * @return CREDENTIALS_NONE when none has any.
 */
enum credentials_result credentials_identify_chain(const struct credentials_provider *const *chain,
                                                   const struct credentials_search *search, struct buffer *identity,
                                                   struct error *error);

/** Asks the search's gate, if any: to be done before a service is called. */
bool credentials_may_fetch(const struct credentials_search *search, struct error *error);

/**
 * Static keys of the profile in one file: what the two file providers share.
 * @param name the provider's name, for the message.
 */
enum credentials_result credentials_of_profile(const struct credentials_search *search, enum profile_file file,
                                               const char *name, struct credentials *out, struct error *error);

/**
 * Reads credentials as AWS's documents hold them: {"AccessKeyId", "SecretAccessKey", "SessionToken",
 * "Expiration", "AccountId"}, the last two optional, Expiration an ISO 8601 text.
 * @param error ERROR_INTERNAL, naming the member that is missing or wrong.
 */
bool credentials_read(const json_t *document, struct credentials *out, struct error *error);

/** Reads a moment as the AWS CLI's caches hold it: ISO 8601 with a zone, which may be the word UTC. */
bool credentials_read_moment(struct slice text, int64_t *out);

/**
 * Reads credentials as containers and instances give them: as credentials_read(), but the token is called Token, and
 * Token and Expiration have to be there.
 */
bool credentials_read_metadata(const json_t *document, struct credentials *out, struct error *error);

/** Refuses what has ended: "Credentials were refreshed, but the refreshed credentials are still expired." */
bool credentials_check_expiration(const struct credentials *credentials, struct error *error);

/** Copies the three parts; TOKEN may be NULL or empty, which both mean long-term keys. */
void credentials_set(struct credentials *out, const char *access_key_id, const char *secret_access_key,
                     const char *token);

#endif
