// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Under which name a token is cached: a hash of what it is asked for with, and of who asks. */
#ifndef JETON_CLIENT_CACHE_TOKEN_KEY_H
#define JETON_CLIENT_CACHE_TOKEN_KEY_H

#include "base/memory.h"
#include "client/cache/live_token.h"
#include "client/cache/token_folder.h"
#include "client/credentials/credentials.h"

struct token_key {
    struct arena *arena;  /**< In: for the endpoint. */
    const char *endpoint; /**< The URL that is called. */
    struct token_name name;
};

/**
 * Makes the key, and asks nobody for that; but when only an instance's metadata service knows who asks.
 * @param credentials out: those that had to be found to know it; else left alone.
 * @param error       why there is no key: no endpoint, or no credentials.
 */
bool token_key_make(const struct settings *settings, const struct live_token_request *request,
                    struct credentials *credentials, struct token_key *out, struct error *error);

#endif
