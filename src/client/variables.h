// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The variables of the environment as an argument, so that a test can bring its own. */
#ifndef JETON_CLIENT_VARIABLES_H
#define JETON_CLIENT_VARIABLES_H

/** Looks a variable of the environment up; NULL when unset. */
typedef const char *environment_function(const char *name);

#endif
