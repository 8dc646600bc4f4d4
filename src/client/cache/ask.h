// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** GetAuthorizationToken, asked of the service. A part of client/cache/live_token.h. */
#ifndef JETON_CLIENT_CACHE_ASK_H
#define JETON_CLIENT_CACHE_ASK_H

#include "client/cache/live_token.h"

/**
 * Asks.
 * @param caller what is not there yet is found and made.
 * @param out   all zero.
 * @param life  out: how long the token lives from now on, in microseconds, by the service's clock; 0: not known.
 * @param error as live_token_get().
 */
bool ask_token(const struct settings *settings, const struct live_token_request *request,
               struct live_token_caller *caller, struct live_token *out, int64_t *life, struct error *error);

#endif
