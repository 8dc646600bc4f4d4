// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/connections.h"

#include "base/memory.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <time.h>

/** A body buffer above this is given back after the request; a usual one is kept for the next. */
#define KEPT_MAX ((size_t)8 * 1024)
/** Rounds of the reaper from one look at the idle connections to the next. */
#define IDLE_ROUNDS 10
/** Turns in a row in which nothing is answered, at most: others may send for as long as they like. */
#define HELD_MAX 4

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

static void renew(const struct connection_list *list, struct connection *connection)
{
    atomic_store_explicit(&connection->deadline, clock_milliseconds() + list->patience, memory_order_relaxed);
}

/** Only the worker's own thread changes this, so that reading and writing need not be one step. */
static void set_begun(struct connection_list *list, struct connection *connection, bool begun)
{
    if (atomic_load_explicit(&connection->begun, memory_order_relaxed) == begun)
        return;
    size_t count = atomic_load_explicit(&list->begun, memory_order_relaxed);
    atomic_store_explicit(&list->begun, begun ? count + 1 : count - 1, memory_order_relaxed);
    atomic_store_explicit(&connection->begun, begun, memory_order_relaxed);
}

struct connection *connection_add(struct connection_list *list, int descriptor, const struct sockaddr *peer)
{
    struct connection *connection = memory_new(1, sizeof *connection);
    connection->descriptor = descriptor;
    write_address(peer, connection->client);
    renew(list, connection);
    (void)pthread_mutex_lock(&list->mutex);
    connection->next = list->first;
    if (list->first != NULL)
        list->first->previous = connection;
    list->first = connection;
    list->count++;
    (void)pthread_mutex_unlock(&list->mutex);
    return connection;
}

void connection_remove(struct connection_list *list, struct connection *connection)
{
    set_begun(list, connection, false);
    (void)pthread_mutex_lock(&list->mutex);
    if (connection->previous == NULL)
        list->first = connection->next;
    else
        connection->previous->next = connection->next;
    if (connection->next != NULL)
        connection->next->previous = connection->previous;
    list->count--;
    (void)pthread_mutex_unlock(&list->mutex);
    buffer_free(&connection->target);
    buffer_free(&connection->body);
    buffer_free(&connection->response.fields);
    buffer_free(&connection->response.body);
    free(connection);
}

void connection_begin(struct connection_list *list, struct connection *connection, struct slice target)
{
    buffer_clear(&connection->target);
    buffer_append_slice(&connection->target, target);
    set_begun(list, connection, true);
}

void connection_renew(struct connection_list *list, struct connection *connection)
{
    renew(list, connection);
    connection->headed = true;
}

void connection_hold(struct connection *connection)
{
    atomic_store_explicit(&connection->deadline, INT64_MAX, memory_order_relaxed);
}

void connection_expire(struct connection *connection)
{
    atomic_store_explicit(&connection->deadline, clock_milliseconds(), memory_order_relaxed);
}

/** The worker's loop has come round to a request that waits: what became of the turn before decides about this one. */
static void begin_turn(struct connection_list *list)
{
    list->hold = list->come > 1 && list->held < HELD_MAX;
    list->held = list->hold ? list->held + 1 : 0;
    list->come = 0;
    list->turn++;
}

bool connection_put_off(struct connection_list *list, struct connection *connection)
{
    if (connection->due || list->count < 2)
        return false;
    if (connection->waits && connection->turn == list->turn)
        begin_turn(list);
    list->come += !connection->waits;
    connection->due = connection->waits && !list->hold;
    connection->waits = true;
    connection->turn = list->turn;
    return !connection->due;
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
    connection->response.common = false;
    forget(&connection->response.fields);
    forget(&connection->response.body);
    connection->headers.count = 0;
    connection->body_size = 0;
    connection->headed = false;
    connection->waits = false;
    connection->due = false;
    connection->answered = false;
    set_begun(list, connection, false);
    renew(list, connection);
}

/** Whether nothing is left to be read, and nothing more will come. */
static bool has_ended(const struct connection *connection)
{
    char byte;
    return recv(connection->descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

void connection_list_reap(struct connection_list *list)
{
    int64_t now = clock_milliseconds();
    // Nobody waits for a connection without a request, so that they are looked at now and then only.
    bool look_at_idle = ++list->round % IDLE_ROUNDS == 0;
    (void)pthread_mutex_lock(&list->mutex);
    for (struct connection *at = list->first; at != NULL; at = at->next) {
        if (now >= atomic_load_explicit(&at->deadline, memory_order_relaxed))
            (void)shutdown(at->descriptor, SHUT_RDWR);
        // Shutting the side that the client has shut takes nothing from it, an answer to a whole request
        // included; but it is an event to epoll, upon which the worker reads the end.
        else if ((look_at_idle || atomic_load_explicit(&at->begun, memory_order_relaxed)) && has_ended(at))
            (void)shutdown(at->descriptor, SHUT_RD);
    }
    (void)pthread_mutex_unlock(&list->mutex);
}

size_t connection_list_begun(struct connection_list *list)
{
    return atomic_load_explicit(&list->begun, memory_order_relaxed);
}
