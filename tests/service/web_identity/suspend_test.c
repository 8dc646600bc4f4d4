// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A request that waits for keys rests, and the thread that it came to serves others meanwhile: with libmicrohttpd as
 * the service has it, one epoll thread for all connections.
 */
#include "../jwt/fixture.h"

#include "base/memory.h"
#include "service/web_identity/web_identity.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW 1700000000
#define ISSUER "https://issuer.example"
#define CONNECTIONS 3

struct ground {
    EVP_PKEY *key;
    struct buffer token;
    struct web_identity *identity;
    struct MHD_Daemon *daemon;
    sem_t asked;     // the issuer has been asked
    sem_t go;        // it may answer
    sem_t suspended; // a request rests
};

/** A request that is being served. */
struct request {
    bool headed;
    enum web_identity_outcome outcome; // PENDING: not known yet
    struct web_identity_waiter waiter;
};

static struct jwt_keys *test_fetch(void *data, struct slice issuer, int64_t *lifetime, struct error *error)
{
    struct ground *ground = data;
    BUFFER_AUTO text = {0};
    (void)issuer;
    *lifetime = 600;
    (void)sem_post(&ground->asked);
    (void)sem_wait(&ground->go);
    buffer_append_text(&text, "{\"keys\":[");
    fixture_write_jwk(ground->key, "", &text);
    buffer_append_text(&text, "]}");
    return jwt_keys_parse(buffer_slice(&text), error);
}

// ------------------------------------------------------------------ the server

static enum web_identity_outcome verify(struct ground *ground, struct web_identity_waiter *waiter)
{
    static const struct slice audiences[] = {{"aud", 3}};
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    JWT_AUTO jwt = {0};
    if (!jwt_parse(buffer_slice(&ground->token), arena, &jwt, &error))
        return WEB_IDENTITY_REFUSED;
    const struct web_identity_question question = {&jwt, {SLICE(ISSUER), audiences, 1}, NOW};
    struct web_identity_result result;
    return web_identity_verify(ground->identity, &question, waiter, arena, &result, &error);
}

static void resume(void *data)
{
    MHD_resume_connection(data);
}

static enum MHD_Result answer(struct MHD_Connection *connection, const char *text)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
    (void)MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

/** As the header has it: first without a waiter; then the request rests before it asks with one. */
static void ask(struct ground *ground, struct MHD_Connection *connection, struct request *request)
{
    request->outcome = verify(ground, NULL);
    if (request->outcome != WEB_IDENTITY_PENDING)
        return;
    request->waiter = (struct web_identity_waiter){.wake = resume, .data = connection};
    MHD_suspend_connection(connection);
    (void)sem_post(&ground->suspended);
    request->outcome = verify(ground, &request->waiter);
    if (request->outcome != WEB_IDENTITY_PENDING)
        MHD_resume_connection(connection);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **request_context)
{
    (void)method;
    (void)version;
    (void)data;
    (void)size;
    struct request *request = *request_context;
    if (request == NULL) {
        request = memory_new(1, sizeof *request);
        request->outcome = WEB_IDENTITY_PENDING;
        *request_context = request;
        return MHD_YES;
    }
    if (strcmp(url, "/verify") != 0)
        return answer(connection, "other");
    if (request->outcome == WEB_IDENTITY_PENDING)
        ask(context, connection, request);
    if (MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_SUSPENDED)->suspended == MHD_YES)
        return MHD_YES;
    return request->outcome == WEB_IDENTITY_PENDING
               ? MHD_YES
               : answer(connection, request->outcome == WEB_IDENTITY_ACCEPTED ? "accepted" : "refused");
}

static void on_completed(void *context, struct MHD_Connection *connection, void **request_context,
                         enum MHD_RequestTerminationCode code)
{
    (void)context;
    (void)connection;
    (void)code;
    free(*request_context);
}

// ------------------------------------------------------------------ the test

static int dial(const struct ground *ground, const char *path)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(ground->daemon, MHD_DAEMON_INFO_BIND_PORT);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(info->port), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    const struct timeval limit = {.tv_sec = 60};
    assert_int_equal(setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), 0);
    assert_int_equal(connect(descriptor, (const struct sockaddr *)&address, sizeof address), 0);
    MEMORY_AUTO char *text = memory_format("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    assert_int_equal(send(descriptor, text, strlen(text), MSG_NOSIGNAL), strlen(text));
    return descriptor;
}

/** The answer's body is the last of it. */
static void expect_answer(int descriptor, const char *body)
{
    BUFFER_AUTO text = {0};
    char piece[512];
    ssize_t size;
    while ((size = recv(descriptor, piece, sizeof piece, 0)) > 0)
        buffer_append(&text, piece, (size_t)size);
    assert_int_equal(size, 0);
    if (!slice_ends_with(buffer_slice(&text), slice_of(body)))
        fail_msg("%s", buffer_text(&text));
    (void)close(descriptor);
}

static int set_up(void **state)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    struct web_identity_options options = web_identity_defaults;
    options.fetch = test_fetch;
    options.data = ground;
    ground->key = fixture_make_key("P-256");
    fixture_sign(ground->key, "ES256", "{\"alg\":\"ES256\"}",
                 "{\"iss\":\"" ISSUER "\",\"sub\":\"me\",\"aud\":\"aud\",\"iat\":1700000000,\"exp\":1700000000}",
                 &ground->token);
    (void)sem_init(&ground->asked, 0, 0);
    (void)sem_init(&ground->go, 0, 0);
    (void)sem_init(&ground->suspended, 0, 0);
    ground->identity = web_identity_new(&options, NULL);
    const struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    ground->daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME, 0,
                         NULL, NULL, on_request, ground, MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)&address,
                         MHD_OPTION_NOTIFY_COMPLETED, on_completed, ground, MHD_OPTION_END);
    *state = ground;
    return ground->daemon == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    (void)sem_post(&ground->go);
    web_identity_stop(ground->identity);
    if (ground->daemon != NULL)
        MHD_stop_daemon(ground->daemon);
    web_identity_free(ground->identity);
    buffer_free(&ground->token);
    EVP_PKEY_free(ground->key);
    (void)sem_destroy(&ground->asked);
    (void)sem_destroy(&ground->go);
    (void)sem_destroy(&ground->suspended);
    free(ground);
    return 0;
}

static void test_rests(void **state)
{
    struct ground *ground = *state;
    int resting[CONNECTIONS];
    for (size_t i = 0; i < CONNECTIONS; i++) {
        resting[i] = dial(ground, "/verify");
        assert_int_equal(sem_wait(&ground->suspended), 0);
    }
    assert_int_equal(sem_wait(&ground->asked), 0);
    // The one thread is free for others all the while.
    for (size_t i = 0; i < 20; i++)
        expect_answer(dial(ground, "/other"), "other");
    (void)sem_post(&ground->go);
    for (size_t i = 0; i < CONNECTIONS; i++)
        expect_answer(resting[i], "accepted");
    // With the keys there, nobody rests.
    expect_answer(dial(ground, "/verify"), "accepted");
    assert_int_equal(sem_trywait(&ground->suspended), -1);
    assert_int_equal(sem_trywait(&ground->asked), -1);
}

/** A server stops though a request rests. */
static void test_stops(void **state)
{
    struct ground *ground = *state;
    int resting = dial(ground, "/verify");
    assert_int_equal(sem_wait(&ground->suspended), 0);
    assert_int_equal(sem_wait(&ground->asked), 0);
    (void)sem_post(&ground->go);
    web_identity_stop(ground->identity);
    MHD_stop_daemon(ground->daemon);
    ground->daemon = NULL;
    (void)close(resting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_rests, set_up, tear_down),
                                       cmocka_unit_test_setup_teardown(test_stops, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
