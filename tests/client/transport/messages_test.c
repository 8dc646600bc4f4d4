// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Requests by the operation table, and answers and errors read by it. */
#include "api/codeartifact.h"
#include "api/sts.h"
#include "base/json.h"
#include "client/transport/request.h"
#include "client/transport/response.h"
#include "client/transport/service_error.h"
#include "client/transport/user_agent.h"
#include "client/transport/xml_tree.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct api_operation *operation(const char *name)
{
    const struct api_operation *found = api_find_operation_by_name(&api_codeartifact, slice_of(name));
    if (found == NULL)
        found = api_find_operation_by_name(&api_sts, slice_of(name));
    assert_non_null(found);
    return found;
}

static void requests(void **state)
{
    (void)state;
    static const struct {
        const char *operation;
        const char *input;
        const char *query;
        const char *body;
        const char *content_type;
    } cases[] = {
        {"GetAuthorizationToken", "{\"domain\":\"my-dom\"}", "domain=my-dom", "", NULL},
        {"GetAuthorizationToken", "{\"durationSeconds\":900,\"domainOwner\":\"123456789012\",\"domain\":\"d\"}",
         "duration=900&domain-owner=123456789012&domain=d", "", NULL},
        {"GetAuthorizationToken", "{\"domain\":\"a-~_.!*'()/:\u00e9+ x\",\"durationSeconds\":0}",
         "domain=a-~_.%21%2A%27%28%29%2F%3A%C3%A9%2B%20x&duration=0", "", NULL},
        {"GetAuthorizationToken", "{\"durationSeconds\":true}", "duration=True", "", NULL},
        {"GetAuthorizationToken", "{\"bogus\":1}", "", "", NULL},
        {"GetRepositoryEndpoint",
         "{\"domain\":\"d\",\"repository\":\"re po&x\",\"format\":\"npm\",\"endpointType\":\"ipv4\"}",
         "domain=d&repository=re%20po%26x&format=npm&endpointType=ipv4", "", NULL},
        {"CreateDomain", "{\"domain\":\"d\",\"encryptionKey\":\"k\"}", "domain=d", "{\"encryptionKey\": \"k\"}",
         "application/json"},
        {"CreateDomain", "{\"domain\":\"d\",\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]}", "domain=d",
         "{\"tags\": [{\"key\": \"a\", \"value\": \"b\"}]}", "application/json"},
        {"ListDomains", "{}", "", "{}", "application/json"},
        {"ListDomains", "{\"maxResults\":5,\"nextToken\":\"t\"}", "", "{\"maxResults\": 5, \"nextToken\": \"t\"}",
         "application/json"},
        {"ListRepositoriesInDomain", "{\"domain\":\"d\",\"maxResults\":5}", "domain=d&max-results=5", "", NULL},
        {"DeleteDomain", "{\"domain\":\"d\"}", "domain=d", "", NULL},
        {"GetCallerIdentity", "{}", "", "Action=GetCallerIdentity&Version=2011-06-15",
         "application/x-www-form-urlencoded; charset=utf-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        JSON_AUTO *input = json_parse(slice_of(cases[i].input), NULL);
        struct request request = {0};
        assert_non_null(input);
        request_build(operation(cases[i].operation), input, &request);
        assert_string_equal(buffer_text(&request.query), cases[i].query);
        assert_string_equal(buffer_text(&request.body), cases[i].body);
        assert_int_equal(request.content_type == NULL, cases[i].content_type == NULL);
        if (cases[i].content_type != NULL)
            assert_string_equal(request.content_type, cases[i].content_type);
        request_free(&request);
    }
}

/** The form of nested values, with an operation of the test's own, since the table has none yet. */
static void nested_forms(void **state)
{
    (void)state;
    static const struct api_shape any = {.type = API_STRING};
    static const struct api_member members[] = {{.name = "Tags", .shape = &any}, {.name = "On", .shape = &any}};
    static const struct api_shape input_shape = {.type = API_STRUCTURE, .members = members, .member_count = 2};
    const struct api_operation nested = {.service = &api_sts, .name = "Nest", .input = &input_shape};
    JSON_AUTO *input =
        json_parse(SLICE("{\"Tags\":[{\"Key\":\"a b\",\"Value\":\"c&d\"},{\"Key\":\"e\"}],\"On\":true}"), NULL);
    struct request request = {0};
    request_build(&nested, input, &request);
    assert_string_equal(buffer_text(&request.body),
                        "Action=Nest&Version=2011-06-15&Tags.member.1.Key=a%20b&Tags.member.1.Value=c%26d&"
                        "Tags.member.2.Key=e&On=true");
    request_free(&request);
}

/** Members in the query, in headers and in the body of one request. */
static void members_everywhere(void **state)
{
    (void)state;
    static const struct api_shape any = {.type = API_STRING};
    static const struct api_member members[] = {
        {.name = "roleName", .wire_name = "role_name", .shape = &any, .location = API_QUERY},
        {.name = "accessToken", .wire_name = "x-amz-sso_bearer_token", .shape = &any, .location = API_HEADER},
        {.name = "clientId", .shape = &any, .location = API_BODY},
    };
    static const struct api_shape input_shape = {.type = API_STRUCTURE, .members = members, .member_count = 3};
    static const struct api_service service = {.protocol = API_REST_JSON};
    const struct api_operation mixed = {.service = &service, .name = "Mix", .input = &input_shape};
    JSON_AUTO *input = json_parse(SLICE("{\"clientId\":\"c\",\"accessToken\":\"t\",\"roleName\":\"r\"}"), NULL);
    struct request request = {0};
    request_build(&mixed, input, &request);
    assert_string_equal(buffer_text(&request.query), "role_name=r");
    assert_string_equal(buffer_text(&request.body), "{\"clientId\": \"c\"}");
    assert_int_equal(request.header_count, 1);
    assert_string_equal(request.headers[0].name, "x-amz-sso_bearer_token");
    assert_string_equal(request.headers[0].value, "t");
    request_free(&request);
    assert_int_equal(request.header_count, 0);
}

static void user_agents(void **state)
{
    (void)state;
    const struct settings settings = {.execution_environment = "AWS Lambda\nX-Evil: 1", .application_id = "app/1"};
    BUFFER_AUTO text = {0};
    user_agent_write(&text, &settings, operation("GetAuthorizationToken"));
    assert_true(slice_starts_with(buffer_slice(&text), SLICE("jeton/")));
    assert_non_null(strstr(buffer_text(&text), " exec-env/AWS-Lambda-X-Evil--1 app/app-1 "
                                               "md/command#codeartifact.get-authorization-token"));
}

static void answers(void **state)
{
    (void)state;
    static const struct {
        const char *operation;
        const char *body;
        const char *output; // compact JSON; or the error
        bool good;
    } cases[] = {
        {"GetAuthorizationToken", "{\"expiration\":1.5,\"extra\":1,\"authorizationToken\":\"t\"}",
         "{\"authorizationToken\":\"t\",\"expiration\":1.5}", true},
        {"GetAuthorizationToken", "{\"authorizationToken\":null,\"expiration\":1}", "{\"expiration\":1}", true},
        {"GetAuthorizationToken", "{\"authorizationToken\":5}", "{\"authorizationToken\":5}", true},
        {"GetAuthorizationToken", "{\"authorizationToken\":\"a\",\"authorizationToken\":\"b\"}",
         "{\"authorizationToken\":\"b\"}", true},
        {"GetAuthorizationToken", "", "{}", true},
        {"GetAuthorizationToken", "no json", "{}", true},
        {"GetAuthorizationToken", "{\"authorizationToken\":", "{}", true},
        {"GetAuthorizationToken", "\xef\xbb\xbf{\"authorizationToken\":\"a\"}", "{}", true},
        {"GetAuthorizationToken", "null", "'NoneType' object is not iterable", false},
        {"GetAuthorizationToken", "[]", "'list' object has no attribute 'get'", false},
        {"GetAuthorizationToken", "\"s\"", "'str' object has no attribute 'get'", false},
        {"GetAuthorizationToken", "{\"authorizationToken\":\"\xe9\"}",
         "'utf-8' codec can't decode byte 0xe9 in position 23: invalid continuation byte", false},
        {"GetAuthorizationToken", "\x80", "'utf-8' codec can't decode byte 0x80 in position 0: invalid start byte",
         false},
        {"GetAuthorizationToken", "a\xe2\x82",
         "'utf-8' codec can't decode bytes in position 1-2: unexpected end of data", false},
        {"GetAuthorizationToken", "\xe2\x82x",
         "'utf-8' codec can't decode bytes in position 0-1: invalid continuation byte", false},
        {"GetAuthorizationToken", "\xed\xa0\x80",
         "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte", false},
        // JSON for Python, but more than is read here: no empty success.
        {"GetAuthorizationToken", "{\"expiration\":36893488147419103232}",
         "Unable to parse the answer: line 1, column 34: a number is out of range", false},
        {"GetAuthorizationToken", "{\"expiration\":1e400}",
         "Unable to parse the answer: line 1, column 19: a number is out of range", false},
        {"GetAuthorizationToken", "{\"authorizationToken\":\"\\ud800\"}",
         "Unable to parse the answer: line 1, column 30: half of a surrogate pair stands alone", false},
        {"GetAuthorizationToken", "{\"a\\u0000\":1}",
         "Unable to parse the answer: line 1, column 10: a member's name holds U+0000", false},
        {"GetAuthorizationToken", "{\"authorizationToken\":\"\\ud80\"}", "{}", true},
        {"ListDomains", "{\"domains\":[{\"owner\":\"o\",\"name\":\"n\",\"x\":1}],\"nextToken\":null}",
         "{\"domains\":[{\"name\":\"n\",\"owner\":\"o\"}]}", true},
        {"GetCallerIdentity",
         "<?xml version=\"1.0\"?><GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
         "<GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a&amp;b</Arn><Account>1</Account></GetCallerIdentityResult>"
         "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>",
         "{\"Account\":\"1\",\"Arn\":\"arn:aws:iam::1:user/a&b\"}", true},
        {"GetCallerIdentity", "no xml", "Unable to parse the answer of GetCallerIdentity: it is no XML", false},
        {"GetCallerIdentity", "<a/>",
         "Unable to parse the answer of GetCallerIdentity: it has no GetCallerIdentityResult", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        JSON_AUTO *output = NULL;
        ERROR_AUTO error = {0};
        BUFFER_AUTO text = {0};
        bool good = response_parse(operation(cases[i].operation), slice_of(cases[i].body), &output, &error);
        if (good)
            json_write(&text, output, 0);
        assert_string_equal(good ? buffer_text(&text) : error.message, cases[i].output);
        assert_int_equal(good, cases[i].good);
        if (!good)
            assert_int_equal(error.class, ERROR_TRANSPORT);
    }
}

struct refusal {
    const char *operation;
    long status;
    const char *error_type;
    const char *body;
    const char *code; // NULL: not even an error, and `message` says so
    const char *message;
    const char *details; // compact JSON
};

static const struct refusal refusals[] = {
    {"GetAuthorizationToken", 403, "AccessDeniedException", "{\"message\":\"m\"}", "AccessDeniedException", "m", NULL},
    {"GetAuthorizationToken", 403, "ns#Code:http://x/", "{\"Message\":\"m\",\"__type\":\"Y\"}", "Code", "m", NULL},
    {"GetAuthorizationToken", 403, NULL, "{\"__type\":\"com.x#Z:1\"}", "Z", "", NULL},
    {"GetAuthorizationToken", 403, NULL, "{\"code\":123,\"message\":\"m\"}", "123", "m", NULL},
    {"GetAuthorizationToken", 403, NULL, "{\"Code\":\"C\",\"__type\":\"T\"}", "C", "", NULL},
    {"GetAuthorizationToken", 403, NULL, "{\"message\":null,\"__type\":\"X\"}", "X", "None", NULL},
    {"GetAuthorizationToken", 403, NULL, "{\"message\":{\"a\":[1,true]},\"__type\":\"X\"}", "X", "{'a': [1, True]}",
     NULL},
    {"GetAuthorizationToken", 403, NULL, "{}", "403", "", NULL},
    {"GetAuthorizationToken", 403, NULL, "", "403", "", NULL},
    {"GetAuthorizationToken", 301, NULL, "", "301", "", NULL},
    {"GetAuthorizationToken", 300, "X", "{}", "Unknown", "Unknown", NULL},
    {"GetAuthorizationToken", 403, NULL, "<html>no</html>", "403", "<html>no</html>", NULL},
    {"GetAuthorizationToken", 502, "X", " \n", "502", "Bad Gateway", NULL},
    {"GetAuthorizationToken", 503, NULL, "<html>no</html>", "503", "Service Unavailable", NULL},
    {"GetAuthorizationToken", 599, NULL, "", "599", "", NULL},
    {"GetAuthorizationToken", 403, NULL, "[]", NULL, "'list' object has no attribute 'get'", NULL},
    {"GetAuthorizationToken", 403, NULL, "null", NULL, "'NoneType' object has no attribute 'get'", NULL},
    {"GetAuthorizationToken", 403, NULL, "\xe9", NULL,
     "'utf-8' codec can't decode byte 0xe9 in position 0: unexpected end of data", NULL},
    {"GetAuthorizationToken", 404, "ResourceNotFoundException",
     "{\"resourceType\":\"domain\",\"extra\":1,\"resourceId\":\"r\",\"message\":\"m\"}", "ResourceNotFoundException",
     "m", "{\"resourceId\":\"r\",\"resourceType\":\"domain\"}"},
    {"GetAuthorizationToken", 404, "resourcenotfoundexception", "{\"resourceId\":\"r\"}", "resourcenotfoundexception",
     "", NULL},
    {"GetAuthorizationToken", 429, "ThrottlingException", "{\"message\":\"m\"}", "ThrottlingException", "m",
     "{\"retryAfterSeconds\":7}"},
    {"GetCallerIdentity", 403, NULL,
     "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>a &lt; b</Message></Error>"
     "<RequestId>r</RequestId></ErrorResponse>",
     "InvalidClientTokenId", "a < b", NULL},
    {"GetCallerIdentity", 403, NULL, "", "403", "", NULL},
    // A page of something in between, whether or not it happens to be XML.
    {"GetCallerIdentity", 503, NULL, "<!DOCTYPE html>\n<html><br>x</html>", "503", "Service Unavailable", NULL},
    {"GetCallerIdentity", 502, NULL, " <!doctype html><html></html>", "502", "Bad Gateway", NULL},
    {"GetCallerIdentity", 500, NULL, "<HTML lang=en><br></HTML>", "500", "Internal Server Error", NULL},
    {"GetCallerIdentity", 403, NULL, "<!DOCTYPE html><html/>", NULL,
     "Unable to parse the error answer of status 403: it is no XML", NULL},
    {"GetAuthorizationToken", 503, NULL, "<!DOCTYPE html>", "503", "<!DOCTYPE html>", NULL},
    {"GetAuthorizationToken", 403, "X", "{\"message\":1e400}", "X", "{\"message\":1e400}", NULL},
    {"GetCallerIdentity", 403, NULL, "{}", NULL, "Unable to parse the error answer of status 403: it is no XML", NULL},
};

static void check_refusal(const struct refusal *given)
{
    struct http_answer answer = {.status = given->status};
    buffer_append_text(&answer.body, given->body);
    if (given->error_type != NULL)
        answer.error_type = memory_copy(given->error_type, strlen(given->error_type));
    answer.retry_after = memory_copy("7", 1);
    SERVICE_ERROR_AUTO read = {0};
    ERROR_AUTO error = {0};
    BUFFER_AUTO details = {0};
    assert_true(service_error_is(given->status));
    bool good = service_error_read(operation(given->operation), &answer, &read, &error);
    assert_int_equal(good, given->code != NULL);
    assert_string_equal(good ? buffer_text(&read.message) : error.message, given->message);
    if (good)
        assert_string_equal(buffer_text(&read.code), given->code);
    if (read.details != NULL)
        json_write(&details, read.details, 0);
    assert_string_equal(buffer_text(&details), given->details == NULL ? "" : given->details);
    http_answer_free(&answer);
}

static void errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        check_refusal(&refusals[i]);
    assert_false(service_error_is(200));
    assert_false(service_error_is(204));
}

static void error_sentences(void **state)
{
    (void)state;
    SERVICE_ERROR_AUTO read = {0};
    ERROR_AUTO error = {0};
    buffer_append_text(&read.code, "C");
    buffer_append_text(&read.message, "m");
    assert_false(service_error_report(operation("GetAuthorizationToken"), &read, -1, &error));
    assert_string_equal(error.message, "An error occurred (C) when calling the GetAuthorizationToken operation: m");
    assert_string_equal(error.code, "C");
    assert_int_equal(error.class, ERROR_SERVICE);
    assert_false(service_error_report(operation("GetAuthorizationToken"), &read, 2, &error));
    assert_string_equal(
        error.message,
        "An error occurred (C) when calling the GetAuthorizationToken operation (reached max retries: 2): m");
}

static void xml_is_read_strictly(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    const struct xml_node *root =
        xml_tree_parse(SLICE("<?xml version='1.0'?><!-- c --> <n:a x=\"1>2\" y='z'><b>1 &lt;&#65;&#x20ac;<![CDATA[<&]]>"
                             "<!-- c -->2</b><b>x</b><empty/><c ><d>deep</d></c ></n:a>\n<!-- end -->"),
                       arena);
    assert_non_null(root);
    assert_true(slice_is(root->name, "a"));
    assert_true(slice_is(xml_tree_find(root, "b")->text, "1 <A\xe2\x82\xac<&2"));
    assert_true(slice_is(xml_tree_find(xml_tree_find(root, "c"), "d")->text, "deep"));
    assert_int_equal(xml_tree_find(root, "empty")->text.size, 0);
    assert_null(xml_tree_find(root, "none"));
    static const char *const broken[] = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a><b></a></b>",
        "<a/><b/>",
        "<a/>x",
        "<a b></a>",
        "<a b=1/>",
        "<a b=\"1/>",
        "<a>&nope;</a>",
        "<a>&#0;</a>",
        "<a>&#xd800;</a>",
        "<a>&#x110000;</a>",
        "<a>& b</a>",
        "<a><!-- </a>",
        "<a><![CDATA[</a>",
        "<>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        "<a>\xe9</a>",
        "<a x='1'y='2'/>",
        "<a / >",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        if (xml_tree_parse(slice_of(broken[i]), arena) != NULL)
            fail_msg("%s was accepted", broken[i]);
}

static void xml_depth_is_bounded(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO text = {0};
    for (unsigned i = 0; i < 100000; i++)
        buffer_append_text(&text, "<a>");
    assert_null(xml_tree_parse(buffer_slice(&text), arena));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests),
        cmocka_unit_test(nested_forms),
        cmocka_unit_test(members_everywhere),
        cmocka_unit_test(user_agents),
        cmocka_unit_test(answers),
        cmocka_unit_test(errors),
        cmocka_unit_test(error_sentences),
        cmocka_unit_test(xml_is_read_strictly),
        cmocka_unit_test(xml_depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
