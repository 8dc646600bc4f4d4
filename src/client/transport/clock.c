// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/clock.h"
#include "base/timestamp.h"

#include <string.h>

/** AWS takes five minutes; a minute less leaves room for the way. */
#define TOLERANCE (INT64_C(240) * TIMESTAMP_SECOND)

/** The codes that AWS SDKs take for those of a wrong clock: the first three say so, the others may mean it. */
static const char *const codes[] = {"RequestTimeTooSkewed",      "RequestExpired",        "RequestInTheFuture",
                                    "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"};

bool clock_is_blamed(const char *code, const char *date, int64_t signed_at, int64_t *ahead)
{
    int64_t server;
    bool known = false;
    for (size_t i = 0; i < sizeof codes / sizeof *codes && !known; i++)
        known = strcmp(code, codes[i]) == 0;
    if (!known || date == NULL || !timestamp_parse_http(slice_of(date), &server))
        return false;
    *ahead = server - signed_at;
    return *ahead > TOLERANCE || *ahead < -TOLERANCE;
}
