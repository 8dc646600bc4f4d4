// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Path names as the AWS CLI takes them: `~`, `$NAME` and `${NAME}` replaced. */
#ifndef JETON_CLIENT_EXPAND_H
#define JETON_CLIENT_EXPAND_H

#include "base/bytes.h"
#include "client/settings.h"

/** Appends PATH with a leading `~` replaced by $HOME (kept when HOME is unset). */
void expand_home(struct buffer *out, struct slice path, environment_function *environment);

/** expand_home(), then `$NAME` and `${NAME}` replaced; unknown names stay (Python's os.path.expandvars). */
void expand_path(struct buffer *out, struct slice path, environment_function *environment);

#endif
