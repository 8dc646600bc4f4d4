// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The site: what every thread of one service shares. Nothing in it changes while it serves, but for one
 * counter that tells all threads that one of them has changed the store.
 */
#ifndef JETON_SERVICE_CALLER_SITE_H
#define JETON_SERVICE_CALLER_SITE_H

#include "base/error.h"
#include "base/memory.h"
#include "service/audit/recorder.h"
#include "service/caller/uses.h"
#include "service/store/seal.h"
#include "service/token/token.h"
#include "service/web_identity/web_identity.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct site {
    const char *store_path;
    const char *account;           /**< 12 digits. */
    const char *region;            /**< The only region that callers may sign for. */
    int64_t tolerance;             /**< Seconds that a caller's clock may differ. */
    int64_t domains_max;           /**< That an account may make; 0: any number. */
    int64_t repositories_max;      /**< That a domain may have; 0: any number. */
    struct seal_key master;        /**< Opens the secrets in the store. */
    struct token_ring *ring;       /**< Seals and opens tokens and sessions. */
    struct uses *uses;             /**< When access keys were last used. */
    struct web_identity *identity; /**< The issuers of identity tokens, borrowed; NULL: nobody checks tokens. */
    struct recorder *recorder;     /**< Which tokens are issued; NULL: not recorded. Set before the first thread. */
    _Atomic uint64_t generation;   /**< Grows with each change that this process makes. */
    struct arena *arena;           /**< Holds the strings. */
};

/**
 * Reads the settings, the master key and the sealing keys.
 * @param store_path the store's file.
 * @param key_path   the master key's file.
 * @param tolerance  seconds, see struct site.
 * @return owned, site_close() ends it, IDENTITY still NULL; NULL with ERROR_CONFIGURATION or ERROR_INTERNAL.
 */
struct site *site_open(const char *store_path, const char *key_path, int64_t tolerance, struct error *error);

/** Wipes the keys and frees all; NULL is fine. No thread may use the site any more. */
void site_close(struct site *site);

#endif
