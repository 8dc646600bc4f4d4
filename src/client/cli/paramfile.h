// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Option values that name a file: `file://PATH` (UTF-8 text) and `fileb://PATH` (bytes). */
#ifndef JETON_CLIENT_CLI_PARAMFILE_H
#define JETON_CLIENT_CLI_PARAMFILE_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/settings.h"

/** What a value turned out to be. */
enum paramfile_kind {
    PARAMFILE_LITERAL, /**< No file: the value as it is. */
    PARAMFILE_TEXT,
    PARAMFILE_BYTES,
};

/**
 * Appends the content of the file that VALUE names, or VALUE itself.
 * @param option "--domain", for the message.
 * @param error  ERROR_PARAMETER in the AWS CLI's words (section 3 of the reference).
 */
bool paramfile_read(const char *option, const char *value, environment_function *environment, struct buffer *out,
                    enum paramfile_kind *kind, struct error *error);

#endif
