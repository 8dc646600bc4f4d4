// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where repositories are, kept beside the token that opens them, for as long as the cache has that: so who asks has
 * been allowed to ask, and what the service says anew is known within a token's life. A question is a text; its answer
 * is a URL, or none where the service does not know the format.
 */
#ifndef JETON_CLIENT_CACHE_KEPT_ENDPOINTS_H
#define JETON_CLIENT_CACHE_KEPT_ENDPOINTS_H

#include "base/memory.h"
#include "client/cache/live_token.h"

/** The question for a repository, in the arena. @param type of the endpoint; NULL: not said. */
const char *kept_endpoints_question(const char *repository, const char *format, const char *type, struct arena *arena);

/**
 * Looks it up.
 * @param url out: borrowed from the token; NULL: the service has none for that format.
 * @return whether the answer is known.
 */
bool kept_endpoints_find(const struct live_token *token, const char *question, const char **url);

/** Notes an answer with the token. @param url NULL: there is none. */
void kept_endpoints_note(struct live_token *token, const char *question, const char *url);

/** Writes what was noted into the cache; where that cannot be, it is asked for again the next time. */
void kept_endpoints_write(const struct settings *settings, const struct live_token *token);

#endif
