// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An environment of the test's own: what settings_begin() is given instead of getenv(). */
#ifndef JETON_TESTS_CLIENT_ENVIRONMENT_H
#define JETON_TESTS_CLIENT_ENVIRONMENT_H

/** The variables as "NAME=VALUE", NULL-terminated; used until the next call. */
void environment_use(const char *const *variables);
/** An environment_function over them. */
const char *environment_look_up(const char *name);

#endif
