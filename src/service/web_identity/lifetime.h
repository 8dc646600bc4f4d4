// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** How long an answer may be used again, as its headers say: RFC 9111 sections 4.2.1, 5.2.2 and 5.3. Pure. */
#ifndef JETON_SERVICE_WEB_IDENTITY_LIFETIME_H
#define JETON_SERVICE_WEB_IDENTITY_LIFETIME_H

#include "base/bytes.h"

#include <stdint.h>

/** The values of the headers of that name, joined by commas; empty when there is none. */
struct lifetime_headers {
    struct slice cache_control;
    struct slice expires;
    struct slice date;
    struct slice age;
};

/** The headers say nothing of it. */
#define LIFETIME_UNSAID (-1)

/** Seconds from now on, 0 for an answer that is old already or not to be kept; or LIFETIME_UNSAID. NOW is a timestamp.
 */
int64_t lifetime_read(const struct lifetime_headers *headers, int64_t now);

#endif
