// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which repository a URL names. */
#include "service/gate/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HOST "packages.example.com"
#define OWN "my-domain-123456789012.d.codeartifact.eu-west-1.amazonaws.com"
#define DUAL "my-domain-123456789012.codeartifact.eu-west-1.on.aws"
#define FRONT "/npm/d/my-domain-123456789012/my-repo"

/** WANTED: "FORMAT OWNER DOMAIN REPOSITORY PARTS...", and what the path ends with; NULL: it is refused. */
static const struct {
    const char *base;
    const char *hosts;
    const char *host;
    const char *target;
    const char *wanted;
} rows[] = {
    // The path form.
    {NULL, NULL, HOST, FRONT "/lodash", "npm 123456789012 my-domain my-repo lodash"},
    {NULL, NULL, HOST, FRONT, "npm 123456789012 my-domain my-repo"},
    {NULL, NULL, HOST, FRONT "/", "npm 123456789012 my-domain my-repo /"},
    {NULL, NULL, HOST, FRONT "/lodash/-/lodash-1.0.0.tgz",
     "npm 123456789012 my-domain my-repo lodash - lodash-1.0.0.tgz"},
    {NULL, NULL, HOST, FRONT "/@a%2fb", "npm 123456789012 my-domain my-repo @a%2fb"},
    {NULL, NULL, HOST, FRONT "/@a%2Fb/-/c", "npm 123456789012 my-domain my-repo @a%2Fb - c"},
    {NULL, NULL, HOST, FRONT "/%40a%2fb", "npm 123456789012 my-domain my-repo %40a%2fb"},
    {NULL, NULL, HOST, FRONT "/-/package/@a%2fb/dist-tags/x",
     "npm 123456789012 my-domain my-repo - package @a%2fb dist-tags x"},
    {NULL, NULL, HOST, FRONT "/a?write=true", "npm 123456789012 my-domain my-repo a ?write=true"},
    {NULL, NULL, HOST, FRONT "/a?", "npm 123456789012 my-domain my-repo a ?"},
    {NULL, NULL, HOST, FRONT "/a%2Bb%20c", "npm 123456789012 my-domain my-repo a%2Bb%20c"},
    {NULL, NULL, HOST ":8443", FRONT, "npm 123456789012 my-domain my-repo"},
    {NULL, NULL, "127.0.0.1:80", FRONT, "npm 123456789012 my-domain my-repo"},
    {NULL, NULL, "[::1]:80", FRONT, "npm 123456789012 my-domain my-repo"},
    {NULL, NULL, "localhost", "/pypi/d/a1-000000000000/r.2/simple/x/", "pypi 000000000000 a1 r.2 simple x /"},
    {NULL, NULL, HOST, "/npm/d/a-1-2-123456789012/rr/x", "npm 123456789012 a-1-2 rr x"},
    // Below a path of the endpoint's own.
    {"https://example.com/packages", NULL, HOST, "/packages" FRONT "/a", "npm 123456789012 my-domain my-repo a"},
    {"https://example.com", NULL, HOST, FRONT "/a", "npm 123456789012 my-domain my-repo a"},
    {"https://example.com/packages", NULL, HOST, FRONT "/a", NULL},
    {"https://example.com/packages", NULL, HOST, "/packagesx" FRONT "/a", NULL},
    {"https://example.com/packages", NULL, HOST, "/packages/" FRONT "/a", NULL},
    // The form of host names.
    {NULL, NULL, OWN, "/npm/my-repo/lodash", "npm 123456789012 my-domain my-repo lodash"},
    {NULL, NULL, DUAL, "/npm/my-repo/lodash", "npm 123456789012 my-domain my-repo lodash"},
    {NULL, NULL, "MY-DOMAIN-123456789012.D.codeartifact.eu-west-1.amazonaws.com:443", "/npm/my-repo",
     "npm 123456789012 my-domain my-repo"},
    {NULL, HOST ":8443", "my-domain-123456789012." HOST, "/npm/my-repo/a", "npm 123456789012 my-domain my-repo a"},
    {NULL, HOST, "my-domain-123456789012." HOST ":8443", "/npm/my-repo/a", "npm 123456789012 my-domain my-repo a"},
    {NULL, HOST, HOST, FRONT "/a", "npm 123456789012 my-domain my-repo a"},
    // On a host that names a domain, the path names none; a host of that form that names none is refused.
    {NULL, NULL, OWN, FRONT "/a", NULL},
    {NULL, HOST, "my-domain-123456789012." HOST, FRONT "/a", NULL},
    {NULL, HOST, "other." HOST, "/npm/my-repo/a", NULL},
    {NULL, HOST, "other." HOST, FRONT "/a", NULL},
    {NULL, HOST, "x.my-domain-123456789012." HOST, "/npm/my-repo/a", NULL},
    {NULL, HOST, "my-domain-12345678901." HOST, "/npm/my-repo/a", NULL},
    {NULL, HOST, "my-domain-1234567890123." HOST, "/npm/my-repo/a", NULL},
    {NULL, NULL, "my-domain-123456789012.codeartifact.eu-west-1.amazonaws.com", "/npm/my-repo/a", NULL},
    {NULL, NULL, "my-domain-123456789012.d.codeartifact.eu-west-1.on.aws", "/npm/my-repo/a", NULL},
    {NULL, NULL, "my-domain-123456789012.d.codeartifact.us-east-1.amazonaws.com", "/npm/my-repo/a", NULL},
    {NULL, NULL, OWN ".evil.example", "/npm/my-repo/a", NULL},
    {NULL, NULL, "evil" OWN, "/npm/my-repo/a", "npm 123456789012 evilmy-domain my-repo a"},
    // What is no host.
    {NULL, NULL, "", FRONT, NULL},
    {NULL, NULL, "a b", FRONT, NULL},
    {NULL, NULL, "a,b", FRONT, NULL},
    {NULL, NULL, HOST ".", FRONT, NULL},
    {NULL, NULL, "a..b", FRONT, NULL},
    {NULL, NULL, ".a", FRONT, NULL},
    {NULL, NULL, HOST ":", FRONT, NULL},
    {NULL, NULL, HOST ":0", FRONT, NULL},
    {NULL, NULL, HOST ":65536", FRONT, NULL},
    {NULL, NULL, HOST ":80:80", FRONT, NULL},
    {NULL, NULL, HOST "@evil", FRONT, NULL},
    {NULL, NULL, HOST "/", FRONT, NULL},
    {NULL, NULL, "[::1", FRONT, NULL},
    {NULL, NULL, "a[::1]", FRONT, NULL},
    {NULL, NULL, "[::1]x", FRONT, NULL},
    // What is no path, or one that could be read in two ways.
    {NULL, NULL, HOST, "", NULL},
    {NULL, NULL, HOST, "/", NULL},
    {NULL, NULL, HOST, "*", NULL},
    {NULL, NULL, HOST, "npm/d/my-domain-123456789012/my-repo/a", NULL},
    {NULL, NULL, HOST, "http://" HOST FRONT, NULL},
    {NULL, NULL, HOST, "//" HOST FRONT, NULL},
    {NULL, NULL, HOST, "/" FRONT, NULL},
    {NULL, NULL, HOST, "/npm/d/my-domain-123456789012", NULL},
    {NULL, NULL, HOST, "/npm/d/my-domain-123456789012/", NULL},
    {NULL, NULL, HOST, "/npm/d/my-domain-123456789012/r", NULL},
    {NULL, NULL, HOST, "/npm/d/my-domain/my-repo/a", NULL},
    {NULL, NULL, HOST, "/npm/d/-123456789012/my-repo/a", NULL},
    {NULL, NULL, HOST, "/npm/d/My-domain-123456789012/my-repo/a", NULL},
    {NULL, NULL, HOST, "/npm/d/my-domain-123456789012/my_repo%20/a", NULL},
    {NULL, NULL, HOST, "/npm/d/my-domain-123456789012/.repo/a", NULL},
    {NULL, NULL, HOST, "/npm/D/my-domain-123456789012/my-repo/a", NULL},
    {NULL, NULL, HOST, "/npm//d/my-domain-123456789012/my-repo/a", NULL},
    {NULL, NULL, HOST, FRONT "//a", NULL},
    {NULL, NULL, HOST, FRONT "/a//", NULL},
    {NULL, NULL, HOST, FRONT "/.", NULL},
    {NULL, NULL, HOST, FRONT "/..", NULL},
    {NULL, NULL, HOST, FRONT "/...", NULL},
    {NULL, NULL, HOST, FRONT "/../other/a", NULL},
    {NULL, NULL, HOST, FRONT "/a/./b", NULL},
    {NULL, NULL, HOST, "/x/../npm/d/my-domain-123456789012/my-repo/a", NULL},
    {NULL, NULL, HOST, FRONT "/%2e%2e/other", NULL},
    {NULL, NULL, HOST, FRONT "/.%2E/other", NULL},
    {NULL, NULL, HOST, FRONT "/%252e%252e/other", NULL},
    {NULL, NULL, HOST, FRONT "/a%2fb", NULL},
    {NULL, NULL, HOST, FRONT "/..%2fother", NULL},
    {NULL, NULL, HOST, FRONT "%2fa", NULL},
    {NULL, NULL, HOST, FRONT "/a/@a%2fb", NULL},
    {NULL, NULL, HOST, FRONT "/@a%2f", NULL},
    {NULL, NULL, HOST, FRONT "/@a%2f.", NULL},
    {NULL, NULL, HOST, FRONT "/@a%2f../b", NULL},
    {NULL, NULL, HOST, FRONT "/@a%2f.b", NULL},
    {NULL, NULL, HOST, FRONT "/@%2fb", NULL},
    {NULL, NULL, HOST, FRONT "/@a%2fb%2fc", NULL},
    {NULL, NULL, HOST, FRONT "/@a%252fb", NULL},
    {NULL, NULL, HOST, "/pypi/d/my-domain-123456789012/my-repo/@a%2fb", NULL},
    {NULL, NULL, HOST, FRONT "/a%5cb", NULL},
    {NULL, NULL, HOST, FRONT "/a\\b", NULL},
    {NULL, NULL, HOST, FRONT "/a%00", NULL},
    {NULL, NULL, HOST, FRONT "/a%0d%0ab", NULL},
    {NULL, NULL, HOST, FRONT "/a%7f", NULL},
    {NULL, NULL, HOST, FRONT "/a\tb", NULL},
    {NULL, NULL, HOST, FRONT "/a b", NULL},
    {NULL, NULL, HOST, FRONT "/a#b", NULL},
    {NULL, NULL, HOST, FRONT "/a;b", NULL},
    {NULL, NULL, HOST, FRONT "/..;/b", NULL},
    {NULL, NULL, HOST, FRONT "/a%3bb", NULL},
    {NULL, NULL, HOST, FRONT "/a%23b", NULL},
    {NULL, NULL, HOST, FRONT "/a%3fb", NULL},
    {NULL, NULL, HOST, FRONT "/a%25b", NULL},
    {NULL, NULL, HOST, FRONT "/%61", NULL},
    {NULL, NULL, HOST, "/%6epm/d/my-domain-123456789012/my-repo/a", NULL},
    {NULL, NULL, HOST, FRONT "/a%", NULL},
    {NULL, NULL, HOST, FRONT "/a%4", NULL},
    {NULL, NULL, HOST, FRONT "/a%zz", NULL},
    {NULL, NULL, HOST, FRONT "/a%u002e", NULL},
    {NULL, NULL, HOST, FRONT "/\xc3\xa4", NULL},
    {NULL, NULL, HOST, FRONT "/%c0%ae", NULL},
    {NULL, NULL, HOST, FRONT "/%C3%A4", NULL},
    {NULL, NULL, HOST, FRONT "/..%20/b", NULL},
    {NULL, NULL, HOST, FRONT "/%20../b", NULL},
    {NULL, NULL, HOST, FRONT "/%20/b", NULL},
    {NULL, NULL, HOST, FRONT "/a%20", NULL},
    {NULL, NULL, HOST, FRONT "/a../b", NULL},
    {NULL, NULL, HOST, FRONT "/..a/b", NULL},
    {NULL, NULL, HOST, FRONT "/a..b/.c", "npm 123456789012 my-domain my-repo a..b .c"},
    {NULL, NULL, HOST, FRONT "/%ff", NULL},
    // Queries.
    {NULL, NULL, HOST, FRONT "/a?b=%00", NULL},
    {NULL, NULL, HOST, FRONT "/a?b=%0a", NULL},
    {NULL, NULL, HOST, FRONT "/a?b=%", NULL},
    {NULL, NULL, HOST, FRONT "/a?b c", NULL},
    {NULL, NULL, HOST, FRONT "/a?b#c", NULL},
    {NULL, NULL, HOST, FRONT "/a?b=\\", NULL},
    {NULL, NULL, HOST, "?/npm/d/my-domain-123456789012/my-repo/a", NULL},
};

static void describe(const struct gate_place *place, struct buffer *out)
{
    buffer_append_format(out, "%.*s %.*s %.*s %.*s", SLICE_ARGS(place->format), SLICE_ARGS(place->owner),
                         SLICE_ARGS(place->domain), SLICE_ARGS(place->repository));
    for (size_t i = 0; i < place->part_count; i++)
        buffer_append_format(out, " %.*s", SLICE_ARGS(place->parts[i]));
    buffer_append_text(out, place->folder ? " /" : "");
    if (place->query.data != NULL)
        buffer_append_format(out, " ?%.*s", SLICE_ARGS(place->query));
}

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        BUFFER_AUTO said = {0};
        struct gate_place place;
        const struct gate_address address = gate_read_address(rows[i].base, rows[i].hosts, SLICE("eu-west-1"), arena);
        bool read = gate_read_place(&address, slice_of(rows[i].host), slice_of(rows[i].target), arena, &place, &error);
        if (read)
            describe(&place, &said);
        else
            assert_string_equal(error.code, "UnknownPlace");
        const char *wanted = rows[i].wanted == NULL ? "" : rows[i].wanted;
        if (strcmp(buffer_text(&said), wanted) != 0)
            fail_msg("%s %s: wanted \"%s\", got \"%s\"", rows[i].host, rows[i].target, wanted, buffer_text(&said));
    }
}

static void test_nul(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    struct gate_place place;
    const struct gate_address address = {.region = SLICE("eu-west-1")};
    assert_false(gate_read_place(&address, SLICE(HOST), SLICE(FRONT "/a\0b"), arena, &place, NULL));
    assert_false(gate_read_place(&address, SLICE(HOST "\0"), SLICE(FRONT "/a"), arena, &place, NULL));
    assert_false(gate_read_place(&address, (struct slice){NULL, 0}, SLICE(FRONT "/a"), arena, &place, NULL));
    assert_false(gate_read_place(&address, SLICE(HOST), (struct slice){NULL, 0}, arena, &place, NULL));
}

static void test_bounds(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO target = {0};
    struct gate_place place;
    const struct gate_address address = {.region = SLICE("eu-west-1")};
    buffer_append_text(&target, FRONT);
    for (size_t i = 0; i < GATE_PARTS_MAX; i++)
        buffer_append_text(&target, "/a");
    assert_true(gate_read_place(&address, SLICE(HOST), buffer_slice(&target), arena, &place, NULL));
    assert_int_equal(place.part_count, GATE_PARTS_MAX);
    buffer_append_text(&target, "/a");
    assert_false(gate_read_place(&address, SLICE(HOST), buffer_slice(&target), arena, &place, NULL));
    buffer_clear(&target);
    buffer_append_text(&target, FRONT "/");
    while (target.size < 2049)
        buffer_append_char(&target, 'a');
    assert_false(gate_read_place(&address, SLICE(HOST), buffer_slice(&target), arena, &place, NULL));
    buffer_cut(&target, 2048);
    assert_true(gate_read_place(&address, SLICE(HOST), buffer_slice(&target), arena, &place, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
