// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The timestamps of a result, as a person reads them (section 2.2 of the reference). */
#ifndef JETON_CLIENT_CLI_LOCAL_TIME_H
#define JETON_CLIENT_CLI_LOCAL_TIME_H

#include "api/api.h"
#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Appends the ISO 8601 form of a timestamp: a number of seconds (or text of one) in the zone of TZ or
 * /etc/localtime, a written moment in the zone that it was written in.
 * @param error ERROR_INTERNAL in the AWS CLI's words.
 */
bool local_time_write(struct buffer *out, const json_t *value, struct error *error);

/** Replaces each timestamp in RESULT, wherever SHAPE has one, by its ISO 8601 text; in place. */
bool local_time_render(json_t *result, const struct api_shape *shape, struct error *error);

#endif
