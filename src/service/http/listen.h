// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The listening socket: from "ADDRESS:PORT" to a descriptor and the URL under which it is reached. */
#ifndef JETON_SERVICE_HTTP_LISTEN_H
#define JETON_SERVICE_HTTP_LISTEN_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/** Whether PLACE has the form that listen_open() wants. @param error ERROR_USAGE */
bool listen_check(const char *place, struct error *error);

/**
 * Binds and listens.
 * @param place "127.0.0.1:4480", "[::1]:4480", "localhost:0"; port 0 picks a free one.
 * @param url   the address as it was bound is appended: "127.0.0.1:4480", "[::1]:4480".
 * @return a non-blocking descriptor that the caller closes; -1 with ERROR_USAGE (see listen_check())
 *         or ERROR_CONFIGURATION (cannot be had).
 */
int listen_open(const char *place, struct buffer *url, struct error *error);

#endif
