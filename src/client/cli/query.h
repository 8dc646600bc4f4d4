// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** --query: a JMESPath expression over a result, with the AWS CLI's errors (behaviour document, section 2.3). */
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
 * @param value may be part of what is returned, and is not changed.
 * @param error ERROR_INTERNAL: what a function does not take; a token of the result does not stand in it.
 * @return a new reference (JSON null when nothing matches), or NULL with the error.
 */
json_t *query_search(const struct query *query, json_t *value, struct error *error);

/** Frees it; NULL is fine. */
void query_free(struct query *query);
void query_free_at(struct query **query);
#define QUERY_AUTO __attribute__((cleanup(query_free_at))) struct query

#endif
