// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The AWS CLI's own check of an input: required and known members, types, minima - and nothing more; longer
 * values, patterns and enumerations are the service's to refuse (section 5.2 of the reference).
 */
#ifndef JETON_CLIENT_CLI_VALIDATION_H
#define JETON_CLIENT_CLI_VALIDATION_H

#include "client/cli/input.h"

/**
 * Checks INPUT, which shall be of SHAPE.
 * @param error ERROR_PARAMETER: "Parameter validation failed:" and a line for each finding.
 */
bool validation_check(const struct api_shape *shape, const struct input *input, struct error *error);

#endif
