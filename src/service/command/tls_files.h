// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The certificate and the private key of the service, read and checked before it listens. */
#ifndef JETON_SERVICE_COMMAND_TLS_FILES_H
#define JETON_SERVICE_COMMAND_TLS_FILES_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/**
 * Appends both files, PEM, as they are.
 * @param error ERROR_CONFIGURATION, with the path: one cannot be read, others than its owner and group can use the
 *              key, one is no PEM of its kind, or they do not belong together.
 */
bool tls_files_read(const char *certificate_path, const char *key_path, struct buffer *certificate, struct buffer *key,
                    struct error *error);

#endif
