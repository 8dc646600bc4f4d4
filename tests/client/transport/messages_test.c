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
                        "Action=Nest&Version=2011-06-15&Tags.member.1.Key=a+b&Tags.member.1.Value=c%26d&"
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

/** Good answers, as compact JSON. */
static void answers(void **state)
{
    (void)state;
    static const struct {
        const char *operation;
        long status;
        const char *body;
        const char *output;
    } cases[] = {
        {"GetAuthorizationToken", 200, "{\"expiration\":1.5,\"extra\":1,\"authorizationToken\":\"t\"}",
         "{\"authorizationToken\":\"t\",\"expiration\":1.5}"},
        {"GetAuthorizationToken", 200, "{\"authorizationToken\":\"t\",\"expiration\":null}",
         "{\"authorizationToken\":\"t\"}"},
        {"GetAuthorizationToken", 200, "{\"authorizationToken\":5}", "{\"authorizationToken\":5}"},
        {"GetAuthorizationToken", 200, "{\"authorizationToken\":\"a\",\"authorizationToken\":\"b\"}",
         "{\"authorizationToken\":\"b\"}"},
        {"DescribeDomain", 200, " {}\n", "{}"},
        {"DescribeDomain", 204, "", "{}"},
        {"DescribeDomain", 205, "", "{}"},
        {"ListDomains", 200, "{\"domains\":[{\"owner\":\"o\",\"name\":\"n\",\"x\":1}],\"nextToken\":null}",
         "{\"domains\":[{\"name\":\"n\",\"owner\":\"o\"}]}"},
        {"GetCallerIdentity", 200,
         "<?xml version=\"1.0\"?><GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
         "<GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a&amp;b</Arn><Account>1</Account></GetCallerIdentityResult>"
         "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>",
         "{\"Account\":\"1\",\"Arn\":\"arn:aws:iam::1:user/a&b\"}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        JSON_AUTO *output = NULL;
        ERROR_AUTO error = {0};
        BUFFER_AUTO text = {0};
        struct http_answer answer = {.status = cases[i].status};
        buffer_append_text(&answer.body, cases[i].body);
        if (!response_parse(operation(cases[i].operation), &answer, &output, &error))
            fail_msg("%s: %s", cases[i].body, error.message);
        json_write(&text, output, 0);
        assert_string_equal(buffer_text(&text), cases[i].output);
        http_answer_free(&answer);
    }
}

/** An operation that gives nothing may be answered by nothing, but not by a page. */
static void answers_without_output(void **state)
{
    (void)state;
    static const struct api_shape nothing = {.type = API_STRUCTURE};
    static const struct api_service service = {.protocol = API_REST_JSON};
    const struct api_operation untag = {.service = &service, .name = "Untag", .output = &nothing};
    JSON_AUTO *output = NULL;
    struct http_answer answer = {.status = 200};
    assert_true(response_parse(&untag, &answer, &output, NULL));
    assert_int_equal(json_object_size(output), 0);
    buffer_append_text(&answer.body, "<html>");
    json_t *unread = NULL;
    assert_false(response_parse(&untag, &answer, &unread, NULL));
    http_answer_free(&answer);
}

#define NO_ANSWER(operation, status, reason)                                                                           \
    "The answer to " operation " cannot be the service's: its status is " status ", and " reason                       \
    ". See that the endpoint is the right one, and that no proxy answers in its place."
#define NO_TOKEN(reason) NO_ANSWER("GetAuthorizationToken", "200", reason)

/** Answers that are none: why, and how they begin, without what may be a secret. */
static void no_answers(void **state)
{
    (void)state;
    static const struct {
        const char *operation;
        const char *body;
        const char *message;
    } cases[] = {
        {"GetAuthorizationToken", "", NO_TOKEN("it is empty")},
        {"GetAuthorizationToken", "{}", NO_TOKEN("it has no authorizationToken") " It begins: {}"},
        {"GetAuthorizationToken", "{\"authorizationToken\":null}",
         NO_TOKEN("it has no authorizationToken") " It begins: {\"authorizationToken\":null}"},
        {"GetRepositoryEndpoint", "{\"x\":1}",
         NO_ANSWER("GetRepositoryEndpoint", "200", "it has no repositoryEndpoint") " It begins: {\"x\":1}"},
        {"GetAuthorizationToken", " \r\n", NO_TOKEN("it is empty")},
        {"GetAuthorizationToken", "\n <html><title>Sign in</title>\n<p>more",
         NO_TOKEN("it is no JSON: line 2, column 2: not JSON") " It begins: <html><title>Sign in</title>"},
        {"GetAuthorizationToken", "a\x1b[31m\x9b\x7f",
         NO_TOKEN("its byte 7 is no UTF-8") " It begins: a\\x1b[31m\\x9b\\x7f"},
        {"GetAuthorizationToken", "{\"authorizationToken\": \"eyJ0\\\"b2",
         NO_TOKEN("it is no JSON: line 1, column 32: the text ends too early") " It begins: {\"authorizationToken\": "
                                                                               "\"***\""},
        {"GetAuthorizationToken", "{\"a\":\"b\",\"c\" : [\"d\"], 12345678901234567",
         NO_TOKEN("it is no JSON: line 1, column 39: not JSON") " It begins: {\"a\":\"***\",\"c\" : [\"***\"], ***"},
        {"GetAuthorizationToken", "\xef\xbb\xbf{\"authorizationToken\":\"a\"}",
         NO_TOKEN("it is no JSON: line 1, column 1: not JSON") " It begins: "
                                                               "\\xef\\xbb\\xbf{\"authorizationToken\":\"***\"}"},
        {"GetAuthorizationToken", "null",
         NO_TOKEN("there is null in its JSON where an object should be") " It begins: null"},
        {"GetAuthorizationToken", "[]",
         NO_TOKEN("there is a list in its JSON where an object should be") " It begins: []"},
        {"GetAuthorizationToken", "\"s\"",
         NO_TOKEN("there is a string in its JSON where an object should be") " It begins: \"s\""},
        {"GetAuthorizationToken", "{\"expiration\":1e400}",
         NO_TOKEN("it is no JSON: line 1, column 19: a number is out of range") " It begins: {\"expiration\":1e400}"},
        {"ListDomains", "{\"domains\":{}}",
         NO_ANSWER("ListDomains", "200",
                   "there is something else in its JSON where a list should be") " It begins: {\"domains\":{}}"},
        {"ListDomains", "{\"domains\":[1]}",
         NO_ANSWER("ListDomains", "200",
                   "there is a number in its JSON where an object should be") " It begins: {\"domains\":[1]}"},
        {"GetCallerIdentity", "", NO_ANSWER("GetCallerIdentity", "200", "it is empty")},
        {"GetCallerIdentity", "no xml", NO_ANSWER("GetCallerIdentity", "200", "it is no XML") " It begins: no xml"},
        {"GetCallerIdentity", "<a><SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey",
         NO_ANSWER("GetCallerIdentity", "200", "it is no XML") " It begins: <a><SecretAccessKey>***</SecretAccessKey"},
        {"GetCallerIdentity", "<a/>",
         NO_ANSWER("GetCallerIdentity", "200", "its XML has no GetCallerIdentityResult") " It begins: <a/>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        JSON_AUTO *output = NULL;
        ERROR_AUTO error = {0};
        struct http_answer answer = {.status = 200};
        buffer_append_text(&answer.body, cases[i].body);
        assert_false(response_parse(operation(cases[i].operation), &answer, &output, &error));
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.class, ERROR_TRANSPORT);
        http_answer_free(&answer);
    }
}

/** What is shown of a body is bounded, however long its line is. */
static void no_answers_are_cut(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    JSON_AUTO *output = NULL;
    struct http_answer answer = {.status = 200};
    for (unsigned i = 0; i < 100000; i++)
        buffer_append_text(&answer.body, "<p>");
    assert_false(response_parse(operation("GetAuthorizationToken"), &answer, &output, &error));
    assert_true(strlen(error.message) < 400);
    assert_true(slice_ends_with(slice_of(error.message), SLICE("<p><p>...")));
    http_answer_free(&answer);
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
    {"GetAuthorizationToken", 403, NULL, "[]", NULL,
     NO_ANSWER("GetAuthorizationToken", "403",
               "there is a list in its JSON where an object should be") " It begins: []",
     NULL},
    {"GetAuthorizationToken", 403, NULL, "null", NULL,
     NO_ANSWER("GetAuthorizationToken", "403",
               "there is null in its JSON where an object should be") " It begins: null",
     NULL},
    {"GetAuthorizationToken", 403, NULL, "\xe9", NULL,
     NO_ANSWER("GetAuthorizationToken", "403", "its byte 1 is no UTF-8") " It begins: \\xe9", NULL},
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
    {"GetCallerIdentity", 403, NULL, "<ErrorResponse><Error><Code>SlowDown</Code><Message/></Error></ErrorResponse>",
     "SlowDown", "None", NULL},
    {"GetCallerIdentity", 403, NULL, "<ErrorResponse><Error><Code/><Message>m</Message></Error></ErrorResponse>",
     "None", "m", NULL},
    {"GetCallerIdentity", 403, NULL, "", NULL, NO_ANSWER("GetCallerIdentity", "403", "it is empty"), NULL},
    {"GetCallerIdentity", 300, NULL, "x", NULL, NO_ANSWER("GetCallerIdentity", "300", "it is no XML") " It begins: x",
     NULL},
    {"GetCallerIdentity", 300, NULL, "<x/>", NULL,
     NO_ANSWER("GetCallerIdentity", "300", "its XML has no GetCallerIdentityResult") " It begins: <x/>", NULL},
    {"GetCallerIdentity", 300, NULL, "<x><GetCallerIdentityResult/></x>", "Unknown", "Unknown", NULL},
    // A page of something in between, whether or not it happens to be XML.
    {"GetCallerIdentity", 503, NULL, "<!DOCTYPE html>\n<html><br>x</html>", "503", "Service Unavailable", NULL},
    {"GetCallerIdentity", 502, NULL, " <!doctype html><html></html>", "502", "Bad Gateway", NULL},
    {"GetCallerIdentity", 500, NULL, "<HTML lang=en><br></HTML>", "500", "Internal Server Error", NULL},
    {"GetCallerIdentity", 403, NULL, "<!DOCTYPE html><html/>", NULL,
     NO_ANSWER("GetCallerIdentity", "403", "it is no XML") " It begins: <!DOCTYPE html><html/>", NULL},
    {"GetAuthorizationToken", 503, NULL, "<!DOCTYPE html>", "503", "<!DOCTYPE html>", NULL},
    {"GetAuthorizationToken", 403, "X", "{\"message\":1e400}", "X", "{\"message\":1e400}", NULL},
    {"GetCallerIdentity", 403, NULL, "{}", NULL, NO_ANSWER("GetCallerIdentity", "403", "it is no XML") " It begins: {}",
     NULL},
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
    root = xml_tree_parse(SLICE("<a>\r\n<b>1\r\n2\r3\n\r4&#13;\r</b\r></a>\r"), arena);
    assert_true(slice_is(xml_tree_find(root, "b")->text, "1\n2\n3\n\n4\r\n"));
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
        cmocka_unit_test(answers_without_output),
        cmocka_unit_test(no_answers),
        cmocka_unit_test(no_answers_are_cut),
        cmocka_unit_test(errors),
        cmocka_unit_test(error_sentences),
        cmocka_unit_test(xml_is_read_strictly),
        cmocka_unit_test(xml_depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
