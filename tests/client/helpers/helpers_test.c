// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What each protocol answers: to what is ours, to what is not, and to what is none of the protocol. */
#include "client/environment.h"
#include "client/helpers/channel.h"
#include "client/helpers/conversation.h"
#include "client/helpers/helper.h"
#include "client/helpers/keyring.h"
#include "client/helpers/options.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define WORDS_MAX 6
#define HOST "demo-111122223333.d.codeartifact.us-west-2.amazonaws.com"
#define URL "https://" HOST "/pypi/repo/simple/"
#define OTHER "https://example.com/simple/"

/** A run: what it is called with, what it reads, and what comes of it. */
struct row {
    const char *protocol;
    const char *words[WORDS_MAX];
    const char *input; // NULL: nothing may be read
    const char *expected;
    int exit_code;
};

static const struct row rows[] = {
    {"keyring", {"get", URL, "aws"}, NULL, "TOKEN\n", 0},
    {"keyring", {"get", URL, "--mode", "creds"}, NULL, "aws\nTOKEN\n", 0},
    {"keyring", {"--mode=creds", "get", "https://aws@" HOST "/pypi/repo/simple", ""}, NULL, "aws\nTOKEN\n", 0},
    {"keyring", {"--mode=password", "get", HOST, ""}, NULL, "TOKEN\n", 0},
    {"keyring", {"-b", "some.Backend", "get", HOST ":443", "aws"}, NULL, "TOKEN\n", 0},
    {"keyring", {"get", "--output", "json", URL, "aws"}, NULL, "{\"username\": \"aws\", \"password\": \"TOKEN\"}\n", 0},
    {"keyring", {"set", URL, "aws"}, NULL, "", 0},
    {"keyring", {"del", URL, "aws"}, NULL, "", 0},
    {"keyring", {"get", OTHER, "aws"}, NULL, "", 1},
    {"keyring", {"set", OTHER, "aws"}, NULL, "", 1},
    {"keyring", {"get", "pdm-repository-__unknown__", "aws"}, NULL, "", 1},
    {"keyring", {"get", "http://" HOST "/pypi/repo/simple/", "aws"}, NULL, "", 1},
    {"keyring", {"--list-backends"}, NULL, "", 1},
    {"token", {URL}, NULL, "TOKEN\n", 0},
    {"token", {"--bearer", URL, "--region=eu-west-1"}, NULL, "Bearer TOKEN\n", 0},
    {"token", {OTHER}, NULL, "", 0},
    {"token", {"--", URL}, NULL, "TOKEN\n", 0},
    {"token", {"--", "--domain"}, NULL, "", 0},
    {"token", {URL, URL}, NULL, "error: usage: credential-helper token URL", 0},
    {"token", {URL, "--domain"}, NULL, "error: --domain lacks its value", 0},
    {"pnpm", {HOST}, NULL, "Bearer TOKEN\n", 0},
    {"pnpm", {"--domain", "demo"}, NULL, "Bearer TOKEN\n", 0},
    {"pnpm",
     {"example.com"},
     NULL,
     "error: the host is \"example.com\", which is no repository of CodeArtifact; name its host in the file hosts if "
     "it "
     "is one of yours",
     0},
    {"cargo-token", {NULL}, NULL, "TOKEN\n", 0},
    {"git", {"get"}, "protocol=https\nhost=" HOST "\n\nunread", "username=aws\npassword=TOKEN\n", 0},
    {"git", {"--region", "us-west-2", "get"}, "url=" URL "\n", "username=aws\npassword=TOKEN\n", 0},
    {"git",
     {"get"},
     "capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=" HOST "\npath=a/b\n\n",
     "capability[]=authtype\nauthtype=Bearer\nephemeral=1\ncredential=TOKEN\n",
     0},
    {"git",
     {"get"},
     "capability[]=authtype\nprotocol=https\nhost=" HOST
     "\nwwwauth[]=Basic realm=\"r\"\nwwwauth[]=bearer realm=\"r\"\n\n",
     "capability[]=authtype\nauthtype=Bearer\nephemeral=1\ncredential=TOKEN\n",
     0},
    {"git",
     {"get"},
     "capability[]=authtype\nprotocol=https\nhost=" HOST "\nwwwauth[]=Basic realm=\"r\"\n\n",
     "username=aws\npassword=TOKEN\n",
     0},
    {"git", {"get"}, "protocol=https\nhost=example.com\n\n", "", 0},
    {"git", {"get"}, "", "", 0},
    {"git", {"store"}, NULL, "", 0},
    {"git", {"erase"}, "protocol=https\nhost=example.com\n\n", "", 0},
    {"docker", {"get"}, HOST "\n", "{\"ServerURL\":\"" HOST "\",\"Username\":\"aws\",\"Secret\":\"TOKEN\"}\n", 0},
    {"docker", {"get"}, "example.com", "credentials not found in native keychain\n", 1},
    {"docker", {"list"}, NULL, "{}\n", 0},
    {"docker", {"store"}, "{\"ServerURL\":\"" HOST "\",\"Username\":\"aws\",\"Secret\":\"x\"}", "", 0},
    {"docker",
     {"store"},
     "{\"ServerURL\":\"example.com\",\"Username\":\"u\",\"Secret\":\"x\"}",
     "jeton keeps no passwords: name it under credHelpers, for its hosts, not as credsStore\n",
     1},
    {"bazel", {"get"}, "{\"uri\":\"" URL "\"}", "{\"headers\":{\"Authorization\":[\"Basic YXdzOlRPS0VO\"]}}\n", 0},
    {"bazel",
     {"get"},
     "{\"x\":[],\"uri\":\"https://" HOST "/npm/repo/\"}\n",
     "{\"headers\":{\"Authorization\":[\"Bearer TOKEN\"]}}\n",
     0},
    {"bazel", {"get"}, "{\"uri\":\"" OTHER "\"}", "{\"headers\":{}}\n", 0},
    // A NUL could be read in two ways.
    {"bazel", {"get"}, "{\"uri\":\"" URL "\\u0000.example.com/\"}", "{\"headers\":{}}\n", 0},
    {"bazel",
     {"get"},
     "{\"url\":\"" URL "\"}",
     "error: The request is no JSON object with a \"uri\": there is no such member",
     0},
    {"cargo",
     {"--cargo-plugin"},
     "{\"v\":1,\"kind\":\"get\",\"operation\":\"read\",\"registry\":{\"index-url\":\"sparse+https://" HOST
     "/cargo/repo/\"}}\n"
     "{\"v\":1,\"kind\":\"login\",\"registry\":{\"index-url\":\"sparse+" OTHER "\"}}\n",
     "{\"v\":[1]}\n"
     "{\"Ok\":{\"kind\":\"get\",\"token\":\"TOKEN\",\"cache\":\"session\",\"operation_independent\":true}}\n"
     "{\"Err\":{\"kind\":\"url-not-supported\"}}\n",
     0},
};

/** A file that holds TEXT; NULL: reading it fails. */
static int open_input(const char *text)
{
    if (text == NULL)
        return -1;
    int file = memfd_create("input", 0);
    assert_true(file > 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    return file;
}

static void read_output(int file, struct buffer *out)
{
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    assert_true(channel_read_all(file, out, NULL));
}

static void check_row(const struct row *row)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    BUFFER_AUTO out = {0};
    size_t count = 0;
    while (count < WORDS_MAX && row->words[count] != NULL)
        count++;
    struct helper_call call = {
        .environment = environment_look_up, .arena = arena, .input = open_input(row->input), .output = open_input("")};
    const struct helper *helper = helper_find(slice_of(row->protocol));
    bool good =
        helper_options_take(&call, (struct words){row->words, count}, &error) && helper->run(&call, &out, &error);
    BUFFER_AUTO all = {0};
    read_output(call.output, &all);
    buffer_append_slice(&all, buffer_slice(&out));
    if (!good)
        buffer_append_format(&all, "error: %s", error.message);
    if (!slice_is(buffer_slice(&all), row->expected) || call.exit_code != row->exit_code)
        fail_msg("%s %s %s: wanted \"%s\", got \"%s\", exit %d", row->protocol,
                 row->words[0] != NULL ? row->words[0] : "", row->input != NULL ? row->input : "", row->expected,
                 buffer_text(&all), call.exit_code);
    (void)close(call.output);
    if (call.input >= 0)
        (void)close(call.input);
}

static void answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(&rows[i]);
}

static void links(void **state)
{
    (void)state;
    const char *name;
    assert_string_equal(helper_find_link("keyring", &name)->protocol, "keyring");
    assert_null(name);
    assert_string_equal(helper_find_link("pnpm-token-jeton-a.example", &name)->protocol, "pnpm");
    assert_string_equal(name, "a.example");
    assert_null(helper_find_link("pnpm-token-jeton-", &name));
    assert_null(helper_find_link("keyring-x", &name));
    assert_null(helper_find_link("jeton", &name));
    for (size_t i = 0; helper_protocols[i] != NULL || helpers[i].protocol != NULL; i++)
        assert_string_equal(helper_protocols[i], helpers[i].protocol);
}

// ------------------------------------------------------------------ conversations

static void check_cargo(const char *request, const char *expected)
{
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO out = {0};
    struct helper_call call = {.environment = environment_look_up, .arena = arena};
    cargo_answer(&call, slice_of(request), &out);
    assert_string_equal(buffer_text(&out), expected);
}

#define CARGO(kind, rest) "{\"v\":1,\"kind\":\"" kind "\",\"registry\":{\"index-url\":\"" URL "\"}" rest "}"

static void cargo(void **state)
{
    (void)state;
    check_cargo(CARGO("get", ",\"args\":[\"--bearer\"]"),
                "{\"Ok\":{\"kind\":\"get\",\"token\":\"Bearer TOKEN\",\"cache\":\"session\","
                "\"operation_independent\":true}}");
    check_cargo(CARGO("login", ",\"token\":\"x\""), "{\"Ok\":{\"kind\":\"login\"}}");
    check_cargo(CARGO("dance", ""), "{\"Err\":{\"kind\":\"operation-not-supported\"}}");
    check_cargo(CARGO("get", ",\"args\":[\"--profile\",\"none\"]"),
                "{\"Err\":{\"kind\":\"other\",\"message\":\"there is no token for this registry\",\"caused-by\":[\"The "
                "config profile (none) could not be found (jeton doctor " HOST " says more)\"]}}");
    check_cargo(CARGO("get", ",\"args\":[\"--profile\"]"),
                "{\"Err\":{\"kind\":\"other\",\"message\":\"credential-provider in cargo's configuration is wrong\","
                "\"caused-by\":[\"--profile lacks its value\"]}}");
    check_cargo("{\"v\":2,\"kind\":\"get\"}",
                "{\"Err\":{\"kind\":\"other\",\"message\":\"this is no request of cargo's credential protocol, version "
                "1\",\"caused-by\":[\"its \\\"v\\\" or \\\"kind\\\" is not known\"]}}");
}

static void say(struct nuget_state *nuget, const char *method, const char *payload, const char *expected)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    BUFFER_AUTO line = {0};
    BUFFER_AUTO out = {0};
    struct helper_call call = {.environment = environment_look_up, .arena = arena};
    buffer_append_format(&line, "{\"RequestId\":\"i\",\"Type\":\"Request\",\"Method\":\"%s\",\"Payload\":%s}", method,
                         payload);
    assert_true(nuget_answer(&call, nuget, buffer_slice(&line), &out, &error));
    BUFFER_AUTO whole = {0};
    if (*expected != '\0')
        buffer_append_format(&whole, "{\"RequestId\":\"i\",\"Type\":\"Response\",\"Method\":\"%s\",\"Payload\":%s}\n",
                             method, expected);
    const char *end = buffer_text(&out) + (out.size > whole.size ? out.size - whole.size : 0);
    assert_string_equal(end, buffer_text(&whole));
    // What stands before the answer is our own: a log.
    if (end != buffer_text(&out))
        assert_non_null(strstr(buffer_text(&out), "\"Method\":\"Log\",\"Payload\":{\"LogLevel\":\"Error\","));
}

static void nuget(void **state)
{
    (void)state;
    struct nuget_state nuget = {0};
    say(&nuget, "Handshake", "{\"ProtocolVersion\":\"2.0.0\",\"MinimumProtocolVersion\":\"1.0.0\"}",
        "{\"ResponseCode\":\"Success\",\"ProtocolVersion\":\"2.0.0\"}");
    say(&nuget, "MonitorNuGetProcessExit", "{\"ProcessId\":4242}", "{\"ResponseCode\":\"Success\"}");
    assert_int_equal(nuget.process, 4242);
    say(&nuget, "Initialize", "{\"ClientVersion\":\"6.13.0\"}", "{\"ResponseCode\":\"Success\"}");
    say(&nuget, "GetOperationClaims", "{}", "{\"Claims\":[\"Authentication\"]}");
    say(&nuget, "GetOperationClaims", "{\"PackageSourceRepository\":\"x\"}", "{\"Claims\":[]}");
    say(&nuget, "GetAuthenticationCredentials", "{\"Uri\":\"" URL "\",\"IsRetry\":false}",
        "{\"Username\":\"aws\",\"Password\":\"TOKEN\",\"AuthenticationTypes\":[\"basic\"],\"ResponseCode\":"
        "\"Success\"}");
    say(&nuget, "GetAuthenticationCredentials", "{\"Uri\":\"" OTHER "\",\"IsRetry\":false}",
        "{\"Message\":\"this source is no repository of CodeArtifact\",\"ResponseCode\":\"Error\"}");
    say(&nuget, "SetLogLevel", "{\"LogLevel\":\"Minimal\"}", "{\"ResponseCode\":\"Success\"}");
    assert_int_equal(nuget.log_level, 4);
    assert_false(nuget.closed);
    say(&nuget, "Close", "{}", "");
    assert_true(nuget.closed);
}

static void nuget_refuses(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    BUFFER_AUTO out = {0};
    struct nuget_state nuget = {.log_level = 1};
    struct helper_call call = {.environment = environment_look_up, .arena = arena, .options = {.profile = "none"}};
    const char *request = "{\"RequestId\":\"i\",\"Type\":\"Request\",\"Method\":\"GetAuthenticationCredentials\","
                          "\"Payload\":{\"Uri\":\"" URL "\",\"IsRetry\":true}}";
    assert_true(nuget_answer(&call, &nuget, slice_of(request), &out, &error));
    assert_non_null(strstr(buffer_text(&out), "\"Method\":\"Log\""));
    assert_non_null(strstr(buffer_text(&out), "(none) could not be found"));
    assert_non_null(strstr(buffer_text(&out), "\"ResponseCode\":\"Error\"}}\n"));
    buffer_clear(&out);
    assert_true(nuget_answer(&call, &nuget, SLICE("{\"RequestId\":\"i\",\"Type\":\"Response\",\"Method\":\"Log\"}"),
                             &out, &error));
    assert_int_equal(out.size, 0);
    assert_true(nuget_answer(&call, &nuget, SLICE("{\"RequestId\":\"i\",\"Type\":\"Request\",\"Method\":\"Push\"}"),
                             &out, &error));
    assert_non_null(strstr(buffer_text(&out), "\"Type\":\"Fault\""));
    assert_false(nuget_answer(&call, &nuget, SLICE("[]"), &out, &error));
    buffer_clear(&out);
    nuget_announce(slice_of(request), &out);
    assert_string_equal(buffer_text(&out), "{\"RequestId\":\"i\",\"Type\":\"Progress\",\"Method\":"
                                           "\"GetAuthenticationCredentials\",\"Payload\":{}}\n");
}

// ------------------------------------------------------------------ the next keyring

/** A folder with a program, or with a link to ourselves, in it. */
static void make_folder(const char *place, const char *name, bool self, struct buffer *path)
{
    MEMORY_AUTO char *folder = temporary_path(place, name);
    MEMORY_AUTO char *file = temporary_path(folder, "keyring");
    assert_int_equal(mkdir(folder, 0700), 0);
    if (self)
        assert_int_equal(symlink("/proc/self/exe", file), 0);
    else
        temporary_write(file, SLICE("#!/bin/sh\n"));
    assert_true(self || chmod(file, 0700) == 0);
    buffer_append_format(path, "%s%s", path->size > 0 ? ":" : "", folder);
}

static void check_next(const char *path, const char *place, const char *expected)
{
    BUFFER_AUTO found = {0};
    MEMORY_AUTO char *wanted = expected != NULL ? memory_format("%s/%s/keyring", place, expected) : NULL;
    assert_int_equal(keyring_find_next(path, "keyring", &found), expected != NULL);
    assert_string_equal(buffer_text(&found), expected != NULL ? wanted : "");
}

static void next_keyring(void **state)
{
    (void)state;
    MEMORY_AUTO char *place = temporary_make();
    BUFFER_AUTO path = {0};
    make_folder(place, "other", false, &path);
    check_next(buffer_text(&path), place, "other");
    size_t first = path.size;
    make_folder(place, "self", true, &path);
    check_next(buffer_text(&path), place, NULL);
    make_folder(place, "again", true, &path);
    make_folder(place, "last", false, &path);
    check_next(buffer_text(&path), place, "last");
    check_next(buffer_text(&path) + first + 1, place, "last");
    check_next("", place, NULL);
    check_next(NULL, place, NULL);
    temporary_remove(place);
}

int main(void)
{
    static const char *const variables[] = {"HOME=/nonexistent", "CODEARTIFACT_AUTH_TOKEN=TOKEN",
                                            "CARGO_REGISTRY_INDEX_URL=sparse+" URL, NULL};
    environment_use(variables);
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers),       cmocka_unit_test(links),
                                       cmocka_unit_test(cargo),         cmocka_unit_test(nuget),
                                       cmocka_unit_test(nuget_refuses), cmocka_unit_test(next_keyring)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
