// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which outcomes are tried again, for how long, and what each attempt's headers say. */
#include "base/timestamp.h"
#include "client/transport/attempt.h"
#include "client/transport/clock.h"
#include "client/transport/retry.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void outcomes(void **state)
{
    (void)state;
    static const struct {
        struct retry_outcome outcome;
        bool again;
    } cases[] = {
        {{.result = HTTP_ANSWERED, .status = 500, .code = "X"}, true},
        {{.result = HTTP_ANSWERED, .status = 502, .code = "X"}, true},
        {{.result = HTTP_ANSWERED, .status = 503, .code = NULL}, true},
        {{.result = HTTP_ANSWERED, .status = 504, .code = NULL}, true},
        {{.result = HTTP_ANSWERED, .status = 501, .code = "501"}, false},
        {{.result = HTTP_ANSWERED, .status = 505, .code = "505"}, false},
        {{.result = HTTP_ANSWERED, .status = 509, .code = "509"}, false},
        {{.result = HTTP_ANSWERED, .status = 429, .code = "429"}, false},
        {{.result = HTTP_ANSWERED, .status = 408, .code = "408"}, false},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "ValidationException"}, false},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "ThrottlingException"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "throttlingexception"}, false},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "RequestTimeout"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "LimitExceededException"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "SlowDown"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "TooManyRequestsException"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "IDPCommunicationError", .service = "sts"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "IDPCommunicationError", .service = "codeartifact"}, false},
        {{.result = HTTP_NO_CONNECTION}, true},
        {{.result = HTTP_CONNECT_TIMEOUT}, true},
        {{.result = HTTP_READ_TIMEOUT}, true},
        {{.result = HTTP_CLOSED}, true},
        {{.result = HTTP_NO_PROXY}, true},
        {{.result = HTTP_NO_TLS}, true},
        {{.result = HTTP_UNTRUSTED}, false},
        {{.result = HTTP_TOO_LARGE}, false},
        {{.result = HTTP_INVALID}, false},
    };
    static const struct retry_rules three = {.max_attempts = 3};
    static const struct retry_rules one = {.max_attempts = 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct retry_quota quota = {RETRY_QUOTA};
        long price = 0;
        enum retry_verdict wanted = cases[i].again ? RETRY_AGAIN : RETRY_USELESS;
        assert_int_equal(retry_decide(&three, &cases[i].outcome, 1, &quota, &price), wanted);
        assert_int_equal(retry_decide(&three, &cases[i].outcome, 2, &quota, &price), wanted);
        wanted = cases[i].again ? RETRY_NO_ATTEMPT : RETRY_USELESS;
        assert_int_equal(retry_decide(&three, &cases[i].outcome, 3, &quota, &price), wanted);
        assert_int_equal(retry_decide(&one, &cases[i].outcome, 1, &quota, &price), wanted);
    }
}

static const struct retry_rules standard = {.max_attempts = 1000};
static const struct retry_rules renewed = {.max_attempts = 1000, .renewed = true};
static const struct retry_outcome broken = {.result = HTTP_ANSWERED, .status = 500};
static const struct retry_outcome timed_out = {.result = HTTP_READ_TIMEOUT};
static const struct retry_outcome throttled = {.result = HTTP_ANSWERED, .status = 400, .code = "Throttling"};

static void throttlings(void **state)
{
    (void)state;
    static const struct {
        struct retry_outcome outcome;
        bool throttling;
    } cases[] = {
        {{.result = HTTP_ANSWERED, .status = 429, .code = "ThrottlingException"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "PriorRequestNotComplete"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "EC2ThrottledException"}, true},
        {{.result = HTTP_ANSWERED, .status = 400, .code = "RequestTimeout"}, false},
        {{.result = HTTP_ANSWERED, .status = 503, .code = "503"}, false},
        {{.result = HTTP_ANSWERED, .status = 200}, false},
        {{.result = HTTP_READ_TIMEOUT}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(retry_is_throttling(&cases[i].outcome), cases[i].throttling);
}

static void the_quota_ends(void **state)
{
    (void)state;
    static const struct {
        const struct retry_rules *rules;
        const struct retry_outcome *outcome;
        long price;
    } cases[] = {
        {&standard, &broken, 5}, {&standard, &timed_out, 10}, {&standard, &throttled, 5},
        {&renewed, &broken, 14}, {&renewed, &timed_out, 14},  {&renewed, &throttled, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct retry_quota quota = {RETRY_QUOTA};
        long price = 0;
        long tried = 1;
        enum retry_verdict verdict;
        while ((verdict = retry_decide(cases[i].rules, cases[i].outcome, tried, &quota, &price)) == RETRY_AGAIN) {
            assert_int_equal(price, cases[i].price);
            tried++;
        }
        assert_int_equal(verdict, RETRY_NO_QUOTA);
        assert_int_equal(tried, RETRY_QUOTA / cases[i].price + 1);
        assert_int_equal(quota.left, RETRY_QUOTA % cases[i].price);
    }
}

/** A success gives back what its last retry cost, or 1; never more than there was at first. */
static void the_quota_grows(void **state)
{
    (void)state;
    struct retry_quota quota = {480};
    retry_reward(&quota, 10);
    assert_int_equal(quota.left, 490);
    retry_reward(&quota, 0);
    assert_int_equal(quota.left, 491);
    retry_reward(&quota, 14);
    assert_int_equal(quota.left, RETRY_QUOTA);
}

static void delays(void **state)
{
    (void)state;
    static const double seconds[] = {1, 2, 4, 8, 16, 20, 20, 20};
    static const double half[] = {0.5, 1, 2, 4, 8, 16, 20, 20};
    static const double short_of[] = {0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2};
    for (long i = 0; i < 8; i++) {
        assert_int_equal(retry_delay(&standard, &broken, i + 1, 0), 0);
        assert_int_equal(retry_delay(&standard, &broken, i + 1, 1), (int64_t)(seconds[i] * TIMESTAMP_SECOND));
        assert_int_equal(retry_delay(&standard, &broken, i + 1, 0.5), (int64_t)(half[i] * TIMESTAMP_SECOND));
        assert_int_equal(retry_delay(&renewed, &broken, i + 1, 0.5), (int64_t)(short_of[i] * TIMESTAMP_SECOND));
        assert_int_equal(retry_delay(&renewed, &throttled, i + 1, 0.5), (int64_t)(half[i] * TIMESTAMP_SECOND));
    }
    assert_int_equal(retry_delay(&standard, &broken, 1000000, 0.5), 20 * TIMESTAMP_SECOND);
}

static void delays_that_are_asked_for(void **state)
{
    (void)state;
    static const struct {
        const struct retry_rules *rules;
        int64_t after; // milliseconds, by either header
        int64_t renewed_after;
        int64_t delay;
    } cases[] = {
        {&standard, 0, 0, 1000},      {&standard, 500, 0, 1000},    {&standard, 7000, 0, 7000},
        {&standard, 20000, 0, 20000}, {&standard, 21000, 0, 20000}, {&standard, 0, 9000, 1000},
        {&renewed, 0, 0, 50},         {&renewed, 0, 1500, 1500},    {&renewed, 0, 10000, 5050},
        {&renewed, 7000, 1500, 7000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct retry_outcome outcome = broken;
        outcome.after = cases[i].after * 1000;
        outcome.renewed_after = cases[i].renewed_after * 1000;
        assert_int_equal(retry_delay(cases[i].rules, &outcome, 1, 1), cases[i].delay * 1000);
    }
}

static void what_is_asked_for(void **state)
{
    (void)state;
    int64_t now;
    assert_true(timestamp_parse_http(SLICE("Sun, 06 Nov 1994 08:49:37 GMT"), &now));
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"5", 5},
        {" 12 ", 12},
        {"0", 0},
        {"-1", 0},
        {"1.5", 0},
        {"soon", 0},
        {"", 0},
        {"99999999999999999999", 0},
        {"9999999999", 3600},
        {"Sun, 06 Nov 1994 08:49:45 GMT", 8},
        {"Sun, 06 Nov 1994 08:49:30 GMT", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(retry_read_after(cases[i].text, now), cases[i].seconds * TIMESTAMP_SECOND);
    assert_int_equal(retry_read_renewed_after("1500"), 1500000);
    assert_int_equal(retry_read_renewed_after("-100"), 0);
    assert_int_equal(retry_read_renewed_after("invalid"), 0);
}

static void clocks(void **state)
{
    (void)state;
    static const char date[] = "Sun, 06 Nov 1994 08:49:37 GMT";
    int64_t server;
    int64_t ahead = 0;
    assert_true(timestamp_parse_http(SLICE("Sun, 06 Nov 1994 08:49:37 GMT"), &server));
    static const struct {
        const char *code;
        const char *date;
        int64_t ahead; // seconds
        bool blamed;
    } cases[] = {
        {"RequestTimeTooSkewed", date, 241, true},   {"RequestTimeTooSkewed", date, -241, true},
        {"RequestTimeTooSkewed", date, 240, false},  {"RequestExpired", date, 86400, true},
        {"RequestInTheFuture", date, -86400, true},  {"InvalidSignatureException", date, 900, true},
        {"SignatureDoesNotMatch", date, 900, true},  {"AuthFailure", date, 900, true},
        {"AccessDeniedException", date, 900, false}, {"ExpiredTokenException", date, 900, false},
        {"RequestTimeTooSkewed", NULL, 900, false},  {"RequestTimeTooSkewed", "yesterday", 900, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t signed_at = server - cases[i].ahead * TIMESTAMP_SECOND;
        assert_int_equal(clock_is_blamed(cases[i].code, cases[i].date, signed_at, &ahead), cases[i].blamed);
        if (cases[i].blamed)
            assert_int_equal(ahead, cases[i].ahead * TIMESTAMP_SECOND);
    }
}

static void invocation_ids(void **state)
{
    (void)state;
    char one[ATTEMPT_ID_SIZE];
    char other[ATTEMPT_ID_SIZE];
    attempt_name(one);
    attempt_name(other);
    assert_string_not_equal(one, other);
    assert_int_equal(strlen(one), 36);
    assert_true(one[8] == '-' && one[13] == '-' && one[18] == '-' && one[23] == '-');
    assert_int_equal(one[14], '4');
    assert_non_null(strchr("89ab", one[19]));
}

static struct slice value_of(const struct http_header *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(headers[i].name, name) == 0)
            return headers[i].value;
    return (struct slice){NULL, 0};
}

static void join_names(const struct http_header *headers, size_t count, struct buffer *out)
{
    for (size_t i = 0; i < count; i++)
        buffer_append_format(out, "%s%s", i == 0 ? "" : " ", headers[i].name);
}

/** A call over which each case lays its own. The signature is the reference's (behaviour document, section 1). */
static struct attempt_call reference_call(const struct settings *settings, const struct credentials *credentials,
                                          const struct endpoint *endpoint, const struct request *request)
{
    return (struct attempt_call){
        .settings = settings,
        .credentials = credentials,
        .endpoint = endpoint,
        .service = "codeartifact",
        .method = "POST",
        .path = SLICE("/v1/authorization-token"),
        .query = SLICE("domain=my-dom&domain-owner=123456789012&duration=900"),
        .request = request,
        .user_agent = "test",
        .invocation = "id",
    };
}

static void headers_are_signed(void **state)
{
    (void)state;
    char key[] = "AKIDEXAMPLE";
    char secret[] = "SECRETEXAMPLE";
    char token[] = "TOK/en+=";
    const struct credentials credentials = {
        .access_key_id = key, .secret_access_key = secret, .session_token = token, .source = "test"};
    const struct settings settings = {.max_attempts = 3};
    const struct endpoint endpoint = {.host = "127.0.0.1:18701", .region = "us-west-2"};
    const struct request request = {.content_type = NULL};
    struct attempt_call call = reference_call(&settings, &credentials, &endpoint, &request);
    struct attempt_state at = {.number = 1};
    assert_true(timestamp_parse_amz(SLICE("20261123T200414Z"), &at.now));
    ARENA_AUTO *arena = arena_new();
    struct digest *digest = digest_new();
    size_t count;
    const struct http_header *headers = attempt_headers(&call, &at, digest, arena, &count);
    BUFFER_AUTO names = {0};
    join_names(headers, count, &names);
    assert_string_equal(buffer_text(&names), "Host Accept-Encoding User-Agent X-Amz-Date X-Amz-Security-Token "
                                             "Authorization amz-sdk-invocation-id amz-sdk-request");
    assert_true(slice_is(value_of(headers, count, "Authorization"),
                         "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-west-2/codeartifact/aws4_request, "
                         "SignedHeaders=host;x-amz-date;x-amz-security-token, "
                         "Signature=387039847ab1edc2948afb49843d5ce110effa9fe68fba289c64db0187f745b8"));
    assert_true(slice_is(value_of(headers, count, "amz-sdk-request"), "attempt=1"));

    at.number = 2;
    headers = attempt_headers(&call, &at, digest, arena, &count);
    assert_true(slice_is(value_of(headers, count, "amz-sdk-request"), "attempt=2; max=3"));
    at.deadline = at.now + 60 * TIMESTAMP_SECOND;
    headers = attempt_headers(&call, &at, digest, arena, &count);
    assert_true(slice_is(value_of(headers, count, "amz-sdk-request"), "ttl=20261123T200514Z; attempt=2; max=3"));
    digest_free(digest);
}

static void unsigned_and_typed_headers(void **state)
{
    (void)state;
    char key[] = "AK";
    char secret[] = "S";
    const struct credentials credentials = {.access_key_id = key, .secret_access_key = secret, .source = "test"};
    const struct settings settings = {.max_attempts = 3};
    const struct endpoint endpoint = {.host = "h", .region = "us-west-2"};
    const struct request typed = {.content_type = "application/json"};
    struct attempt_call call = reference_call(&settings, &credentials, &endpoint, &typed);
    const struct attempt_state at = {.number = 1};
    ARENA_AUTO *arena = arena_new();
    struct digest *digest = digest_new();
    size_t count;
    const struct http_header *headers = attempt_headers(&call, &at, digest, arena, &count);
    struct slice authorization = value_of(headers, count, "Authorization");
    const char *text = arena_copy(arena, authorization.data, authorization.size);
    assert_non_null(strstr(text, "SignedHeaders=content-type;host;x-amz-date, "));
    call.credentials = NULL;
    headers = attempt_headers(&call, &at, digest, arena, &count);
    BUFFER_AUTO names = {0};
    join_names(headers, count, &names);
    assert_string_equal(buffer_text(&names),
                        "Host Accept-Encoding Content-Type User-Agent amz-sdk-invocation-id amz-sdk-request");
    digest_free(digest);
}

/** What is a member of the input goes before our own, and is signed. */
static void members_as_headers(void **state)
{
    (void)state;
    char key[] = "AK";
    char secret[] = "S";
    char value[] = "bearer";
    struct request_header member = {"x-amz-sso_bearer_token", value};
    const struct credentials credentials = {.access_key_id = key, .secret_access_key = secret, .source = "test"};
    const struct settings settings = {.max_attempts = 3};
    const struct endpoint endpoint = {.host = "h", .region = "us-west-2"};
    const struct request request = {.headers = &member, .header_count = 1};
    struct attempt_call call = reference_call(&settings, &credentials, &endpoint, &request);
    const struct attempt_state at = {.number = 1};
    ARENA_AUTO *arena = arena_new();
    struct digest *digest = digest_new();
    size_t count;
    const struct http_header *headers = attempt_headers(&call, &at, digest, arena, &count);
    BUFFER_AUTO names = {0};
    join_names(headers, count, &names);
    assert_string_equal(buffer_text(&names), "Host Accept-Encoding x-amz-sso_bearer_token User-Agent X-Amz-Date "
                                             "Authorization amz-sdk-invocation-id amz-sdk-request");
    assert_true(slice_is(value_of(headers, count, "x-amz-sso_bearer_token"), "bearer"));
    struct slice authorization = value_of(headers, count, "Authorization");
    assert_non_null(strstr(arena_copy(arena, authorization.data, authorization.size),
                           "SignedHeaders=host;x-amz-date;x-amz-sso_bearer_token, "));
    digest_free(digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes),
        cmocka_unit_test(throttlings),
        cmocka_unit_test(the_quota_ends),
        cmocka_unit_test(the_quota_grows),
        cmocka_unit_test(delays),
        cmocka_unit_test(delays_that_are_asked_for),
        cmocka_unit_test(what_is_asked_for),
        cmocka_unit_test(clocks),
        cmocka_unit_test(invocation_ids),
        cmocka_unit_test(headers_are_signed),
        cmocka_unit_test(unsigned_and_typed_headers),
        cmocka_unit_test(members_as_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
