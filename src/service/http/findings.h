// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Validation of an input, and its failures in AWS's words. Pure. */
#ifndef JETON_SERVICE_HTTP_FINDINGS_H
#define JETON_SERVICE_HTTP_FINDINGS_H

#include "api/api.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Validates INPUT, which holds modelled members only.
 * @param error "ValidationError": "1 validation error detected: Value '43201' at 'durationSeconds' failed to
 *              satisfy constraint: ..."; all of them are counted, the first few told. Detail `reason`.
 */
bool findings_check(const struct api_shape *shape, const json_t *input, struct error *error);

#endif
