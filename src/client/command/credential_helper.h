// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Lines that a package manager wrote, not a person: jeton called by the name of a helper's link, or as
 * `jeton credential-helper PROTOCOL`. They are none of the AWS CLI's: nothing of its parsing, its files or its frames
 * comes into play.
 */
#ifndef JETON_CLIENT_COMMAND_CREDENTIAL_HELPER_H
#define JETON_CLIENT_COMMAND_CREDENTIAL_HELPER_H

#include "client/command/line.h"

/**
 * Answers such a line, on the standard descriptors.
 * @return false, with nothing done, when the line is none of these.
 * @param exit_code gets the process's.
 */
bool credential_helper_try(const struct line *line, int *exit_code);

#endif
