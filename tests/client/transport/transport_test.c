// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whole calls against a server on the loopback: what is sent, what is tried again, and what answers make of it. */
#include "api/codeartifact.h"
#include "api/sts.h"
#include "client/transport/http.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static char token[] = "TOK/en+=";

static void the_request_line_by_line(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.credentials.session_token = token;
    assert_true(get_token(&fixture));
    assert_string_equal(json_string_value(json_object_get(fixture.output, "authorizationToken")), "t");
    stop(&fixture);
    static const char *const starts[] = {
        "POST /v1/authorization-token?domain=my-dom HTTP/1.1",
        "Host: 127.0.0.1:",
        "Accept-Encoding: identity",
        "User-Agent: jeton/",
        "X-Amz-Date: ",
        "X-Amz-Security-Token: TOK/en+=",
        "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/",
        "amz-sdk-invocation-id: ",
        "amz-sdk-request: attempt=1",
        "Content-Length: 0",
        "",
    };
    struct slice rest = buffer_slice(&fixture.received);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct slice line;
        assert_true(slice_cut(&rest, '\n', &line));
        line = slice_trim(line);
        if (!slice_starts_with(line, slice_of(starts[i])) || (starts[i][0] == '\0' && line.size > 0))
            fail_msg("line %zu is %.*s", i, SLICE_ARGS(line));
    }
    assert_int_equal(rest.size, 0);
    forget(&fixture);
}

static void other_forms_of_request(void **state)
{
    (void)state;
    static const struct stub_step get[] = {
        {.answer = "HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{\"repositoryEndpoint\":\"u\"}"}, {0}};
    struct fixture fixture;
    begin(&fixture, get);
    fixture.settings.sign = false;
    assert_true(call(&fixture, &api_codeartifact, "GetRepositoryEndpoint"));
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "GET /v1/repository/endpoint?domain=my-dom HTTP/1.1\r\n"), 1);
    assert_int_equal(count_of(&fixture, "Content-Length"), 0);
    assert_int_equal(count_of(&fixture, "Content-Type"), 0);
    assert_int_equal(count_of(&fixture, "Authorization"), 0);
    assert_int_equal(count_of(&fixture, "X-Amz-Date"), 0);
    forget(&fixture);

    static const struct stub_step xml[] = {
        {.answer = "HTTP/1.1 200 OK\r\n\r\n"
                   "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult>"
                   "</GetCallerIdentityResponse>",
         .close = true},
        {0}};
    begin(&fixture, xml);
    assert_true(call(&fixture, &api_sts, "GetCallerIdentity"));
    assert_string_equal(json_string_value(json_object_get(fixture.output, "Account")), "1");
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST / HTTP/1.1\r\n"), 1);
    assert_int_equal(count_of(&fixture, "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"), 1);
    assert_int_equal(count_of(&fixture, "SignedHeaders=content-type;host;x-amz-date,"), 1);
    assert_int_equal(count_of(&fixture, "\r\n\r\nAction=GetCallerIdentity&Version=2011-06-15"), 1);
    forget(&fixture);
}

static void one_connection_for_many_calls(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    for (unsigned i = 0; i < 5; i++)
        assert_true(get_token(&fixture));
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST "), 5);
    assert_int_equal(fixture.connections, 1);
    forget(&fixture);
}

/** Each case: what the server does, and how many requests it then sees. */
static void what_is_tried_again(void **state)
{
    (void)state;
    static const char broken[] = "HTTP/1.1 500 X\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n\r\n";
    static const struct stub_step server_error[] = {{.answer = broken}, {.answer = OK}, {0}};
    static const struct stub_step dropped[] = {{.close = true}, {.answer = OK}, {0}};
    static const struct stub_step cut_off[] = {
        {.answer = OK_HEAD "Content-Length: 26\r\n\r\n{\"auth", .close = true}, {.answer = OK}, {0}};
    static const struct stub_step *const cases[] = {server_error, dropped, cut_off};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, cases[i]);
        if (!get_token(&fixture))
            fail_msg("case %zu: %s", i, fixture.error.message);
        stop(&fixture);
        assert_int_equal(count_of(&fixture, "POST "), 2);
        assert_int_equal(count_of(&fixture, "amz-sdk-request: attempt=1\r\n"), 1);
        assert_int_equal(count_of(&fixture, i == 0 ? "amz-sdk-request: ttl=19941106T084942Z; attempt=2; max=3\r\n"
                                                   : "amz-sdk-request: attempt=2; max=3\r\n"),
                         1);
        forget(&fixture);
    }
}

static void attempts_end(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {
        {.answer = "HTTP/1.1 503 X\r\nContent-Length: 15\r\n\r\n{\"message\":\"m\"}"}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.settings.max_attempts = 2;
    assert_false(get_token(&fixture));
    assert_message(&fixture, "An error occurred (503) when calling the GetAuthorizationToken operation (reached max "
                             "retries: 1): m");
    assert_int_equal(fixture.error.class, ERROR_SERVICE);
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST "), 2);
    forget(&fixture);
}

/** Answers that end the call at once, and what is said of them. */
static void answers_that_are_not_tried_again(void **state)
{
    (void)state;
    static const struct {
        struct stub_step steps[2];
        const char *message;
    } cases[] = {
        {{{.answer = "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"}},
         "An error occurred (307) when calling the GetAuthorizationToken operation: "},
        {{{.answer = "HTTP/1.1 403 X\r\nX-Amzn-ErrorType: AccessDeniedException:\r\nContent-Length: 15\r\n\r\n"
                     "{\"message\":\"m\"}"}},
         "An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: m"},
        {{{.answer = OK_HEAD "Content-Length: 4\r\n\r\nnull"}},
         "The answer to GetAuthorizationToken cannot be the service's: its status is 200, and there is null in its "
         "JSON "
         "where an object should be. See that the endpoint is the right one, and that no proxy answers in its place. "
         "It begins: null"},
        {{{.answer = OK_HEAD "Content-Length: 99999999\r\n\r\n"}},
         "The answer from endpoint URL \"http://127.0.0.1:{PORT}/v1/authorization-token?domain=my-dom\" is larger than "
         "16777216 bytes, which no answer should be"},
        {{{.answer = OK_HEAD "\r\n", .filler = HTTP_ANSWER_LIMIT + 1, .close = true}},
         "The answer from endpoint URL \"http://127.0.0.1:{PORT}/v1/authorization-token?domain=my-dom\" is larger than "
         "16777216 bytes, which no answer should be"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, cases[i].steps);
        assert_false(get_token(&fixture));
        assert_message(&fixture, cases[i].message);
        stop(&fixture);
        assert_int_equal(count_of(&fixture, "POST "), 1);
        forget(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_request_line_by_line),
        cmocka_unit_test(other_forms_of_request),
        cmocka_unit_test(one_connection_for_many_calls),
        cmocka_unit_test(what_is_tried_again),
        cmocka_unit_test(attempts_end),
        cmocka_unit_test(answers_that_are_not_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
