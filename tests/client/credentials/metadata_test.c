// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The endpoints beside a machine and a container: behaviour document, sections 8 and 9.1. */
#include "client/credentials/instance.h"
#include "client/credentials/providers.h"
#include "client/environment.h"
#include "client/transport/stub.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define ANSWER(status, length, body) "HTTP/1.1 " status " x\r\nContent-Length: " length "\r\n\r\n" body
#define REFUSAL(status) ANSWER(status, "0", "")
#define TOKEN ANSWER("200", "3", "TOK")
#define LAST_TOKEN "HTTP/1.1 200 x\r\nConnection: close\r\n\r\nTOK"
#define ROLE ANSWER("200", "4", "role")
#define EXPIRED                                                                                                        \
    "HTTP/1.1 200 x\r\nConnection: close\r\n\r\n{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"S\",\"Token\":\"T\","     \
    "\"Expiration\":\"2001-01-01T00:00:00Z\"}"
#define KEYS                                                                                                           \
    "HTTP/1.1 200 x\r\nConnection: close\r\n\r\n{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"S\",\"Token\":\"T\","     \
    "\"Expiration\":\"2200-01-01T00:00:00Z\"}"
#define CODE ANSWER("200", "30", "{\"Code\":\"No\",\"Message\":\"not\"} ")
#define VARIABLES 4

/** A conversation with a stub. */
struct conversation {
    const char *variables[VARIABLES]; // beside the endpoint's; '%' stands for the port
    struct stub_step steps[7];
    enum credentials_result result;
    const char *found;   // "key secret token", or the words of the error
    const char *request; // a part of what was sent; NULL: not looked at
    size_t requests;
};

static const char *const instance[] = {"AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:%"};
static const char *const container[] = {"AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:%/c?x=1"};

static const struct conversation instance_cases[] = {
    {{NULL},
     {{.answer = TOKEN}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     "GET /latest/meta-data/iam/security-credentials/role HTTP/1.1\r\n",
     3},
    {{NULL},
     {{.answer = TOKEN}, {.answer = ROLE}, {.answer = EXPIRED, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     "x-aws-ec2-metadata-token: TOK\r\n",
     3},
    {{"AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:%/base/"},
     {{.answer = TOKEN}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     "PUT /base/latest/api/token HTTP/1.1\r\n",
     3},
    {{"http_proxy=http://127.0.0.1:1"},
     {{.answer = TOKEN}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     "x-aws-ec2-metadata-token-ttl-seconds: 21600\r\n",
     3},
    {{NULL},
     {{.answer = REFUSAL("403")}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     3},
    {{NULL},
     {{.answer = REFUSAL("404")}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     3},
    {{NULL},
     {{.answer = REFUSAL("405")}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     3},
    {{NULL},
     {{.answer = REFUSAL("500")}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     3},
    {{NULL},
     {{.answer = REFUSAL("400")}},
     CREDENTIALS_NONE,
     "http://127.0.0.1:%/latest/api/token answered with status 400",
     NULL,
     1},
    {{"AWS_EC2_METADATA_V1_DISABLED=True"},
     {{.answer = REFUSAL("403")}},
     CREDENTIALS_FAILED,
     "Error retrieving metadata: Unable to retrieve token for use in IMDSv2 call and IMDSv1 has been disabled",
     NULL,
     1},
    {{"AWS_EC2_METADATA_V1_DISABLED=yes"},
     {{.answer = REFUSAL("403")}, {.answer = ROLE}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     3},
    {{"AWS_METADATA_SERVICE_NUM_ATTEMPTS= 2 "},
     {{.answer = REFUSAL("503")},
      {.answer = TOKEN},
      {.answer = REFUSAL("503")},
      {.answer = ROLE},
      {.answer = CODE, .close = true},
      {.answer = KEYS, .close = true}},
     CREDENTIALS_NONE,
     "The credentials lack the text Token",
     NULL,
     5},
    {{"AWS_METADATA_SERVICE_NUM_ATTEMPTS=2"},
     {{.close = true},
      {.answer = TOKEN},
      {.answer = ROLE},
      {.answer = ANSWER("200", "3", "{\"a")},
      {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     5},
    {{NULL},
     {{.answer = TOKEN}, {.answer = REFUSAL("404")}},
     CREDENTIALS_NONE,
     "http://127.0.0.1:%/latest/meta-data/iam/security-credentials/ answered with status 404",
     NULL,
     2},
    {{NULL},
     {{.answer = TOKEN}, {.answer = REFUSAL("200")}},
     CREDENTIALS_NONE,
     "http://127.0.0.1:%/latest/meta-data/iam/security-credentials/ answered with nothing",
     NULL,
     2},
    {{NULL},
     {{.answer = TOKEN}, {.answer = ROLE}, {.answer = ANSWER("200", "2", "no")}},
     CREDENTIALS_NONE,
     "http://127.0.0.1:%/latest/meta-data/iam/security-credentials/role answered with what is no JSON",
     NULL,
     3},
    {{NULL},
     {{.answer = TOKEN}, {.answer = ROLE}, {.answer = ANSWER("200", "2", "[]")}},
     CREDENTIALS_NONE,
     "The credentials lack the text Token",
     NULL,
     3},
    {{NULL},
     {{.answer = LAST_TOKEN, .close = true}, {.close = true}},
     CREDENTIALS_NONE,
     "Connection was closed before we received a valid response from endpoint URL: "
     "\"http://127.0.0.1:%/latest/meta-data/iam/security-credentials/\".",
     NULL,
     2},
    {{"AWS_METADATA_SERVICE_NUM_ATTEMPTS=0"},
     {{.answer = TOKEN}},
     CREDENTIALS_NONE,
     "AWS_METADATA_SERVICE_NUM_ATTEMPTS allows no attempt",
     NULL,
     0},
    {{"AWS_METADATA_SERVICE_NUM_ATTEMPTS=x"},
     {{.answer = TOKEN}},
     CREDENTIALS_FAILED,
     "invalid literal for int() with base 10: 'x'",
     NULL,
     0},
    {{"AWS_METADATA_SERVICE_TIMEOUT=0"},
     {{.answer = TOKEN}},
     CREDENTIALS_FAILED,
     "Attempted to set connect timeout to 0, but the timeout cannot be set to a value less than or equal to 0.",
     NULL,
     0},
    {{"AWS_EC2_METADATA_SERVICE_ENDPOINT=foo bar"},
     {{.answer = TOKEN}},
     CREDENTIALS_FAILED,
     "Invalid endpoint EC2 Instance Metadata endpoint: foo bar",
     NULL,
     0},
    {{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE="},
     {{.answer = TOKEN}},
     CREDENTIALS_FAILED,
     "Invalid EC2 Instance Metadata endpoint mode:  Valid endpoint modes (case-insensitive): ('ipv4', 'ipv6').",
     NULL,
     0},
    {{"AWS_EC2_METADATA_DISABLED=tRUE"},
     {{.answer = TOKEN}},
     CREDENTIALS_NONE,
     "AWS_EC2_METADATA_DISABLED is true",
     NULL,
     0},
};

#define OF_CONTAINER "Error when retrieving credentials from container-role: "

static const struct conversation container_cases[] = {
    {{NULL}, {{.answer = KEYS, .close = true}}, CREDENTIALS_FOUND, "A S T", "GET /c?x=1 HTTP/1.1\r\n", 1},
    {{NULL}, {{.answer = KEYS, .close = true}}, CREDENTIALS_FOUND, "A S T", "Accept: application/json\r\n", 1},
    {{"AWS_CONTAINER_AUTHORIZATION_TOKEN=Basic x"},
     {{.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     "Authorization: Basic x\r\n",
     1},
    {{"AWS_CONTAINER_AUTHORIZATION_TOKEN="},
     {{.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     "Authorization:",
     1},
    {{"AWS_CONTAINER_AUTHORIZATION_TOKEN=a\nb"},
     {{.answer = KEYS}},
     CREDENTIALS_FAILED,
     "Auth token value is not a legal header value",
     NULL,
     0},
    {{"AWS_CONTAINER_AUTHORIZATION_TOKEN=a", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=/no"},
     {{.answer = KEYS}},
     CREDENTIALS_FAILED,
     "[Errno 2] No such file or directory: '/no'",
     NULL,
     0},
    {{NULL},
     {{.answer = REFUSAL("500")}, {.close = true}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     3},
    {{NULL}, {{.answer = CODE}}, CREDENTIALS_FAILED, OF_CONTAINER "The credentials lack the text Token", NULL, 1},
    {{NULL},
     {{.answer = EXPIRED, .close = true}},
     CREDENTIALS_FAILED,
     "Credentials were refreshed, but the refreshed credentials are still expired.",
     NULL,
     2},
    {{NULL},
     {{.answer = EXPIRED, .close = true}, {.answer = KEYS, .close = true}},
     CREDENTIALS_FOUND,
     "A S T",
     NULL,
     2},
};

/** TEXT with the port in the place of '%'. */
static char *with_port(struct arena *arena, const char *text, unsigned port)
{
    const char *mark = strchr(text, '%');
    return mark == NULL ? arena_copy(arena, text, strlen(text))
                        : arena_format(arena, "%.*s%u%s", (int)(mark - text), text, port, mark + 1);
}

static size_t count_requests(const struct buffer *received)
{
    size_t count = 0;
    for (const char *at = buffer_text(received); (at = strstr(at, " HTTP/1.1\r\n")) != NULL; at++)
        count++;
    return count;
}

/** The variables of a case, those of all cases behind them: the first of a name counts. */
static void use(struct arena *arena, const struct conversation *given, const char *const *usual, unsigned port)
{
    const char **variables = arena_allocate(arena, VARIABLES + 2, sizeof *variables);
    size_t count = 0;
    while (given->variables[count] != NULL) {
        variables[count] = with_port(arena, given->variables[count], port);
        count++;
    }
    variables[count] = with_port(arena, usual[0], port);
    environment_use(variables);
}

static void converse(const struct conversation *given, const struct credentials_provider *provider,
                     const char *const *usual)
{
    ARENA_AUTO *arena = arena_new();
    struct settings settings = {
        .environment = environment_look_up, .profiles = profile_set_new(), .profile = "default"};
    const struct credentials_search search = {.settings = &settings, .profile = "default"};
    struct stub *stub = stub_start(given->steps);
    unsigned port = stub_port(stub);
    use(arena, given, usual, port);
    settings.http_proxy = environment_look_up("http_proxy");
    CREDENTIALS_AUTO found = {0};
    ERROR_AUTO error = {0};
    BUFFER_AUTO received = {0};
    assert_int_equal(provider->find(provider, &search, &found, &error), given->result);
    stub_stop(stub, &received, NULL);
    if (given->result == CREDENTIALS_FOUND)
        assert_string_equal(
            arena_format(arena, "%s %s %s", found.access_key_id, found.secret_access_key, found.session_token),
            given->found);
    else
        assert_string_equal(error.message, with_port(arena, given->found, port));
    assert_int_equal(found.access_key_id != NULL, given->result == CREDENTIALS_FOUND);
    assert_int_equal(count_requests(&received), given->requests);
    if (given->request != NULL)
        assert_non_null(strstr(buffer_text(&received), given->request));
    profile_set_free(settings.profiles);
}

static void instances_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof instance_cases / sizeof *instance_cases; i++)
        converse(&instance_cases[i], &credentials_instance, instance);
}

static void containers_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof container_cases / sizeof *container_cases; i++)
        converse(&container_cases[i], &credentials_container, container);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(instances_answer), cmocka_unit_test(containers_answer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
