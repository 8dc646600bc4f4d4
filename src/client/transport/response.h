// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A good answer as the operation's output, by the operation table. Pure. Behaviour document, sections 2 and 6. */
#ifndef JETON_CLIENT_TRANSPORT_RESPONSE_H
#define JETON_CLIENT_TRANSPORT_RESPONSE_H

#include "api/api.h"
#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Reads the body of an answer that is no error.
 * @param output a new reference: the modelled members in model order, nulls dropped; of a REST answer that is
 *               empty or no JSON an empty object, as the AWS CLI has it.
 * @param error  ERROR_TRANSPORT: the body is none that the operation could have.
 */
bool response_parse(const struct api_operation *operation, struct slice body, json_t **output, struct error *error);

#endif
