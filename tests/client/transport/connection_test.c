// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Connections that fail, go through a proxy, or are not trusted, and how that is told. */
#include "api/codeartifact.h"
#include "client/transport/trust.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char token[] = "TOK/en+=";

static void transport_failures(void **state)
{
    (void)state;
    static const struct {
        struct stub_step steps[2];
        long read_timeout;
        const char *message;
    } cases[] = {
        {{{.close = true}},
         5,
         "Connection was closed before we received a valid response from endpoint URL: "
         "\"http://127.0.0.1:{PORT}/v1/authorization-token?domain=my-dom\"."},
        {{{.answer = "garbage\r\n\r\n", .close = true}},
         5,
         "Connection was closed before we received a valid response from endpoint URL: "
         "\"http://127.0.0.1:{PORT}/v1/authorization-token?domain=my-dom\"."},
        {{{.silent = true}},
         1,
         "Read timeout on endpoint URL: \"http://127.0.0.1:{PORT}/v1/authorization-token?domain=my-dom\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, cases[i].steps);
        fixture.settings.max_attempts = 1;
        fixture.settings.read_timeout = cases[i].read_timeout;
        assert_false(get_token(&fixture));
        assert_message(&fixture, cases[i].message);
        assert_int_equal(fixture.error.class, ERROR_TRANSPORT);
        stop(&fixture);
        forget(&fixture);
    }
}

/** A handshake that breaks off is a failed connection, tried again, and says nothing of certificates. */
static void tls_that_breaks_off(void **state)
{
    (void)state;
    static const struct {
        struct stub_step steps[2];
        const char *start;
        const char *reason;
    } cases[] = {
        {{{.answer = "HTTP/1.1 400 Bad Request\r\n\r\n", .close = true, .hasty = true}},
         "SSL validation failed for https://127.0.0.1:{PORT}/v1/authorization-token?domain=my-dom ",
         "wrong version number"},
        {{{.close = true, .hasty = true}},
         "Connection was closed before we received a valid response from endpoint URL: "
         "\"https://127.0.0.1:{PORT}/v1/authorization-token?domain=my-dom\".",
         ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, cases[i].steps);
        fixture.settings.endpoint_url = arena_format(fixture.arena, "https://127.0.0.1:%u", stub_port(fixture.stub));
        assert_false(get_token(&fixture));
        if (!slice_starts_with(slice_of(fixture.error.message), slice_of(with_port(&fixture, cases[i].start))) ||
            strstr(fixture.error.message, cases[i].reason) == NULL ||
            strstr(fixture.error.message, "CERTIFICATE_VERIFY_FAILED") != NULL)
            fail_msg("%s", fixture.error.message);
        stop(&fixture);
        assert_int_equal(fixture.connections, 3);
        forget(&fixture);
    }
}

static void nobody_listens(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.settings.max_attempts = 1;
    // The port of a server that has just ended.
    const char *message = arena_format(fixture.arena,
                                       "Could not connect to the endpoint URL: "
                                       "\"http://127.0.0.1:%u/v1/authorization-token?domain=my-dom\"",
                                       stub_port(fixture.stub));
    stop(&fixture);
    assert_false(get_token(&fixture));
    assert_string_equal(fixture.error.message, message);
    transport_free(fixture.transport);
    forget(&fixture);
}

static void proxies(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.settings.http_proxy = arena_format(fixture.arena, "me:p%%40ss@127.0.0.1:%u", stub_port(fixture.stub));
    fixture.settings.endpoint_url = "http://example.test/base";
    assert_true(get_token(&fixture));
    stop(&fixture);
    assert_int_equal(
        count_of(&fixture, "POST http://example.test/base/v1/authorization-token?domain=my-dom HTTP/1.1\r\n"), 1);
    assert_int_equal(count_of(&fixture, "Proxy-Authorization: Basic bWU6cEBzcw==\r\n"), 1);
    assert_int_equal(count_of(&fixture, "Host: example.test\r\n"), 1);
    forget(&fixture);

    static const struct stub_step refusing[] = {{.answer = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"}, {0}};
    begin(&fixture, refusing);
    fixture.credentials.session_token = token;
    fixture.settings.max_attempts = 1;
    fixture.settings.https_proxy =
        arena_format(fixture.arena, "http://me:p%%20w@127.0.0.1:%u", stub_port(fixture.stub));
    fixture.settings.endpoint_url = "https://example.test";
    assert_false(get_token(&fixture));
    assert_message(&fixture, "Failed to connect to proxy URL: \"http://***:***@127.0.0.1:{PORT}\"");
    stop(&fixture);
    // What is for the service is not for the proxy.
    assert_int_equal(count_of(&fixture, "CONNECT example.test:443 HTTP/1.1\r\n"), 1);
    assert_int_equal(count_of(&fixture, "Proxy-Authorization: Basic bWU6cCB3\r\n"), 1);
    assert_int_equal(count_of(&fixture, "TOK/en+="), 0);
    assert_int_equal(count_of(&fixture, "\r\nAuthorization"), 0);
    forget(&fixture);
}

/** Other kinds of proxy than HTTP's are none: what names their scheme is taken for a host. */
static void proxies_of_other_kinds(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.settings.max_attempts = 1;
    fixture.settings.http_proxy = arena_format(fixture.arena, "socks5://127.0.0.1:%u", stub_port(fixture.stub));
    assert_false(get_token(&fixture));
    assert_message(&fixture, "Failed to connect to proxy URL: \"http://socks5://127.0.0.1:{PORT}\"");
    stop(&fixture);
    assert_int_equal(fixture.connections, 0);
    forget(&fixture);
}

static void line_breaks_are_not_sent(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    static char broken[] = "to\r\nX-Evil: 1";
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.credentials.session_token = broken;
    assert_false(get_token(&fixture));
    assert_null(strstr(fixture.error.message, "Evil"));
    assert_non_null(strstr(fixture.error.message, "Invalid header value"));
    stop(&fixture);
    assert_int_equal(fixture.connections, 0);
    forget(&fixture);
}

static void certificates(void **state)
{
    (void)state;
    static const struct {
        const char *bundle;
        const char *message;
    } cases[] = {
        {"/nonexistent/bundle",
         "SSL validation failed for https://example.test/v1/authorization-token?domain=my-dom [Errno 2] No such file "
         "or directory"},
        {" ", "Invalid CA bundle: the configured value (ca_bundle, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE, or verify) "
              "resolved to an empty or whitespace-only string. Provide a valid path to a CA bundle file."},
    };
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, steps);
        fixture.settings.endpoint_url = "https://example.test";
        fixture.settings.ca_bundle = cases[i].bundle;
        assert_false(get_token(&fixture));
        assert_string_equal(fixture.error.message, cases[i].message);
        assert_null(transport_warning(fixture.transport));
        stop(&fixture);
        forget(&fixture);
    }
}

/** A plain request knows nothing of certificates, not even of a missing bundle. */
static void plain_requests_need_no_trust(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.settings.ca_bundle = "/nonexistent/bundle";
    fixture.settings.verify = false;
    assert_true(get_token(&fixture));
    assert_null(transport_warning(fixture.transport));
    stop(&fixture);
    forget(&fixture);
}

static void the_warning(void **state)
{
    (void)state;
    const struct settings settings = {.region = "us-west-2", .verify = false};
    struct transport *transport = transport_new(&settings, &api_codeartifact, NULL, NULL);
    assert_non_null(strstr(transport_warning(transport), "codeartifact.us-west-2.amazonaws.com"));
    transport_free(transport);
}

static void hashed_directories(void **state)
{
    (void)state;
    char path[] = "/tmp/jeton-trust-XXXXXX";
    assert_non_null(mkdtemp(path));
    assert_false(trust_is_hashed(path));
    MEMORY_AUTO char *plain = memory_format("%s/ca.pem", path);
    MEMORY_AUTO char *hashed = memory_format("%s/3d240172.0", path);
    assert_int_equal(symlink("target", plain), 0);
    assert_false(trust_is_hashed(path));
    assert_int_equal(symlink("ca.pem", hashed), 0);
    assert_true(trust_is_hashed(path));
    (void)unlink(plain);
    (void)unlink(hashed);
    (void)rmdir(path);
    assert_false(trust_is_hashed(path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transport_failures),
        cmocka_unit_test(tls_that_breaks_off),
        cmocka_unit_test(nobody_listens),
        cmocka_unit_test(proxies),
        cmocka_unit_test(proxies_of_other_kinds),
        cmocka_unit_test(line_breaks_are_not_sent),
        cmocka_unit_test(certificates),
        cmocka_unit_test(plain_requests_need_no_trust),
        cmocka_unit_test(the_warning),
        cmocka_unit_test(hashed_directories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
