// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The headers of one attempt: signed anew each time, in the order of the behaviour document, section 1. */
#ifndef JETON_CLIENT_TRANSPORT_ATTEMPT_H
#define JETON_CLIENT_TRANSPORT_ATTEMPT_H

#include "base/digest.h"
#include "base/memory.h"
#include "client/credentials/credentials.h"
#include "client/settings.h"
#include "client/transport/endpoint.h"
#include "client/transport/http.h"
#include "client/transport/request.h"

#include <stdint.h>

/** A UUID and its NUL. */
#define ATTEMPT_ID_SIZE 37

/** What is sent, the same in every attempt. Everything is borrowed. */
struct attempt_call {
    const struct settings *settings;
    const struct credentials *credentials; /**< NULL: not signed. */
    const struct endpoint *endpoint;
    const char *service; /**< In the credential scope. */
    const char *method;
    struct slice path;
    struct slice query;
    const struct request *request;
    const char *user_agent;
    char invocation[ATTEMPT_ID_SIZE];
};

/** Where the attempts have come to. */
struct attempt_state {
    long number; /**< From 1. */
    int64_t now;
    int64_t deadline; /**< By the service's clock when this attempt is given up; 0: not known. */
};

/** Fills in a random UUID of version 4. */
void attempt_name(char out[static ATTEMPT_ID_SIZE]);

/** Signs, and lists the headers in the order they are sent. @return COUNT of them; all in the arena. */
const struct http_header *attempt_headers(const struct attempt_call *call, const struct attempt_state *state,
                                          struct digest *digest, struct arena *arena, size_t *count);

#endif
