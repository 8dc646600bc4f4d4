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

/** The AWS CLI's sources that are not built: each is refused where the person asks for it. */
enum credentials_unsupported {
    CREDENTIALS_PROCESS,
    CREDENTIALS_CONTAINER,
};
/** By enum credentials_unsupported. They fail with ERROR_CONFIGURATION, code "Configuration". */
extern const struct credentials_provider credentials_unsupported[];

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

/** Refuses what has ended: "Credentials were refreshed, but the refreshed credentials are still expired." */
bool credentials_check_expiration(const struct credentials *credentials, struct error *error);

/** Copies the three parts; TOKEN may be NULL or empty, which both mean long-term keys. */
void credentials_set(struct credentials *out, const char *access_key_id, const char *secret_access_key,
                     const char *token);

#endif
