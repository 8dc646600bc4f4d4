// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whose token opens a URL: by its form, by the file `hosts`, by the endpoint for tokens, by options. */
#include "client/environment.h"
#include "client/repository/target.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#define AWS_URL "https://demo-111122223333.d.codeartifact.us-west-2.amazonaws.com/npm/repo/"
#define PATH_URL "http://localhost:8080/npm/d/demo-111122223333/repo/"

static const char hosts_text[] = "[DEFAULT]\n"
                                 "profile = builds\n"
                                 "domain = standard\n"
                                 "[packages.example.com]\n"
                                 "domain = demo\n"
                                 "domain-owner = 111122223333\n"
                                 "endpoint-url = https://jetond.example.com\n"
                                 "duration-seconds = 900\n"
                                 "[Packages.example.com:8443]\n"
                                 "domain = other\n"
                                 "profile = own\n"
                                 "region = eu-west-1\n"
                                 "[*.repositories.example.com]\n"
                                 "[*.deep.repositories.example.com]\n"
                                 "domain = deep\n"
                                 "[clear.example.com]\n"
                                 "domain = demo\n"
                                 "endpoint-url = http://jetond.example.com\n"
                                 "[127.0.0.1:4481]\n"
                                 "domain = demo\n"
                                 "[unfinished.example.com]\n"
                                 "region = eu-west-1\n";

/** What comes out, as one text: the result, domain, owner, profile, region, endpoint, duration. */
struct row {
    const char *url;
    struct target_options options;
    const char *expected;
};

static const struct row rows[] = {
    {AWS_URL, {0}, "found demo 111122223333 builds us-west-2 - -"},
    {"https://demo-111122223333.d.codeartifact-fips.us-east-2.amazonaws.com/npm/repo/",
     {0},
     "found demo 111122223333 builds fips-us-east-2 - -"},
    {"https://demo-111122223333.d.codeartifact-fips.us-east-2.amazonaws.com/npm/repo/",
     {.region = "us-east-1"},
     "found demo 111122223333 builds us-east-1 - -"},
    {AWS_URL, {.profile = "p", .region = "eu-west-2", .duration = "0"}, "found demo 111122223333 p eu-west-2 - 0"},
    {AWS_URL,
     {.duration = "soon"},
     "failed --duration-seconds is \"soon\": it is a number of seconds, 0 or 900 to 43200"},
    {"https://packages.example.com/simple/", {0}, "found demo 111122223333 builds - https://jetond.example.com 900"},
    {"packages.example.com:443", {0}, "found demo 111122223333 builds - https://jetond.example.com 900"},
    {"https://aws@PACKAGES.example.com:8443/", {0}, "found other - own eu-west-1 - -"},
    {"https://demo-111122223333.repositories.example.com/npm/r/", {0}, "found demo 111122223333 builds - - -"},
    {"https://a.deep.repositories.example.com/npm/r/", {0}, "found deep - builds - - -"},
    // The file says which domain's tokens the host may have.
    {"https://packages.example.com/npm/d/demo-111122223333/repo/",
     {0},
     "found demo 111122223333 builds - https://jetond.example.com 900"},
    {"https://packages.example.com/npm/d/secret-111122223333/repo/", {0}, "foreign"},
    {"https://packages.example.com/npm/d/demo-999922223333/repo/", {0}, "foreign"},
    {"https://repositories.example.com/npm/r/", {0}, "foreign"},
    {"https://example.com/npm/d/demo-111122223333/repo/", {0}, "foreign"},
    {"no url", {0}, "foreign"},
    // A section is for its own port, and for TLS.
    {"https://packages.example.com:8444/simple/", {0}, "foreign"},
    {"https://a.deep.repositories.example.com:8443/npm/r/", {0}, "foreign"},
    {"http://packages.example.com/simple/", {0}, "foreign"},
    {"ftp://packages.example.com/simple/", {0}, "foreign"},
    {"http://clear.example.com/simple/", {0}, "found demo - builds - http://jetond.example.com -"},
    {"http://clear.example.com:80/simple/", {0}, "found demo - builds - http://jetond.example.com -"},
    {"http://127.0.0.1:4481/simple/", {0}, "found demo - builds - - -"},
    {"https://localhost:8080/npm/d/demo-111122223333/repo/", {0}, "foreign"},
    {PATH_URL, {0}, "found demo 111122223333 builds - - -"},
    {"http://localhost:8081/npm/d/demo-111122223333/repo/", {0}, "foreign"},
    {PATH_URL, {.endpoint_url = "http://127.0.0.1:1"}, "foreign"},
    {NULL, {0}, "found standard - builds - - -"},
    {NULL, {.domain = "demo", .owner = "111122223333"}, "found demo 111122223333 builds - - -"},
};

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

static void check_row(const struct row *row)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    BUFFER_AUTO text = {0};
    struct target target;
    switch (target_find(row->url, &row->options, environment_look_up, arena, &target, &error)) {
    case TARGET_FOREIGN:
        buffer_append_text(&text, "foreign");
        break;
    case TARGET_FAILED:
        buffer_append_format(&text, "failed %s", error.message);
        break;
    case TARGET_FOUND:
        buffer_append_format(&text, "found %s %s %s %s %s %s", target.domain, or_dash(target.owner),
                             or_dash(target.profile), or_dash(target.region), or_dash(target.endpoint_url),
                             or_dash(target.duration));
    }
    if (!slice_is(buffer_slice(&text), row->expected))
        fail_msg("%s: wanted \"%s\", got \"%s\"", row->url != NULL ? row->url : "no URL", row->expected,
                 buffer_text(&text));
}

static char *home;

/** A home with a file of hosts and a profile. */
static int begin(void **state)
{
    (void)state;
    static char variable[4096];
    static const char *variables[] = {variable, "AWS_ENDPOINT_URL_CODEARTIFACT=http://localhost:8080", NULL};
    home = temporary_make();
    (void)snprintf(variable, sizeof variable, "HOME=%s", home);
    static const char *const folders[] = {".config", ".config/jeton", ".aws"};
    for (size_t i = 0; i < 3; i++) {
        MEMORY_AUTO char *folder = temporary_path(home, folders[i]);
        assert_int_equal(mkdir(folder, 0700), 0);
    }
    MEMORY_AUTO char *config = temporary_path(home, ".aws/config");
    temporary_write(config, SLICE("[profile builds]\n"));
    environment_use(variables);
    return 0;
}

static int end(void **state)
{
    (void)state;
    temporary_remove(home);
    free(home);
    return 0;
}

static void write_hosts(const char *text)
{
    MEMORY_AUTO char *path = temporary_path(home, ".config/jeton/hosts");
    temporary_write(path, slice_of(text));
}

static void targets(void **state)
{
    (void)state;
    write_hosts(hosts_text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(&rows[i]);
}

static void check_broken(const char *text, const char *expected)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct target target;
    const struct target_options options = {0};
    write_hosts(text);
    assert_int_equal(
        target_find("https://unfinished.example.com/", &options, environment_look_up, arena, &target, &error),
        TARGET_FAILED);
    MEMORY_AUTO char *path = temporary_path(home, ".config/jeton/hosts");
    const char *at = strstr(error.message, path);
    if (at == NULL || strcmp(at + strlen(path), expected) != 0)
        fail_msg("wanted \"...%s%s\", got \"%s\"", path, expected, error.message);
}

static void broken_files(void **state)
{
    (void)state;
    check_broken("[a.example]\n\nport = 1\n",
                 ", line 3: there is no key \"port\"; a host has domain, domain-owner, duration-seconds, endpoint-url, "
                 "profile, region");
    check_broken("[a.example]\ndomain = X y\n",
                 ", line 2: domain is \"X y\", which must be 2 to 50 of a-z, 0-9 and -, a letter first");
    check_broken("[DEFAULT]\nduration-seconds = 60\n",
                 ", line 2: duration-seconds is \"60\", which must be 0, or 900 to 43200");
    check_broken("[a.example]\ndomain-owner=1\n",
                 ", line 2: domain-owner is \"1\", which must be an account's twelve digits");
    check_broken("[a.example]\nendpoint-url=jetond\n",
                 ", line 2: endpoint-url is \"jetond\", which must be a URL that begins with https:// or http://");
    check_broken("\n[https://a.example/]\n",
                 ", line 2: a section is named by a host, HOST:PORT or *.DOMAIN-NAME, not https://a.example/");
    check_broken("domain = x\n", ", line 1: a `[section]` must come first");
    check_broken("[unfinished.example.com]\nregion = eu-west-1\n", "");
}

static void no_file(void **state)
{
    (void)state;
    MEMORY_AUTO char *path = temporary_path(home, ".config/jeton/hosts");
    (void)remove(path);
    const struct row row = {AWS_URL, {0}, "found demo 111122223333 - us-west-2 - -"};
    check_row(&row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(targets), cmocka_unit_test(broken_files),
                                       cmocka_unit_test(no_file)};
    return cmocka_run_group_tests(tests, begin, end);
}
