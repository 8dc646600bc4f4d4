// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which of the recorded tokens are alive: not expired, not revoked, and of a caller who is still there. */
#ifndef JETON_SERVICE_AUDIT_ALIVE_H
#define JETON_SERVICE_AUDIT_ALIVE_H

#include "base/error.h"
#include "service/store/issued.h"

#include <stdbool.h>
#include <stdint.h>

/** Called once a token. */
typedef void alive_function(void *context, const struct store_issued *item);

/** Which tokens are wanted. */
struct alive_question {
    const char *principal; /**< A unique id, as revoke_find_subject() gives it; NULL: all. */
    const char *domain;    /**< A domain's ARN; NULL: all. */
    int64_t now;           /**< A timestamp. */
};

/**
 * Gives those that are alive, in the order in which they were issued, or nearly.
 * @param records store_open_issued()
 */
bool alive_list(struct store *store, struct store *records, const struct alive_question *question, alive_function *give,
                void *context, struct error *error);

#endif
