// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A listing over all its pages, with --max-items, --page-size and --starting-token as the AWS CLI has them.
 * The token that a cut listing gives back is base64 of {"nextToken": ..., "boto_truncate_amount": N}, so that
 * either program goes on where the other stopped.
 * Source: botocore's paginate module, as observed.
 */
#ifndef JETON_CLIENT_COMMAND_PAGING_H
#define JETON_CLIENT_COMMAND_PAGING_H

#include "api/api.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/** One call of the operation, as transport_call(). */
typedef bool paging_call(void *context, const json_t *input, json_t **output, struct error *error);

/** What the person asked for. */
struct paging_request {
    const struct api_paginator *paginator;
    const char *starting_token; /**< NULL: from the start. */
    bool limited;               /**< max_items counts. */
    int64_t max_items;
    json_t *page_size; /**< Borrowed; NULL: the service's own. */
};

/** What came of it. All zero is empty; paging_free() ends it. */
struct paging_result {
    json_t *pages;      /**< An array: of each page an object with the result member alone. */
    json_t *answers;    /**< An array: each page with all its members, cut likewise. */
    char *resume_token; /**< Where to go on; NULL at the end of the listing. */
};

/** Makes INPUT that of the first call, or of a call that goes on: with the starting token and the page size. */
void paging_begin(const struct paging_request *request, json_t *input);

/**
 * Calls until the listing or max_items ends.
 * @param input  the operation's input; it is copied.
 * @param error  of the call, or ERROR_INTERNAL when the service goes round in circles.
 */
bool paging_collect(const struct paging_request *request, const json_t *input, paging_call *call, void *context,
                    struct paging_result *out, struct error *error);

/** All pages as one result, with "NextToken" when there is more; a new reference. */
json_t *paging_merge(const struct paging_request *request, const struct paging_result *result);

/** Frees what the result owns and makes it empty again. */
void paging_free(struct paging_result *result);
#define PAGING_AUTO __attribute__((cleanup(paging_free))) struct paging_result

#endif
