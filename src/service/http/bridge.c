// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/bridge.h"

#include "base/timestamp.h"
#include "service/http/form.h"
#include "service/http/front.h"
#include "service/http/server.h"

#include <string.h>
#include <unistd.h>

/** What libmicrohttpd keeps for one connection; far beyond FORM_HEAD_MAX it refuses by itself, in HTML and unlogged. */
#define CONNECTION_MEMORY ((size_t)24 * 1024)
#define CONNECTION_MEMORY_STEP ((size_t)4 * 1024)
/** From this version on, libmicrohttpd refuses by itself what form_is_whole() looks for, and keeps headers otherwise.
 */
#define LAYOUT_UNKNOWN "0.9.77"
#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

// ------------------------------------------------------------------ gathering a request

static enum MHD_Result collect_header(void *context, enum MHD_ValueKind kind, const char *name, size_t name_size,
                                      const char *value, size_t value_size)
{
    (void)kind;
    struct header_list *list = context;
    list->overflow = list->count == HTTP_HEADERS_MAX;
    if (list->overflow)
        return MHD_NO;
    list->size += name_size + value_size;
    // libmicrohttpd 0.9.75 puts what continues a line behind the header's name, in memory of its own, and then knows
    // the header no more: a length that it does not see would leave the body to be read as the next request.
    list->folded |= value != NULL && (uintptr_t)value - (uintptr_t)(name + name_size) > FORM_HEAD_MAX;
    list->headers[list->count++] = (struct sigv4_header){{name, name_size}, {value == NULL ? "" : value, value_size}};
    return MHD_YES;
}

/** The path and query of a target, which may come in absolute form (RFC 9112 section 3.2.2). */
static struct slice origin_form(struct slice target)
{
    static const struct slice schemes[] = {{"http://", 7}, {"https://", 8}};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (slice_equal_nocase(slice_part(target, 0, schemes[i].size), schemes[i]))
            return slice_part(target, slice_find(target, '/', schemes[i].size), target.size);
    return target;
}

static void collect_headers(struct MHD_Connection *mhd, struct header_list *list)
{
    list->count = 0;
    list->size = 0;
    list->overflow = false;
    list->folded = false;
    (void)MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, collect_header, list);
}

/** The request, of which all that has come is with the connection. */
static struct http_request gather(const struct bridge *bridge, const char *method, const struct connection *connection,
                                  int64_t now)
{
    struct slice target = origin_form(buffer_slice(&connection->target));
    size_t mark = slice_find(target, '?', 0);
    return (struct http_request){
        .message = {.method = slice_of(method),
                    .path = slice_part(target, 0, mark),
                    .query = slice_part(target, mark + 1, target.size),
                    .headers = connection->headers.headers,
                    .header_count = connection->headers.count,
                    .body = buffer_slice(&connection->body)},
        .client = connection->client,
        .tls = bridge->tls,
        .now = now,
    };
}

// ------------------------------------------------------------------ answering

enum MHD_Result bridge_answer(const struct bridge *bridge, struct MHD_Connection *mhd, struct connection *connection,
                              bool last)
{
    struct http_response *response = &connection->response;
    last = last || atomic_load_explicit(bridge->stopping, memory_order_relaxed);
    if (response->common && !last)
        return MHD_queue_response(mhd, (unsigned)response->status, replies_find(bridge->replies, response));
    struct MHD_Response *out =
        MHD_create_response_from_buffer(response->body.size, response->body.data, MHD_RESPMEM_PERSISTENT);
    if (out == NULL)
        return MHD_NO;
    (void)MHD_add_response_header(out, "Content-Type", response->content_type);
    (void)MHD_add_response_header(out, "Cache-Control", "no-store"); // answers hold tokens
    (void)MHD_add_response_header(out, "x-amzn-RequestId", response->request_id);
    if (response->error_type != NULL)
        (void)MHD_add_response_header(out, "x-amzn-errortype", response->error_type);
    replies_add_fields(response, out);
    if (last)
        (void)MHD_add_response_header(out, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(mhd, (unsigned)response->status, out);
    MHD_destroy_response(out);
    return result;
}

/** libmicrohttpd has read a part of what was sent as if it was not there: form_is_whole(). */
static bool check_layout(struct MHD_Connection *mhd, const char *method, const char *version,
                         const struct header_list *headers, struct error *error)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    // Versions are compared as texts, which will do until there is a tenth of anything.
    if (info == NULL || strcmp(MHD_get_version(), LAYOUT_UNKNOWN) >= 0)
        return true;
    return form_is_whole(slice_of(version), method + info->header_size, headers, error);
}

/** The headers are complete: what is refused by its form alone is refused here, before its body is read. */
static enum MHD_Result begin(struct bridge *bridge, struct MHD_Connection *mhd, const char *method, const char *version,
                             struct connection *connection)
{
    ERROR_AUTO error = {0};
    connection_renew(&bridge->connections, connection);
    collect_headers(mhd, &connection->headers);
    struct http_request request = gather(bridge, method, connection, 0);
    bool good = form_check(&request, buffer_slice(&connection->target), version, &connection->headers, &error) &&
                check_layout(mhd, method, version, &connection->headers, &error);
    bool for_front = good && front_is_asked(bridge, &request, buffer_slice(&connection->target));
    if (good && !for_front && form_check_announced(&request, &error))
        return MHD_YES;
    request.now = timestamp_now();
    if (for_front)
        return front_begin(bridge, mhd, connection, &request);
    worker_refuse(&bridge->worker, &request, &error, &connection->response);
    return bridge_answer(bridge, mhd, connection, true);
}

/** A request that has rested can go on: called by another thread, or by the own one. */
static void wake(void *mhd)
{
    MHD_resume_connection(mhd);
}

/**
 * A request that waits for what comes over the network rests, and its thread serves others. libmicrohttpd comes back to
 * it once it is resumed, and it is then handled from its beginning.
 *
 * It rests before anybody who could wake it knows of it, and is therefore handled once more: by then there may be
 * nothing left to wait for.
 */
static enum MHD_Result rest(struct bridge *bridge, struct MHD_Connection *mhd, const struct http_request *request,
                            struct connection *connection)
{
    connection->waiter = (struct web_identity_waiter){.wake = wake, .data = mhd};
    connection_renew(&bridge->connections, connection);
    MHD_suspend_connection(mhd);
    connection->answered = worker_handle(&bridge->worker, request, &connection->waiter, &connection->response);
    if (connection->answered)
        wake(mhd);
    return MHD_YES;
}

/**
 * All requests that have come are read before any is answered, and all are answered before any answer is sent: each
 * step finds its code in the processor's caches, and clients of this machine are not woken one by one. What comes while
 * answers are sent is waited for as well; answering in small groups would have the client sleep between them, and
 * waking it costs as much as sending two answers. libmicrohttpd comes back in its next round, without waiting, to a
 * request that has no response yet; the response is then sent in the round after that.
 */
static enum MHD_Result finish(struct bridge *bridge, struct MHD_Connection *mhd, const char *method,
                              struct connection *connection)
{
    if (connection_put_off(&bridge->connections, connection))
        return MHD_YES;
    if (connection->answered)
        return bridge_answer(bridge, mhd, connection, false);
    const struct http_request request = gather(bridge, method, connection, timestamp_now());
    if (connection->body_size <= HTTP_BODY_MAX) {
        if (!worker_handle(&bridge->worker, &request, NULL, &connection->response))
            return rest(bridge, mhd, &request, connection);
        return bridge_answer(bridge, mhd, connection, false);
    }
    ERROR_AUTO error = {0};
    (void)form_refuse_size(&error);
    worker_refuse(&bridge->worker, &request, &error, &connection->response);
    return bridge_answer(bridge, mhd, connection, true);
}

// ------------------------------------------------------------------ callbacks

static void take_body(struct connection *connection, const char *data, size_t size)
{
    connection->body_size += size;
    if (connection->body_size <= HTTP_BODY_MAX)
        buffer_append(&connection->body, data, size);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **request_context)
{
    (void)url;
    struct bridge *bridge = context;
    struct connection *connection = *request_context;
    if (connection == NULL)
        return MHD_NO;
    if (!connection->headed)
        return begin(bridge, mhd, method, version, connection);
    if (connection->front != NULL)
        return front_go_on(bridge, mhd, connection, data, size);
    if (*size == 0)
        return finish(bridge, mhd, method, connection);
    take_body(connection, data, *size);
    *size = 0;
    return connection->body_size <= FORM_DISCARDED_MAX ? MHD_YES : MHD_NO;
}

static struct connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

/** The request line has come; what this returns is the request context of the other callbacks. */
static void *on_target(void *context, const char *target, struct MHD_Connection *mhd)
{
    struct bridge *bridge = context;
    struct connection *connection = connection_of(mhd);
    if (connection != NULL)
        connection_begin(&bridge->connections, connection, slice_of(target));
    // Its end has come unless libmicrohttpd gets as far as its headers.
    if (connection != NULL && form_has_many_parameters(slice_of(target)))
        connection_expire(connection);
    return connection;
}

static void on_completed(void *context, struct MHD_Connection *mhd, void **request_context,
                         enum MHD_RequestTerminationCode code)
{
    (void)mhd;
    struct bridge *bridge = context;
    struct connection *connection = *request_context;
    if (connection != NULL && connection->front != NULL)
        front_end(connection, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    if (connection != NULL)
        connection_end(&bridge->connections, connection);
    *request_context = NULL;
}

static void on_connection(void *context, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct bridge *bridge = context;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*socket_context != NULL)
            connection_remove(&bridge->connections, *socket_context);
        *socket_context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *socket = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    int descriptor = socket == NULL ? -1 : socket->connect_fd;
    const union MHD_ConnectionInfo *peer = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *socket_context = connection_add(&bridge->connections, descriptor, peer == NULL ? NULL : peer->client_addr);
}

/** Leaves escapes as they are. */
static size_t keep_escapes(void *context, struct MHD_Connection *mhd, char *text)
{
    (void)context;
    (void)mhd;
    return strlen(text);
}

struct MHD_Daemon *bridge_start(struct bridge *bridge, int listener, const char *certificate, const char *key)
{
    const struct MHD_OptionItem tls_options[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES},
        {MHD_OPTION_END, 0, NULL},
    };
    const struct MHD_OptionItem no_options[] = {{MHD_OPTION_END, 0, NULL}};
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME;
    bridge->tls = certificate != NULL;
    bridge->replies = replies_new();
    struct MHD_Daemon *daemon = MHD_start_daemon(
        bridge->tls ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, on_request, bridge, MHD_OPTION_LISTEN_SOCKET,
        listener, MHD_OPTION_CONNECTION_LIMIT, SERVER_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        CONNECTION_MEMORY, MHD_OPTION_CONNECTION_MEMORY_INCREMENT, CONNECTION_MEMORY_STEP,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)((bridge->connections.patience + 999) / 1000),
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, on_target, bridge, MHD_OPTION_UNESCAPE_CALLBACK,
        keep_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, bridge, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, bridge, MHD_OPTION_ARRAY, bridge->tls ? tls_options : no_options, MHD_OPTION_END);
    if (daemon == NULL)
        (void)close(listener);
    return daemon;
}
