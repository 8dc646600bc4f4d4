// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Listings in pages. The token of the next page is the base64url form of the last name of this one, or of
 * what else tells its place: it says nothing that the page did not, and stays good whatever happens to that name.
 */
#ifndef JETON_SERVICE_OPERATIONS_PAGING_H
#define JETON_SERVICE_OPERATIONS_PAGING_H

#include "service/operations/operations.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Reads `maxResults` and `nextToken` of the input into a page that asks for one entry more than wanted.
 * @param wanted how many entries the answer may hold.
 * @param error  "ValidationError" when the token is none of ours.
 */
bool paging_read(const struct operation_call *call, struct store_page *page, size_t *wanted, struct error *error);

/** The token is none of ours. @return false always. */
bool paging_refuse(struct error *error);

/** Adds `nextToken` for the page that follows the entry of that name. */
void paging_add_token(json_t *output, const char *last);

#endif
