// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** --query: an expression over a result. A member's name is what there is of the language so far. */
#ifndef JETON_CLIENT_CLI_QUERY_H
#define JETON_CLIENT_CLI_QUERY_H

#include "base/error.h"

#include <jansson.h>

struct query;

/**
 * Compiles an expression; query_free() ends it.
 * @param error ERROR_PARAMETER "Bad value for --query E: ..."; NULL is returned.
 */
struct query *query_compile(const char *expression, struct error *error);

/**
 * Applies it.
 * @return a new reference (JSON null when nothing matches), or NULL with the error.
 */
json_t *query_search(const struct query *query, json_t *value, struct error *error);

/** Frees it; NULL is fine. */
void query_free(struct query *query);
void query_free_at(struct query **query);
#define QUERY_AUTO __attribute__((cleanup(query_free_at))) struct query

#endif
