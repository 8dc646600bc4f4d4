// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The ring, the URLs and names of upstreams, their credentials, and addresses in answers. */
#include "service/upstream/credentials.h"
#include "service/upstream/location.h"
#include "service/upstream/ring.h"
#include "service/upstream/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OWNER "111122223333"

static void test_ring(void **state)
{
    (void)state;
    static char in[3 * RING_SIZE];
    static char out[3 * RING_SIZE];
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (char)(i * 31 + i / 251);
    static const size_t steps[] = {1, 7, 1000, RING_SIZE - 1, RING_SIZE, 40000};
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        struct ring ring = {0};
        size_t put = 0;
        size_t got = 0;
        assert_int_equal(ring_room(&ring), RING_SIZE);
        assert_int_equal(ring_take(&ring, out, 1), 0);
        while (got < sizeof in) {
            put += ring_put(&ring, in + put, steps[s] < sizeof in - put ? steps[s] : sizeof in - put);
            assert_true(ring.fill <= RING_SIZE);
            got += ring_take(&ring, out + got, s % 2 == 0 ? 4099 : steps[s]);
        }
        assert_memory_equal(in, out, sizeof in);
        assert_int_equal(ring_put(&ring, in, sizeof in), RING_SIZE);
        assert_int_equal(ring_put(&ring, in, 1), 0);
        ring_free(&ring);
    }
}

static void test_addresses(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *authority; // NULL: refused
        const char *base;
    } cases[] = {
        {"http://127.0.0.1:4873", "127.0.0.1:4873", ""},
        {"http://127.0.0.1:4873/", "127.0.0.1:4873", ""},
        {"HTTPS://Example.com/a/b//", "Example.com", "/a/b"},
        {"https://[::1]:8443/x", "[::1]:8443", "/x"},
        {"https://[::1]", "[::1]", ""},
        {"http://a_b.example/%41", "a_b.example", "/%41"},
        {"", NULL, NULL},
        {"example.com", NULL, NULL},
        {"ftp://example.com", NULL, NULL},
        {"http://", NULL, NULL},
        {"http:///a", NULL, NULL},
        {"http://user:password@example.com", NULL, NULL},
        {"http://example.com:0", NULL, NULL},
        {"http://example.com:65536", NULL, NULL},
        {"http://example.com:", NULL, NULL},
        {"http://exa mple.com", NULL, NULL},
        {"http://example.com/a b", NULL, NULL},
        {"http://example.com/a\r\nb", NULL, NULL},
        {"http://example.com/a//b", NULL, NULL},
        {"http://example.com/a/../b", NULL, NULL},
        {"http://example.com/?a", NULL, NULL},
        {"http://example.com/#a", NULL, NULL},
        {"http://[::1", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ERROR_AUTO error = {0};
        struct upstream_address address;
        bool good = upstream_address_read(slice_of(cases[i].url), &address, &error);
        if (good != (cases[i].authority != NULL))
            fail_msg("%s: %s", cases[i].url, good ? "was taken" : error.message);
        if (!good)
            continue;
        assert_true(slice_is(address.authority, cases[i].authority));
        assert_true(slice_is(address.base, cases[i].base));
    }
}

static bool add(struct upstream_table *table, const char *word, const char *domain, struct error *error)
{
    const struct upstream_domain usual = {SLICE(OWNER), slice_of(domain)};
    return upstream_table_add(table, word, &usual, error);
}

static const struct upstream *find(const struct upstream_table *table, const char *format, const char *owner,
                                   const char *domain, const char *repository)
{
    return upstream_table_find(table, slice_of(format), slice_of(owner), slice_of(domain), slice_of(repository));
}

static void test_table(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    struct upstream_table *table = upstream_table_new();
    assert_true(add(table, "npm/repo=http://one.example/base/", "demo", &error));
    assert_true(add(table, "npm/other-domain/repo=http://two.example", "demo", &error));
    assert_true(add(table, "npm/other-domain-444455556666/repo=https://three.example:8443", "", &error));
    assert_true(add(table, "pypi/repo=http://four.example/=a=b", "demo-444455556666", &error));
    assert_int_equal(upstream_table_count(table), 4);
    assert_string_equal(find(table, "npm", OWNER, "demo", "repo")->url, "http://one.example");
    assert_true(slice_is(find(table, "npm", OWNER, "demo", "repo")->address.base, "/base"));
    assert_string_equal(find(table, "npm", OWNER, "other-domain", "repo")->url, "http://two.example");
    assert_string_equal(find(table, "npm", "444455556666", "other-domain", "repo")->url, "https://three.example:8443");
    assert_true(slice_is(find(table, "pypi", OWNER, "demo-444455556666", "repo")->address.base, "/=a=b"));
    assert_null(find(table, "npm", OWNER, "demo", "repo2"));
    assert_null(find(table, "pypi", OWNER, "demo", "repo"));
    assert_null(find(table, "npm", "444455556666", "demo", "repo"));
    assert_null(find(NULL, "npm", OWNER, "demo", "repo"));
    upstream_table_free(table);
}

static void test_words_that_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        const char *part; // of the sentence
    } cases[] = {
        {"npm/repo", "give FORMAT/REPOSITORY=URL"},
        {"=http://a", "give FORMAT/REPOSITORY=URL"},
        {"repo=http://a", "give FORMAT/REPOSITORY=URL"},
        {"a/b/c/d=http://a", "give FORMAT/REPOSITORY=URL"},
        {"docker/repo=http://a", "the format is one of"},
        {"npm/re:po=http://a", "cannot be the name"},
        {"npm/demo/=http://a", "cannot be the name"},
        {"npm//repo=http://a", "cannot be the name"},
        {"npm/repo=a", "starts with http"},
        {"npm/repo=http://user:hunter2@a", "--upstream-credentials"},
        {"npm/twice=http://b", "has an upstream already"},
    };
    struct upstream_table *table = upstream_table_new();
    assert_true(add(table, "npm/twice=http://a", "demo", NULL));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ERROR_AUTO error = {0};
        assert_false(add(table, cases[i].word, "demo", &error));
        if (strstr(error.message, cases[i].part) == NULL || strstr(error.message, "hunter2") != NULL)
            fail_msg("%s: %s", cases[i].word, error.message);
    }
    ERROR_AUTO error = {0};
    assert_false(add(table, "npm/repo=http://a", "", &error));
    assert_non_null(strstr(error.message, "which domain is meant"));
    upstream_table_free(table);
}

static bool take(void *context, struct slice name, enum upstream_credential kind, struct slice value)
{
    buffer_append_format(context, "%.*s=%s%.*s;", SLICE_ARGS(name), kind == UPSTREAM_API_KEY ? "key " : "",
                         SLICE_ARGS(value));
    return !slice_is(name, "npm/unknown");
}

static void test_credentials(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *taken; // or the refusal
        bool good;
    } cases[] = {
        {"", "", true},
        {"# all of it\n\n   \nnpm/a basic user:pass word\n", "npm/a=Basic dXNlcjpwYXNzIHdvcmQ=;", true},
        {"npm/a  Bearer\tabc.def\r\npypi/b/c basic :x", "npm/a=Bearer abc.def;pypi/b/c=Basic Ong=;", true},
        {"nuget/a apikey 1 2\nnuget/a basic u:p", "nuget/a=key 1 2;nuget/a=Basic dTpw;", true},
        {"nuget/a apikey ", "file, line 1: the credential is missing", false},
        {"npm/a basic user", "file, line 1: a basic credential is USER:PASSWORD", false},
        {"\nnpm/a bearer a b", "file, line 2: a bearer credential is one word", false},
        {"npm/a digest a:b", "file, line 1: the second word is basic, bearer or apikey", false},
        {"npm/a basic", "file, line 1: the credential is missing", false},
        {"npm/a basic a:\x01", "file, line 1: the credential is missing, or holds control characters", false},
        {"npm/unknown bearer secret-word", "file, line 1: the first word is no upstream", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO taken = {0};
        ERROR_AUTO error = {0};
        bool good = upstream_credentials_parse(slice_of(cases[i].text), "file", take, &taken, &error);
        assert_int_equal(good, cases[i].good);
        if (good)
            assert_string_equal(buffer_text(&taken), cases[i].taken);
        else if (strstr(error.message, cases[i].taken) == NULL || strstr(error.message, "secret-word") != NULL)
            fail_msg("%s: %s", cases[i].text, error.message);
    }
}

static void test_locations(void **state)
{
    (void)state;
    static const struct {
        const char *upstream;
        const char *value;
        const char *seen;
    } cases[] = {
        {"http://up.example:8080/base", "http://up.example:8080/base/x?y=z#f", "/P/x?y=z#f"},
        {"http://up.example:8080/base", "HTTP://UP.example:8080/base", "/P"},
        {"http://up.example:8080/base", "//up.example:8080/base/x", "/P/x"},
        {"http://up.example:8080/base", "/base/x", "/P/x"},
        {"http://up.example:8080/base", "/base?x", "/P?x"},
        {"http://up.example:8080/base", "/basement/x", "/basement/x"},
        {"http://up.example:8080/base", "/other", "/other"},
        {"http://up.example:8080/base", "http://up.example:8081/base/x", "http://up.example:8081/base/x"},
        {"http://up.example:8080/base", "https://up.example:8080/base/x", "https://up.example:8080/base/x"},
        {"http://up.example:8080/base", "http://up.example:8080.evil.example/base/x",
         "http://up.example:8080.evil.example/base/x"},
        {"http://up.example:8080/base", "http://up.example:8080@evil.example/base/x",
         "http://up.example:8080@evil.example/base/x"},
        {"http://up.example", "http://up.example:80/x", "/P/x"},
        {"https://up.example:443", "https://up.example/x", "/P/x"},
        {"http://up.example", "http://up.example?x", "/P?x"},
        {"http://up.example", "http://up.example", "/P"},
        {"http://up.example", "/x", "/P/x"},
        {"http://up.example", "//other.example/x", "//other.example/x"},
        {"http://up.example", "x/y", "x/y"},
        {"http://up.example", "../y", "../y"},
        {"http://up.example", "?x", "?x"},
        {"http://up.example", "", ""},
        {"http://up.example", "mailto:a@b", "mailto:a@b"},
        {"http://up.example", "https://cdn.example/http://up.example/x", "https://cdn.example/http://up.example/x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct upstream_address address;
        BUFFER_AUTO seen = {0};
        assert_true(upstream_address_read(slice_of(cases[i].upstream), &address, NULL));
        location_rewrite(slice_of(cases[i].value), &address, SLICE("/P"), &seen);
        if (!slice_is(buffer_slice(&seen), cases[i].seen))
            fail_msg("%s: %s", cases[i].value, buffer_text(&seen));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring),        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_table),       cmocka_unit_test(test_words_that_are_refused),
        cmocka_unit_test(test_credentials), cmocka_unit_test(test_locations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
