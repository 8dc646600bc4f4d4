// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The manual page of an operation's command, from the table of operations; source text for man(7). */
#ifndef JETON_CLIENT_CLI_MANUAL_H
#define JETON_CLIENT_CLI_MANUAL_H

#include "api/api.h"
#include "base/bytes.h"

/** Appends the page jeton-OPERATION(1). */
void manual_write(struct buffer *out, const struct api_operation *operation);

#endif
