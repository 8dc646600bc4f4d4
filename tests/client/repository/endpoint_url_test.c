// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a URL of a repository says: every form of endpoint, and what is none. */
#include "client/repository/endpoint_url.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define OTHER ENDPOINT_URL_OTHER
#define CLASSIC ENDPOINT_URL_CLASSIC
#define DUALSTACK ENDPOINT_URL_DUALSTACK
#define VPC ENDPOINT_URL_VPC
#define PATH ENDPOINT_URL_PATH

struct row {
    const char *url;
    enum endpoint_url_form form;
    const char *domain;
    const char *owner;
    const char *region;
    const char *format;
    const char *repository;
    const char *partition;
};

static const struct row rows[] = {
    {"https://my-domain-111122223333.d.codeartifact.us-west-2.amazonaws.com/pypi/my_repo/simple/", CLASSIC, "my-domain",
     "111122223333", "us-west-2", "pypi", "my_repo", "aws"},
    {"https://aws@MY-Domain-111122223333.D.CodeArtifact.us-west-2.amazonaws.com./npm/My.Repo", CLASSIC, "my-domain",
     "111122223333", "us-west-2", "npm", "My.Repo", "aws"},
    {"demo-111122223333.d.codeartifact.eu-central-1.amazonaws.com", CLASSIC, "demo", "111122223333", "eu-central-1", "",
     "", "aws"},
    {"demo-111122223333.d.codeartifact.eu-central-1.amazonaws.com:443", CLASSIC, "demo", "111122223333", "eu-central-1",
     "", "", "aws"},
    {"//demo-111122223333.d.codeartifact.us-east-1.amazonaws.com/npm/repo/", CLASSIC, "demo", "111122223333",
     "us-east-1", "npm", "repo", "aws"},
    {"sparse+https://demo-111122223333.d.codeartifact.us-east-1.amazonaws.com/cargo/repo/", CLASSIC, "demo",
     "111122223333", "us-east-1", "cargo", "repo", "aws"},
    {"https://a1-2-333344445555.d.codeartifact-fips.us-east-1.amazonaws.com/maven/repo?x=/npm/", CLASSIC, "a1-2",
     "333344445555", "us-east-1", "maven", "repo", "aws"},
    {"https://demo-111122223333.codeartifact.eu-west-1.on.aws/cargo/repo/", DUALSTACK, "demo", "111122223333",
     "eu-west-1", "cargo", "repo", "aws"},
    {"https://demo-111122223333.codeartifact-fips.us-gov-west-1.on.aws/ruby/repo/", DUALSTACK, "demo", "111122223333",
     "us-gov-west-1", "ruby", "repo", "aws-us-gov"},
    {"https://demo-111122223333.d.codeartifact.cn-north-1.amazonaws.com.cn/nuget/repo/v3/index.json", CLASSIC, "demo",
     "111122223333", "cn-north-1", "nuget", "repo", "aws-cn"},
    {"https://demo-111122223333.d.codeartifact.us-iso-east-1.c2s.ic.gov/swift/repo/", CLASSIC, "demo", "111122223333",
     "us-iso-east-1", "swift", "repo", "aws-iso"},
    {"https://vpce-0abc-1.d.codeartifact.us-west-2.vpce.amazonaws.com/pypi/d/demo-111122223333/repo/simple", VPC,
     "demo", "111122223333", "us-west-2", "pypi", "repo", "aws"},
    {"http://127.0.0.1:8080/npm/d/demo-111122223333/repo/", PATH, "demo", "111122223333", "", "npm", "repo", ""},
    {"https://[::1]:8443/base/d/npm/d/demo-111122223333/re-po/-/x/d/y/z", PATH, "demo", "111122223333", "", "npm",
     "re-po", ""},
    // A format's domain page knows no repository, and a repository's name has a shape.
    {"https://demo-111122223333.d.codeartifact.us-west-2.amazonaws.com/conda/repo/", CLASSIC, "demo", "111122223333",
     "us-west-2", "", "", "aws"},
    {"https://demo-111122223333.d.codeartifact.us-west-2.amazonaws.com/npm/.%2e/", CLASSIC, "demo", "111122223333",
     "us-west-2", "", "", "aws"},
    // None of AWS's hosts: another suffix, another partition's, no TLS, no domain, an owner too short.
    {"https://demo-111122223333.d.codeartifact.us-west-2.amazonaws.com.example.com/npm/repo/", OTHER, "", "", "", "",
     "", ""},
    {"https://demo-111122223333.d.codeartifact.cn-north-1.amazonaws.com/npm/repo/", OTHER, "", "", "", "", "", ""},
    {"https://demo-111122223333.d.codeartifact.us-west-2.on.aws/npm/repo/", OTHER, "", "", "", "", "", ""},
    {"https://demo-111122223333.codeartifact.us-west-2.amazonaws.com/npm/repo/", OTHER, "", "", "", "", "", ""},
    {"http://demo-111122223333.d.codeartifact.us-west-2.amazonaws.com/npm/repo/", OTHER, "", "", "", "", "", ""},
    {"https://codeartifact.us-west-2.amazonaws.com/npm/repo/", OTHER, "", "", "", "", "", ""},
    {"https://demo-11112222333.d.codeartifact.us-west-2.amazonaws.com/npm/repo/", OTHER, "", "", "", "", "", ""},
    {"https://-111122223333.d.codeartifact.us-west-2.amazonaws.com/", OTHER, "", "", "", "", "", ""},
    {"https://vpce-0abc-1.d.codeartifact.us-west-2.vpce.amazonaws.com/pypi/repo/simple", OTHER, "", "", "", "", "", ""},
    {"https://demo-111122223333.d.codeartifact.us-west-2.amazonaws.com@example.com/npm/repo/", OTHER, "", "", "", "",
     "", ""},
    {"demo-111122223333.d.codeartifact.us-west-1111111111111111111111111111111111111111111111111111111111111.amazonaws."
     "com",
     OTHER, "", "", "", "", "", ""},
    {"https://example.com/npm/d/demo-111122223333", OTHER, "", "", "", "", "", ""},
    {"https://example.com/npm/x/demo-111122223333/repo", OTHER, "", "", "", "", "", ""},
    {"example.com:8080", OTHER, "", "", "", "", "", ""},
    {"pdm-repository-__unknown__", OTHER, "", "", "", "", "", ""},
};

static void check_row(const struct row *row)
{
    struct endpoint_url url;
    if (!endpoint_url_read(slice_of(row->url), &url))
        fail_msg("%s is not read", row->url);
    if (url.form != row->form)
        fail_msg("%s has form %d, not %d", row->url, (int)url.form, (int)row->form);
    assert_string_equal(url.domain, row->domain);
    assert_string_equal(url.owner, row->owner);
    assert_string_equal(url.region, row->region);
    assert_string_equal(url.format, row->format);
    assert_string_equal(url.repository, row->repository);
    assert_string_equal(url.partition, row->partition);
}

static void forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(&rows[i]);
}

static void no_urls(void **state)
{
    static const char *const texts[] = {"", "https://", "https:///npm/", "https://a b/", "https://host:port/",
                                        "https://host:65536/", "https://exam\\ple.com/",
                                        // Other programs' parsers see the host before the backslash, or none.
                                        "https://evil.example\\@host/", "https://us\ter@host/", "https://us er@host/",
                                        "https://a..b/", "1http://host/", "https://user@/", "https://host\n/"};
    (void)state;
    struct endpoint_url url;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (endpoint_url_read(slice_of(texts[i]), &url))
            fail_msg("\"%s\" is read", texts[i]);
    BUFFER_AUTO longest = {0};
    for (size_t i = 0; i < 64; i++)
        buffer_append_text(&longest, "abc.");
    assert_false(endpoint_url_read(buffer_slice(&longest), &url));
}

static void parts(void **state)
{
    (void)state;
    struct endpoint_url url;
    assert_true(endpoint_url_read(SLICE("https://aws:to@ken@Host.Example:8443/a/b?c#d"), &url));
    assert_true(slice_is(url.scheme, "https"));
    assert_true(slice_is(url.user, "aws"));
    assert_true(slice_is(url.password, "to@ken"));
    assert_true(slice_is(url.path, "/a/b"));
    assert_string_equal(url.host, "host.example");
    assert_string_equal(url.authority, "host.example:8443");
    assert_true(endpoint_url_read(SLICE("https://aws@host"), &url));
    assert_null(url.password.data);
    assert_true(slice_is(url.user, "aws"));
    assert_true(slice_is(url.path, ""));
    assert_true(
        endpoint_url_read(SLICE("https://demo-111122223333.d.codeartifact-fips.us-east-2.amazonaws.com"), &url));
    assert_true(url.fips);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(forms), cmocka_unit_test(no_urls), cmocka_unit_test(parts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
