// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Decoding, validation and rendering, which are pure. */
#include "base/json.h"
#include "base/text.h"
#include "service/http/decode.h"
#include "service/http/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct api_operation *operation_of(const char *service, const char *name)
{
    return api_find_operation_by_name(api_find_service_by_signing_name(slice_of(service)), slice_of(name));
}

struct decoding {
    const char *operation;
    const char *query;
    const char *body;
    const char *input;   // compact JSON, or NULL when it is refused
    const char *message; // how the refusal reads
    const char *reason;
};

#define FAILED " failed to satisfy constraint: Member must "
#define FIELD "FIELD_VALIDATION_FAILED"
#define PARSE "CANNOT_PARSE"

static const struct decoding decodings[] = {
    {"GetAuthorizationToken", "domain=my-domain", "", "{\"domain\":\"my-domain\"}", NULL, NULL},
    {"GetAuthorizationToken", "duration=900&domain-owner=123456789012&domain=d%2Da&other=1", "",
     "{\"domain\":\"d-a\",\"domainOwner\":\"123456789012\",\"durationSeconds\":900}", NULL, NULL},
    {"GetAuthorizationToken", "%64omain=my-domain", "not JSON", "{\"domain\":\"my-domain\"}", NULL, NULL},
    {"GetAuthorizationToken", "", "", NULL, "1 validation error detected: Value null at 'domain'" FAILED "not be null",
     FIELD},
    {"GetAuthorizationToken", "domain=my-domain&duration=43201", "", NULL,
     "1 validation error detected: Value '43201' at 'durationSeconds'" FAILED "have value less than or equal to 43200",
     FIELD},
    {"GetAuthorizationToken", "domain=my-domain&duration=-1", "", NULL,
     "1 validation error detected: Value '-1' at 'durationSeconds'" FAILED "have value greater than or equal to 0",
     FIELD},
    {"GetAuthorizationToken", "domain=A", "", NULL,
     "2 validation errors detected: Value 'A' at 'domain'" FAILED "have length greater than or equal to 2; "
     "Value 'A' at 'domain'" FAILED "satisfy regular expression pattern: [a-z][a-z0-9\\-]{0,48}[a-z0-9]",
     FIELD},
    {"GetAuthorizationToken", "domain=my-domain&domain-owner=1", "", NULL,
     "1 validation error detected: Value '1' at 'domainOwner'" FAILED "have length greater than or equal to 12", FIELD},
    {"GetRepositoryEndpoint", "domain=my-domain&repository=r1&format=rpm", "", NULL,
     "1 validation error detected: Value 'rpm' at 'format'" FAILED
     "satisfy enum value set: [npm, pypi, maven, nuget, generic, ruby, swift, cargo]",
     FIELD},
    {"GetAuthorizationToken", "domain=my-domain&duration=12h", "", NULL,
     "The request could not be parsed: wrong type of the value of 'durationSeconds'", PARSE},
    {"GetAuthorizationToken", "domain=my-domain&domain=my-domain", "", NULL,
     "The request could not be parsed: there is more than one parameter 'domain'", PARSE},
    {"GetAuthorizationToken", "domain=%zz", "", NULL,
     "The request could not be parsed: broken escapes or characters in the parameter 'domain'", PARSE},
    {"GetAuthorizationToken", "domain=%ff", "", NULL,
     "The request could not be parsed: broken escapes or characters in the parameter 'domain'", PARSE},
    {"GetAuthorizationToken", "domain=ab%00", "", NULL,
     "The request could not be parsed: wrong type of the value of 'domain'", PARSE},
    {"CreateDomain", "domain=my-domain",
     "{\"tags\":[{\"key\":\"a\",\"value\":\"b\",\"x\":1}],\"domain\":\"other\",\"y\":2}",
     "{\"domain\":\"my-domain\",\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]}", NULL, NULL},
    {"CreateDomain", "domain=my-domain", "{\"tags\":null,\"encryptionKey\":null}", "{\"domain\":\"my-domain\"}", NULL,
     NULL},
    {"CreateDomain", "domain=my-domain", " ", "{\"domain\":\"my-domain\"}", NULL, NULL},
    {"CreateDomain", "domain=my-domain", "{\"tags\":[{\"value\":\"b\"}]}", NULL,
     "1 validation error detected: Value null at 'tags.1.member.key'" FAILED "not be null", FIELD},
    {"CreateDomain", "domain=my-domain", "{\"tags\":\"a\"}", NULL,
     "1 validation error detected: Value 'a' at 'tags'" FAILED "be a list", FIELD},
    {"CreateDomain", "domain=my-domain", "{\"encryptionKey\":\"a\\u0000b\"}", NULL,
     "1 validation error detected: Value 'null' at 'encryptionKey'" FAILED "be a string", FIELD},
    {"CreateDomain", "domain=my-domain", "[]", NULL, "The request could not be parsed: the body is not a JSON object",
     PARSE},
    {"CreateDomain", "domain=my-domain", "{", NULL,
     "The request could not be parsed: line 1, column 1: the text ends too early", PARSE},
    {"ListDomains", "", "{\"maxResults\":1001}", NULL,
     "1 validation error detected: Value '1001' at 'maxResults'" FAILED "have value less than or equal to 1000", FIELD},
    {"ListDomains", "", "", "{}", NULL, NULL},
};

static void test_decodings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decodings / sizeof decodings[0]; i++) {
        const struct decoding *is = &decodings[i];
        const struct http_request request = {.message = {.query = slice_of(is->query), .body = slice_of(is->body)}};
        ERROR_AUTO error = {0};
        JSON_AUTO *input = decode_input(operation_of("codeartifact", is->operation), &request, &error);
        if (is->input != NULL) {
            BUFFER_AUTO text = {0};
            assert_non_null(input);
            json_write(&text, input, 0);
            assert_string_equal(buffer_text(&text), is->input);
            continue;
        }
        assert_null(input);
        assert_string_equal(error.code, "ValidationError");
        assert_string_equal(error.message, is->message);
        assert_true(slice_is(json_member_text(error.details, "reason"), is->reason));
    }
}

static void test_many_findings_are_counted_and_a_few_told(void **state)
{
    (void)state;
    BUFFER_AUTO body = {0};
    buffer_append_text(&body, "{\"upstreams\":[");
    for (int i = 0; i < 500; i++)
        buffer_append_text(&body, i == 0 ? "{}" : ",{}");
    buffer_append_text(&body, "]}");
    const struct http_request request = {
        .message = {.query = SLICE("domain=my-domain&repository=r1"), .body = buffer_slice(&body)}};
    ERROR_AUTO error = {0};
    assert_null(decode_input(operation_of("codeartifact", "CreateRepository"), &request, &error));
    assert_true(slice_starts_with(slice_of(error.message), SLICE("500 validation errors detected: ")));
    assert_non_null(strstr(error.message, "upstreams.10.member.repositoryName"));
    assert_null(strstr(error.message, "upstreams.11.member"));
}

static void test_long_values_are_cut_at_a_character(void **state)
{
    (void)state;
    BUFFER_AUTO query = {0};
    buffer_append_text(&query, "domain=");
    for (int i = 0; i < 1000; i++)
        buffer_append_text(&query, "%E2%82%AC");
    const struct http_request request = {.message = {.query = buffer_slice(&query)}};
    ERROR_AUTO error = {0};
    assert_null(decode_input(operation_of("codeartifact", "DescribeDomain"), &request, &error));
    assert_true(strlen(error.message) < 1500);
    assert_int_equal(text_utf8_valid(slice_of(error.message)), strlen(error.message));
}

static void test_form_parameters(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    BUFFER_AUTO value = {0};
    assert_true(decode_parameter(SLICE("a=1&Action=Get+It%21&b"), "Action", true, &value, &error));
    assert_string_equal(buffer_text(&value), "Get It!");
    buffer_clear(&value);
    assert_false(decode_parameter(SLICE("a=1&b"), "Action", true, &value, &error));
    assert_int_equal(error.class, ERROR_NONE);
    assert_true(decode_parameter(SLICE("a=1&b"), "b", true, &value, &error));
    assert_int_equal(value.size, 0);
}

static const struct decoding form_decodings[] = {
    {"ListUsers", NULL, "Action=ListUsers&MaxItems=3&PathPrefix=%2Fa%2F&MaxItem=9",
     "{\"MaxItems\":3,\"PathPrefix\":\"/a/\"}", NULL, NULL},
    {"TagUser", NULL,
     "Tags.member.2.Key=b&UserName=ann&Tags.member.1.Key=a+a&Tags.member.1.Value=&Tags.member.2.Value=%C3%A9",
     "{\"Tags\":[{\"Key\":\"a a\",\"Value\":\"\"},{\"Key\":\"b\",\"Value\":\"\xc3\xa9\"}],\"UserName\":\"ann\"}", NULL,
     NULL},
    {"UntagUser", NULL, "UserName=ann&TagKeys.member.1=a&TagKeys%2Emember%2E2=b",
     "{\"UserName\":\"ann\",\"TagKeys\":[\"a\",\"b\"]}", NULL, NULL},
    {"UntagUser", NULL, "UserName=ann&TagKeys=", "{\"UserName\":\"ann\",\"TagKeys\":[]}", NULL, NULL},
    {"CreatePolicyVersion", NULL, "PolicyArn=arn:aws:iam::1:policy/p&PolicyDocument=%7B%7D&SetAsDefault=true",
     "{\"PolicyArn\":\"arn:aws:iam::1:policy/p\",\"PolicyDocument\":\"{}\",\"SetAsDefault\":true}", NULL, NULL},
    // Eleven entries: their numbers are no texts.
    {"UntagUser", NULL,
     "UserName=ann&TagKeys.member.10=j&TagKeys.member.11=k&TagKeys.member.1=a&TagKeys.member.2=b&TagKeys.member.3=c"
     "&TagKeys.member.4=d&TagKeys.member.5=e&TagKeys.member.6=f&TagKeys.member.7=g&TagKeys.member.8=h&TagKeys.member.9="
     "i",
     "{\"UserName\":\"ann\",\"TagKeys\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"]}", NULL,
     NULL},
    // What no shape knows is ignored: other members, other words, odd indices, more steps than there are.
    {"UntagUser", NULL,
     "UserName=ann&UserName.x=1&Other.member.1=a&TagKeys.entry.1=a&TagKeys.member.01=a&TagKeys.member.-1=a&.=1&=&%=1"
     "&TagKeys.member.1=a&TagKeys.member.1.x=b&TagKeys.member.9999999=z",
     "{\"UserName\":\"ann\",\"TagKeys\":[\"a\"]}", NULL, NULL},
    {"UntagUser", NULL, "UserName=ann&TagKeys.member.2=b", NULL,
     "The request could not be parsed: not numbered from 1 without gaps is the list 'TagKeys'", PARSE},
    {"UntagUser", NULL, "UserName=ann&TagKeys.member.1=b&TagKeys.member.1=c", NULL,
     "The request could not be parsed: there is more than one parameter 'TagKeys'", PARSE},
    {"UntagUser", NULL, "UserName=ann&UserName=bea&TagKeys=", NULL,
     "The request could not be parsed: there is more than one parameter 'UserName'", PARSE},
    {"UntagUser", NULL, "UserName=ann&TagKeys=x", NULL,
     "The request could not be parsed: wrong type of the value of 'TagKeys'", PARSE},
    {"UntagUser", NULL, "UserName=ann&TagKeys.member.1=%FF", NULL,
     "The request could not be parsed: broken escapes or characters in the parameter 'TagKeys'", PARSE},
    {"ListUsers", NULL, "MaxItems=many", NULL, "The request could not be parsed: wrong type of the value of 'MaxItems'",
     PARSE},
    {"TagUser", NULL, "UserName=ann&Tags.member.1.Value=%07", NULL,
     "2 validation errors detected: Value null at 'tags.1.member.key'" FAILED "not be null; Value '\a' at "
     "'tags.1.member.value'" FAILED "satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
     FIELD},
    {"GetRole", NULL, "", NULL, "1 validation error detected: Value null at 'roleName'" FAILED "not be null", FIELD},
};

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof form_decodings / sizeof form_decodings[0]; i++) {
        const struct decoding *wanted = &form_decodings[i];
        const struct http_request request = {.message = {.method = SLICE("POST"), .body = slice_of(wanted->body)}};
        ERROR_AUTO error = {0};
        JSON_AUTO *input = decode_input(operation_of("iam", wanted->operation), &request, &error);
        if (wanted->input == NULL) {
            assert_null(input);
            assert_string_equal(error.message, wanted->message);
            assert_string_equal(json_string_value(json_object_get(error.details, "reason")), wanted->reason);
            continue;
        }
        JSON_AUTO *expected = json_parse(slice_of(wanted->input), NULL);
        assert_non_null(expected);
        assert_non_null(input);
        assert_true(json_equal(input, expected));
    }
}

// ------------------------------------------------------------------ rendering

struct rendering {
    const char *service;
    const char *operation; // NULL: none was recognised
    enum error_class class;
    const char *code;
    int status;
    const char *wire_code;
};

static const struct rendering renderings[] = {
    {"codeartifact", "DescribeDomain", ERROR_PARAMETER, "ResourceNotFoundException", 404, "ResourceNotFoundException"},
    {"codeartifact", "DescribeDomain", ERROR_PARAMETER, "AccessDenied", 403, "AccessDeniedException"},
    {"codeartifact", "DescribeDomain", ERROR_PARAMETER, "ValidationError", 400, "ValidationException"},
    {"codeartifact", "DescribeDomain", ERROR_PARAMETER, "InvalidSignature", 403, "InvalidSignatureException"},
    {"codeartifact", "DescribeDomain", ERROR_INTERNAL, NULL, 500, "InternalServerException"},
    {"codeartifact", "DescribeDomain", ERROR_INTERNAL, "AccessDenied", 500, "InternalServerException"},
    {"codeartifact", "DescribeDomain", ERROR_PARAMETER, "NoSuchCode", 500, "InternalServerException"},
    {"codeartifact", NULL, ERROR_PARAMETER, "UnknownOperation", 404, "UnknownOperationException"},
    {"codeartifact", NULL, ERROR_PARAMETER, "RequestTooLarge", 413, "RequestEntityTooLargeException"},
    {"sts", "GetCallerIdentity", ERROR_PARAMETER, "InvalidSignature", 403, "SignatureDoesNotMatch"},
    {"sts", "GetCallerIdentity", ERROR_PARAMETER, "UnrecognizedClient", 403, "InvalidClientTokenId"},
    {"sts", "GetCallerIdentity", ERROR_PARAMETER, "ExpiredToken", 403, "ExpiredToken"},
    {"sts", NULL, ERROR_PARAMETER, "UnknownOperation", 400, "InvalidAction"},
    {"sts", "GetCallerIdentity", ERROR_INTERNAL, NULL, 500, "InternalFailure"},
};

static void test_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof renderings / sizeof renderings[0]; i++) {
        const struct rendering *is = &renderings[i];
        const struct api_service *service = api_find_service_by_signing_name(slice_of(is->service));
        ERROR_AUTO error = {0};
        (void)error_set(&error, is->class, is->code, "/secret/place is broken");
        const struct render_code code = render_find_code(
            is->operation == NULL ? NULL : operation_of(is->service, is->operation), service->protocol, &error);
        assert_int_equal(code.status, is->status);
        assert_string_equal(code.code, is->wire_code);
        if (is->status == 500)
            assert_null(strstr(code.message, "secret"));
    }
}

static void test_json_error(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    (void)error_set(&error, ERROR_PARAMETER, "X", "no \"such\" \xff thing");
    error.details = json_pack("{s:s}", "resourceId", "d");
    const struct render_code code = {"XException", 404, error.message};
    struct http_response response = {0};
    render_error(&code, API_REST_JSON, "", &error, &response);
    assert_int_equal(response.status, 404);
    assert_string_equal(response.error_type, "XException");
    assert_string_equal(response.content_type, "application/json");
    assert_string_equal(buffer_text(&response.body),
                        "{\"message\":\"no \\\"such\\\" \xef\xbf\xbd thing\",\"resourceId\":\"d\"}");
    buffer_free(&response.body);
}

static void test_xml(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    (void)error_set(&error, ERROR_PARAMETER, "X", "a < b");
    const struct render_code code = {"X", 403, error.message};
    struct http_response response = {.request_id = "id-1"};
    render_error(&code, API_QUERY_XML, "https://sts.amazonaws.com/doc/2011-06-15/", &error, &response);
    assert_string_equal(response.content_type, "text/xml");
    assert_null(response.error_type);
    assert_string_equal(buffer_text(&response.body),
                        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                        "<Code>X</Code><Message>a &lt; b</Message></Error><RequestId>id-1</RequestId></ErrorResponse>");
    JSON_AUTO *output = json_pack("{s:s, s:s, s:s}", "Arn", "a&b", "UserId", "u", "Account", "1");
    render_result(operation_of("sts", "GetCallerIdentity"), output, &response);
    assert_int_equal(response.status, 200);
    assert_string_equal(buffer_text(&response.body),
                        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        "<GetCallerIdentityResult><UserId>u</UserId><Account>1</Account><Arn>a&amp;b</Arn>"
                        "</GetCallerIdentityResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
                        "</GetCallerIdentityResponse>");
    json_t *lists = json_pack("{s:b, s:[{s:s, s:i}]}", "IsTruncated", 0, "Users", "UserName", "ann", "CreateDate", 0);
    render_result(operation_of("iam", "ListUsers"), lists, &response);
    json_decref(lists);
    assert_string_equal(
        buffer_text(&response.body),
        "<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListUsersResult><Users>"
        "<member><UserName>ann</UserName><CreateDate>1970-01-01T00:00:00Z</CreateDate></member></Users>"
        "<IsTruncated>false</IsTruncated></ListUsersResult><ResponseMetadata>"
        "<RequestId>id-1</RequestId></ResponseMetadata></ListUsersResponse>");
    lists = json_object();
    render_result(operation_of("iam", "DeleteUser"), lists, &response);
    assert_string_equal(buffer_text(&response.body),
                        "<DeleteUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ResponseMetadata>"
                        "<RequestId>id-1</RequestId></ResponseMetadata></DeleteUserResponse>");
    render_result(operation_of("iam", "UpdateRole"), lists, &response);
    json_decref(lists);
    assert_non_null(strstr(buffer_text(&response.body), "<UpdateRoleResult></UpdateRoleResult>"));
    buffer_free(&response.body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decodings),
        cmocka_unit_test(test_many_findings_are_counted_and_a_few_told),
        cmocka_unit_test(test_long_values_are_cut_at_a_character),
        cmocka_unit_test(test_form_parameters),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_json_error),
        cmocka_unit_test(test_xml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
