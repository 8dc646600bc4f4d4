// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whole calls against a server on the loopback: what is sent, tried again, refused, and how failures are told. */
#include "api/codeartifact.h"
#include "api/sts.h"
#include "client/transport/http.h"
#include "client/transport/transport.h"
#include "client/transport/trust.h"
#include "stub.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define OK_BODY "{\"authorizationToken\":\"t\"}"
#define OK OK_HEAD "Content-Length: 26\r\n\r\n" OK_BODY

/** One test's client, server and outcome. */
struct fixture {
    struct arena *arena;
    struct stub *stub;
    struct settings settings;
    struct credentials credentials;
    struct transport *transport;
    json_t *output;
    struct error error;
    struct buffer received;
    size_t connections;
};

static char key[] = "AKIDEXAMPLE";
static char secret[] = "SECRETEXAMPLE";
static char token[] = "TOK/en+=";

static const char *no_variable(const char *name)
{
    (void)name;
    return NULL;
}

static void begin(struct fixture *fixture, const struct stub_step *steps)
{
    *fixture = (struct fixture){.arena = arena_new(), .stub = stub_start(steps)};
    fixture->settings = (struct settings){
        .environment = no_variable,
        .region = "us-west-2",
        .endpoint_url = arena_format(fixture->arena, "http://127.0.0.1:%u", stub_port(fixture->stub)),
        .verify = true,
        .sign = true,
        .connect_timeout = 5,
        .read_timeout = 5,
        .max_attempts = 3,
    };
    fixture->credentials = (struct credentials){.access_key_id = key, .secret_access_key = secret, .source = "test"};
}

static bool call(struct fixture *fixture, const struct api_service *service, const char *name)
{
    if (fixture->transport == NULL)
        fixture->transport = transport_new(&fixture->settings, service, &fixture->credentials, &fixture->error);
    if (fixture->transport == NULL)
        return false;
    json_decref(fixture->output);
    fixture->output = NULL;
    json_t *input = service == &api_sts ? json_object() : json_pack("{ss}", "domain", "my-dom");
    bool good = transport_call(fixture->transport, api_find_operation_by_name(service, slice_of(name)), input,
                               &fixture->output, &fixture->error);
    json_decref(input);
    return good;
}

static bool get_token(struct fixture *fixture)
{
    return call(fixture, &api_codeartifact, "GetAuthorizationToken");
}

/** Ends client and server; what was received stays until forget(). */
static void stop(struct fixture *fixture)
{
    transport_free(fixture->transport);
    fixture->transport = NULL;
    stub_stop(fixture->stub, &fixture->received, &fixture->connections);
}

static void forget(struct fixture *fixture)
{
    json_decref(fixture->output);
    error_free(&fixture->error);
    buffer_free(&fixture->received);
    arena_free(fixture->arena);
}

/** TEXT with the server's port for {PORT}. */
static const char *with_port(struct fixture *fixture, const char *text)
{
    const char *mark = strstr(text, "{PORT}");
    if (mark == NULL)
        return text;
    return arena_format(fixture->arena, "%.*s%u%s", (int)(mark - text), text, stub_port(fixture->stub), mark + 6);
}

static void assert_message(struct fixture *fixture, const char *format)
{
    assert_non_null(fixture->error.message);
    assert_string_equal(fixture->error.message, with_port(fixture, format));
}

static size_t count_of(const struct fixture *fixture, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(buffer_text(&fixture->received), word); at != NULL; at = strstr(at + 1, word))
        count++;
    return count;
}

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
        {{{.answer = OK_HEAD "Content-Length: 4\r\n\r\nnull"}}, "'NoneType' object is not iterable"},
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
    fixture.settings.https_proxy = arena_format(fixture.arena, "http://me:pw@127.0.0.1:%u", stub_port(fixture.stub));
    fixture.settings.endpoint_url = "https://example.test";
    assert_false(get_token(&fixture));
    assert_message(&fixture, "Failed to connect to proxy URL: \"http://***:***@127.0.0.1:{PORT}\"");
    stop(&fixture);
    // What is for the service is not for the proxy.
    assert_int_equal(count_of(&fixture, "CONNECT example.test:443 HTTP/1.1\r\n"), 1);
    assert_int_equal(count_of(&fixture, "TOK/en+="), 0);
    assert_int_equal(count_of(&fixture, "\r\nAuthorization"), 0);
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
        cmocka_unit_test(the_request_line_by_line),
        cmocka_unit_test(other_forms_of_request),
        cmocka_unit_test(one_connection_for_many_calls),
        cmocka_unit_test(what_is_tried_again),
        cmocka_unit_test(attempts_end),
        cmocka_unit_test(answers_that_are_not_tried_again),
        cmocka_unit_test(transport_failures),
        cmocka_unit_test(tls_that_breaks_off),
        cmocka_unit_test(nobody_listens),
        cmocka_unit_test(proxies),
        cmocka_unit_test(line_breaks_are_not_sent),
        cmocka_unit_test(certificates),
        cmocka_unit_test(plain_requests_need_no_trust),
        cmocka_unit_test(the_warning),
        cmocka_unit_test(hashed_directories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
