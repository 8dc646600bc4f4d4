// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A good answer as the operation's output, by the operation table. Pure. Behaviour document, sections 2 and 6. */
#ifndef JETON_CLIENT_TRANSPORT_RESPONSE_H
#define JETON_CLIENT_TRANSPORT_RESPONSE_H

#include "api/api.h"
#include "base/error.h"
#include "client/transport/http.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * Reads an answer that is no error.
 * @param output a new reference: the modelled members in model order, nulls dropped. An empty body is an empty object
 *               where an operation has no output, or the status says that there is none.
 * @param error  ERROR_TRANSPORT: the body is none that the operation could have. The AWS CLI takes what is empty or
 *               no JSON for a success without output; a script would go on without its token.
 */
bool response_parse(const struct api_operation *operation, const struct http_answer *answer, json_t **output,
                    struct error *error);

#endif
