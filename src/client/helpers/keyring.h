// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The command line of Python's `keyring`, in the dialects of pip, uv and pdm (section 3 of the reference): options may
 * stand anywhere, a value behind a blank or `=`.
 */
#ifndef JETON_CLIENT_HELPERS_KEYRING_H
#define JETON_CLIENT_HELPERS_KEYRING_H

#include "client/cli/arguments.h"

#include <stdbool.h>

/** What is asked for; NULL for what does not stand there. */
struct keyring_request {
    const char *operation; /**< "get", "set", "del". */
    const char *service;   /**< A URL, or a host, or any word. */
    const char *user;
    bool pair; /**< --mode creds: the user's name is wanted too. */
    bool json; /**< --output json. */
};

/** Reads the words; what is none of these options counts as an operand. */
struct keyring_request keyring_read(struct words words);

/**
 * The next program of that name on PATH: behind the folder in which the running program stands itself, so that two of
 * us never call each other in a circle.
 * @param path  PATH.
 * @param name  "keyring".
 * @param found gets the file.
 */
bool keyring_find_next(const char *path, const char *name, struct buffer *found);

#endif
