// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The keys of an issuer, fetched: its discovery document, and the key set that this names. */
#ifndef JETON_SERVICE_WEB_IDENTITY_FETCH_H
#define JETON_SERVICE_WEB_IDENTITY_FETCH_H

#include "service/jwt/keys.h"
#include "service/web_identity/download.h"

#include <stdint.h>

/**
 * Fetches. Blocks for two documents' time-outs at most. May run in several threads at a time.
 * @param lifetime gets the seconds that the key set may be used, or LIFETIME_UNSAID.
 * @return owned; NULL with an error as download_get(), or ERROR_SERVICE when a document is not what it should be.
 */
struct jwt_keys *fetch_keys(const struct download_options *options, struct slice issuer, int64_t *lifetime,
                            struct error *error);

#endif
