// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a request does, for each format. */
#include "service/gate/action.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define READ "ReadFromRepository"
#define PUBLISH "PublishPackageVersion"
#define METADATA "PutPackageMetadata"
#define REMOVE "DeletePackageVersions"
#define STATUS "UpdatePackageVersionsStatus"

/** ACTION NULL: refused. PACKAGE is what follows the repository in its ARN, VERSION follows behind a blank. */
static const struct {
    const char *method;
    const char *format;
    const char *rest;
    const char *action;
    const char *package;
} rows[] = {
    {"GET", "npm", "lodash", READ, "npm//lodash"},
    {"GET", "npm", "", READ, "npm//*"},
    {"HEAD", "npm", "@a%2fb", READ, "npm/a/b"},
    {"GET", "npm", "@a/b/-/b-1.0.0.tgz", READ, "npm/a/b"},
    {"GET", "npm", "%40a%2Fb", READ, "npm/a/b"},
    {"GET", "npm", "-/ping", READ, "npm//*"},
    {"GET", "npm", "-/v1/search?text=a&size=20", READ, "npm//*"},
    {"PUT", "npm", "lodash", PUBLISH, "npm//lodash"},
    {"PUT", "npm", "lodash?write=true", PUBLISH, "npm//lodash"},
    {"PUT", "npm", "@a%2fb", PUBLISH, "npm/a/b"},
    {"PUT", "npm", "@a/b", PUBLISH, "npm/a/b"},
    {"PUT", "npm", "@a", NULL, NULL},
    {"PUT", "npm", "-", NULL, NULL},
    {"PUT", "npm", "", NULL, NULL},
    {"PUT", "npm", "lodash?_method=DELETE", NULL, NULL},
    {"PUT", "npm", "lodash?write=true&x", NULL, NULL},
    {"PUT", "npm", "lodash/-rev/1-2", REMOVE, "npm//lodash"},
    {"DELETE", "npm", "lodash/-rev/1-2", REMOVE, "npm//lodash"},
    {"DELETE", "npm", "@a/b/-/b-1.0.0.tgz/-rev/1-2", REMOVE, "npm/a/b"},
    {"DELETE", "npm", "lodash", NULL, NULL},
    {"PUT", "npm", "-/package/@a%2fb/dist-tags/beta", METADATA, "npm/a/b"},
    {"DELETE", "npm", "-/package/lodash/dist-tags/beta", METADATA, "npm//lodash"},
    {"POST", "npm", "-/npm/v1/security/advisories/bulk", READ, "npm//*"},
    {"POST", "npm", "-/npm/v1/security/audits/quick", READ, "npm//*"},
    {"POST", "npm", "lodash", NULL, NULL},
    {"PUT", "npm", "-/user/org.couchdb.user:a", NULL, NULL},
    {"GET", "pypi", "simple/requests/", READ, "pypi//requests"},
    {"GET", "pypi", "simple/", READ, "pypi//*"},
    {"POST", "pypi", "", PUBLISH, "pypi//*"},
    {"POST", "pypi", "simple/", NULL, NULL},
    {"PUT", "pypi", "", NULL, NULL},
    {"DELETE", "pypi", "simple/requests/", NULL, NULL},
    {"GET", "maven", "com/acme/lib/1.0/lib-1.0.jar", READ, "maven/com.acme/lib 1.0"},
    {"GET", "maven", "com/acme/lib/maven-metadata.xml", READ, "maven/com/acme lib"},
    {"PUT", "maven", "com/acme/lib/1.0/lib-1.0.jar", PUBLISH, "maven/com.acme/lib 1.0"},
    {"PUT", "maven", "acme/lib/1.0%2B1/lib.pom.sha1", PUBLISH, "maven/acme/lib 1.0+1"},
    {"PUT", "maven", "com/acme/lib/maven-metadata.xml", METADATA, "maven/com.acme/lib"},
    {"PUT", "maven", "com/acme/lib/maven-metadata.xml.sha1", METADATA, "maven/com.acme/lib"},
    {"PUT", "maven", "com/acme/lib/1.0-SNAPSHOT/maven-metadata.xml", METADATA, "maven/com.acme/lib 1.0-SNAPSHOT"},
    {"PUT", "maven", "lib/1.0/lib.jar", NULL, NULL},
    {"PUT", "maven", "maven-metadata.xml", NULL, NULL},
    {"POST", "maven", "com/acme/lib/1.0/lib-1.0.jar", NULL, NULL},
    {"DELETE", "maven", "com/acme/lib/1.0/lib-1.0.jar", NULL, NULL},
    {"GET", "nuget", "v3/index.json", READ, "nuget//*"},
    {"PUT", "nuget", "api/v2/package/", PUBLISH "+" READ, "nuget//*"},
    {"PUT", "nuget", "", PUBLISH "+" READ, "nuget//*"},
    {"DELETE", "nuget", "v3/package/Acme.Lib/1.0.0", REMOVE, "nuget//Acme.Lib 1.0.0"},
    {"DELETE", "nuget", "Acme.Lib/1.0.0", REMOVE, "nuget//Acme.Lib 1.0.0"},
    {"PUT", "generic", "space/tool/1.0/tool.tar.gz", PUBLISH, "generic/space/tool 1.0"},
    {"DELETE", "generic", "space/tool/1.0/tool.tar.gz", REMOVE, "generic/space/tool 1.0"},
    {"GET", "generic", "space/tool/1.0/tool.tar.gz", READ, "generic/space/tool 1.0"},
    {"PUT", "generic", "space/tool/1.0", NULL, NULL},
    {"PUT", "generic", "space/tool/1.0/a/b", NULL, NULL},
    {"GET", "ruby", "specs.4.8.gz", READ, "ruby//*"},
    {"POST", "ruby", "api/v1/gems", PUBLISH, "ruby//*"},
    {"DELETE", "ruby", "api/v1/gems/yank?gem_name=a&version=1", REMOVE, "ruby//*"},
    {"GET", "swift", "acme/Lib/1.0.0.zip", READ, "swift/acme/Lib"},
    {"PUT", "swift", "acme/Lib/1.0.0", PUBLISH, "swift/acme/Lib 1.0.0"},
    {"POST", "swift", "login", READ, "swift//*"},
    {"GET", "swift", "identifiers?url=https://example.com/a", READ, "swift//*"},
    {"GET", "cargo", "config.json", READ, "cargo//*"},
    {"GET", "cargo", "api/v1/crates/serde/1.0.0/download", READ, "cargo//serde 1.0.0"},
    {"PUT", "cargo", "api/v1/crates/new", PUBLISH, "cargo//*"},
    {"DELETE", "cargo", "api/v1/crates/serde/1.0.0/yank", STATUS, "cargo//serde 1.0.0"},
    {"PUT", "cargo", "api/v1/crates/serde/1.0.0/unyank", STATUS, "cargo//serde 1.0.0"},
    {"PUT", "cargo", "api/v1/crates/serde/owners", NULL, NULL},
    {"GET", "docker", "a", NULL, NULL},
    {"GET", "NPM", "a", NULL, NULL},
    {"get", "npm", "a", NULL, NULL},
    {"OPTIONS", "npm", "a", NULL, NULL},
    {"PATCH", "npm", "a", NULL, NULL},
    {"TRACE", "npm", "a", NULL, NULL},
    {"CONNECT", "npm", "a", NULL, NULL},
    {"PROPFIND", "maven", "com/acme/lib/1.0/lib-1.0.jar", NULL, NULL},
    {"MOVE", "maven", "com/acme/lib/1.0/lib-1.0.jar", NULL, NULL},
    {"", "npm", "a", NULL, NULL},
};

/** "ReadFromRepository npm//lodash 1.0", as the table has it. */
static void describe(const struct gate_place *place, const struct gate_access *access, struct arena *arena,
                     struct buffer *out)
{
    const char *arn = gate_resource_arn(place, access, "codeartifact:PublishPackageVersion", SLICE("eu-west-1"), arena);
    const char *front = "arn:aws:codeartifact:eu-west-1:123456789012:package/my-domain/my-repo/";
    assert_true(slice_starts_with(slice_of(arn), slice_of(front)));
    for (size_t i = 0; i < GATE_ACTIONS_MAX && access->actions[i] != NULL; i++) {
        buffer_append_text(out, i == 0 ? "" : "+");
        buffer_append_text(out, access->actions[i] + strlen("codeartifact:"));
    }
    buffer_append_format(out, " %s", arn + strlen(front));
    if (access->version.size > 0)
        buffer_append_format(out, " %.*s", SLICE_ARGS(access->version));
}

static void test_actions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        BUFFER_AUTO said = {0};
        BUFFER_AUTO wanted = {0};
        struct gate_place place;
        struct gate_access access;
        const struct gate_address address = {0};
        const char *target =
            arena_format(arena, "/%s/d/my-domain-123456789012/my-repo/%s", rows[i].format, rows[i].rest);
        assert_true(gate_read_place(&address, SLICE("localhost"), slice_of(target), arena, &place, &error));
        if (gate_find_access(&place, slice_of(rows[i].method), arena, &access, &error))
            describe(&place, &access, arena, &said);
        else
            assert_string_equal(error.code, "UnknownAction");
        if (rows[i].action != NULL)
            buffer_append_format(&wanted, "%s %s", rows[i].action, rows[i].package);
        if (!slice_equal(buffer_slice(&said), buffer_slice(&wanted)))
            fail_msg("%s %s: wanted \"%s\", got \"%s\"", rows[i].method, target, buffer_text(&wanted),
                     buffer_text(&said));
    }
}

static void test_reads_ask_for_the_repository(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    const struct gate_place place = {
        .format = SLICE("npm"), .owner = SLICE("123456789012"), .domain = SLICE("dd"), .repository = SLICE("rr")};
    const struct gate_access access = {.package = SLICE("lodash")};
    assert_string_equal(gate_resource_arn(&place, &access, GATE_READ, SLICE("eu-west-1"), arena),
                        "arn:aws:codeartifact:eu-west-1:123456789012:repository/dd/rr");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_actions),
        cmocka_unit_test(test_reads_ask_for_the_repository),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
