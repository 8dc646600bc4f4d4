// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The pure parts: issuers and discovery documents, how long keys may be used, condition keys. */
#include "service/jwt/token.h"
#include "service/web_identity/conditions.h"
#include "service/web_identity/discovery.h"
#include "service/web_identity/lifetime.h"

#include "base/json.h"
#include "base/timestamp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_issuers(void **state)
{
    (void)state;
    static const char *const good[] = {
        "https://a",
        "https://token.actions.githubusercontent.com",
        "https://github.example/_services/token",
        "https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
        "https://127.0.0.1:8443/a/",
        "https://[::1]:8443",
    };
    static const char *const bad[] = {
        "",           "https://",      "https:///a",  "http://a",      "HTTPS://a",       "https://a?b",
        "https://a#", "https://u@a/b", "https://:80", "https://a b",   "https://a\\b",    "https://a/\n",
        "a",          "file:///a",     " https://a",  "https://a\x7f", "https://\xc3\xa4"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(discovery_is_issuer(slice_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (discovery_is_issuer(slice_of(bad[i])))
            fail_msg("%s", bad[i]);
    MEMORY_AUTO char *text = memory_new(300, 1);
    memset(text, 'a', 299);
    memcpy(text, "https://", 8);
    assert_true(discovery_is_issuer((struct slice){text, 255}));
    assert_false(discovery_is_issuer((struct slice){text, 256}));
}

static void test_discovery(void **state)
{
    (void)state;
    static const struct {
        const char *document;
        const char *url; // NULL: refused
    } cases[] = {
        {"{\"issuer\":\"https://a/b\",\"jwks_uri\":\"https://c/keys?v=1\",\"more\":[]}", "https://c/keys?v=1"},
        {"{\"issuer\":\"https://a/b/\",\"jwks_uri\":\"https://c\"}", NULL},
        {"{\"issuer\":\"https://A/b\",\"jwks_uri\":\"https://c\"}", NULL},
        {"{\"issuer\":\"https://a/b\",\"jwks_uri\":\"http://c\"}", NULL},
        {"{\"issuer\":\"https://a/b\",\"jwks_uri\":\"file:///etc/passwd\"}", NULL},
        {"{\"issuer\":\"https://a/b\",\"jwks_uri\":\"https://u:p@c\"}", NULL},
        {"{\"issuer\":\"https://a/b\",\"jwks_uri\":\"https://c\\u0000\"}", NULL},
        {"{\"issuer\":\"https://a/b\",\"jwks_uri\":7}", NULL},
        {"{\"issuer\":\"https://a/b\"}", NULL},
        {"{\"jwks_uri\":\"https://c\"}", NULL},
        {"{\"issuer\":\"https://a/b\",\"issuer\":\"https://a/b\",\"jwks_uri\":\"https://c\"}", NULL},
        {"[]", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO url = {0};
        ERROR_AUTO error = {0};
        bool good = discovery_read(slice_of(cases[i].document), SLICE("https://a/b"), &url, &error);
        if (good != (cases[i].url != NULL))
            fail_msg("%s", cases[i].document);
        if (good)
            assert_string_equal(buffer_text(&url), cases[i].url);
        else
            assert_int_equal(error.class, ERROR_SERVICE);
    }
    static const char *const issuers[] = {"https://a/b", "https://a/b/"};
    for (size_t i = 0; i < 2; i++) {
        BUFFER_AUTO url = {0};
        discovery_write_url(slice_of(issuers[i]), &url);
        assert_string_equal(buffer_text(&url), "https://a/b/.well-known/openid-configuration");
    }
}

#define DATE "Sun, 06 Nov 1994 08:49:37 GMT"

static void test_lifetime(void **state)
{
    (void)state;
    static const struct {
        const char *cache_control;
        const char *expires;
        const char *date;
        const char *age;
        int64_t seconds;
    } cases[] = {
        {"", "", "", "", LIFETIME_UNSAID},
        {"public", "", DATE, "", LIFETIME_UNSAID},
        {"public, max-age=300", "", "", "", 300},
        {"Max-Age = \"300\" , must-revalidate", "", "", "100", 200},
        {"max-age=300", "", "", "400", 0},
        {"max-age=300,max-age=100", "", "", "", 100},
        {"max-age=300, no-store", "", "", "", 0},
        {"no-cache", "Sun, 06 Nov 1994 09:49:37 GMT", DATE, "", 0},
        {"max-age=99999999999999999999999", "", "", "", 2147483647},
        {"max-age=-1", "", "", "", 0},
        {"max-age", "", "", "", 0},
        {"max-age=", "", "", "", 0},
        {"max-age=10", "Sun, 06 Nov 1994 09:49:37 GMT", DATE, "", 10},
        {"s-maxage=10", "Sun, 06 Nov 1994 09:49:37 GMT", DATE, "", 3600},
        {"", "Sun, 06 Nov 1994 09:49:37 GMT", DATE, "60", 3540},
        {"", "Sun, 06 Nov 1994 08:49:36 GMT", DATE, "", 0},
        {"", "0", DATE, "", 0},
        {"", "Sun, 06 Nov 1994 09:49:37 GMT", "", "", 3597}, // by our own clock
        {"max-age=10", "", "", "x", 10},
    };
    int64_t now;
    assert_true(timestamp_parse_http(SLICE("Sun, 06 Nov 1994 08:49:40 GMT"), &now));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct lifetime_headers headers = {slice_of(cases[i].cache_control), slice_of(cases[i].expires),
                                                 slice_of(cases[i].date), slice_of(cases[i].age)};
        if (lifetime_read(&headers, now) != cases[i].seconds)
            fail_msg("case %zu: %lld", i, (long long)lifetime_read(&headers, now));
    }
}

// ------------------------------------------------------------------ condition keys

/** "KEY=VALUE|VALUE" a line, sorted by nothing but the token's order; or the error's message. */
static void write_conditions(const char *issuer, const char *claims, struct buffer *out)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    JSON_AUTO *object = json_parse(slice_of(claims), NULL);
    const struct jwt jwt = {.claims = object};
    struct policy_context table;
    if (!conditions_make(&jwt, slice_of(issuer), arena, &table, &error)) {
        assert_string_equal(error.code, "InvalidIdentityToken");
        buffer_append_text(out, error.message);
        return;
    }
    for (size_t i = 0; i < table.count; i++) {
        buffer_append_format(out, "%.*s=", SLICE_ARGS(table.entries[i].name));
        for (size_t j = 0; j < table.entries[i].values.count; j++)
            buffer_append_format(out, "%s%.*s", j > 0 ? "|" : "", SLICE_ARGS(table.entries[i].values.items[j]));
        buffer_append_char(out, '\n');
    }
}

static void test_conditions(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"https://a", "{}", ""},
        {"https://a/b/", "{\"sub\":\"me\",\"aud\":[\"x\",\"y\"]}", "a/b/:sub=me\na/b/:aud=x|y\n"},
        {"https://a", "{\"n\":-7,\"t\":true,\"f\":false,\"e\":\"\"}", "a:n=-7\na:t=true\na:f=false\na:e=\n"},
        {"https://a", "{\"o\":{},\"z\":null,\"r\":1.5,\"m\":[\"a\",1],\"l\":[[\"a\"]],\"empty\":[]}", "a:empty=\n"},
        {"https://a", "{\"azp\":\"p\",\"aud\":\"q\"}", "a:azp=p\na:aud=q\n"},
        {"https://accounts.google.com", "{\"azp\":\"p\",\"aud\":\"q\",\"sub\":\"s\"}",
         "accounts.google.com:aud=p\naccounts.google.com:oaud=q\naccounts.google.com:sub=s\n"},
        {"https://accounts.google.com", "{\"aud\":\"q\"}", "accounts.google.com:aud=q\n"},
        {"https://a", "{\"sub\":\"me\",\"SUB\":\"you\"}",
         "The token's claims have two names that differ by case alone"},
        {"https://accounts.google.com", "{\"azp\":\"p\",\"aud\":\"q\",\"oaud\":\"r\"}",
         "The token's claims have two names that differ by case alone"},
        {"https://a", "{\"sub\":\"m\\u0000e\"}", "The token's claims hold U+0000"},
        {"https://a", "{\"x\":[\"m\",\"\\u0000\"]}", "The token's claims hold U+0000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO text = {0};
        write_conditions(cases[i][0], cases[i][1], &text);
        assert_string_equal(buffer_text(&text), cases[i][2]);
    }
    BUFFER_AUTO many = {0};
    buffer_append_text(&many, "{\"c\":1");
    for (size_t i = 1; i <= CONDITIONS_MAX; i++)
        buffer_append_format(&many, ",\"c%zu\":1", i);
    buffer_append_char(&many, '}');
    BUFFER_AUTO text = {0};
    write_conditions("https://a", buffer_text(&many), &text);
    assert_string_equal(buffer_text(&text), "The token's claims are too many");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_issuers), cmocka_unit_test(test_discovery),
                                       cmocka_unit_test(test_lifetime), cmocka_unit_test(test_conditions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
