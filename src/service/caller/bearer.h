// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who holds this authorization token: the other way to recognise a caller, beside a signature. A token that was opened
 * is remembered with its caller until the store changes, so that one that comes again costs a look-up and a comparison.
 */
#ifndef JETON_SERVICE_CALLER_BEARER_H
#define JETON_SERVICE_CALLER_BEARER_H

#include "service/caller/caller.h"
#include "service/token/token.h"

/** What a token was opened to. Valid until the desk is refreshed or recognises another. */
struct bearer {
    struct caller caller; /**< As it is now, narrowed by the session that asked for the token, and its scope. */
    const struct token_claims *claims; /**< What the token says. */
};

/**
 * Recognises the caller of a token by the principal's unique id: a principal that is gone, or another one that has its
 * name since, is not the one. What the token is for is not looked at.
 * @param now   seconds since 1970.
 * @param arena for the way there; what OUT points to is the desk's.
 * @param error neutral codes: "UnrecognizedClient" (no token of ours, or nobody's any more), "ExpiredToken";
 *              ERROR_INTERNAL when the store fails or a policy cannot be understood.
 */
bool caller_recognize_bearer(struct caller_desk *desk, struct slice token, int64_t now, struct arena *arena,
                             struct bearer *out, struct error *error);

#endif
