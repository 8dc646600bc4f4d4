// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which proxy a request takes. Pure. Behaviour document, section 11; Python's urllib.request. */
#ifndef JETON_CLIENT_TRANSPORT_PROXY_H
#define JETON_CLIENT_TRANSPORT_PROXY_H

#include "base/bytes.h"
#include "client/settings.h"

#include <stdbool.h>

/** The proxy's URL, or NULL for a direct connection. AUTHORITY is the URL's host and port. */
const char *proxy_choose(const struct settings *settings, bool https, const char *authority);

/**
 * Appends a proxy as a URL: without a scheme it is http, and every other scheme than http and https is taken for a
 * host's name, so that there are no proxies of other kinds (botocore/httpsession.py).
 */
void proxy_write_url(struct buffer *out, const char *proxy);

/** Whether the list NO_PROXY names AUTHORITY: `*`, or a suffix of it at the border of a label. */
bool proxy_is_bypassed(const char *no_proxy, const char *authority);

/** Whether the proxy itself is reached over TLS; not when it is NULL. */
bool proxy_is_secure(const char *proxy);

/** Appends a proxy's URL for a message, its scheme added and what stands before the `@` masked. */
void proxy_write_masked(struct buffer *out, const char *proxy);

#endif
