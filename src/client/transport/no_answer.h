// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An answer that cannot be the service's: cut off, or made by something in between. Pure. */
#ifndef JETON_CLIENT_TRANSPORT_NO_ANSWER_H
#define JETON_CLIENT_TRANSPORT_NO_ANSWER_H

#include "api/api.h"
#include "base/error.h"
#include "client/transport/http.h"

/**
 * Tells of such an answer: its status, the reason, and how its body begins. Of the body no more than a line is shown,
 * with control characters made visible and without what may be a secret: strings of JSON, and long words of any kind.
 * @param reason "it is no JSON"; the sentence goes on behind it.
 * @param error  ERROR_TRANSPORT.
 * @return false always.
 */
bool no_answer_report(const struct api_operation *operation, const struct http_answer *answer, const char *reason,
                      struct error *error);

#endif
