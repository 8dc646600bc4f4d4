// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Inside of logins.c: how what a login sets meets what other logins have set in the same places. A login is an object
 * with its "changes". Who finds what another login has set puts back what was there before that one, when it is the
 * same but for the token, or when a token is in it: so a token is never kept to be put back.
 */
#ifndef JETON_CLIENT_PACKAGERS_LOGINS_JOIN_H
#define JETON_CLIENT_PACKAGERS_LOGINS_JOIN_H

#include <jansson.h>
#include <stdbool.h>

/** Adds RECORD, what a login set now, to ENTRY, the login. @param list all logins, ENTRY among them, in the order in
 * which they were made. */
void logins_join(const json_t *list, json_t *entry, json_t *record);

/** Whether another login has set the same, which it still needs. */
bool logins_is_shared(const json_t *list, const json_t *entry, const json_t *change);

/** Whether another login has set the same place. */
bool logins_is_replaced(const json_t *list, const json_t *entry, const json_t *change);

/** CHANGE goes: a later login that found its value puts back what was there before it. */
void logins_bequeath(const json_t *list, const json_t *entry, const json_t *change);

#endif
