// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a test of whole requests stands on: a fixture, one worker, and a log that can be read. */
#ifndef JETON_TESTS_SERVICE_HTTP_GROUND_H
#define JETON_TESTS_SERVICE_HTTP_GROUND_H

#include "service/http/fixture.h"
#include "service/http/worker.h"

#include <stdio.h>

#define CALLER "User: arn:aws:iam::123456789012:user/"

struct ground {
    struct fixture fixture;
    struct log_sink sink;
    struct worker worker;
    struct http_response response; /**< Of the last request. */
    struct arena *arena;
    FILE *log;
};

/** For cmocka. */
int ground_set_up(void **state);
int ground_tear_down(void **state);

/** Sends a request; its status. */
int ground_send(struct ground *ground, const struct http_request *request);
/** Signs and sends. */
int ground_ask(struct ground *ground, struct fixture_request what);
/** Asks as the administrator. */
int ground_call(struct ground *ground, const char *method, const char *path, const char *query, const char *body);
/** The body of the last response. */
const char *ground_body(const struct ground *ground);
/** Insists on that error in the last response, a REST one; MESSAGE may be NULL. */
void ground_expect_error(const struct ground *ground, const char *code, const char *message);

#endif
