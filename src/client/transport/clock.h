// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whether a refusal comes of a clock that is wrong, and how wrong it is. Pure. */
#ifndef JETON_CLIENT_TRANSPORT_CLOCK_H
#define JETON_CLIENT_TRANSPORT_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Whether a request that was signed as of SIGNED_AT may have been refused for that: its code is one of those, and the
 * server's clock stands more than four minutes from it.
 * @param code  the service's error code.
 * @param date  the Date header of the refusal, or NULL.
 * @param ahead gets how far the server's clock is ahead, in microseconds; behind when below 0.
 */
bool clock_is_blamed(const char *code, const char *date, int64_t signed_at, int64_t *ahead);

#endif
