// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The JSON files under ~/.aws that hold credentials: the AWS CLI's caches of roles, SSO and sign-in. Read only when
 * they are the owner's alone; written whole or not at all.
 */
#ifndef JETON_CLIENT_CREDENTIALS_SECRET_FILE_H
#define JETON_CLIENT_CREDENTIALS_SECRET_FILE_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Reads a document.
 * @param what  what it is called in messages: "SSO token".
 * @param out   a new reference to an object; NULL when there is no such file.
 * @param error ERROR_INTERNAL: others can read the file, or it is no JSON object; the file is named, and the mend.
 */
bool secret_file_read(const char *path, const char *what, json_t **out, struct error *error);

/**
 * Writes a document, as the AWS CLI would, with mode 0600; missing folders are made with mode 0700.
 * @param error ERROR_CONFIGURATION with path and reason.
 */
bool secret_file_write(const char *path, const json_t *document, struct error *error);
/** The same by file_write_cache(). */
bool secret_file_write_cache(const char *path, const json_t *document, struct error *error);

#endif
