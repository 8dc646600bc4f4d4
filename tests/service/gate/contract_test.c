// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What each proxy asks, and questions that no proxy asks so. */
#include "service/gate/contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEADERS_MAX 8
#define NGINX "X-Original-Method: PUT", "X-Original-URI: /a?b", "X-Original-Host: h"
#define FORWARDED "X-Forwarded-Method: PUT", "x-forwarded-uri: /a?b", "X-Forwarded-Host: h"
#define ASKED "PUT h /a?b"

/** WANTED: "METHOD HOST TARGET"; NULL: refused. */
static const struct {
    const char *method;
    const char *path;
    const char *query;
    const char *headers[HEADERS_MAX];
    const char *wanted;
} rows[] = {
    {"GET", "/gate/nginx", NULL, {NGINX}, ASKED},
    {"GET", "/gate/nginx", NULL, {NGINX, "X-Forwarded-Host: x", "X-Forwarded-For: 1"}, ASKED},
    {"GET", "/gate/traefik", NULL, {FORWARDED}, ASKED},
    {"GET", "/gate/caddy", NULL, {FORWARDED}, ASKED},
    {"GET", "/gate/caddy", "b", {FORWARDED}, ASKED},
    {"GET", "/gate", NULL, {NGINX}, ASKED},
    {"GET", "/gate", NULL, {FORWARDED}, ASKED},
    {"PUT", "/gate/envoy/a", "b", {"Host: h"}, ASKED},
    {"PUT", "/gate/envoy/a", NULL, {"Host: h", "X-Forwarded-Host: x"}, "PUT h /a"},
    {"PUT", "/gate/envoy/gate/nginx", NULL, {"Host: h"}, "PUT h /gate/nginx"},
    // Of two contracts, or not whole.
    {"GET", "/gate/nginx", NULL, {NGINX, "X-Forwarded-Uri: /x"}, NULL},
    {"GET", "/gate/nginx", NULL, {NGINX, "X-Forwarded-Method: GET"}, NULL},
    {"GET", "/gate/traefik", NULL, {FORWARDED, "X-Original-URI: /x"}, NULL},
    {"GET", "/gate/caddy", NULL, {FORWARDED, "X-Original-Host: x"}, NULL},
    {"GET", "/gate", NULL, {NGINX, "X-Forwarded-Uri: /x"}, NULL},
    {"GET", "/gate", NULL, {NULL}, NULL},
    {"GET", "/gate", NULL, {"X-Original-Method: GET", "X-Original-URI: /a"}, NULL},
    {"GET", "/gate/nginx", NULL, {FORWARDED}, NULL},
    {"GET", "/gate/traefik", NULL, {NGINX}, NULL},
    {"GET", "/gate/nginx", NULL, {"X-Original-Method: ", "X-Original-URI: /a", "X-Original-Host: h"}, NULL},
    {"GET", "/gate/envoy/a", NULL, {"Host: h", "X-Original-URI: /x"}, NULL},
    {"GET", "/gate/envoy/a", NULL, {"Host: h", "X-Forwarded-Uri: /x"}, NULL},
    // Repeated.
    {"GET", "/gate/nginx", NULL, {NGINX, "X-Original-URI: /a?b"}, NULL},
    {"GET", "/gate/nginx", NULL, {NGINX, "x-original-host: x"}, NULL},
    {"GET", "/gate/traefik", NULL, {FORWARDED, "X-FORWARDED-HOST: x"}, NULL},
    {"GET", "/gate/nginx", NULL, {NGINX, "X-Forwarded-Host: a", "X-Forwarded-Host: b"}, NULL},
    // Elsewhere, and otherwise.
    {"GET", "/gate/", NULL, {NGINX}, NULL},
    {"GET", "/gate/nginx/", NULL, {NGINX}, NULL},
    {"GET", "/gate/nginx/a", NULL, {NGINX}, NULL},
    {"GET", "/gate/envoy", NULL, {"Host: h"}, NULL},
    {"GET", "/gate/npm/a", NULL, {"Host: h"}, NULL},
    {"POST", "/gate/nginx", NULL, {NGINX}, NULL},
    {"HEAD", "/gate/caddy", NULL, {FORWARDED}, NULL},
    {"GET", "/gate/nginx", "a=b", {NGINX}, NULL},
    {"GET", "/gate/traefik", "a=b", {FORWARDED}, NULL},
};

static struct sigv4_header header_of(const char *line)
{
    struct slice text = slice_of(line);
    size_t colon = slice_find(text, ':', 0);
    return (struct sigv4_header){slice_part(text, 0, colon), slice_part(text, colon + 2, text.size)};
}

static void test_contracts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        BUFFER_AUTO said = {0};
        struct sigv4_header headers[HEADERS_MAX];
        size_t count = 0;
        for (; count < HEADERS_MAX && rows[i].headers[count] != NULL; count++)
            headers[count] = header_of(rows[i].headers[count]);
        const struct sigv4_request message = {.method = slice_of(rows[i].method),
                                              .path = slice_of(rows[i].path),
                                              .query = slice_of(rows[i].query),
                                              .headers = headers,
                                              .header_count = count};
        struct gate_question question = {0};
        assert_true(gate_is_asked(message.path));
        if (gate_read_question(&message, arena, &question, &error))
            buffer_append_format(&said, "%.*s %.*s %.*s", SLICE_ARGS(question.method), SLICE_ARGS(question.host),
                                 SLICE_ARGS(question.target));
        else
            assert_string_equal(error.code, "UnknownContract");
        const char *wanted = rows[i].wanted == NULL ? "" : rows[i].wanted;
        if (strcmp(buffer_text(&said), wanted) != 0)
            fail_msg("row %zu, %s: wanted \"%s\", got \"%s\"", i, rows[i].path, wanted, buffer_text(&said));
    }
}

static void test_where(void **state)
{
    (void)state;
    assert_false(gate_is_asked(SLICE("/gat")));
    assert_false(gate_is_asked(SLICE("/gates")));
    assert_false(gate_is_asked(SLICE("/v1/gate")));
    assert_false(gate_is_asked(SLICE("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contracts),
        cmocka_unit_test(test_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
