// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/connections.h"

#include "base/memory.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <time.h>

/** A body buffer above this is given back after the request; a usual one is kept for the next. */
#define KEPT_MAX ((size_t)8 * 1024)

/** The coarse clock is exact enough for deadlines and costs next to nothing. */
static int64_t clock_milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void connection_list_open(struct connection_list *list, int64_t patience)
{
    *list = (struct connection_list){.patience = patience};
    (void)pthread_mutex_init(&list->mutex, NULL);
}

void connection_list_close(struct connection_list *list)
{
    (void)pthread_mutex_destroy(&list->mutex);
}

static void write_address(const struct sockaddr *peer, char out[static INET6_ADDRSTRLEN])
{
    const void *address = NULL;
    if (peer != NULL && peer->sa_family == AF_INET)
        address = &((const struct sockaddr_in *)(const void *)peer)->sin_addr;
    else if (peer != NULL && peer->sa_family == AF_INET6)
        address = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (address == NULL || inet_ntop(peer->sa_family, address, out, INET6_ADDRSTRLEN) == NULL)
        out[0] = '\0';
}

struct connection *connection_add(struct connection_list *list, int descriptor, const struct sockaddr *peer)
{
    struct connection *connection = memory_new(1, sizeof *connection);
    connection->descriptor = descriptor;
    write_address(peer, connection->client);
    (void)pthread_mutex_lock(&list->mutex);
    connection->deadline = clock_milliseconds() + list->patience;
    connection->next = list->first;
    if (list->first != NULL)
        list->first->previous = connection;
    list->first = connection;
    (void)pthread_mutex_unlock(&list->mutex);
    return connection;
}

void connection_remove(struct connection_list *list, struct connection *connection)
{
    (void)pthread_mutex_lock(&list->mutex);
    if (connection->begun)
        list->begun--;
    if (connection->previous == NULL)
        list->first = connection->next;
    else
        connection->previous->next = connection->next;
    if (connection->next != NULL)
        connection->next->previous = connection->previous;
    (void)pthread_mutex_unlock(&list->mutex);
    buffer_free(&connection->target);
    buffer_free(&connection->body);
    buffer_free(&connection->response.body);
    free(connection);
}

void connection_begin(struct connection_list *list, struct connection *connection, struct slice target)
{
    buffer_clear(&connection->target);
    buffer_append_slice(&connection->target, target);
    (void)pthread_mutex_lock(&list->mutex);
    if (!connection->begun)
        list->begun++;
    connection->begun = true;
    (void)pthread_mutex_unlock(&list->mutex);
}

void connection_renew(struct connection_list *list, struct connection *connection)
{
    int64_t deadline = clock_milliseconds() + list->patience;
    (void)pthread_mutex_lock(&list->mutex);
    connection->deadline = deadline;
    (void)pthread_mutex_unlock(&list->mutex);
    connection->headed = true;
}

static void forget(struct buffer *buffer)
{
    if (buffer->capacity > KEPT_MAX)
        buffer_free(buffer);
    else
        buffer_clear(buffer);
}

void connection_end(struct connection_list *list, struct connection *connection)
{
    forget(&connection->target);
    forget(&connection->body);
    forget(&connection->response.body);
    connection->body_size = 0;
    connection->headed = false;
    int64_t deadline = clock_milliseconds() + list->patience;
    (void)pthread_mutex_lock(&list->mutex);
    if (connection->begun)
        list->begun--;
    connection->begun = false;
    connection->deadline = deadline;
    (void)pthread_mutex_unlock(&list->mutex);
}

void connection_list_reap(struct connection_list *list)
{
    int64_t now = clock_milliseconds();
    (void)pthread_mutex_lock(&list->mutex);
    for (struct connection *at = list->first; at != NULL; at = at->next)
        if (now >= at->deadline)
            (void)shutdown(at->descriptor, SHUT_RDWR);
    (void)pthread_mutex_unlock(&list->mutex);
}

size_t connection_list_begun(struct connection_list *list)
{
    (void)pthread_mutex_lock(&list->mutex);
    size_t begun = list->begun;
    (void)pthread_mutex_unlock(&list->mutex);
    return begun;
}
