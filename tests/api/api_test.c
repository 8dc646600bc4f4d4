// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operation table: that it is whole, and that values are judged by it. */
#include "api/api.h"
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void the_table_is_whole(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t s = 0; api_services[s] != NULL; s++) {
        const struct api_service *service = api_services[s];
        assert_ptr_equal(api_find_service(slice_of(service->cli_name)), service);
        assert_ptr_equal(api_find_service_by_signing_name(slice_of(service->signing_name)), service);
        for (size_t o = 0; service->operations[o] != NULL; o++, count++) {
            const struct api_operation *operation = service->operations[o];
            assert_ptr_equal(operation->service, service);
            assert_ptr_equal(api_find_operation(service, slice_of(operation->cli_name)), operation);
            assert_ptr_equal(api_find_operation_by_name(service, slice_of(operation->name)), operation);
            BUFFER_AUTO name = {0};
            api_option_name(&name, operation->name);
            assert_string_equal(buffer_text(&name), operation->cli_name);
            assert_non_null(operation->text);
            if (o > 0)
                assert_true(strcmp(service->operations[o - 1]->cli_name, operation->cli_name) < 0);
            if (service->protocol == API_REST_JSON)
                assert_ptr_equal(api_find_route(slice_of(operation->method), slice_of(operation->path)), operation);
            for (size_t m = 0; m < operation->input->member_count; m++)
                assert_non_null(operation->input->members[m].text);
        }
    }
    assert_int_equal(count, 26);
    assert_null(api_find_route(SLICE("PUT"), SLICE("/v1/domain")));
    assert_null(api_find_route(SLICE("GET"), SLICE("/v1/domain/")));
}

/** What only the service offers: names, shapes and texts, but no commands. */
static void served_operations_are_whole(void **state)
{
    (void)state;
    for (size_t s = 0; api_served[s] != NULL; s++) {
        const struct api_service *service = api_served[s];
        assert_ptr_equal(api_find_service_by_signing_name(slice_of(service->signing_name)), service);
        for (size_t o = 0; service->operations[o] != NULL; o++) {
            const struct api_operation *operation = service->operations[o];
            assert_ptr_equal(operation->service, service);
            assert_ptr_equal(api_find_operation_by_name(service, slice_of(operation->name)), operation);
            assert_true(operation->text != NULL && operation->input != NULL && operation->output != NULL);
            if (o > 0)
                assert_true(strcmp(service->operations[o - 1]->name, operation->name) < 0);
            for (size_t m = 0; m < operation->input->member_count; m++)
                assert_non_null(operation->input->members[m].text);
        }
    }
}

static void classes_of_any_script(void **state)
{
    (void)state;
    static const struct api_pattern tag = {"", "\\p{L}\\p{Z}\\p{N}_.:/=+@-", "\\p{L}\\p{Z}\\p{N}_.:/=+@-",
                                           "\\p{L}\\p{Z}\\p{N}_.:/=+@-"};
    assert_true(api_pattern_matches(&tag, SLICE("a Z9_.:/=+-@\xc3\xa9\xe4\xb8\xad")));
    static const char *const none[] = {"a,b", "a\tb", "!", "a\xc2\x85", "\x7f", "a{b"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(api_pattern_matches(&tag, slice_of(none[i])));
}

static void option_names_are_in_kebab_case(void **state)
{
    (void)state;
    BUFFER_AUTO out = {0};
    api_option_name(&out, "domainOwner");
    assert_string_equal(buffer_text(&out), "domain-owner");
}

struct expectation {
    const char *operation, *input, *findings;
};

static const char *const problem_names[] = {
    [API_MISSING] = "missing", [API_UNKNOWN] = "unknown",  [API_WRONG_TYPE] = "type",
    [API_TOO_SHORT] = "short", [API_TOO_LONG] = "long",    [API_TOO_SMALL] = "small",
    [API_TOO_LARGE] = "large", [API_NO_MATCH] = "nomatch", [API_NO_CHOICE] = "nochoice",
};

static void collect(void *context, const struct api_finding *finding)
{
    buffer_append_format(context, "%s:%s%s ", problem_names[finding->problem], finding->path,
                         finding->name == NULL ? "" : finding->name);
}

static void values_are_judged(void **state)
{
    (void)state;
    static const struct expectation cases[] = {
        {"GetAuthorizationToken", "{\"domain\":\"my-dom\",\"domainOwner\":\"123456789012\",\"durationSeconds\":0}", ""},
        {"GetAuthorizationToken", "{}", "missing:domain "},
        {"GetAuthorizationToken", "{\"Domain\":\"x\"}", "missing:domain unknown:Domain "},
        {"GetAuthorizationToken", "[]", "type: "},
        {"GetAuthorizationToken", "{\"domain\":\"a\"}", "short:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"A_\"}", "nomatch:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"a-\"}", "nomatch:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"-a\"}", "nomatch:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"1a\"}", "nomatch:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"a1\"}", ""},
        {"GetAuthorizationToken", "{\"domain\":\"a--------------------------------------------------9\"}",
         "long:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"a.b\"}", "nomatch:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"ab\\u0000\"}", "nomatch:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"\\u00e9\\u00e9\"}", "nomatch:domain "},
        {"GetAuthorizationToken", "{\"domain\":null}", "type:domain "},
        {"GetAuthorizationToken", "{\"domain\":\"ab\",\"domainOwner\":\"12345678901x\"}", "nomatch:domainOwner "},
        {"GetAuthorizationToken", "{\"domain\":\"ab\",\"durationSeconds\":43201}", "large:durationSeconds "},
        {"GetAuthorizationToken", "{\"domain\":\"ab\",\"durationSeconds\":-1}", "small:durationSeconds "},
        {"GetAuthorizationToken", "{\"domain\":\"ab\",\"durationSeconds\":900.0}", "type:durationSeconds "},
        {"GetRepositoryEndpoint", "{\"domain\":\"ab\",\"repository\":\"R.x_-\",\"format\":\"npm\"}", ""},
        {"GetRepositoryEndpoint", "{\"domain\":\"ab\",\"repository\":\"rr\",\"format\":\"bogus\"}", "nochoice:format "},
        {"GetRepositoryEndpoint", "{\"domain\":\"ab\",\"repository\":\"rr\",\"format\":\"npm\\u0000\"}",
         "nochoice:format "},
        {"CreateDomain", "{\"domain\":\"ab\",\"tags\":[{\"key\":\"k\",\"value\":\"\"}]}", ""},
        {"CreateDomain", "{\"domain\":\"ab\",\"tags\":[{\"key\":\"\",\"value\":1},{}]}",
         "short:tags[0].key type:tags[0].value missing:tags[1]key missing:tags[1]value "},
        {"CreateRepository", "{\"domain\":\"ab\",\"repository\":\"rr\",\"description\":\"two\\nlines\"}",
         "nomatch:description "},
        {"CreateRepository", "{\"domain\":\"ab\",\"repository\":\"rr\",\"description\":\"caf\\u00e9 au lait\"}", ""},
        {"PutDomainPermissionsPolicy", "{\"domain\":\"ab\",\"policyDocument\":\"{\\n\\t}\"}", ""},
        {"PutDomainPermissionsPolicy", "{\"domain\":\"ab\",\"policyDocument\":\"{\\u0007}\"}",
         "nomatch:policyDocument "},
        {"TagResource", "{\"resourceArn\":\"a\",\"tags\":[{\"key\":\"a\\n\",\"value\":\"\\u0000\"}]}",
         "nomatch:tags[0].key nomatch:tags[0].value "},
        {"UntagResource", "{\"resourceArn\":\"a b\",\"tagKeys\":[\"\",\"k\"]}",
         "nomatch:resourceArn short:tagKeys[0] "},
        {"ListDomains", "{\"maxResults\":0,\"nextToken\":\"a b\"}", "small:maxResults nomatch:nextToken "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct api_service *service = api_find_service(SLICE("codeartifact"));
        const struct api_operation *operation = api_find_operation_by_name(service, slice_of(cases[i].operation));
        JSON_AUTO *input = json_parse(slice_of(cases[i].input), NULL);
        assert_non_null(input);
        BUFFER_AUTO findings = {0};
        bool clean = api_validate(operation->input, input, collect, &findings);
        assert_string_equal(buffer_text(&findings), cases[i].findings);
        assert_int_equal(clean, findings.size == 0);
        assert_int_equal(api_validate(operation->input, input, NULL, NULL), clean);
    }
}

static void common_errors_have_both_names(void **state)
{
    (void)state;
    const struct api_common_error *error = api_find_common_error("UnrecognizedClient");
    assert_string_equal(error->rest_code, "UnrecognizedClientException");
    assert_string_equal(error->query_code, "InvalidClientTokenId");
    assert_null(api_find_common_error("Nonsense"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_whole),    cmocka_unit_test(served_operations_are_whole),
        cmocka_unit_test(classes_of_any_script), cmocka_unit_test(option_names_are_in_kebab_case),
        cmocka_unit_test(values_are_judged),     cmocka_unit_test(common_errors_have_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
