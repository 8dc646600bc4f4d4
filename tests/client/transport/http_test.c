// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Bare requests, as to the metadata endpoints of containers and instances: no service, no signature, no retry. */
#include "base/memory.h"
#include "client/transport/http.h"
#include "stub.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/** What such a caller makes of its settings: short time-outs, and no proxy whatever the environment says. */
static struct settings bare_settings(void)
{
    return (struct settings){.verify = true, .connect_timeout = 1, .read_timeout = 1};
}

struct bare_case {
    const char *method;
    struct http_header header;
    const char *answer;
    long status;
    const char *body;
    const char *sent; // all of the request behind the path
};

static const struct bare_case bare_cases[] = {
    {"PUT",
     {"x-aws-ec2-metadata-token-ttl-seconds", {"21600", 5}},
     "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntok",
     200,
     "tok",
     " HTTP/1.1\r\nHost: h\r\nx-aws-ec2-metadata-token-ttl-seconds: 21600\r\nContent-Length: 0\r\n\r\n"},
    {"GET",
     {"Authorization", {"Bearer x", 8}},
     "HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngone\r\n0\r\n\r\n",
     404,
     "gone",
     " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer x\r\n\r\n"},
    {"GET",
     {"Accept", {"application/json", 16}},
     "HTTP/1.1 204 None\r\n\r\n",
     204,
     "",
     " HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\n\r\n"},
};

static void check_bare(const struct bare_case *given)
{
    const struct stub_step steps[] = {{.answer = given->answer}, {0}};
    struct stub *stub = stub_start(steps);
    const struct settings settings = bare_settings();
    struct http *http = http_new(&settings);
    MEMORY_AUTO char *url = memory_format("http://127.0.0.1:%u/latest?x=1", stub_port(stub));
    const struct http_header headers[] = {{"Host", SLICE("h")}, given->header};
    const struct http_request request = {
        .method = given->method, .url = url, .authority = "127.0.0.1", .headers = headers, .header_count = 2};
    struct http_answer answer = {0};
    ERROR_AUTO error = {0};
    BUFFER_AUTO received = {0};
    assert_int_equal(http_perform(http, &request, &answer, &error), HTTP_ANSWERED);
    assert_int_equal(answer.status, given->status);
    assert_string_equal(buffer_text(&answer.body), given->body);
    http_answer_free(&answer);
    http_free(http);
    stub_stop(stub, &received, NULL);
    MEMORY_AUTO char *expected = memory_format("%s /latest?x=1%s", given->method, given->sent);
    assert_string_equal(buffer_text(&received), expected);
}

static void bare_requests(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bare_cases / sizeof *bare_cases; i++)
        check_bare(&bare_cases[i]);
}

/** What was sent before does not put off the end of the patience. */
static void a_silent_endpoint(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.silent = true}, {0}};
    static const struct {
        const char *method;
        struct slice body;
    } cases[] = {{"GET", {NULL, 0}}, {"POST", {"a body that is some bytes long", 30}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stub *stub = stub_start(steps);
        const struct settings settings = bare_settings();
        struct http *http = http_new(&settings);
        MEMORY_AUTO char *url = memory_format("http://127.0.0.1:%u/", stub_port(stub));
        const struct http_request request = {
            .method = cases[i].method, .url = url, .authority = "127.0.0.1", .body = cases[i].body};
        struct http_answer answer = {0};
        ERROR_AUTO error = {0};
        assert_int_equal(http_perform(http, &request, &answer, &error), HTTP_READ_TIMEOUT);
        assert_int_equal(answer.status, 0);
        http_free(http);
        stub_stop(stub, NULL, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bare_requests),
        cmocka_unit_test(a_silent_endpoint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
