// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The certificates to trust when some are to be trusted beside the system's. */
#ifndef JETON_SERVICE_WEB_IDENTITY_TRUSTED_H
#define JETON_SERVICE_WEB_IDENTITY_TRUSTED_H

#include "base/bytes.h"
#include "base/error.h"

/**
 * Appends the system's bundle, if there is one, and the file MORE: libcurl takes one bundle, not two.
 * @param error ERROR_CONFIGURATION: MORE cannot be read, or holds no certificate.
 */
bool trusted_read(const char *more, struct buffer *out, struct error *error);

#endif
