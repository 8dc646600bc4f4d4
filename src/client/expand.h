// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Path names as the AWS CLI takes them: `~`, `$NAME` and `${NAME}` replaced. */
#ifndef JETON_CLIENT_EXPAND_H
#define JETON_CLIENT_EXPAND_H

#include "base/bytes.h"
#include "client/variables.h"

#include <stdbool.h>

/**
 * Appends PATH with a leading `~` replaced by $HOME, or without one by the home of the user in the system's
 * list of users; `~name` by the home of that user.
 * @return false (OUT as it was) when there is no such home: PATH names no file, least of all one that
 *         begins with a tilde in the current folder.
 */
bool expand_home(struct buffer *out, struct slice path, environment_function *environment);

/** Appends TEXT with `$NAME` and `${NAME}` replaced; unknown names stay (Python's os.path.expandvars). */
void expand_variables(struct buffer *out, struct slice text, environment_function *environment);

/**
 * expand_home(), then expand_variables(): the order in which the AWS CLI reads the names of parameter files.
 * @return as expand_home().
 */
bool expand_path(struct buffer *out, struct slice path, environment_function *environment);

#endif
