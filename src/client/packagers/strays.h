// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a login left that nobody recorded: that of the AWS CLI, of another machine's home, of a lost list of logins. It
 * is found by what a login to that repository would write: a value is taken out when it is just that, whatever its
 * token, and when it, or another of them, names the repository's host.
 */
#ifndef JETON_CLIENT_PACKAGERS_STRAYS_H
#define JETON_CLIENT_PACKAGERS_STRAYS_H

#include "client/packagers/packager.h"

/**
 * Takes them out.
 * @param login   the login that may have been: its endpoint is set. Its token and changes are of no use afterwards.
 * @param changes where they are taken out.
 * @param count   out: how many there were.
 * @param error   there is no home, or a file that cannot be read.
 */
bool strays_remove(struct login *login, struct changes *changes, size_t *count, struct error *error);

#endif
