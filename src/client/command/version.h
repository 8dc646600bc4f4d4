// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** --version. */
#ifndef JETON_CLIENT_COMMAND_VERSION_H
#define JETON_CLIENT_COMMAND_VERSION_H

#include "base/bytes.h"

#include <stdbool.h>

/**
 * Appends the version line.
 * @param as_aws    in the form of the AWS CLI whose behaviour this is, for programs that read it.
 * @param execution the value of AWS_EXECUTION_ENV, or NULL.
 */
void version_write(struct buffer *out, bool as_aws, const char *execution);

#endif
