// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes a store like a record: what is missing is made, what differs is changed, and what the record lacks is deleted
 * only when that is asked for. Secrets are never made or changed; only with whose user is deleted, they go.
 */
#ifndef JETON_SERVICE_ADMINISTRATION_APPLY_H
#define JETON_SERVICE_ADMINISTRATION_APPLY_H

#include "base/bytes.h"
#include "service/administration/record.h"

#include <stdint.h>

struct apply_options {
    bool prune; /**< Delete what the record lacks. */
    int64_t now;
};

/**
 * Does it, within the transaction of the caller, who undoes all on failure.
 * @param whole   of record_read().
 * @param lines   gets a line for each thing that was done or that the person should know.
 * @param changes how many things were done.
 * @param error   ERROR_PARAMETER: the place in the record, what the store has against it, and what to do.
 */
bool apply_record(const struct record_source *source, const json_t *whole, const struct apply_options *options,
                  struct buffer *lines, size_t *changes, struct error *error);

#endif
