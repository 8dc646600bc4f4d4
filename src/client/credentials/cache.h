// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The AWS CLI's own cache of what roles and SSO gave, ~/.aws/cli/cache, so that `aws` and `jeton` share it.
 * Behaviour document, section 9.2; botocore/credentials.py, CachedCredentialFetcher.
 */
#ifndef JETON_CLIENT_CREDENTIALS_CACHE_H
#define JETON_CLIENT_CREDENTIALS_CACHE_H

#include "client/credentials/credentials.h"

#include <jansson.h>

/** 40 hexadecimal digits and a NUL. */
#define CREDENTIALS_CACHE_NAME_SIZE 41

/** The name of a cache file: SHA-1 of TEXT, in hexadecimal digits. */
void credentials_cache_name(struct slice text, char out[static CREDENTIALS_CACHE_NAME_SIZE]);

/**
 * Gets fresh credentials: an object to be kept, with a member "Credentials" (see credentials_read()).
 * @return a new reference, or NULL with the error.
 */
typedef json_t *credentials_fetch(void *context, struct error *error);

/**
 * The credentials that are cached under NAME, when 15 minutes of them are left; else fetched ones, which are then
 * cached (by rename, mode 0600; a cache that cannot be written is passed over).
 * @param name  of credentials_cache_name(); NULL: nothing is cached.
 * @param error the fetch's; or ERROR_INTERNAL when others can read the cached file, when it is no such document, or
 *              when even the fetched credentials have ended.
 */
bool credentials_cached(const struct settings *settings, const char *name, credentials_fetch *fetch, void *context,
                        struct credentials *out, struct error *error);

/**
 * The first half of it: what is cached under NAME, when 15 minutes of it are left.
 * @param out all zero; stays so when nothing is cached.
 */
bool credentials_cache_read(const struct settings *settings, const char *name, struct credentials *out,
                            struct error *error);

/** The second half: caches DOCUMENT, as it was fetched, under NAME, and reads it. */
bool credentials_cache_keep(const struct settings *settings, const char *name, const json_t *document,
                            struct credentials *out, struct error *error);

#endif
