// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a file of the token cache holds, and how long that serves. No file and no clock is touched here. */
#ifndef JETON_CLIENT_CACHE_CACHED_TOKEN_H
#define JETON_CLIENT_CACHE_CACHED_TOKEN_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/** The clocks of a machine, in microseconds. */
struct cached_clocks {
    int64_t wall;   /**< A moment (base/timestamp.h); a person may set this one. */
    int64_t uptime; /**< Since the machine began; nobody sets it, and it goes on while the machine sleeps. */
};

/** All zero is none; cached_token_free() ends it. The texts stand in the document. */
struct cached_token {
    json_t *document; /**< Owned. */
    const char *text; /**< The token. */
    const char *endpoint;
    const char *domain;
    const char *domain_owner; /**< NULL: the caller's account. */
    const char *duration;     /**< NULL: none was asked for. */
    const char *profile;
    const char *machine;         /**< Whose uptime it is. */
    struct cached_clocks issued; /**< When it came. */
    int64_t life;                /**< How long it lived from then on, by the service's clock; 0: not known. */
    int64_t expiration;          /**< The end as the service said it; 0: not known. */
    const json_t *endpoints;     /**< client/cache/kept_endpoints.h; NULL: none. */
};

/** How good a token is. */
enum cached_state {
    CACHED_FRESH, /**< It serves. */
    CACHED_OLD,   /**< It lives, and is to be renewed. */
    CACHED_ENDED, /**< It has ended; or a clock was set back, and nobody knows. */
};

/** A token with a life of LIFE microseconds is renewed when so much of it is left: a tenth, ten minutes at least. */
int64_t cached_token_margin(int64_t life);

/** How good TOKEN is now, on MACHINE. */
enum cached_state cached_token_state(const struct cached_token *token, const struct cached_clocks *now,
                                     const char *machine);

/**
 * Reads a file's text.
 * @param error ERROR_CONFIGURATION: what is wrong with it.
 */
bool cached_token_read(struct slice text, struct cached_token *out, struct error *error);

/** Appends the file's text. TOKEN has no document. */
void cached_token_write(const struct cached_token *token, struct buffer *out);

/** Wipes and frees what it owns, and makes it none. */
void cached_token_free(struct cached_token *token);
#define CACHED_TOKEN_AUTO __attribute__((cleanup(cached_token_free))) struct cached_token

#endif
