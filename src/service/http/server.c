// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/server.h"

#include "base/memory.h"
#include "base/timestamp.h"
#include "service/http/bridge.h"
#include "service/http/listen.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/** Milliseconds between two rounds of the housekeeper. */
#define ROUND 100
/** Milliseconds between two looks at what still runs, when stopping. */
#define DRAIN_STEP 10
/** Milliseconds for what has waited for the store, once it waits no longer. */
#define HURRY_LIMIT 300

struct server {
    struct site *site;
    struct buffer url;
    int listener;
    int wake;     /**< An eventfd that ends the housekeeper. */
    size_t count; /**< Workers that have been opened. */
    struct bridge *bridges;
    struct MHD_Daemon **daemons; /**< NULL where none runs. */
    int *listeners;              /**< Each daemon's own name of the listener; -1 before its start. */
    struct log_sink sink;
    struct log_buffer notices; /**< Of the issuers of identity tokens. */
    struct web_identity *identity;
    atomic_bool stopping;
    bool housekeeping;
    pthread_t housekeeper;
};

const char *server_url(const struct server *server)
{
    return buffer_text(&server->url);
}

// ------------------------------------------------------------------ housekeeping

static int64_t clock_milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void *keep_house(void *context)
{
    struct server *server = context;
    struct pollfd events[1 + LOG_SINK_EVENTS] = {{.fd = server->wake, .events = POLLIN}};
    int64_t reaped = 0;
    while (events[0].revents == 0) {
        log_sink_flush(&server->sink);
        int64_t now = clock_milliseconds();
        for (size_t i = 0; i < server->count && now - reaped >= ROUND; i++)
            connection_list_reap(&server->bridges[i].connections);
        if (now - reaped >= ROUND)
            reaped = now;
        log_sink_watch(&server->sink, events + 1);
        (void)poll(events, sizeof events / sizeof events[0], ROUND);
    }
    return NULL;
}

// ------------------------------------------------------------------ issuers of identity tokens

static void tell(void *data, bool good, const char *line)
{
    struct server *server = data;
    (void)good;
    log_notice(&server->notices, timestamp_now(), line);
}

static bool start_identity(struct server *server, const struct web_identity_options *options, struct error *error)
{
    if (options == NULL)
        return true;
    struct web_identity_options told = *options;
    told.tell = tell;
    told.data = server;
    server->identity = server->site->identity = web_identity_new(&told, error);
    return server->identity != NULL;
}

/** From here on no request rests, which libmicrohttpd could not be stopped with. */
static void stop_identity(struct server *server)
{
    if (server->identity != NULL)
        web_identity_stop(server->identity);
}

static void free_identity(struct server *server)
{
    if (server->identity != NULL)
        server->site->identity = NULL;
    web_identity_free(server->identity);
    log_buffer_close(&server->notices);
}

/** The same for who waits for an upstream. */
static void stop_carriers(struct server *server)
{
    for (size_t i = 0; i < server->count; i++)
        if (server->bridges[i].carrier != NULL)
            carrier_stop(server->bridges[i].carrier);
}

// ------------------------------------------------------------------ starting

static bool start_worker(struct server *server, struct site *site, const struct server_options *options,
                         struct error *error)
{
    struct bridge *bridge = &server->bridges[server->count];
    const char *base = options->endpoint_base == NULL ? server_url(server) : options->endpoint_base;
    if (!worker_open(&bridge->worker, site, base, options->endpoint_hosts, &server->sink, error))
        return false;
    bridge->worker.introspection = options->introspection;
    bridge->stopping = &server->stopping;
    bridge->public_base = options->endpoint_base;
    bridge->upstreams = options->upstreams;
    connection_list_open(&bridge->connections, options->patience);
    size_t index = server->count++;
    bridge->carrier = options->upstreams == NULL ? NULL : carrier_new(&options->upstream, error);
    if (options->upstreams != NULL && bridge->carrier == NULL)
        return false;
    int listener = dup(server->listener);
    if (listener >= 0)
        server->daemons[index] = bridge_start(bridge, listener, options->certificate, options->key);
    if (server->daemons[index] != NULL) {
        server->listeners[index] = listener;
        return true;
    }
    return error_set(error, ERROR_CONFIGURATION, NULL, "the HTTP server could not be started%s",
                     options->certificate == NULL ? "" : "; do the certificate and the key belong together?");
}

static bool start(struct server *server, struct site *site, const struct server_options *options, struct error *error)
{
    buffer_append_text(&server->url, options->certificate == NULL ? "http://" : "https://");
    server->listener = listen_open(options->listen, &server->url, error);
    if (server->listener < 0)
        return false;
    server->wake = eventfd(0, EFD_CLOEXEC);
    if (!start_identity(server, options->identity, error))
        return false;
    for (size_t i = 0; i < options->threads; i++)
        if (!start_worker(server, site, options, error))
            return false;
    server->housekeeping = pthread_create(&server->housekeeper, NULL, keep_house, server) == 0;
    if (server->wake < 0 || !server->housekeeping)
        return error_set(error, ERROR_INTERNAL, NULL, "a thread could not be started");
    return true;
}

struct server *server_start(struct site *site, const struct server_options *options, struct error *error)
{
    struct server *server = memory_new(1, sizeof *server);
    server->listener = -1;
    server->wake = -1;
    server->site = site;
    server->bridges = memory_new(options->threads, sizeof *server->bridges);
    server->daemons = memory_new(options->threads, sizeof(struct MHD_Daemon *));
    server->listeners = memory_new(options->threads, sizeof *server->listeners);
    for (size_t i = 0; i < options->threads; i++)
        server->listeners[i] = -1;
    log_sink_open(&server->sink, options->log_descriptor);
    log_buffer_open(&server->notices, &server->sink);
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    bool started = start(server, site, options, error);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started)
        return server;
    server_stop(server, 0);
    return NULL;
}

// ------------------------------------------------------------------ stopping

/** No more connections. A daemon's thread takes the listener out of its epoll when it wakes, so that it stays open. */
static void quiesce(struct server *server)
{
    atomic_store(&server->stopping, true);
    for (size_t i = 0; i < server->count; i++)
        if (server->daemons[i] != NULL)
            (void)MHD_quiesce_daemon(server->daemons[i]);
    // Who connects from here on is refused, rather than left to wait.
    if (server->listener >= 0)
        (void)shutdown(server->listener, SHUT_RDWR);
}

/** Once no daemon runs that could use them. */
static void close_listeners(struct server *server)
{
    for (size_t i = 0; i < server->count; i++)
        if (server->listeners[i] >= 0)
            (void)close(server->listeners[i]);
    if (server->listener >= 0)
        (void)close(server->listener);
    free(server->listeners);
}

/**
 * Waits until nothing has been running twice in a row: a request may have arrived that nobody has read yet.
 * @return false when something still runs.
 */
static bool drain(const struct server *server, int64_t milliseconds)
{
    const struct timespec step = {0, DRAIN_STEP * 1000000L};
    int quiet = 0;
    for (int64_t waited = 0; waited < milliseconds && quiet < 2; waited += DRAIN_STEP) {
        (void)nanosleep(&step, NULL);
        size_t begun = 0;
        for (size_t i = 0; i < server->count; i++)
            begun += connection_list_begun(&server->bridges[i].connections);
        quiet = begun == 0 ? quiet + 1 : 0;
    }
    return quiet == 2;
}

/** A worker that waits for a locked store would keep us waiting, for each request that it has read. */
static void hurry(const struct server *server)
{
    for (size_t i = 0; i < server->count; i++)
        store_hurry(server->bridges[i].worker.desk.store);
}

void server_stop(struct server *server, int64_t milliseconds)
{
    if (server == NULL)
        return;
    quiesce(server);
    bool quiet = drain(server, milliseconds);
    hurry(server);
    stop_identity(server);
    stop_carriers(server);
    if (!quiet)
        (void)drain(server, HURRY_LIMIT);
    const uint64_t one = 1;
    if (server->housekeeping && write(server->wake, &one, sizeof one) == sizeof one)
        (void)pthread_join(server->housekeeper, NULL);
    for (size_t i = 0; i < server->count; i++)
        if (server->daemons[i] != NULL)
            MHD_stop_daemon(server->daemons[i]);
    close_listeners(server);
    log_sink_flush(&server->sink);
    for (size_t i = 0; i < server->count; i++) {
        connection_list_close(&server->bridges[i].connections);
        worker_close(&server->bridges[i].worker);
        replies_free(server->bridges[i].replies);
        carrier_free(server->bridges[i].carrier);
    }
    free_identity(server);
    if (server->wake >= 0)
        (void)close(server->wake);
    log_sink_close(&server->sink);
    buffer_free(&server->url);
    free(server->bridges);
    free((void *)server->daemons);
    free(server);
}
