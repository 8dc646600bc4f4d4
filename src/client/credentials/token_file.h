// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A file that somebody else puts a token into: an identity provider, a container's host. */
#ifndef JETON_CLIENT_CREDENTIALS_TOKEN_FILE_H
#define JETON_CLIENT_CREDENTIALS_TOKEN_FILE_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/**
 * Appends the content of the file, which may be a pipe.
 * @param path  as it stands: no `~` is replaced.
 * @param error ERROR_INTERNAL: Python's words for what the system refuses, "[Errno 2] No such file or directory: '/t'";
 *              ours for a file of more than 1 MiB.
 */
bool token_file_read(const char *path, struct buffer *out, struct error *error);

#endif
