// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The AWS files on the disk: where they are, and what is in them (section 10 of the reference). */
#ifndef JETON_CLIENT_PROFILE_FILES_H
#define JETON_CLIENT_PROFILE_FILES_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/profile/profile.h"
#include "client/variables.h"

#include <stdbool.h>

/**
 * Appends the path of a file: by AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE, or its place in ~/.aws; variables
 * and then `~` replaced.
 * @return false when its home is unknown, so that there is no such file.
 */
bool profile_files_locate(enum profile_file file, environment_function *environment, struct buffer *out);

/**
 * Reads one of the files into SET.
 * @param error as profile_parse().
 */
bool profile_files_read(struct profile_set *set, enum profile_file file, environment_function *environment,
                        struct error *error);

/**
 * Appends the content of a file of this grammar to TEXT. One that is missing, no plain file or not readable counts
 * as empty, as it does for Python.
 * @param error ERROR_INTERNAL for one that cannot be read further or is absurdly large.
 */
bool profile_files_load(const char *path, struct buffer *text, struct error *error);

#endif
