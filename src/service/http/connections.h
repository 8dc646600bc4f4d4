// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The open connections of one worker, each with a deadline. A connection that has sent nothing for a while is
 * cut by libmicrohttpd; one that sends a byte now and then is cut here: its deadline is renewed when it is
 * accepted, when the headers of a request are complete and when a request is done, and at nothing else.
 * An end that comes together with data is at times missed by libmicrohttpd; the reaper points it out.
 */
#ifndef JETON_SERVICE_HTTP_CONNECTIONS_H
#define JETON_SERVICE_HTTP_CONNECTIONS_H

#include "service/http/http.h"
#include "service/web_identity/web_identity.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/** The headers of a request, collected once; the texts are libmicrohttpd's until the request is done. */
struct header_list {
    struct sigv4_header headers[HTTP_HEADERS_MAX];
    size_t count;
    size_t size;   /**< Of all names and values. */
    bool overflow; /**< There are more. */
    bool folded;   /**< One of them went on in another line. */
};

/** One connection, and the memory that its requests use one after the other. */
struct connection {
    struct connection *next;
    struct connection *previous;
    int descriptor;
    _Atomic int64_t deadline;      /**< Milliseconds of the monotonic clock. */
    char client[INET6_ADDRSTRLEN]; /**< The peer's address. */
    struct buffer target;          /**< The request's target as it was sent. */
    struct header_list headers;    /**< The request's headers. */
    struct buffer body;            /**< The request's body. */
    size_t body_size;              /**< Also what was beyond the limit and thrown away. */
    struct http_response response;
    atomic_bool begun;                 /**< A request line has come and its answer has not gone. */
    bool headed;                       /**< The request's headers are complete. */
    bool waits;                        /**< The request is complete, and has been put off. */
    bool due;                          /**< It is put off no more. */
    unsigned turn;                     /**< The list's when it was put off last. */
    bool answered;                     /**< The response is there, and has not been handed over. */
    struct web_identity_waiter waiter; /**< In use while the request rests. */
    struct front *front;               /**< Of a request that is passed on (front.h); else NULL. */
};

/** All of one worker. */
struct connection_list {
    struct connection *first;
    size_t count;        /**< Connections; of the worker's own thread alone. */
    int64_t patience;    /**< Milliseconds from one renewal to the deadline. */
    atomic_size_t begun; /**< Requests that have begun and are not done. */
    unsigned round;      /**< Of the reaper. */
    unsigned turn;       /**< Of the worker's loop, while requests wait; this and what follows is its thread's alone. */
    size_t come;         /**< Requests that have come in this turn. */
    unsigned held;       /**< Turns in a row in which nothing was answered. */
    bool hold;           /**< This turn is one of them. */
    pthread_mutex_t mutex; /**< Of FIRST: the reaper looks through the list from its own thread. */
};

void connection_list_open(struct connection_list *list, int64_t patience);
/** All connections must have been removed. */
void connection_list_close(struct connection_list *list);

/** Adds a connection that has been accepted. @return owned by the list until connection_remove(). */
struct connection *connection_add(struct connection_list *list, int descriptor, const struct sockaddr *peer);
/** Wipes and frees it; called before its descriptor is closed. */
void connection_remove(struct connection_list *list, struct connection *connection);

/** A request line has come. */
void connection_begin(struct connection_list *list, struct connection *connection, struct slice target);
/** Its deadline is now; connection_renew() sets another. */
void connection_expire(struct connection *connection);
/** It has no deadline until connection_renew(): it waits for what has one of its own. */
void connection_hold(struct connection *connection);
/** The request's headers are complete, or it comes to rest: a new deadline. */
void connection_renew(struct connection_list *list, struct connection *connection);
/**
 * Whether a complete request is to be answered in a later turn of the worker's loop rather than at once; called in each
 * turn until it says no. Only where there are other connections: a request waits for the end of the turn in which it
 * came, and for the next ones, a few at most, as long as each brings several more.
 */
bool connection_put_off(struct connection_list *list, struct connection *connection);
/** The request is done, one way or the other: a new deadline; what it left in memory is wiped. */
void connection_end(struct connection_list *list, struct connection *connection);

/**
 * Shuts the sockets that are overdue, and wakes the worker for those that the client has closed; the worker then
 * closes them. Called ten times a second, by another thread.
 */
void connection_list_reap(struct connection_list *list);
/** How many requests have begun and are not done. For another thread. */
size_t connection_list_begun(struct connection_list *list);

#endif
