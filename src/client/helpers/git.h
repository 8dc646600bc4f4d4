// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** git's credential protocol: gitcredentials(7), git-credential(1) "INPUT/OUTPUT FORMAT". */
#ifndef JETON_CLIENT_HELPERS_GIT_H
#define JETON_CLIENT_HELPERS_GIT_H

#include "base/bytes.h"

#include <stdbool.h>

/** The longest of them; longer ones are none of git's. */
#define GIT_VALUE_SIZE 4096

/** What git asks for; empty for what it does not say. */
struct git_request {
    struct buffer url; /**< PROTOCOL://HOST/PATH. */
    bool authtype;     /**< It takes a whole header (capability `authtype`, since git 2.46). */
    bool challenged;   /**< It says what the server asks for (`wwwauth[]`, since git 2.41): */
    bool bearer;       /**< a challenge of the scheme Bearer is among that. */
};

/**
 * Takes one line of the request.
 * @return false at the empty line that ends it.
 */
bool git_take_line(struct git_request *request, struct slice line);

/** Frees what it owns. */
void git_request_free(struct git_request *request);
#define GIT_REQUEST_AUTO __attribute__((cleanup(git_request_free))) struct git_request

#endif
