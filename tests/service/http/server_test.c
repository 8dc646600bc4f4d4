// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The real server on a free loopback port, spoken to in bytes. */
#include "base/text.h"
#include "base/timestamp.h"
#include "service/http/fixture.h"
#include "service/http/server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/** Milliseconds of patience of the server under test. */
#define PATIENCE 600

struct ground {
    struct fixture fixture;
    struct server *server;
    struct arena *arena;
    int port;
};

static int set_up(void **state)
{
    static struct ground ground;
    ERROR_AUTO error = {0};
    ground = (struct ground){.arena = arena_new()};
    fixture_open(&ground.fixture);
    const struct server_options options = {
        .listen = "127.0.0.1:0", .threads = 2, .log_descriptor = -1, .patience = PATIENCE};
    ground.server = server_start(ground.fixture.site, &options, &error);
    if (ground.server == NULL)
        return -1;
    struct slice url = slice_of(server_url(ground.server));
    uint64_t port = 0;
    if (!slice_starts_with(url, SLICE("http://127.0.0.1:")) ||
        !text_parse_unsigned(slice_part(url, strlen("http://127.0.0.1:"), url.size), &port))
        return -1;
    ground.port = (int)port;
    *state = &ground;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    server_stop(ground->server, 1000);
    arena_free(ground->arena);
    fixture_close(&ground->fixture);
    return 0;
}

// ------------------------------------------------------------------ a plain client

static int dial(const struct ground *ground)
{
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)ground->port),
                                        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    const struct timeval limit = {.tv_sec = 20};
    assert_int_equal(setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), 0);
    assert_int_equal(connect(descriptor, (const struct sockaddr *)&address, sizeof address), 0);
    return descriptor;
}

static bool put(int descriptor, struct slice data)
{
    while (data.size > 0) {
        ssize_t sent = send(descriptor, data.data, data.size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data = slice_part(data, (size_t)sent, data.size);
    }
    return true;
}

/** Appends what comes until COUNT responses' bodies have ended or the connection has. @return false at its end. */
static bool take(int descriptor, const char *until, struct buffer *out)
{
    char bytes[4096];
    while (strstr(buffer_text(out), until) == NULL) {
        ssize_t got = recv(descriptor, bytes, sizeof bytes, 0);
        if (got <= 0)
            return false;
        buffer_append(out, bytes, (size_t)got);
    }
    return true;
}

/** Everything that the server sends until it closes. */
static void take_all(int descriptor, struct buffer *out)
{
    while (take(descriptor, "\x01 never sent", out))
        continue;
}

static void write_request(const struct http_request *request, const char *further, struct buffer *out)
{
    const struct sigv4_request *message = &request->message;
    buffer_append_format(out, "%.*s %.*s%s%.*s HTTP/1.1\r\n", SLICE_ARGS(message->method), SLICE_ARGS(message->path),
                         message->query.size > 0 ? "?" : "", SLICE_ARGS(message->query));
    for (size_t i = 0; i < message->header_count; i++)
        buffer_append_format(out, "%.*s: %.*s\r\n", SLICE_ARGS(message->headers[i].name),
                             SLICE_ARGS(message->headers[i].value));
    buffer_append_format(out, "Content-Length: %zu\r\n%s\r\n", message->body.size, further);
    buffer_append_slice(out, message->body);
}

static void sign(struct ground *ground, struct fixture_request what, const char *further, struct buffer *out)
{
    what.key = KEY_ADMIN;
    what.signed_at = timestamp_now();
    const struct http_request request = fixture_sign(&what, ground->arena);
    write_request(&request, further, out);
}

/** Sends bytes on a connection of their own; what comes back. */
static void exchange(const struct ground *ground, struct slice data, struct buffer *out)
{
    int descriptor = dial(ground);
    (void)put(descriptor, data);
    (void)shutdown(descriptor, SHUT_WR);
    take_all(descriptor, out);
    (void)close(descriptor);
}

static size_t count(const struct buffer *text, const char *what)
{
    size_t found = 0;
    for (const char *at = strstr(buffer_text(text), what); at != NULL; at = strstr(at + 1, what))
        found++;
    return found;
}

// ------------------------------------------------------------------ good requests

static void test_token_and_endpoint(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO request = {0};
    BUFFER_AUTO answer = {0};
    sign(ground,
         (struct fixture_request){.method = "POST", .path = "/v1/authorization-token", .query = "domain=my-domain"}, "",
         &request);
    exchange(ground, buffer_slice(&request), &answer);
    assert_true(slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 200 ")));
    assert_non_null(strstr(buffer_text(&answer), "{\"authorizationToken\":\"eyJ2ZX"));
    assert_non_null(strstr(buffer_text(&answer), "\r\nCache-Control: no-store\r\n"));
    assert_non_null(strstr(buffer_text(&answer), "\r\nx-amzn-RequestId: "));

    buffer_clear(&request);
    buffer_clear(&answer);
    sign(ground,
         (struct fixture_request){.method = "POST",
                                  .path = "/v1/repository",
                                  .query = "domain=my-domain&repository=r1",
                                  .body = "{}",
                                  .content_type = "application/json"},
         "", &request);
    exchange(ground, buffer_slice(&request), &answer);
    assert_true(slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 200 ")));
    buffer_clear(&request);
    buffer_clear(&answer);
    sign(ground,
         (struct fixture_request){
             .method = "GET", .path = "/v1/repository/endpoint", .query = "domain=my-domain&repository=r1&format=pypi"},
         "", &request);
    exchange(ground, buffer_slice(&request), &answer);
    BUFFER_AUTO wanted = {0};
    buffer_append_format(&wanted, "{\"repositoryEndpoint\":\"%s/pypi/d/my-domain-123456789012/r1/\"}",
                         server_url(ground->server));
    assert_non_null(strstr(buffer_text(&answer), buffer_text(&wanted)));
}

static void test_pipelined(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO requests = {0};
    BUFFER_AUTO answers = {0};
    for (int i = 0; i < 5; i++)
        sign(ground,
             (struct fixture_request){.method = "POST",
                                      .path = "/v1/domains",
                                      .body = "{\"maxResults\": 1}",
                                      .content_type = "application/json"},
             i == 4 ? "Connection: close\r\n" : "", &requests);
    exchange(ground, buffer_slice(&requests), &answers);
    assert_int_equal(count(&answers, "HTTP/1.1 200 "), 5);
    assert_int_equal(count(&answers, "{\"domains\":[{\"name\":\"my-domain\""), 5);
}

static void test_body_in_pieces(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO request = {0};
    BUFFER_AUTO answer = {0};
    sign(
        ground,
        (struct fixture_request){
            .method = "POST", .path = "/v1/domains", .body = "{\"maxResults\": 1}", .content_type = "application/json"},
        "Connection: close\r\n", &request);
    int descriptor = dial(ground);
    for (size_t i = 0; i < request.size; i += 7)
        assert_true(put(descriptor, slice_part(buffer_slice(&request), i, 7)));
    take_all(descriptor, &answer);
    (void)close(descriptor);
    assert_true(slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 200 ")));
}

/** The change of one worker is seen by all: a domain that is deleted gets no token from anybody. */
static void test_workers_agree(void **state)
{
    struct ground *ground = *state;
    for (int round = 0; round < 8; round++) {
        const char *domain = arena_format(ground->arena, "domain=agree-%d", round);
        const struct {
            const char *method;
            const char *path;
            const char *status;
        } steps[] = {
            {"POST", "/v1/authorization-token", "HTTP/1.1 404 "},
            {"POST", "/v1/domain", "HTTP/1.1 200 "},
            {"POST", "/v1/authorization-token", "HTTP/1.1 200 "},
            {"POST", "/v1/authorization-token", "HTTP/1.1 200 "},
            {"DELETE", "/v1/domain", "HTTP/1.1 200 "},
            {"POST", "/v1/authorization-token", "HTTP/1.1 404 "},
            {"POST", "/v1/authorization-token", "HTTP/1.1 404 "},
        };
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            BUFFER_AUTO request = {0};
            BUFFER_AUTO answer = {0};
            sign(ground, (struct fixture_request){.method = steps[i].method, .path = steps[i].path, .query = domain},
                 "", &request);
            exchange(ground, buffer_slice(&request), &answer);
            assert_true(slice_starts_with(buffer_slice(&answer), slice_of(steps[i].status)));
        }
    }
}

// ------------------------------------------------------------------ bad requests

static void test_malformed(void **state)
{
    struct ground *ground = *state;
    static const struct {
        const char *request;
        const char *status; // "": the connection just ends
    } cases[] = {
        {"GARBAGE\r\n\r\n", ""},
        {"GET /v1/domain HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
        {"GET /v1/domain HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400 "},
        {"GET /v1/domain HTTP/1.1\r\nHost: a\r\nAuthorization: AWS4-HMAC-SHA256 x\r\nAuthorization: y\r\n\r\n",
         "HTTP/1.1 400 "},
        {"POST /v1/domains HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         "HTTP/1.1 400 "},
        {"POST /v1/domains HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", "HTTP/1.1 400 "},
        {"GET /v1/domain HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n", "HTTP/1.1 400 "},
        {"POST /v1/domains HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", "HTTP/1.1 413 "},
        {"GET /v1/domain?domain=my-domain HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 403 "},
        {"GET /%zz%00?%=%&& HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 404 "},
        {"GET http://elsewhere/v1/domain HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 4"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BUFFER_AUTO answer = {0};
        exchange(ground, slice_of(cases[i].request), &answer);
        if (!slice_starts_with(buffer_slice(&answer), slice_of(cases[i].status)))
            fail_msg("%s: %s", cases[i].request, buffer_text(&answer));
        // Each answer has this field; "HTTP/1.1" may stand in its text too.
        if (count(&answer, "\r\nContent-Length: ") > 1)
            fail_msg("%s: more than one answer: %s", cases[i].request, buffer_text(&answer));
    }
}

/** Such a request is refused; libmicrohttpd sends it to the path as it should have been by itself, from 1.0 on. */
static void test_blank_in_target(void **state)
{
    BUFFER_AUTO answer = {0};
    exchange(*state, SLICE("GET /v1/do main HTTP/1.1\r\nHost: a\r\n\r\n"), &answer);
    assert_true(slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 400 ")) ||
                slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 301 ")));
    assert_int_equal(count(&answer, "\r\nContent-Length: "), 1);
}

static void test_too_large(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO request = {0};
    BUFFER_AUTO answer = {0};
    buffer_append_text(&request, "GET /v1/domain HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 100; i++)
        buffer_append_format(&request, "X-%d: y\r\n", i);
    buffer_append_text(&request, "\r\n");
    exchange(ground, buffer_slice(&request), &answer);
    assert_true(slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 413 ")));
    assert_non_null(strstr(buffer_text(&answer), "more than 64 headers"));

    buffer_clear(&request);
    buffer_clear(&answer);
    buffer_append_format(&request, "POST /v1/domains HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n",
                         HTTP_BODY_MAX + 1);
    for (size_t i = 0; i <= HTTP_BODY_MAX; i++)
        buffer_append_char(&request, ' ');
    exchange(ground, buffer_slice(&request), &answer);
    assert_true(slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 413 ")));
    assert_non_null(strstr(buffer_text(&answer), "\r\nx-amzn-errortype: RequestEntityTooLargeException\r\n"));

    buffer_clear(&request);
    buffer_clear(&answer);
    buffer_append_text(&request, "GET /v1/domain HTTP/1.1\r\nHost: a\r\nX-Long: ");
    for (int i = 0; i < 100000; i++)
        buffer_append_char(&request, 'y');
    buffer_append_text(&request, "\r\n\r\n");
    exchange(ground, buffer_slice(&request), &answer);
    assert_true(answer.size == 0 || slice_starts_with(buffer_slice(&answer), SLICE("HTTP/1.1 4")));
}

static int64_t milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** A byte now and then keeps libmicrohttpd content, but not the deadline. */
static void test_slow_sender_is_cut(void **state)
{
    struct ground *ground = *state;
    static const char *const starts[] = {"GET /v1/domain HTTP/1.1\r\nHost: a\r\nX-Slow: ",
                                         "POST /v1/domains HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        int descriptor = dial(ground);
        const struct timeval pause = {.tv_usec = 50000};
        assert_int_equal(setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &pause, sizeof pause), 0);
        int64_t begin = milliseconds();
        assert_true(put(descriptor, slice_of(starts[i])));
        char byte;
        ssize_t got;
        do
            got = recv(descriptor, &byte, 1, 0);
        while (got < 0 && put(descriptor, SLICE("a")) && milliseconds() - begin < 20000);
        assert_in_range(milliseconds() - begin, PATIENCE - 100, 19999);
        (void)close(descriptor);
    }
}

// ------------------------------------------------------------------ stopping and listening

static void test_stop_finishes_what_has_begun(void **state)
{
    struct ground *ground = *state;
    ERROR_AUTO error = {0};
    const struct server_options options = {
        .listen = "127.0.0.1:0", .threads = 1, .log_descriptor = -1, .patience = 30000};
    struct ground other = *ground;
    other.server = server_start(ground->fixture.site, &options, &error);
    assert_non_null(other.server);
    uint64_t port = 0;
    struct slice url = slice_of(server_url(other.server));
    assert_true(text_parse_unsigned(slice_part(url, strlen("http://127.0.0.1:"), url.size), &port));
    other.port = (int)port;
    int idle = dial(&other);
    int64_t begin = milliseconds();
    server_stop(other.server, 3000);
    assert_true(milliseconds() - begin < 3000); // an idle connection is nothing that has begun
    char byte;
    assert_true(recv(idle, &byte, 1, 0) <= 0);
    (void)close(idle);
}

static void test_places(void **state)
{
    (void)state;
    static const char *const bad[] = {"",       "nowhere", "127.0.0.1", "127.0.0.1:",   ":80",        "127.0.0.1:65536",
                                      "::1:80", "[::1:80", "[]:80",     "127.0.0.1:-1", "127.0.0.1:x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ERROR_AUTO error = {0};
        const struct server_options options = {.listen = bad[i], .threads = 1, .log_descriptor = -1, .patience = 1000};
        struct ground *ground = *state;
        assert_null(server_start(ground->fixture.site, &options, &error));
        assert_int_equal(error.class, ERROR_USAGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_and_endpoint),
        cmocka_unit_test(test_pipelined),
        cmocka_unit_test(test_body_in_pieces),
        cmocka_unit_test(test_workers_agree),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_blank_in_target),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_slow_sender_is_cut),
        cmocka_unit_test(test_stop_finishes_what_has_begun),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
