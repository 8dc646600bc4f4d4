// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The token for a URL, which every protocol asks for in the same way. */
#ifndef JETON_CLIENT_HELPERS_ASK_H
#define JETON_CLIENT_HELPERS_ASK_H

#include "client/cache/live_token.h"
#include "client/helpers/helper.h"

/** An answer. */
struct helper_answer {
    struct live_token token; /**< Owned; helper_answer_free() ends it. */
    struct target target;    /**< Whose token it is; in the call's arena. */
};

/** A URL as a C string in the call's arena; one that holds a NUL, which could be read in two ways, is nobody's: "". */
const char *helper_copy_url(const struct helper_call *call, struct slice url);

/**
 * Finds it.
 * @param url   what is asked for; NULL: the package manager does not say.
 * @param fresh the last answer was refused: the cache is not asked.
 * @param out   all zero but with TARGET_FOUND.
 * @param error with TARGET_FAILED: what is wrong, and how to mend it.
 */
enum target_result helper_ask(const struct helper_call *call, const char *url, bool fresh, struct helper_answer *out,
                              struct error *error);

/** Drops the cached token for URL, if there is one: it was refused. Of a foreign URL there is none. */
bool helper_drop(const struct helper_call *call, const char *url, struct error *error);

/**
 * Appends the value of an Authorization header: `Bearer TOKEN`, or `Basic ...` with the user `aws` for the formats
 * whose clients know no other scheme, and so for which CodeArtifact documents that one.
 */
void helper_write_header(struct buffer *out, const struct helper_answer *answer);

/** Wipes and frees the token. */
void helper_answer_free(struct helper_answer *answer);
#define HELPER_ANSWER_AUTO __attribute__((cleanup(helper_answer_free))) struct helper_answer

#endif
