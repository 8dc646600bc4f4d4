// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which certificates are trusted. A directory of hashed names is looked up by need, certificate by
 * certificate; parsing a whole bundle costs more than everything else a call does.
 */
#ifndef JETON_CLIENT_TRANSPORT_TRUST_H
#define JETON_CLIENT_TRANSPORT_TRUST_H

#include "base/error.h"
#include "client/settings.h"

#include <stdbool.h>

/** One of the two, or none; the strings are the settings' or constants. */
struct trust {
    const char *directory;
    const char *bundle;
};

/**
 * Decides: the named bundle (which may also be such a directory), else the system's directory, else its bundle.
 * @param url   for the message.
 * @param error ERROR_TRANSPORT: the named one cannot be read.
 */
bool trust_find(const struct settings *settings, const char *url, struct trust *out, struct error *error);

/** Whether PATH is a directory with at least one certificate under its hashed name ("1f3b4c5d.0"). */
bool trust_is_hashed(const char *path);

#endif
