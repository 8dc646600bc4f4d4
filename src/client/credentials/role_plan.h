// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which roles a profile leads to, and whose credentials begin the way: role_arn with source_profile or
 * credential_source, of the profiles alone. Nothing is asked for yet.
 * Behaviour document, section 9.2; botocore/credentials.py, AssumeRoleProvider.
 */
#ifndef JETON_CLIENT_CREDENTIALS_ROLE_PLAN_H
#define JETON_CLIENT_CREDENTIALS_ROLE_PLAN_H

#include "base/memory.h"
#include "client/credentials/providers.h"

/** A role to assume. The strings are borrowed from the profiles or the environment; NULL: not given. */
struct role {
    const char *profile;
    const char *arn;
    const char *session_name; /**< Empty counts as given, but is replaced. */
    const char *external_id;
    const char *mfa_serial;
    const char *token_code; /**< What the MFA device shows. */
    bool has_duration;
    int64_t duration;
    struct credentials_visit visit;
    struct role *outer;  /**< The role that this one's credentials assume; NULL: this one is wanted. */
    struct role *source; /**< The role whose credentials assume this one; NULL: the plan's source does. */
};

/** All on the way. */
struct role_plan {
    struct role *first;                              /**< The role that is wanted. */
    struct role *last;                               /**< The role that is assumed first. */
    const char *credential_source;                   /**< As named by the last role; NULL: a source_profile. */
    const struct credentials_provider *const *chain; /**< Whom to ask for the credentials that begin it all, */
    struct credentials_search search;                /**< and for what. */
};

/** Whether the profile is of a role: it has role_arn, and no web_identity_token_file, which goes another way. */
bool role_plan_is_for(const struct credentials_search *search);

/**
 * Follows the profiles from the one that SEARCH is for.
 * @param arena for the roles.
 * @param error ERROR_INTERNAL in the AWS CLI's words: neither or both of source_profile and credential_source, one
 *              that does not exist, a loop.
 */
bool role_plan_make(const struct credentials_search *search, struct arena *arena, struct role_plan *out,
                    struct error *error);

#endif
