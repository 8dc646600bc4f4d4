// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What is said of requests whose authorization cannot be used, in AWS's words. */
#include "sigv4/sigv4.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define SIGNATURE "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define SCOPE "20260830/us-west-2/codeartifact/aws4_request"
#define CREDENTIAL "Credential=AKID/" SCOPE
#define SIGNED "SignedHeaders=host;x-amz-date"
#define GOOD "AWS4-HMAC-SHA256 " CREDENTIAL ", " SIGNED ", Signature=" SIGNATURE
#define QUERY_START "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260830%2Fus-west-2%2Fcodeartifact%2F"
#define QUERY                                                                                                          \
    QUERY_START "aws4_request&X-Amz-Date=20260830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Expires=900&X-Amz-Signature=" \
                "abcd"

struct claim_case {
    const char *text;
    const char *query;
    const char *headers[8]; /**< Name, value, name, value, ... */
    const char *code;       /**< NULL: the claim can be read. */
    const char *message;
};

static const struct claim_case cases[] = {
    {"header form", "", {"Host", "h", "X-Amz-Date", "20260830T123600Z", "Authorization", GOOD}, NULL, NULL},
    {"commas without blanks",
     "",
     {"Host", "h", "x-amz-date", "20260830T123600Z", "authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL "," SIGNED ",Signature=" SIGNATURE},
     NULL,
     NULL},
    {"another order",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "authorization",
      "AWS4-HMAC-SHA256 Signature=" SIGNATURE ", " SIGNED ", " CREDENTIAL},
     NULL,
     NULL},
    {"Date in RFC 1123 form",
     "",
     {"host", "h", "Date", "Sun, 30 Aug 2026 12:36:00 GMT", "authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=date;host, Signature=" SIGNATURE},
     NULL,
     NULL},
    {"Date in basic form",
     "",
     {"host", "h", "Date", "20260830T123600Z", "authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=date;host, Signature=" SIGNATURE},
     NULL,
     NULL},
    {"query form", QUERY, {"host", "h"}, NULL, NULL},
    {"nothing", "a=b", {"host", "h"}, "MissingAuthenticationToken", "Missing Authentication Token"},
    {"a bearer token",
     "",
     {"host", "h", "Authorization", "Bearer abc"},
     "MissingAuthenticationToken",
     "Missing Authentication Token"},
    {"empty", "", {"host", "h", "Authorization", ""}, "MissingAuthenticationToken", "Missing Authentication Token"},
    {"two headers",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization", GOOD, "authorization", GOOD},
     "IncompleteSignature",
     "The request has more than one Authorization header."},
    {"both forms",
     QUERY,
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization", GOOD},
     "InvalidSignature",
     "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."},
    {"another algorithm",
     "",
     {"host", "h", "Authorization", "AWS4-HMAC-SHA1 " CREDENTIAL},
     "IncompleteSignature",
     "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'."},
    {"nothing but the algorithm",
     "",
     {"host", "h", "Authorization", "AWS4-HMAC-SHA256"},
     "IncompleteSignature",
     "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
     "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
     "'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256"},
    {"no signature",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization", "AWS4-HMAC-SHA256 " CREDENTIAL ", " SIGNED},
     "IncompleteSignature",
     "Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 " CREDENTIAL ", " SIGNED},
    {"no date: the signature is not repeated",
     "",
     {"host", "h", "Authorization", GOOD},
     "IncompleteSignature",
     "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
     "Authorization=AWS4-HMAC-SHA256 " CREDENTIAL ", " SIGNED ", Signature=***"},
    {"a date that is not signed",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=host, Signature=" SIGNATURE},
     "IncompleteSignature",
     "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
     "Authorization=AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=host, Signature=***"},
    {"two dates",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "x-amz-date", "20260830T123600Z", "Authorization", GOOD},
     "IncompleteSignature",
     "Date must be in ISO-8601 'basic format'. Got '20260830T123600Z,20260830T123600Z'. See "
     "http://en.wikipedia.org/wiki/ISO_8601"},
    {"a date in another form",
     "",
     {"host", "h", "x-amz-date", "2026-08-30T12:36:00Z", "Authorization", GOOD},
     "IncompleteSignature",
     "Date must be in ISO-8601 'basic format'. Got '2026-08-30T12:36:00Z'. See http://en.wikipedia.org/wiki/ISO_8601"},
    {"x-amz-date in RFC 1123 form",
     "",
     {"host", "h", "x-amz-date", "Sun, 30 Aug 2026 12:36:00 GMT", "Authorization", GOOD},
     "IncompleteSignature",
     "Date must be in ISO-8601 'basic format'. Got 'Sun, 30 Aug 2026 12:36:00 GMT'. See "
     "http://en.wikipedia.org/wiki/ISO_8601"},
    {"a word without a value",
     "",
     {"host", "h", "Authorization", "AWS4-HMAC-SHA256 Credential, Signature=" SIGNATURE},
     "IncompleteSignature",
     "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 "
     "Credential, Signature=***'."},
    {"a signature in the wrong place is not repeated",
     "",
     {"host", "h", "Authorization", "AWS4-HMAC-SHA256 " CREDENTIAL ", Signature= " SIGNATURE},
     "IncompleteSignature",
     "'***' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 " CREDENTIAL
     ", Signature=***, ***'."},
    {"twice the same word",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization", GOOD ", Signature=" SIGNATURE},
     "IncompleteSignature",
     "Authorization header has more than one 'Signature' parameter."},
    {"four parts",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization",
      "AWS4-HMAC-SHA256 Credential=AKID/20260830/us-west-2/codeartifact, " SIGNED ", Signature=" SIGNATURE},
     "IncompleteSignature",
     "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
     "'AKID/20260830/us-west-2/codeartifact'"},
    {"six parts",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL "/x, " SIGNED ", Signature=" SIGNATURE},
     "IncompleteSignature",
     "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKID/" SCOPE
     "/x'"},
    {"host is not signed",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=x-amz-date, Signature=" SIGNATURE},
     "InvalidSignature",
     "'Host' must be a 'SignedHeader' in the AWS Authorization."},
    {"a signed header is not there",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=Accept;host;x-amz-date, Signature=" SIGNATURE},
     "IncompleteSignature",
     "'accept' is named as a SignedHeader, but it does not exist in the HTTP request."},
    {"an empty name",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=host;;x-amz-date, Signature=" SIGNATURE},
     "IncompleteSignature",
     "'' is named as a SignedHeader, but it does not exist in the HTTP request."},
    {"more names than headers",
     "",
     {"host", "h", "x-amz-date", "20260830T123600Z", "Authorization",
      "AWS4-HMAC-SHA256 " CREDENTIAL ", SignedHeaders=host;host;host;x-amz-date, Signature=" SIGNATURE},
     "IncompleteSignature",
     "A header is named more than once as a SignedHeader."},
    {"query form: all missing but one",
     "X-Amz-Algorithm=AWS4-HMAC-SHA256",
     {"host", "h"},
     "IncompleteSignature",
     "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include "
     "'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters "
     "must include 'X-Amz-Date'. AWS query-string parameters must include 'X-Amz-Expires'. Re-examine the "
     "query-string parameters."},
    {"query form: a name in disguise still counts",
     "%58-Amz-Algorithm=AWS4-HMAC-SHA1&" QUERY,
     {"host", "h"},
     "IncompleteSignature",
     "AWS query-string parameters must include 'X-Amz-Algorithm' only once."},
    {"query form: two signatures",
     QUERY "&X-Amz-Signature=ef",
     {"host", "h"},
     "IncompleteSignature",
     "AWS query-string parameters must include 'X-Amz-Signature' only once."},
    {"query form: another algorithm",
     "X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=A&X-Amz-Date=B&X-Amz-SignedHeaders=host&X-Amz-Expires=1&"
     "X-Amz-Signature=C",
     {"host", "h"},
     "IncompleteSignature",
     "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'."},
    {"query form: no seconds",
     QUERY_START "aws4_request&X-Amz-Date=20260830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Expires=0&X-Amz-Signature=ab",
     {"host", "h"},
     "IncompleteSignature",
     "X-Amz-Expires must be a number of seconds from 1 to 604800, got '0'."},
    {"query form: more than a week",
     QUERY_START
     "aws4_request&X-Amz-Date=20260830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Expires=604801&X-Amz-Signature=ab",
     {"host", "h"},
     "IncompleteSignature",
     "X-Amz-Expires must be a number of seconds from 1 to 604800, got '604801'."},
    {"query form: host is not signed",
     QUERY_START "aws4_request&X-Amz-Date=20260830T123600Z&X-Amz-SignedHeaders=x&X-Amz-Expires=9&X-Amz-Signature=ab",
     {"host", "h", "x", "y"},
     "InvalidSignature",
     "'Host' must be a 'SignedHeader' in the AWS Authorization."},
    {"query form: a bad date",
     QUERY_START "aws4_request&X-Amz-Date=today%0A&X-Amz-SignedHeaders=host&X-Amz-Expires=9&X-Amz-Signature=ab",
     {"host", "h"},
     "IncompleteSignature",
     "Date must be in ISO-8601 'basic format'. Got 'today?'. See http://en.wikipedia.org/wiki/ISO_8601"},
};

static void test_claims(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct claim_case *at = &cases[i];
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct sigv4_header headers[4];
        struct sigv4_request request = {
            .method = SLICE("POST"), .path = SLICE("/"), .query = slice_of(at->query), .headers = headers};
        while (request.header_count < 4 && at->headers[2 * request.header_count] != NULL) {
            headers[request.header_count] = (struct sigv4_header){slice_of(at->headers[2 * request.header_count]),
                                                                  slice_of(at->headers[2 * request.header_count + 1])};
            request.header_count++;
        }
        struct sigv4_claim claim;
        bool read = sigv4_read_claim(&request, arena, &claim, &error);
        if (read != (at->code == NULL))
            fail_msg("%s: %s", at->text, read ? "accepted" : error.message);
        if (!read && (strcmp(error.code, at->code) != 0 || strcmp(error.message, at->message) != 0))
            fail_msg("%s: %s: %s\nexpected %s: %s", at->text, error.code, error.message, at->code, at->message);
        if (!read)
            continue;
        assert_true(slice_is(claim.access_key_id, "AKID"));
        assert_true(slice_is(claim.scope.region, "us-west-2"));
        assert_true(slice_is(claim.terminator, "aws4_request"));
        assert_true(slice_is(claim.amz_date, "20260830T123600Z"));
        assert_int_equal(claim.when, 1788093360 * TIMESTAMP_SECOND);
    }
}

struct check_case {
    const char *text;
    struct sigv4_scope scope;
    const char *terminator;
    int64_t behind; /**< Seconds by which the verifier's clock stands after the request's date. */
    int64_t expires;
    int64_t tolerance;
    const char *message; /**< NULL: accepted. */
};

static const struct check_case checks[] = {
#define FITS {SLICE("20260830"), SLICE("us-west-2"), SLICE("codeartifact")}, "aws4_request"
    {"now", FITS, 0, 0, 300, NULL},
    {"5 minutes old", FITS, 300, 0, 300, NULL},
    {"a second older", FITS, 301, 0, 300,
     "Signature expired: 20260830T123600Z is now earlier than 20260830T123601Z (20260830T124101Z - 5 min.)"},
    {"within 15 minutes", FITS, 301, 0, 900, NULL},
    {"5 minutes early", FITS, -300, 0, 300, NULL},
    {"a second earlier", FITS, -301, 0, 300,
     "Signature not yet current: 20260830T123600Z is still later than 20260830T123559Z (20260830T123059Z + 5 min.)"},
    {"query form, in its last second", FITS, 3600, 3600, 300, NULL},
    {"query form, over", FITS, 3601, 3600, 300,
     "Signature expired: 20260830T123600Z is now earlier than 20260830T123601Z (20260830T133601Z - 60 min.)"},
    {"query form, of few seconds", FITS, 11, 10, 300,
     "Signature expired: 20260830T123600Z is now earlier than 20260830T123601Z (20260830T123611Z - 10 sec.)"},
    {"another region",
     {SLICE("20260830"), SLICE("eu-west-1"), SLICE("codeartifact")},
     "aws4_request",
     0,
     0,
     300,
     "Credential should be scoped to a valid region, not 'eu-west-1'."},
    {"another service",
     {SLICE("20260830"), SLICE("us-west-2"), SLICE("sts")},
     "aws4_request",
     0,
     0,
     300,
     "Credential should be scoped to correct service: 'codeartifact'."},
    {"another terminator",
     {SLICE("20260830"), SLICE("us-west-2"), SLICE("codeartifact")},
     "aws5_request",
     0,
     0,
     300,
     "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'."},
    {"another date",
     {SLICE("20260829"), SLICE("us-west-2"), SLICE("codeartifact")},
     "aws4_request",
     0,
     0,
     300,
     "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260829' != "
     "'20260830', from '20260830T123600Z'."},
    {"all at once",
     {SLICE("b"), SLICE("C"), SLICE("d")},
     "e",
     0,
     0,
     300,
     "Credential should be scoped to a valid region, not 'C'. Credential should be scoped to correct service: "
     "'codeartifact'. Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential "
     "scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20260830', from "
     "'20260830T123600Z'."},
};

static void test_checks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        const struct check_case *at = &checks[i];
        ERROR_AUTO error = {0};
        int64_t when = 1788093360 * TIMESTAMP_SECOND;
        const struct sigv4_claim claim = {.presigned = at->expires > 0,
                                          .scope = at->scope,
                                          .terminator = slice_of(at->terminator),
                                          .amz_date = SLICE("20260830T123600Z"),
                                          .when = when,
                                          .expires = at->expires};
        // Half a second more, which is not shown and must not count.
        const struct sigv4_verifier verifier = {.region = SLICE("us-west-2"),
                                                .service = SLICE("codeartifact"),
                                                .now = when + at->behind * TIMESTAMP_SECOND + TIMESTAMP_SECOND / 2,
                                                .tolerance = at->tolerance};
        bool accepted = sigv4_check_claim(&verifier, &claim, &error);
        if (accepted != (at->message == NULL))
            fail_msg("%s: %s", at->text, accepted ? "accepted" : error.message);
        if (accepted)
            continue;
        assert_string_equal(error.code, "InvalidSignature");
        assert_string_equal(error.message, at->message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_claims), cmocka_unit_test(test_checks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
