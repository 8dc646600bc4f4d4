// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/ground.h"

#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int ground_set_up(void **state)
{
    static struct ground ground;
    ERROR_AUTO error = {0};
    ground = (struct ground){.arena = arena_new(), .log = tmpfile()};
    fixture_open(&ground.fixture);
    log_sink_open(&ground.sink, fileno(ground.log));
    *state = &ground;
    return worker_open(&ground.worker, ground.fixture.site, "https://packages.example", NULL, &ground.sink, &error)
               ? 0
               : -1;
}

int ground_tear_down(void **state)
{
    struct ground *ground = *state;
    worker_close(&ground->worker);
    log_sink_close(&ground->sink);
    buffer_free(&ground->response.fields);
    buffer_free(&ground->response.body);
    arena_free(ground->arena);
    fixture_close(&ground->fixture);
    return fclose(ground->log);
}

int ground_send(struct ground *ground, const struct http_request *request)
{
    buffer_clear(&ground->response.body);
    assert_true(worker_handle(&ground->worker, request, NULL, &ground->response));
    return ground->response.status;
}

int ground_ask(struct ground *ground, struct fixture_request what)
{
    const struct http_request request = fixture_sign(&what, ground->arena);
    return ground_send(ground, &request);
}

/** Asks as the administrator. */
int ground_call(struct ground *ground, const char *method, const char *path, const char *query, const char *body)
{
    return ground_ask(ground, (struct fixture_request){.key = KEY_ADMIN,
                                                       .method = method,
                                                       .path = path,
                                                       .query = query,
                                                       .body = body,
                                                       .content_type = "application/json"});
}

const char *ground_body(const struct ground *ground)
{
    return buffer_text(&ground->response.body);
}

void ground_expect_error(const struct ground *ground, const char *code, const char *message)
{
    JSON_AUTO *body = json_parse(buffer_slice(&ground->response.body), NULL);
    assert_string_equal(ground->response.error_type, code);
    if (message != NULL)
        assert_string_equal(json_string_value(json_object_get(body, "message")), message);
}
