// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "stub.h"
#include "base/memory.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct stub {
    const struct stub_step *step;
    struct buffer received;
    size_t connections;
    int listener;
    unsigned port;
    pthread_t thread;
};

static void need(bool done)
{
    if (!done)
        abort();
}

/** Reads one request, head and body; false when the client is gone. */
static bool read_request(struct stub *stub, int client)
{
    size_t start = stub->received.size;
    size_t wanted = SIZE_MAX;
    while (stub->received.size - start < wanted) {
        char data[4096];
        ssize_t count = recv(client, data, sizeof data, 0);
        if (count <= 0)
            return false;
        buffer_append(&stub->received, data, (size_t)count);
        if (stub->step->hasty)
            return true;
        const char *head = buffer_text(&stub->received) + start;
        const char *end = strstr(head, "\r\n\r\n");
        if (end == NULL)
            continue;
        const char *length = strcasestr(head, "\r\ncontent-length:");
        wanted = (size_t)(end - head) + 4;
        if (length != NULL && length < end)
            wanted += strtoul(length + 17, NULL, 10);
    }
    return true;
}

/** The client may leave early, so a failing send is no failure of the test. */
static void send_all(int client, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t count = send(client, data, size, MSG_NOSIGNAL);
        if (count <= 0)
            return;
        data += count;
        size -= (size_t)count;
    }
}

static void drip(int client, const char *data)
{
    int on = 1;
    (void)setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (; *data != '\0'; data++)
        send_all(client, data, 1);
}

static void send_filler(int client, size_t size)
{
    char block[65536];
    memset(block, 'x', sizeof block);
    for (; size > 0; size -= size < sizeof block ? size : sizeof block) {
        ssize_t count = send(client, block, size < sizeof block ? size : sizeof block, MSG_NOSIGNAL);
        if (count <= 0)
            return;
    }
}

static void serve(struct stub *stub, int client)
{
    while (read_request(stub, client)) {
        const struct stub_step *step = stub->step;
        if (step[1].answer != NULL || step[1].close || step[1].silent)
            stub->step++;
        if (step->silent) {
            char data;
            while (recv(client, &data, 1, 0) > 0)
                continue;
            return;
        }
        if (step->answer != NULL && step->dripping)
            drip(client, step->answer);
        else if (step->answer != NULL)
            send_all(client, step->answer, strlen(step->answer));
        send_filler(client, step->filler);
        if (step->close)
            return;
    }
}

static void *run(void *context)
{
    struct stub *stub = context;
    for (;;) {
        int client = accept(stub->listener, NULL, NULL);
        if (client < 0)
            return NULL;
        stub->connections++;
        serve(stub, client);
        (void)close(client);
    }
}

struct stub *stub_start(const struct stub_step *steps)
{
    struct stub *stub = memory_new(1, sizeof *stub);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    stub->step = steps;
    stub->listener = socket(AF_INET, SOCK_STREAM, 0);
    need(stub->listener >= 0);
    need(bind(stub->listener, (struct sockaddr *)&address, size) == 0 && listen(stub->listener, 8) == 0);
    need(getsockname(stub->listener, (struct sockaddr *)&address, &size) == 0);
    stub->port = ntohs(address.sin_port);
    need(pthread_create(&stub->thread, NULL, run, stub) == 0);
    return stub;
}

unsigned stub_port(const struct stub *stub)
{
    return stub->port;
}

void stub_stop(struct stub *stub, struct buffer *received, size_t *connections)
{
    (void)shutdown(stub->listener, SHUT_RDWR);
    need(pthread_join(stub->thread, NULL) == 0);
    (void)close(stub->listener);
    if (connections != NULL)
        *connections = stub->connections;
    if (received != NULL) {
        *received = stub->received;
        stub->received = (struct buffer){0};
    }
    buffer_free(&stub->received);
    free(stub);
}
