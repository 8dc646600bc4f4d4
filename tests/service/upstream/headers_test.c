// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which headers pass the front, either way. */
#include "service/upstream/headers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/** Headers written as lines. */
static size_t split(const char *lines, struct sigv4_header *out, size_t room)
{
    struct slice rest = slice_of(lines);
    struct slice line;
    size_t count = 0;
    while (rest.size > 0 && slice_cut(&rest, '\n', &line)) {
        size_t colon = slice_find(line, ':', 0);
        assert_true(count < room);
        out[count++] = (struct sigv4_header){slice_part(line, 0, colon), slice_part(line, colon + 1, line.size)};
    }
    return count;
}

static void write_lines(struct slice list, struct buffer *out)
{
    struct header_pair pair;
    while (headers_next(&list, &pair))
        buffer_append_format(out, "%s:%s\n", pair.name, pair.value);
}

static void check_request(const char *lines, const char *passed)
{
    struct sigv4_header headers[40];
    size_t count = split(lines, headers, COUNT_OF(headers));
    const struct headers_said said = {.authority = SLICE("up.example")};
    BUFFER_AUTO list = {0};
    BUFFER_AUTO text = {0};
    BUFFER_AUTO wanted = {0};
    headers_write_request(headers, count, &said, &list);
    write_lines(buffer_slice(&list), &text);
    buffer_append_format(&wanted, "Host:up.example\n%s", passed);
    assert_string_equal(buffer_text(&text), buffer_text(&wanted));
}

static void test_requests(void **state)
{
    (void)state;
    check_request("", "Via:1.1 jetond\n");
    check_request("Accept:  text/html \nRange:bytes=0-1\nIf-None-Match:\"a\"\nX-Empty:\n",
                  "Accept:text/html\nRange:bytes=0-1\nIf-None-Match:\"a\"\nX-Empty:\nVia:1.1 jetond\n");
    // The caller's credentials, whatever they are called.
    check_request("Authorization:Bearer x\nPROXY-authorization:Basic x\nX-NuGet-ApiKey:x\n", "Via:1.1 jetond\n");
    // One connection's own.
    check_request("Connection:close, X-Drop ,te\nKeep-Alive:1\nX-Drop:1\nx-drop:2\nX-Keep:3\nTE:trailers\nTrailer:x\n"
                  "Upgrade:h2c\nHTTP2-Settings:x\nProxy-Connection:x\nTransfer-Encoding:chunked\n",
                  "X-Keep:3\nVia:1.1 jetond\n");
    check_request("Connection:a\nConnection:b\nA:1\nB:2\nC:3\n", "C:3\nVia:1.1 jetond\n");
    // What the front says itself, or what would say another thing than the request does.
    check_request("Host:evil\nContent-Length:5\nExpect:100-continue\nForwarded:for=x\nX-Forwarded-For:1.2.3.4\n"
                  "X-Forwarded-Host:evil\nX-Forwarded-Anything:1\nX-Real-IP:1\nX-Original-URI:/x\nX-Rewrite-URL:/x\n"
                  "X-HTTP-Method-Override:DELETE\nX-Method-Override:PUT\nx-http-method:PUT\n",
                  "Via:1.1 jetond\n");
    check_request("X-Jeton-Caller:root\nx-jeton-anything:1\nX_Jeton_Caller:root\nX-Jeton_Caller:1\n",
                  "Via:1.1 jetond\n");
    check_request("Via:1.0 a\nVia:1.1 b\n", "Via:1.0 a, 1.1 b, 1.1 jetond\n");
}

static void test_what_the_front_says(void **state)
{
    (void)state;
    static const char names[] = "X-Jeton-Caller\0arn:aws:iam::111122223333:user/u\0";
    const struct sigv4_header headers[] = {{SLICE("X-Jeton-Caller"), SLICE("root")}};
    const struct headers_said said = {
        .authority = SLICE("up.example:8080"),
        .authorization = "Basic abc",
        .api_key = "key",
        .client = SLICE("192.0.2.1"),
        .scheme = SLICE("https"),
        .host = SLICE("packages.example.com"),
        .prefix = SLICE("/npm/d/demo-111122223333/repo"),
        .names = {names, sizeof names - 1},
    };
    BUFFER_AUTO list = {0};
    BUFFER_AUTO text = {0};
    headers_write_request(headers, 1, &said, &list);
    write_lines(buffer_slice(&list), &text);
    assert_string_equal(buffer_text(&text),
                        "Host:up.example:8080\nVia:1.1 jetond\nAuthorization:Basic abc\nX-NuGet-ApiKey:key\n"
                        "X-Forwarded-For:192.0.2.1\n"
                        "X-Forwarded-Proto:https\nX-Forwarded-Host:packages.example.com\n"
                        "X-Forwarded-Prefix:/npm/d/demo-111122223333/repo\n"
                        "X-Jeton-Caller:arn:aws:iam::111122223333:user/u\n");
}

static void test_expectations(void **state)
{
    (void)state;
    const struct sigv4_header yes = {SLICE("EXPECT"), SLICE(" 100-Continue ")};
    const struct sigv4_header no = {SLICE("Expect"), SLICE("200-ok")};
    assert_true(headers_expect_continue(&yes, 1));
    assert_false(headers_expect_continue(&no, 1));
    assert_false(headers_expect_continue(NULL, 0));
}

/** Reads lines; the first complaint, or NULL. */
static const char *read_answer(struct headers_answer *answer, const char *lines)
{
    struct slice rest = slice_of(lines);
    struct slice line;
    const char *wrong = NULL;
    while (wrong == NULL && rest.size > 0 && slice_cut(&rest, '\n', &line)) {
        BUFFER_AUTO whole = {0};
        buffer_append_slice(&whole, line);
        buffer_append_text(&whole, "\r\n");
        wrong = headers_read_line(answer, buffer_slice(&whole));
    }
    return wrong;
}

static void check_answer(const char *lines, const char *shown)
{
    struct headers_answer answer = {0};
    struct upstream_address address;
    BUFFER_AUTO list = {0};
    BUFFER_AUTO text = {0};
    assert_true(upstream_address_read(SLICE("http://up.example/base"), &address, NULL));
    assert_null(read_answer(&answer, lines));
    assert_true(answer.complete);
    headers_write_answer(&answer, &address, SLICE("/P"), &list);
    write_lines(buffer_slice(&list), &text);
    assert_string_equal(buffer_text(&text), shown);
    headers_answer_free(&answer);
}

static void test_answers(void **state)
{
    (void)state;
    check_answer("HTTP/1.1 200 OK\nContent-Type: text/plain\nETag: \"a\"\nContent-Length: 5\n\n",
                 "Content-Type:text/plain\nETag:\"a\"\nVia:1.1 jetond\n");
    check_answer("HTTP/1.1 100 Continue\nX-A: 1\n\nHTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 200\nX-B: 2\n\n",
                 "X-B:2\nVia:1.1 jetond\n");
    check_answer("HTTP/1.1 200 OK\nConnection: X-Drop\nX-Drop: 1\nX-Keep: 2\nKeep-Alive: timeout=5\nTrailer: X-T\n"
                 "Transfer-Encoding: chunked\nUpgrade: h2c\nAlt-Svc: h3\nVia: 1.1 cache\nX-Jeton-Caller: root\n\n"
                 "X-T: a trailer\n",
                 "X-Keep:2\nVia:1.1 cache, 1.1 jetond\n");
    check_answer("HTTP/1.1 302 Found\nLocation: http://up.example/base/x\nContent-Location: /base/y\n\n",
                 "Location:/P/x\nContent-Location:/P/y\nVia:1.1 jetond\n");
    check_answer("HTTP/1.1 200 OK\nSet-Cookie: a=1\nSet-Cookie: b=2\n\n",
                 "Set-Cookie:a=1\nSet-Cookie:b=2\nVia:1.1 jetond\n");
}

static void test_lengths(void **state)
{
    (void)state;
    struct headers_answer answer = {0};
    assert_null(read_answer(&answer, "HTTP/1.1 200 OK\nContent-Length: 42\ncontent-length: 42\n\n"));
    assert_true(answer.has_length && !answer.chunked);
    assert_int_equal(answer.length, 42);
    headers_answer_free(&answer);
    assert_null(read_answer(&answer, "HTTP/1.1 200 OK\nContent-Length: 42\nTransfer-Encoding: chunked\n\n"));
    assert_true(answer.has_length && answer.chunked);
    headers_answer_free(&answer);
}

static void test_answers_that_are_none(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "HTTP/1.1 2xx OK\n",
        "HTTP/1.1\n",
        "HTTP/1.1 20\n",
        "HTTP/1.1 099 x\n",
        "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n",
        "HTTP/1.1 200 OK\nContent-Length: 1, 1\n",
        "HTTP/1.1 200 OK\nContent-Length: -1\n",
        "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999999\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n",
        "HTTP/1.1 200 OK\nA: 1\n folded\n",
        "HTTP/1.1 200 OK\nA : 1\n",
        "HTTP/1.1 200 OK\n: 1\n",
        "HTTP/1.1 200 OK\nno colon\n",
        "HTTP/1.1 200 OK\nA: \x01\n",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct headers_answer answer = {0};
        if (read_answer(&answer, cases[i]) == NULL)
            fail_msg("%s was taken", cases[i]);
        headers_answer_free(&answer);
    }
}

static void test_large_answers(void **state)
{
    (void)state;
    struct headers_answer answer = {0};
    const char *wrong = NULL;
    size_t count = 0;
    assert_null(read_answer(&answer, "HTTP/1.1 200 OK\n"));
    while (wrong == NULL && count++ < 1000)
        wrong = read_answer(&answer, "X: y\n");
    assert_int_equal(count, 101);
    headers_answer_free(&answer);
    BUFFER_AUTO line = {0};
    buffer_append_text(&line, "HTTP/1.1 200 OK\nX: ");
    for (size_t i = 0; i < HEADERS_ANSWER_MAX; i++)
        buffer_append_char(&line, 'x');
    assert_string_equal(read_answer(&answer, buffer_text(&line)), "its headers are too large");
    headers_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_requests),      cmocka_unit_test(test_what_the_front_says),
        cmocka_unit_test(test_expectations),  cmocka_unit_test(test_answers),
        cmocka_unit_test(test_lengths),       cmocka_unit_test(test_answers_that_are_none),
        cmocka_unit_test(test_large_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
