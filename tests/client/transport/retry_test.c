// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which outcomes are tried again, for how long, and what each attempt's headers say. */
#include "base/timestamp.h"
#include "client/transport/attempt.h"
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
        {{HTTP_ANSWERED, 500, "X"}, true},
        {{HTTP_ANSWERED, 502, "X"}, true},
        {{HTTP_ANSWERED, 503, NULL}, true},
        {{HTTP_ANSWERED, 504, NULL}, true},
        {{HTTP_ANSWERED, 501, "501"}, false},
        {{HTTP_ANSWERED, 505, "505"}, false},
        {{HTTP_ANSWERED, 509, "509"}, false},
        {{HTTP_ANSWERED, 429, "429"}, false},
        {{HTTP_ANSWERED, 408, "408"}, false},
        {{HTTP_ANSWERED, 400, "ValidationException"}, false},
        {{HTTP_ANSWERED, 400, "ThrottlingException"}, true},
        {{HTTP_ANSWERED, 400, "throttlingexception"}, false},
        {{HTTP_ANSWERED, 400, "RequestTimeout"}, true},
        {{HTTP_ANSWERED, 400, "LimitExceededException"}, true},
        {{HTTP_ANSWERED, 400, "SlowDown"}, true},
        {{HTTP_ANSWERED, 400, "TooManyRequestsException"}, true},
        {{HTTP_NO_CONNECTION, 0, NULL}, true},
        {{HTTP_CONNECT_TIMEOUT, 0, NULL}, true},
        {{HTTP_READ_TIMEOUT, 0, NULL}, true},
        {{HTTP_CLOSED, 0, NULL}, true},
        {{HTTP_NO_PROXY, 0, NULL}, true},
        {{HTTP_NO_TLS, 0, NULL}, true},
        {{HTTP_UNTRUSTED, 0, NULL}, false},
        {{HTTP_TOO_LARGE, 0, NULL}, false},
        {{HTTP_INVALID, 0, NULL}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct retry_quota quota = {RETRY_QUOTA};
        assert_int_equal(retry_decide(&cases[i].outcome, 1, 3, &quota), cases[i].again);
        assert_int_equal(retry_decide(&cases[i].outcome, 2, 3, &quota), cases[i].again);
        assert_false(retry_decide(&cases[i].outcome, 3, 3, &quota));
        assert_false(retry_decide(&cases[i].outcome, 1, 1, &quota));
    }
}

static void the_quota_ends(void **state)
{
    (void)state;
    const struct retry_outcome answer = {HTTP_ANSWERED, 500, NULL};
    const struct retry_outcome timeout = {HTTP_READ_TIMEOUT, 0, NULL};
    struct retry_quota quota = {RETRY_QUOTA};
    long tried = 1;
    while (retry_decide(&answer, tried, 1000, &quota))
        tried++;
    assert_int_equal(tried, 101);
    quota.left = RETRY_QUOTA;
    tried = 1;
    while (retry_decide(&timeout, tried, 1000, &quota))
        tried++;
    assert_int_equal(tried, 51);
}

static void delays(void **state)
{
    (void)state;
    static const int64_t most[] = {1, 2, 4, 8, 16, 20, 20, 20};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        long attempt = (long)i + 1;
        assert_int_equal(retry_delay(attempt, 0), 0);
        assert_int_equal(retry_delay(attempt, 0.5), most[i] * TIMESTAMP_SECOND / 2);
    }
    assert_int_equal(retry_delay(1000, 0.5), 10 * TIMESTAMP_SECOND);
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
                        "Host Accept-Encoding User-Agent Content-Type amz-sdk-invocation-id amz-sdk-request");
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
        cmocka_unit_test(the_quota_ends),
        cmocka_unit_test(delays),
        cmocka_unit_test(invocation_ids),
        cmocka_unit_test(headers_are_signed),
        cmocka_unit_test(unsigned_and_typed_headers),
        cmocka_unit_test(members_as_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
