// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An issuer's URL, and its discovery document: OpenID Connect Discovery 1.0 sections 3 and 4. Pure. */
#ifndef JETON_SERVICE_WEB_IDENTITY_DISCOVERY_H
#define JETON_SERVICE_WEB_IDENTITY_DISCOVERY_H

#include "base/bytes.h"
#include "base/error.h"

#define DISCOVERY_SIZE_MAX ((size_t)64 << 10)

/** Characters of an issuer's URL, as IAM has it. */
#define DISCOVERY_ISSUER_MAX 255

/** Whether URL can be an issuer's: https, a host, maybe a port and a path; no user, query or fragment. */
bool discovery_is_issuer(struct slice url);

/** Appends where the document is: "/.well-known/openid-configuration" after the issuer, of which one slash is dropped.
 */
void discovery_write_url(struct slice issuer, struct buffer *out);

/**
 * Appends where the document has the keys (`jwks_uri`) to KEYS_URL.
 * @param error ERROR_SERVICE: it is no JSON object without repeated members, it is another issuer's, or has the keys
 *              elsewhere than at an https URL.
 */
bool discovery_read(struct slice text, struct slice issuer, struct buffer *keys_url, struct error *error);

#endif
