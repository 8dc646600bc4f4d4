// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Where requests go: the published endpoint cases, the partitions, custom endpoints, proxies. */
#include "base/file.h"
#include "base/json.h"
#include "client/transport/endpoint.h"
#include "client/transport/partition.h"
#include "client/transport/proxy.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *vectors;

/** SCHEME://AUTHORITY, as the published cases write an endpoint. */
static void write_url(const struct endpoint *endpoint, struct buffer *out)
{
    buffer_append_format(out, "%s://%s%s", endpoint->https ? "https" : "http", endpoint->authority, endpoint->path);
}

/** What the AWS CLI does where the rules give an error: it asks for a region first, and drops variants in silence. */
static const char *expected_of(const json_t *test)
{
    const json_t *expect = json_object_get(test, "expect");
    const json_t *parameters = json_object_get(test, "params");
    if (json_object_get(expect, "endpoint") != NULL)
        return json_string_value(json_object_get(json_object_get(expect, "endpoint"), "url"));
    return json_string_value(json_object_get(parameters, "Endpoint"));
}

static void check_published(const json_t *test)
{
    const json_t *parameters = json_object_get(test, "params");
    struct settings settings = {.region = json_string_value(json_object_get(parameters, "Region")),
                                .endpoint_url = json_string_value(json_object_get(parameters, "Endpoint")),
                                .use_fips = json_is_true(json_object_get(parameters, "UseFIPS")),
                                .use_dualstack = json_is_true(json_object_get(parameters, "UseDualStack"))};
    const char *expected = expected_of(test);
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    BUFFER_AUTO url = {0};
    struct endpoint endpoint;
    if (settings.region == NULL) {
        assert_false(endpoint_resolve(&settings, "codeartifact", arena, &endpoint, &error));
        assert_string_equal(error.code, "NoRegion");
        if (settings.endpoint_url == NULL)
            return;
        settings.region = "us-east-1";
    }
    if (!endpoint_resolve(&settings, "codeartifact", arena, &endpoint, &error))
        fail_msg("%s: %s", json_string_value(json_object_get(test, "documentation")), error.message);
    write_url(&endpoint, &url);
    assert_string_equal(buffer_text(&url), expected);
}

static void published_cases(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    BUFFER_AUTO path = {0};
    buffer_append_format(&path, "%s/endpoint/endpoint-tests.json", vectors);
    assert_int_equal(file_read(buffer_text(&path), 1 << 20, &text, NULL), FILE_READ);
    JSON_AUTO *suite = json_parse(buffer_slice(&text), NULL);
    const json_t *tests = json_object_get(suite, "testCases");
    for (size_t i = 0; i < json_array_size(tests); i++)
        check_published(json_array_get(tests, i));
    assert_true(json_array_size(tests) >= 26);
}

/** Every region of the published partitions, in every variant, under that partition's suffixes. */
static void published_partitions(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    BUFFER_AUTO path = {0};
    buffer_append_format(&path, "%s/endpoint/partitions.json", vectors);
    assert_int_equal(file_read(buffer_text(&path), 1 << 20, &text, NULL), FILE_READ);
    JSON_AUTO *file = json_parse(buffer_slice(&text), NULL);
    const json_t *partitions = json_object_get(file, "partitions");
    assert_int_equal(json_array_size(partitions), 8);
    for (size_t i = 0; i < json_array_size(partitions); i++) {
        json_t *partition = json_array_get(partitions, i);
        const json_t *outputs = json_object_get(partition, "outputs");
        // The client's endpoint data has no dual-stack variant for two of them.
        const char *id = json_string_value(json_object_get(partition, "id"));
        const char *region;
        json_t *unused;
        json_object_foreach(json_object_get(partition, "regions"), region, unused)
        {
            for (unsigned variant = 0; variant < 4; variant++) {
                bool fips = variant & 1;
                bool dualstack = variant & 2;
                const char *suffix =
                    json_string_value(json_object_get(outputs, dualstack ? "dualStackDnsSuffix" : "dnsSuffix"));
                BUFFER_AUTO host = {0};
                BUFFER_AUTO expected = {0};
                buffer_append_format(&expected, "codeartifact%s.%s.%s", fips ? "-fips" : "", region, suffix);
                bool unmodeled = dualstack && (strcmp(id, "aws-iso-e") == 0 || strcmp(id, "aws-iso-f") == 0);
                assert_int_equal(partition_write_host(&host, "codeartifact", slice_of(region), fips, dualstack, NULL),
                                 !unmodeled);
                if (!unmodeled)
                    assert_string_equal(buffer_text(&host), buffer_text(&expected));
            }
        }
    }
}

static void regions(void **state)
{
    (void)state;
    static const struct {
        const char *region;
        bool fips;
        bool dualstack;
        const char *host; // or the error
        const char *signed_for;
    } cases[] = {
        {"mars-north-1", false, false, "codeartifact.mars-north-1.amazonaws.com", "mars-north-1"},
        {"us-gov-west-1", true, true, "codeartifact-fips.us-gov-west-1.api.aws", "us-gov-west-1"},
        {"cn-north-1", false, true, "codeartifact.cn-north-1.api.amazonwebservices.com.cn", "cn-north-1"},
        {"eusc-de-east-1", false, false, "codeartifact.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"},
        {"fips-us-east-1", false, false, "codeartifact-fips.us-east-1.amazonaws.com", "us-east-1"},
        {"us-east-1-fips", false, false, "codeartifact-fips.us-east-1.amazonaws.com", "us-east-1"},
        {"us-east-", false, false, "Invalid endpoint: https://codeartifact.us-east-.amazonaws.com", NULL},
        {"", false, false, "Invalid endpoint: https://codeartifact..amazonaws.com", NULL},
        {"us-isof-south-1", false, true,
         "Unable to construct a modeled endpoint with the following variant(s) ['dualstack']:", NULL},
        {"eu-isoe-west-1", true, true,
         "Unable to construct a modeled endpoint with the following variant(s) ['dualstack', 'fips']:", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct settings settings = {
            .region = cases[i].region, .use_fips = cases[i].fips, .use_dualstack = cases[i].dualstack};
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct endpoint endpoint;
        bool good = endpoint_resolve(&settings, "codeartifact", arena, &endpoint, &error);
        assert_string_equal(good ? endpoint.host : error.message, cases[i].host);
        if (good)
            assert_string_equal(endpoint.region, cases[i].signed_for);
    }
}

/** Where the rule set of STS departs from the pattern. */
static void sts_hosts(void **state)
{
    (void)state;
    static const struct {
        struct settings settings;
        const char *host;
        const char *signed_for;
    } cases[] = {
        {{.region = "us-east-1"}, "sts.us-east-1.amazonaws.com", "us-east-1"},
        {{.region = "us-east-1", .use_fips = true}, "sts-fips.us-east-1.amazonaws.com", "us-east-1"},
        {{.region = "us-gov-west-1"}, "sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"},
        {{.region = "us-gov-west-1", .use_fips = true}, "sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"},
        {{.region = "us-gov-east-1", .use_fips = true}, "sts.us-gov-east-1.amazonaws.com", "us-gov-east-1"},
        {{.region = "us-gov-west-1-fips"}, "sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"},
        {{.region = "us-gov-west-1", .use_fips = true, .use_dualstack = true},
         "sts-fips.us-gov-west-1.api.aws",
         "us-gov-west-1"},
        {{.region = "aws-global"}, "sts.amazonaws.com", "us-east-1"},
        {{.region = "aws-global", .use_dualstack = true}, "sts.aws-global.api.aws", "us-east-1"},
        {{.region = "aws-global", .use_fips = true}, "sts-fips.aws-global.amazonaws.com", "us-east-1"},
        {{.region = "aws-global", .endpoint_url = "http://localhost"}, "localhost", "aws-global"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct endpoint endpoint;
        assert_true(endpoint_resolve(&cases[i].settings, "sts", arena, &endpoint, &error));
        assert_string_equal(endpoint.host, cases[i].host);
        assert_string_equal(endpoint.region, cases[i].signed_for);
    }
}

/** The services on the way to credentials, whose rule sets have names of their own. */
static void hosts_of_sign_in(void **state)
{
    (void)state;
    static const struct {
        const char *service;
        struct settings settings;
        const char *host;
    } cases[] = {
        {"portal.sso", {.region = "us-west-2"}, "portal.sso.us-west-2.amazonaws.com"},
        {"portal.sso", {.region = "us-west-2", .use_fips = true}, "portal.sso-fips.us-west-2.amazonaws.com"},
        {"portal.sso", {.region = "us-gov-west-1", .use_fips = true}, "portal.sso.us-gov-west-1.amazonaws.com"},
        {"portal.sso", {.region = "cn-north-1"}, "portal.sso.cn-north-1.amazonaws.com.cn"},
        {"portal.sso", {.region = "eu-west-1", .use_dualstack = true}, "portal.sso.eu-west-1.api.aws"},
        {"portal.sso",
         {.region = "eu-west-1", .use_fips = true, .use_dualstack = true},
         "portal.sso-fips.eu-west-1.api.aws"},
        {"oidc", {.region = "us-west-2"}, "oidc.us-west-2.amazonaws.com"},
        {"oidc", {.region = "us-gov-east-1", .use_fips = true}, "oidc.us-gov-east-1.amazonaws.com"},
        {"oidc", {.region = "us-east-1", .use_fips = true}, "oidc-fips.us-east-1.amazonaws.com"},
        {"signin", {.region = "us-east-1"}, "us-east-1.signin.aws.amazon.com"},
        {"signin", {.region = "mars-north-1"}, "mars-north-1.signin.aws.amazon.com"},
        {"signin", {.region = "cn-north-1"}, "cn-north-1.signin.amazonaws.cn"},
        {"signin", {.region = "us-gov-west-1"}, "us-gov-west-1.signin.amazonaws-us-gov.com"},
        {"signin", {.region = "us-gov-west-1", .use_fips = true}, "signin-fips.amazonaws-us-gov.com"},
        {"signin", {.region = "us-gov-east-1", .use_fips = true}, "us-gov-east-1.signin-fips.amazonaws-us-gov.com"},
        {"signin", {.region = "eusc-de-east-1"}, "eusc-de-east-1.signin.amazonaws-eusc.eu"},
        {"signin", {.region = "us-iso-east-1"}, "us-iso-east-1.signin.c2shome.ic.gov"},
        {"signin", {.region = "us-isob-east-1"}, "us-isob-east-1.signin.sc2shome.sgov.gov"},
        {"signin", {.region = "eu-isoe-west-1"}, "eu-isoe-west-1.signin.csphome.adc-e.uk"},
        {"signin", {.region = "us-isof-south-1"}, "us-isof-south-1.signin.csphome.hci.ic.gov"},
        {"signin", {.region = "us-east-1", .use_fips = true}, "signin-fips.us-east-1.amazonaws.com"},
        {"signin", {.region = "us-east-1", .use_dualstack = true}, "signin.us-east-1.api.aws"},
        {"signin", {.region = "us-east-1", .use_fips = true, .use_dualstack = true}, "signin-fips.us-east-1.api.aws"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct endpoint endpoint;
        assert_true(endpoint_resolve(&cases[i].settings, cases[i].service, arena, &endpoint, &error));
        assert_string_equal(endpoint.host, cases[i].host);
    }
}

static void no_region(void **state)
{
    (void)state;
    const struct settings settings = {.endpoint_url = "http://localhost"};
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct endpoint endpoint;
    assert_false(endpoint_resolve(&settings, "codeartifact", arena, &endpoint, &error));
    assert_int_equal(error.class, ERROR_CONFIGURATION);
    assert_string_equal(error.code, "NoRegion");
    assert_string_equal(error.message,
                        "You must specify a region. You can also configure your region by running \"aws configure\".");
}

/** What a custom endpoint and an operation at /v1/x with the query domain=d make of each other. */
static void custom_endpoints(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *host;
        const char *authority;
        const char *target;
    } cases[] = {
        {"http://h", "h", "h", "/v1/x?domain=d"},
        {"http://h/", "h", "h", "/v1/x?domain=d"},
        {"http://h/base", "h", "h", "/base/v1/x?domain=d"},
        {"http://h/base/", "h", "h", "/base/v1/x?domain=d"},
        {"http://h/base//", "h", "h", "/base//v1/x?domain=d"},
        {"http://h/base?x=1", "h", "h", "/base/v1/x?x=1&domain=d"},
        {"http://h/base#part", "h", "h", "/base/v1/x"},
        {"http://h/base?x=1#part", "h", "h", "/base/v1/x?x=1"},
        {"http://h/base#", "h", "h", "/base/v1/x?domain=d"},
        {"  http://h", "h", "h", "/v1/x?domain=d"},
        {"HTTP://User:Pass@Host.Example:8080", "host.example:8080", "host.example:8080", "/v1/x?domain=d"},
        {"http://h:80", "h", "h:80", "/v1/x?domain=d"},
        {"https://h:443", "h", "h:443", "/v1/x?domain=d"},
        {"https://h:80", "h:80", "h:80", "/v1/x?domain=d"},
        {"http://[::1]:81", "[::1]:81", "[::1]:81", "/v1/x?domain=d"},
        {"http://h/a b\"", "h", "h", "/a%20b%22/v1/x?domain=d"},
        {"http://h./", "h.", "h.", "/v1/x?domain=d"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        BUFFER_AUTO target = {0};
        BUFFER_AUTO query = {0};
        struct endpoint endpoint = {0};
        if (!endpoint_parse(cases[i].url, arena, &endpoint, &error))
            fail_msg("%s: %s", cases[i].url, error.message);
        endpoint_write_path(&endpoint, "/v1/x", &target);
        endpoint_write_query(&endpoint, SLICE("domain=d"), &query);
        if (query.size > 0)
            buffer_append_format(&target, "?%s", buffer_text(&query));
        assert_string_equal(endpoint.host, cases[i].host);
        assert_string_equal(endpoint.authority, cases[i].authority);
        assert_string_equal(buffer_text(&target), cases[i].target);
    }
}

/** What is sent is not always what is signed. */
static void percent_signs(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},           {"/a/b", "/a/b"}, {"/%2f%C3", "/%2F%C3"}, {"/%zz", "/%25zz"}, {"/%2f%", "/%252f%25"},
        {"x=%25", "x=%25"}, {"/%4", "/%254"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO out = {0};
        endpoint_write_sent(slice_of(cases[i][0]), &out);
        assert_string_equal(buffer_text(&out), cases[i][1]);
    }
}

/** The query protocol's operations stand at "/", which is the endpoint's own path. */
static void operations_at_the_root(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"http://h", "/"}, {"http://h/", "/"}, {"http://h/base", "/base"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_AUTO *arena = arena_new();
        BUFFER_AUTO path = {0};
        struct endpoint endpoint = {0};
        assert_true(endpoint_parse(cases[i][0], arena, &endpoint, NULL));
        endpoint_write_path(&endpoint, "/", &path);
        assert_string_equal(buffer_text(&path), cases[i][1]);
    }
}

static void refused_endpoints(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"foo", "Invalid endpoint: foo"},
        {"http://", "Invalid endpoint: http://"},
        {"http:///path", "Invalid endpoint: http:///path"},
        {"http://a_b", "Invalid endpoint: http://a_b"},
        {"http://-a", "Invalid endpoint: http://-a"},
        {"http://a..b", "Invalid endpoint: http://a..b"},
        {"http://a b", "Invalid endpoint: http://a b"},
        {"http://[::1", "Invalid endpoint: http://[::1"},
        {"http://[zz]", "Invalid endpoint: http://[zz]"},
        {"http://h\n.evil", "Invalid endpoint: http://h\n.evil"},
        {"ftp://h", "An HTTP Client raised an unhandled exception: Not supported URL scheme ftp"},
        {"http://h:65536", "Port out of range 0-65535"},
        {"http://h:99999999999999999999999", "Port out of range 0-65535"},
        {"http://h:8a", "Port could not be cast to integer value as '8a'"},
        {"http://h:8\\a", "Port could not be cast to integer value as '8\\\\a'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct endpoint endpoint = {0};
        if (endpoint_parse(cases[i][0], arena, &endpoint, &error))
            fail_msg("%s was accepted", cases[i][0]);
        assert_string_equal(error.message, cases[i][1]);
        assert_int_equal(error.class, ERROR_INTERNAL);
    }
}

static void proxies_are_bypassed(void **state)
{
    (void)state;
    static const struct {
        const char *no_proxy;
        const char *authority;
        bool bypassed;
    } cases[] = {
        {NULL, "h", false},
        {"*", "h", true},
        {"amazonaws.com", "codeartifact.us-west-2.amazonaws.com", true},
        {".amazonaws.com", "codeartifact.us-west-2.amazonaws.com", true},
        {"AmazonAWS.com", "codeartifact.us-west-2.amazonaws.com", true},
        {"maws.com", "codeartifact.us-west-2.amazonaws.com", false},
        {"*.amazonaws.com", "x.amazonaws.com", false},
        {"a, 127.0.0.1 ,b", "127.0.0.1:8080", true},
        {"127.0.0.1:8080", "127.0.0.1:8080", true},
        {"127.0.0.1:80", "127.0.0.1", false},
        {"127.0.0.0/8", "127.0.0.1", false},
        {",,", "h", false},
        {"localhost", "127.0.0.1", false},
        {"[::1]", "[::1]:80", true},
        {"[::1]:80", "[::1]:80", true},
        {"::1", "[::1]:80", false},
        {"[::2]", "[::1]", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (proxy_is_bypassed(cases[i].no_proxy, cases[i].authority) != cases[i].bypassed)
            fail_msg("%s and %s", cases[i].no_proxy, cases[i].authority);
}

static void proxies_are_chosen_and_masked(void **state)
{
    (void)state;
    const struct settings settings = {.https_proxy = "s", .http_proxy = "p", .no_proxy = "direct.example"};
    assert_string_equal(proxy_choose(&settings, true, "h"), "s");
    assert_string_equal(proxy_choose(&settings, false, "h"), "p");
    assert_null(proxy_choose(&settings, true, "x.direct.example:443"));
    static const char *const masked[][2] = {{"http://u:p@h:1", "http://***:***@h:1"},
                                            {"h:1", "http://h:1"},
                                            {"u:p@h:1", "http://***:***@h:1"},
                                            {"https://h", "https://h"},
                                            {"http:h", "http:h"},
                                            {"//h:1", "http://h:1"},
                                            {"socks5://u:p@h:1", "http://***:***@h:1"},
                                            {"HTTP://h", "http://HTTP://h"}};
    for (size_t i = 0; i < sizeof masked / sizeof *masked; i++) {
        BUFFER_AUTO text = {0};
        proxy_write_masked(&text, masked[i][0]);
        assert_string_equal(buffer_text(&text), masked[i][1]);
    }
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_cases),
        cmocka_unit_test(published_partitions),
        cmocka_unit_test(regions),
        cmocka_unit_test(sts_hosts),
        cmocka_unit_test(hosts_of_sign_in),
        cmocka_unit_test(no_region),
        cmocka_unit_test(custom_endpoints),
        cmocka_unit_test(percent_signs),
        cmocka_unit_test(operations_at_the_root),
        cmocka_unit_test(refused_endpoints),
        cmocka_unit_test(proxies_are_bypassed),
        cmocka_unit_test(proxies_are_chosen_and_masked),
    };
    vectors = count > 1 ? arguments[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
