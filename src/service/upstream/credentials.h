// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The file in which the credentials for upstreams stand; see upstream_table_read_credentials(). */
#ifndef JETON_SERVICE_UPSTREAM_CREDENTIALS_H
#define JETON_SERVICE_UPSTREAM_CREDENTIALS_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/** The header that a credential goes into. */
enum upstream_credential {
    UPSTREAM_AUTHORIZATION, /**< Authorization */
    UPSTREAM_API_KEY,       /**< X-NuGet-ApiKey */
};
#define UPSTREAM_CREDENTIALS 2

/** Takes a line: the upstream's name, and the value of the header. @return false: nobody wants it. */
typedef bool upstream_credential_taker(void *context, struct slice name, enum upstream_credential kind,
                                       struct slice value);

/**
 * Reads a file.
 * @param error ERROR_CONFIGURATION: path, line and what is wrong with it, never a credential.
 */
bool upstream_credentials_read(const char *path, upstream_credential_taker *take, void *context, struct error *error);

/** The same for what the file holds. Pure. */
bool upstream_credentials_parse(struct slice text, const char *path, upstream_credential_taker *take, void *context,
                                struct error *error);

#endif
