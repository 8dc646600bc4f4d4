// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a host's name says by itself. */
#ifndef JETON_BASE_HOST_H
#define JETON_BASE_HOST_H

#include <stdbool.h>

/**
 * Whether HOST is an address of this machine's loopback: 127.0.0.0/8 or ::1, without brackets. A name is none. Python's
 * ipaddress.is_loopback.
 */
bool host_is_loopback(const char *host);

#endif
