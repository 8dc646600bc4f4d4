// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Servers that misbehave, and then perhaps recover: what a call to CodeArtifact and to STS makes of them. */
#include "api/codeartifact.h"
#include "api/sts.h"
#include "base/timestamp.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define XML                                                                                                            \
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult>"               \
    "</GetCallerIdentityResponse>"
#define XML_OK "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 126\r\n\r\n" XML
#define ANSWER(status, headers) "HTTP/1.1 " status " X\r\n" headers "\r\n"
#define EMPTY(status) ANSWER(status, "Content-Length: 0\r\n")

/** A bad step, the steps after it being good; or the message with which the call ends. */
struct misbehaviour {
    struct stub_step bad;
    size_t requests;         // in the end
    const char *token_ends;  // what the message of GetAuthorizationToken begins with; NULL: it recovers
    const char *caller_ends; // that of GetCallerIdentity
};

#define CUT "Connection was closed before we received a valid response from endpoint URL"
#define UNBELIEVED(operation, reason)                                                                                  \
    "The answer to " operation " cannot be the service's: its status is 200, and " reason
#define NO_JSON UNBELIEVED("GetAuthorizationToken", "it is no JSON: ")
#define NO_XML UNBELIEVED("GetCallerIdentity", "it is no XML")

static const struct misbehaviour misbehaviours[] = {
    // What passes.
    {{.answer = EMPTY("500")}, 2, NULL, NULL},
    {{.answer = EMPTY("502")}, 2, NULL, NULL},
    {{.answer = ANSWER("503", "Content-Length: 13\r\n") "<html></html>"}, 2, NULL, NULL},
    {{.answer = EMPTY("504"), .close = true}, 2, NULL, NULL},
    {{.close = true}, 2, NULL, NULL},
    {{.close = true, .hasty = true}, 2, NULL, NULL},
    {{.answer = "HTTP/1.1 200 OK\r\nContent-Le", .close = true}, 2, NULL, NULL},
    {{.answer = "nonsense\r\n\r\n", .close = true}, 2, NULL, NULL},
    {{.answer = ANSWER("200", "Content-Length: 999\r\n") OK_BODY, .close = true}, 2, NULL, NULL},
    {{.answer = ANSWER("200", "Transfer-Encoding: chunked\r\n") "zz\r\nnonsense", .close = true}, 2, NULL, NULL},
    {{.answer = ANSWER("200", "Transfer-Encoding: chunked\r\n") "1a\r\n{\"auth", .close = true}, 2, NULL, NULL},
    {{.answer = ANSWER("200", "Content-Length: -5\r\n"), .close = true}, 2, NULL, NULL},
    {{.answer = "HTTP/1.1 200 OK\r\nX: ", .filler = 1 << 20, .close = true}, 2, NULL, NULL},
    {{.answer = "HTTP/1.1 100 Continue\r\n\r\n", .close = true}, 2, NULL, NULL},
    // What another attempt would not mend.
    {{.answer = ANSWER("200", "Content-Length: 12\r\n") OK_BODY, .close = true}, 1, NO_JSON, NO_XML},
    {{.answer = ANSWER("200", "Content-Type: text/html\r\n") "<html>Sign in", .close = true}, 1, NO_JSON, NO_XML},
    {{.answer = ANSWER("200", "Content-Length: 0\r\n")},
     1,
     UNBELIEVED("GetAuthorizationToken", "it is empty"),
     UNBELIEVED("GetCallerIdentity", "it is empty")},
    {{.answer = ANSWER("200", "Transfer-Encoding: chunked\r\n") "0\r\n\r\n"},
     1,
     UNBELIEVED("GetAuthorizationToken", "it is empty"),
     UNBELIEVED("GetCallerIdentity", "it is empty")},
    {{.answer = ANSWER("200", "Content-Encoding: gzip\r\nContent-Length: 4\r\n") "\x1f\x8b\x08\x01"},
     1,
     UNBELIEVED("GetAuthorizationToken", "its byte 2 is no UTF-8"),
     NO_XML},
    {{.answer = EMPTY("501")},
     1,
     "An error occurred (501) when calling the GetAuthorizationToken operation: Not Implemented",
     "An error occurred (501) when calling the GetCallerIdentity operation: Not Implemented"},
};

static void check(const struct misbehaviour *given, const struct api_service *service, const char *operation,
                  const char *good, const char *message)
{
    const struct stub_step steps[] = {given->bad, {.answer = good}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    // Waits a twentieth.
    fixture.settings.renewed_retries = true;
    bool done = call(&fixture, service, operation);
    size_t place = (size_t)(given - misbehaviours);
    if (done != (message == NULL))
        fail_msg("%s %zu: %s", operation, place, done ? "recovered" : fixture.error.message);
    if (!done && !slice_starts_with(slice_of(fixture.error.message), slice_of(message)))
        fail_msg("%s %zu: %s", operation, place, fixture.error.message);
    stop(&fixture);
    if (count_of(&fixture, "POST ") != given->requests)
        fail_msg("%s %zu: %zu requests", operation, place, count_of(&fixture, "POST "));
    forget(&fixture);
}

static void what_goes_wrong_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof misbehaviours / sizeof *misbehaviours; i++) {
        const struct misbehaviour *given = &misbehaviours[i];
        check(given, &api_codeartifact, "GetAuthorizationToken", OK, given->token_ends);
        check(given, &api_sts, "GetCallerIdentity", XML_OK, given->caller_ends);
    }
}

/** An answer that comes a byte at a time is still an answer. */
static void a_slow_answer(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = OK, .dripping = true}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    assert_true(get_token(&fixture));
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST "), 1);
    forget(&fixture);
}

/** An error that cannot be read counts by its status, and is told when the attempts end. */
static void errors_that_cannot_be_read(void **state)
{
    (void)state;
    static const struct stub_step recovers[] = {
        {.answer = ANSWER("500", "Content-Length: 4\r\n") "null"}, {.answer = OK}, {0}};
    static const struct stub_step stays[] = {{.answer = ANSWER("400", "Content-Length: 4\r\n") "null"}, {0}};
    struct fixture fixture;
    begin(&fixture, recovers);
    assert_true(get_token(&fixture));
    stop(&fixture);
    forget(&fixture);
    begin(&fixture, stays);
    assert_false(get_token(&fixture));
    assert_int_equal(fixture.error.class, ERROR_TRANSPORT);
    assert_non_null(strstr(fixture.error.message, "its status is 400, and there is null"));
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST "), 1);
    forget(&fixture);
}

/** Retry-After is a wait that is kept. */
static void a_wait_that_is_asked_for(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {
        {.answer = ANSWER("503", "Retry-After: 2\r\nContent-Length: 0\r\n")}, {.answer = OK}, {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    int64_t start = timestamp_now();
    assert_true(get_token(&fixture));
    assert_true(timestamp_now() - start >= 2 * TIMESTAMP_SECOND);
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST "), 2);
    forget(&fixture);
}

#define SKEWED(code)                                                                                                   \
    ANSWER("403", "Date: Tue, 06 Nov 2035 08:49:37 GMT\r\nx-amzn-errortype: " code "\r\nContent-Length: 2\r\n") "{}"

/** A clock that stands elsewhere than the server's is corrected once, and stays so for whoever shares the settings. */
static void a_wrong_clock(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = SKEWED("InvalidSignatureException")}, {.answer = OK}, {0}};
    struct fixture fixture;
    int64_t ahead = 0;
    begin(&fixture, steps);
    fixture.settings.clock_ahead = &ahead;
    assert_true(get_token(&fixture));
    assert_true(get_token(&fixture));
    assert_true(ahead > 365 * 86400 * TIMESTAMP_SECOND);
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST "), 3);
    assert_int_equal(count_of(&fixture, "X-Amz-Date: 20351106T"), 2);
    assert_int_equal(count_of(&fixture, "/20351106/us-west-2/codeartifact/aws4_request"), 2);
    assert_int_equal(count_of(&fixture, "amz-sdk-request: attempt=1\r\n"), 3);
    forget(&fixture);
}

/** What is refused again is not the clock's fault, and what is not signed never is; it is no attempt of its own. */
static void a_clock_that_does_not_help(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {{.answer = SKEWED("RequestTimeTooSkewed")}, {0}};
    static const struct {
        bool sign;
        long max_attempts;
        size_t requests;
    } cases[] = {{true, 3, 2}, {false, 3, 1}, {true, 1, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, steps);
        fixture.settings.sign = cases[i].sign;
        fixture.settings.max_attempts = cases[i].max_attempts;
        assert_false(get_token(&fixture));
        assert_string_equal(fixture.error.code, "RequestTimeTooSkewed");
        stop(&fixture);
        assert_int_equal(count_of(&fixture, "POST "), cases[i].requests);
        forget(&fixture);
    }
}

/** In retry mode `adaptive`, a throttled client goes on, at its slower rate. */
static void a_throttled_client(void **state)
{
    (void)state;
    static const struct stub_step steps[] = {
        {.answer = ANSWER("429", "x-amzn-errortype: ThrottlingException\r\nContent-Length: 2\r\n") "{}"},
        {.answer = OK},
        {0}};
    struct fixture fixture;
    begin(&fixture, steps);
    fixture.settings.adaptive_retries = true;
    assert_true(get_token(&fixture));
    assert_true(get_token(&fixture));
    stop(&fixture);
    assert_int_equal(count_of(&fixture, "POST "), 3);
    forget(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_wrong_once),
        cmocka_unit_test(a_slow_answer),
        cmocka_unit_test(errors_that_cannot_be_read),
        cmocka_unit_test(a_wait_that_is_asked_for),
        cmocka_unit_test(a_wrong_clock),
        cmocka_unit_test(a_clock_that_does_not_help),
        cmocka_unit_test(a_throttled_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
