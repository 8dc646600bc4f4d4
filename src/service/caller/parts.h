// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the two ways to recognise a caller, by signature and by token, share. Only for the files of this room. */
#ifndef JETON_SERVICE_CALLER_PARTS_H
#define JETON_SERVICE_CALLER_PARTS_H

#include "service/caller/caller.h"

/** How identities are found in the store. */
typedef enum store_result caller_find_function(struct store *store, struct slice name, struct arena *arena,
                                               struct store_identity *out, struct error *error);

/**
 * The identity of that name, remembered or from the store by FIND.
 * @param error "UnrecognizedClient" when there is none.
 * @return borrowed from the desk, or NULL.
 */
struct identity *caller_find_identity(struct caller_desk *desk, caller_find_function *find, struct slice name,
                                      struct arena *arena, struct error *error);

/**
 * The documents of the managed policies of a session as they are now; data NULL for one that is gone.
 * @return in the arena, or NULL with an error.
 */
const struct slice *caller_find_managed(struct caller_desk *desk, const struct session_scope *scope,
                                        struct arena *arena, struct error *error);

/** Who an identity is. */
void caller_introduce(const struct identity *identity, struct caller *out);

#endif
