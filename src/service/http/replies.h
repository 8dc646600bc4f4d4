// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Answers that are given again and again, ready for libmicrohttpd, which takes dozens of allocations to make one: what
 * the gate says of a token and a repository is the same for each package. Bounded; of one worker's thread.
 */
#ifndef JETON_SERVICE_HTTP_REPLIES_H
#define JETON_SERVICE_HTTP_REPLIES_H

#include "service/http/http.h"

#include <microhttpd.h>

struct replies;

struct replies *replies_new(void);
/** NULL is fine. */
void replies_free(struct replies *replies);

/** One without a body and with the headers of that response; borrowed until the next call. NULL: it cannot be made. */
struct MHD_Response *replies_find(struct replies *replies, const struct http_response *response);

/** Adds the further headers of a response. */
void replies_add_fields(const struct http_response *response, struct MHD_Response *out);

#endif
