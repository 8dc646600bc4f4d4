// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where cached tokens are: `jeton/tokens` in $XDG_CACHE_HOME or ~/.cache. Each token has a file NAME.json, and a lock
 * NAME.lock for who renews it; NAME is a hash of what it was asked for with.
 */
#ifndef JETON_CLIENT_CACHE_TOKEN_FOLDER_H
#define JETON_CLIENT_CACHE_TOKEN_FOLDER_H

#include "base/digest.h"
#include "base/private_folder.h"
#include "client/cache/cached_token.h"
#include "client/variables.h"

/** The hexadecimal digits of a SHA-256, and a NUL. */
struct token_name {
    char text[DIGEST_HEX_SIZE];
};

/** Appends the folder's path; false (OUT as it was) when there is no home. */
bool token_folder_locate(environment_function *environment, struct buffer *out);

/**
 * Reads the token of that name.
 * @param error ERROR_CONFIGURATION: the file is refused, with the reason and the mend.
 */
enum file_result token_folder_read(const struct private_folder *folder, const struct token_name *name,
                                   struct cached_token *out, struct error *error);

/** Writes it, and removes what is of no use any more: tokens that have ended, and what crashes left. */
bool token_folder_write(const struct private_folder *folder, const struct token_name *name,
                        const struct cached_token *token, struct error *error);

/** Removes it, if it is there. */
bool token_folder_remove(const struct private_folder *folder, const struct token_name *name, struct error *error);

/** Takes the lock of that name: see private_folder_lock(). */
bool token_folder_lock(const struct private_folder *folder, const struct token_name *name, int *lock, bool *waited,
                       struct error *error);

/** The same without waiting: *LOCK is -1 when another has it. */
bool token_folder_try_lock(const struct private_folder *folder, const struct token_name *name, int *lock,
                           struct error *error);

/** Which tokens are meant; all zero means all. The strings are borrowed. */
struct token_filter {
    const char *domain;       /**< NULL: of any. */
    const char *domain_owner; /**< NULL: of whomever. */
    const char *profile;      /**< NULL: by any. */
};

/** Whether FILTER means TOKEN. */
bool token_filter_fits(const struct token_filter *filter, const struct cached_token *token);

/**
 * Removes those that FILTER means; all, and what crashes left, when it means all. One that cannot be read is no one's,
 * and goes with all alone.
 * @param count out: how many tokens there were.
 */
bool token_folder_clear(const struct private_folder *folder, const struct token_filter *filter, size_t *count,
                        struct error *error);

/** Whether FILE, a name in the folder, is a token's, and which. */
bool token_folder_is_token(const char *file, struct token_name *out);

/** The clocks of this machine now. */
struct cached_clocks token_folder_clocks(void);

/** The name of this machine, whose uptime it is: for a home that several share. */
const char *token_folder_machine(char out[static 65]);

#endif
