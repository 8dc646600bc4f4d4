// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The way of a request through the doors, without a socket: routing, refusals, STS, the log. */
#include "base/json.h"
#include "service/http/ground.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define FORM "application/x-www-form-urlencoded"

// ------------------------------------------------------------------ STS and routing

static void test_caller_identity(void **state)
{
    struct ground *ground = *state;
    struct fixture_request what = {.key = KEY_ADMIN,
                                   .method = "POST",
                                   .path = "/",
                                   .body = "Action=GetCallerIdentity&Version=2011-06-15",
                                   .content_type = FORM,
                                   .service = "sts"};
    assert_int_equal(ground_ask(ground, what), 200);
    assert_string_equal(ground->response.content_type, "text/xml");
    assert_non_null(strstr(ground_body(ground), "<UserId>" PRINCIPAL_ADMIN "</UserId><Account>123456789012</Account>"
                                                "<Arn>arn:aws:iam::123456789012:user/ops/admin</Arn>"));
    what.key = KEY_ROOT;
    assert_int_equal(ground_ask(ground, what), 200);
    assert_non_null(strstr(ground_body(ground), "<UserId>123456789012</UserId><Account>123456789012</Account>"
                                                "<Arn>arn:aws:iam::123456789012:root</Arn>"));
    what.key = KEY_READER;
    assert_int_equal(ground_ask(ground, what), 200);
    what.body = "Action=GetCallerIdentity&Version=2010-05-08";
    assert_int_equal(ground_ask(ground, what), 400);
    assert_non_null(strstr(ground_body(ground), "<Code>InvalidAction</Code><Message>Could not find operation "
                                                "GetCallerIdentity for version 2010-05-08</Message>"));
    what.body = "Version=2011-06-15";
    assert_int_equal(ground_ask(ground, what), 400);
    what.body = "Action=A&Action=B&Version=2011-06-15";
    assert_int_equal(ground_ask(ground, what), 400);
    assert_non_null(strstr(ground_body(ground), "<Code>ValidationError</Code>"));
    what = (struct fixture_request){.key = KEY_ADMIN,
                                    .method = "POST",
                                    .path = "/",
                                    .body = "Action=GetCallerIdentity&Version=2011-06-15",
                                    .content_type = FORM,
                                    .service = "iam"};
    assert_int_equal(ground_ask(ground, what), 403);
    assert_non_null(strstr(ground_body(ground), "<Code>SignatureDoesNotMatch</Code>"));
}

static void test_routes(void **state)
{
    struct ground *ground = *state;
    static const char *const unknown[][2] = {
        {"GET", "/"},           {"POST", "/"},          {"GET", "/v1/authorization-token"},
        {"PUT", "/v1/domain"},  {"GET", "/v1/domain/"}, {"", ""},
        {"GET", "/v1/%64omain"}};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_int_equal(ground_call(ground, unknown[i][0], unknown[i][1], NULL, NULL), 404);
        ground_expect_error(ground, "UnknownOperationException", NULL);
    }
    const struct http_request health = {.message = {.method = SLICE("GET"), .path = SLICE("/healthz")}};
    assert_int_equal(ground_send(ground, &health), 200);
    assert_string_equal(ground_body(ground), "ok\n");
}

static void test_unsigned(void **state)
{
    struct ground *ground = *state;
    const struct http_request rest = {
        .message = {.method = SLICE("GET"), .path = SLICE("/v1/domain"), .query = SLICE("domain=my-domain")}};
    assert_int_equal(ground_send(ground, &rest), 403);
    ground_expect_error(ground, "MissingAuthenticationTokenException", "Missing Authentication Token");
    const struct sigv4_header form = {SLICE("Content-Type"), SLICE(FORM "; charset=utf-8")};
    const struct http_request query = {.message = {.method = SLICE("POST"),
                                                   .path = SLICE("/"),
                                                   .headers = &form,
                                                   .header_count = 1,
                                                   .body = SLICE("Action=GetCallerIdentity&Version=2011-06-15")}};
    assert_int_equal(ground_send(ground, &query), 403);
    assert_non_null(strstr(ground_body(ground), "<Code>MissingAuthenticationToken</Code>"));
}

// ------------------------------------------------------------------ the log

static void test_log(void **state)
{
    struct ground *ground = *state;
    log_sink_flush(&ground->sink);
    assert_int_equal(ftruncate(fileno(ground->log), 0), 0);
    rewind(ground->log);
    assert_int_equal(ground_call(ground, "POST", "/v1/authorization-token", "domain=my-domain", NULL), 200);
    MEMORY_AUTO char *token = memory_copy(ground->response.body.data, ground->response.body.size);
    assert_int_equal(ground_ask(ground, (struct fixture_request){.key = "notakey/secretsecret",
                                                                 .method = "GET",
                                                                 .path = "/v1/domain\x1b[31m"}),
                     404);
    log_sink_flush(&ground->sink);
    rewind(ground->log);
    char line[2048];
    assert_non_null(fgets(line, sizeof line, ground->log));
    JSON_AUTO *entry = json_parse(slice_of(line), NULL);
    static const char *const members[][2] = {
        {"time", "2026-08-30T12:36:00.000Z"},
        {"client", "192.0.2.1"},
        {"method", "POST"},
        {"path", "/v1/authorization-token"},
        {"operation", "GetAuthorizationToken"},
        {"caller", "arn:aws:iam::123456789012:user/ops/admin"},
        {"access_key", KEY_ADMIN},
        {"user_agent", "fixture/1"},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        assert_string_equal(json_string_value(json_object_get(entry, members[i][0])), members[i][1]);
    assert_int_equal(json_integer_value(json_object_get(entry, "status")), 200);
    assert_non_null(json_object_get(entry, "request_id"));
    assert_null(strstr(line, "my-domain"));
    assert_null(strstr(line, "Signature"));
    assert_null(strstr(token, line));
    assert_non_null(fgets(line, sizeof line, ground->log));
    JSON_AUTO *other = json_parse(slice_of(line), NULL);
    assert_string_equal(json_string_value(json_object_get(other, "path")), "/v1/domain?[31m");
    assert_null(json_object_get(other, "access_key"));
    assert_string_equal(json_string_value(json_object_get(other, "error")), "UnknownOperationException");
}

static void test_log_lines_are_ordered_over_workers(void **state)
{
    struct ground *ground = *state;
    log_sink_flush(&ground->sink);
    assert_int_equal(ftruncate(fileno(ground->log), 0), 0);
    rewind(ground->log);
    struct log_buffer second;
    log_buffer_open(&second, &ground->sink);
    const struct http_response response = {.status = 200, .request_id = "x"};
    for (int i = 0; i < 6; i++) {
        const struct http_request request = {.client = "c", .now = FIXTURE_NOW + i * TIMESTAMP_SECOND / 2};
        const struct log_entry entry = {.request = &request, .response = &response, .microseconds = i};
        log_request(i % 2 == 0 ? &second : &ground->worker.log, &entry);
    }
    log_sink_flush(&ground->sink);
    log_buffer_close(&second);
    rewind(ground->log);
    char line[512];
    for (int i = 0; i < 6; i++) {
        assert_non_null(fgets(line, sizeof line, ground->log));
        JSON_AUTO *entry = json_parse(slice_of(line), NULL);
        assert_int_equal(json_integer_value(json_object_get(entry, "microseconds")), i);
    }
    assert_null(fgets(line, sizeof line, ground->log));
}

static void test_request_ids(void **state)
{
    struct ground *ground = *state;
    char ids[100][HTTP_REQUEST_ID_SIZE];
    for (size_t i = 0; i < 100; i++) {
        worker_make_request_id(&ground->worker, ids[i]);
        assert_int_equal(strlen(ids[i]), HTTP_REQUEST_ID_SIZE - 1);
        assert_int_equal(ids[i][14], '4');
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(ids[i], ids[other]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_caller_identity, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_routes, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_unsigned, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_log, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_log_lines_are_ordered_over_workers, ground_set_up, ground_tear_down),
        cmocka_unit_test_setup_teardown(test_request_ids, ground_set_up, ground_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
