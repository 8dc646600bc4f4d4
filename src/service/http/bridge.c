// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/bridge.h"

#include "base/text.h"
#include "base/timestamp.h"
#include "service/http/server.h"

#include <string.h>
#include <unistd.h>

/** Target and headers of a request together. */
#define HEAD_MAX ((size_t)12 * 1024)
/** What libmicrohttpd keeps for one connection; far beyond HEAD_MAX it refuses by itself, in HTML and unlogged. */
#define CONNECTION_MEMORY ((size_t)24 * 1024)
#define CONNECTION_MEMORY_STEP ((size_t)4 * 1024)
/** Parameters in a target; libmicrohttpd keeps each of them, and has no answer when its memory ends with them. */
#define PARAMETERS_MAX 200
/** A body above the limit but not above this is read and thrown away, so that the client sees the refusal. */
#define DISCARDED_MAX ((size_t)1024 * 1024)
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
    list->folded |= value != NULL && (uintptr_t)value - (uintptr_t)(name + name_size) > HEAD_MAX;
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

/** Hands the response over; its body stays with the connection until the request is done. */
static enum MHD_Result answer(const struct bridge *bridge, struct MHD_Connection *mhd, struct connection *connection,
                              bool last)
{
    struct http_response *response = &connection->response;
    struct MHD_Response *out =
        MHD_create_response_from_buffer(response->body.size, response->body.data, MHD_RESPMEM_PERSISTENT);
    if (out == NULL)
        return MHD_NO;
    (void)MHD_add_response_header(out, "Content-Type", response->content_type);
    (void)MHD_add_response_header(out, "Cache-Control", "no-store"); // answers hold tokens
    (void)MHD_add_response_header(out, "x-amzn-RequestId", response->request_id);
    if (response->error_type != NULL)
        (void)MHD_add_response_header(out, "x-amzn-errortype", response->error_type);
    if (last || atomic_load_explicit(bridge->stopping, memory_order_relaxed))
        (void)MHD_add_response_header(out, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(mhd, (unsigned)response->status, out);
    MHD_destroy_response(out);
    return result;
}

static bool refuse_form(struct error *error, const char *what, const char *name)
{
    return error_set(error, ERROR_PARAMETER, "Serialization", "The request %s%s", what, name);
}

/** The headers that may stand once. */
enum single {
    SINGLE_HOST,
    SINGLE_AUTHORIZATION,
    SINGLE_LENGTH,
    SINGLE_ENCODING,
    SINGLE_COUNT,
};

static const struct slice singles[SINGLE_COUNT] = {
    [SINGLE_HOST] = {"host", 4},
    [SINGLE_AUTHORIZATION] = {"authorization", 13},
    [SINGLE_LENGTH] = {"content-length", 14},
    [SINGLE_ENCODING] = {"transfer-encoding", 17},
};

/** What a token of RFC 9110 section 5.6.2 consists of, as a table: every header of every request is asked. */
static const bool is_token[256] = {
    ['!'] = true,         ['#' ... '\''] = true, ['*' ... '+'] = true, ['-' ... '.'] = true, ['0' ... '9'] = true,
    ['A' ... 'Z'] = true, ['^' ... 'z'] = true,  ['|'] = true,         ['~'] = true,
};

static bool is_header_name(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_token[(unsigned char)text.data[i]])
            return false;
    return text.size > 0;
}

/** Neither blanks nor control characters: such a target would be read as another by the next reader. */
static bool is_target(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] <= 0x20 || text.data[i] == 0x7f)
            return false;
    return text.size > 0;
}

static bool has_many_parameters(struct slice target)
{
    size_t count = 0;
    if (target.size <= PARAMETERS_MAX)
        return false;
    for (size_t at = slice_find(target, '&', 0); at < target.size; at = slice_find(target, '&', at + 1))
        count++;
    return count >= PARAMETERS_MAX;
}

/**
 * What two readers of one message could read differently, or what would make it unclear who signed it.
 * RFC 9112 sections 3.2, 5.1 and 6.3. The library's own strictness is not used: its answer is malformed then.
 */
static bool check_headers(const struct http_request *request, const char *version, struct error *error)
{
    size_t counts[SINGLE_COUNT] = {0};
    for (size_t i = 0; i < request->message.header_count; i++) {
        struct slice name = request->message.headers[i].name;
        if (!is_header_name(name))
            return refuse_form(error, "has a malformed header name", "");
        for (size_t single = 0; single < SINGLE_COUNT; single++)
            counts[single] += slice_equal_nocase(name, singles[single]);
    }
    for (size_t single = 0; single < SINGLE_COUNT; single++)
        if (counts[single] > 1)
            return refuse_form(error, "has more than one header ", singles[single].data);
    if (counts[SINGLE_LENGTH] + counts[SINGLE_ENCODING] > 1)
        return refuse_form(error, "has both content-length and transfer-encoding", "");
    struct slice encoding = http_header(request, singles[SINGLE_ENCODING].data);
    if (encoding.data != NULL && !slice_equal_nocase(slice_trim(encoding), SLICE("chunked")))
        return refuse_form(error, "has a transfer-encoding that is not chunked", "");
    if (counts[SINGLE_HOST] == 0 && strcmp(version, MHD_HTTP_VERSION_1_1) == 0)
        return refuse_form(error, "has no header ", singles[SINGLE_HOST].data);
    return true;
}

static bool check_form(const struct http_request *request, struct slice target, const char *version,
                       const struct header_list *list, struct error *error)
{
    if (target.size + list->size > HEAD_MAX)
        return error_set(error, ERROR_PARAMETER, "RequestTooLarge",
                         "The request's target and headers are larger than %zu bytes", HEAD_MAX);
    if (list->overflow)
        return error_set(error, ERROR_PARAMETER, "RequestTooLarge", "The request has more than %zu headers",
                         HTTP_HEADERS_MAX);
    if (has_many_parameters(target))
        return error_set(error, ERROR_PARAMETER, "RequestTooLarge", "The request has more than %d parameters",
                         PARAMETERS_MAX);
    if (list->folded)
        return refuse_form(error, "has a header that is folded into several lines", "");
    if (!is_target(target))
        return refuse_form(error, "has a malformed target", "");
    return check_headers(request, version, error);
}

static bool refuse_size(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "RequestTooLarge", "The request's body is larger than %zu bytes",
                     HTTP_BODY_MAX);
}

/** Whether the body that is announced may come at all. */
static bool check_announced(const struct http_request *request, struct error *error)
{
    struct slice length = http_header(request, "content-length");
    uint64_t size;
    if (length.data != NULL && (!text_parse_unsigned(slice_trim(length), &size) || size > DISCARDED_MAX))
        return refuse_size(error);
    return true;
}

/** The headers are complete: what is refused by its form alone is refused here, before its body is read. */
static enum MHD_Result begin(struct bridge *bridge, struct MHD_Connection *mhd, const char *method, const char *version,
                             struct connection *connection)
{
    ERROR_AUTO error = {0};
    connection_renew(&bridge->connections, connection);
    collect_headers(mhd, &connection->headers);
    struct http_request request = gather(bridge, method, connection, 0);
    if (check_form(&request, buffer_slice(&connection->target), version, &connection->headers, &error) &&
        check_announced(&request, &error))
        return MHD_YES;
    request.now = timestamp_now();
    worker_refuse(&bridge->worker, &request, &error, &connection->response);
    return answer(bridge, mhd, connection, true);
}

/**
 * All requests that have come are read before any is answered, and all are answered before any answer is sent: each
 * step finds its code in the processor's caches, and clients of this machine are not woken one by one. libmicrohttpd
 * comes back in its next round, without waiting, to a request that has no response yet; the response is then sent in
 * the round after that.
 */
static enum MHD_Result finish(struct bridge *bridge, struct MHD_Connection *mhd, const char *method,
                              struct connection *connection)
{
    if (connection_put_off(&bridge->connections, connection))
        return MHD_YES;
    const struct http_request request = gather(bridge, method, connection, timestamp_now());
    if (connection->body_size <= HTTP_BODY_MAX) {
        worker_handle(&bridge->worker, &request, &connection->response);
        return answer(bridge, mhd, connection, false);
    }
    ERROR_AUTO error = {0};
    (void)refuse_size(&error);
    worker_refuse(&bridge->worker, &request, &error, &connection->response);
    return answer(bridge, mhd, connection, true);
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
    if (*size == 0)
        return finish(bridge, mhd, method, connection);
    take_body(connection, data, *size);
    *size = 0;
    return connection->body_size <= DISCARDED_MAX ? MHD_YES : MHD_NO;
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
    if (connection != NULL && has_many_parameters(slice_of(target)))
        connection_expire(connection);
    return connection;
}

static void on_completed(void *context, struct MHD_Connection *mhd, void **request_context,
                         enum MHD_RequestTerminationCode code)
{
    (void)mhd;
    (void)code;
    struct bridge *bridge = context;
    if (*request_context != NULL)
        connection_end(&bridge->connections, *request_context);
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
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_TURBO;
    bridge->tls = certificate != NULL;
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
