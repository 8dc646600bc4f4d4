// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/front_request.h"

#include "base/text.h"
#include "service/upstream/headers.h"

void front_names_free(struct front_names *names)
{
    buffer_free(&names->caller);
    buffer_free(&names->resource);
    buffer_free(&names->token);
}

void front_names_log(const struct front_names *names, struct log_entry *entry)
{
    entry->caller = names->caller.size > 0 ? buffer_text(&names->caller) : NULL;
    entry->resource = names->resource.size > 0 ? buffer_text(&names->resource) : NULL;
    entry->token = buffer_slice(&names->token);
    entry->action = names->action;
}

bool front_request_is_for_repository(const struct worker *worker, struct slice path)
{
    struct slice base = worker->gate.address.base;
    if (base.size > 0 && slice_starts_with(path, base))
        path = slice_part(path, base.size, path.size);
    path = slice_part(path, 1, path.size);
    return upstream_is_format(slice_part(path, 0, slice_find(path, '/', 0)));
}

// ------------------------------------------------------------------ the body

/** Whether a request of that method says so when it has no body. */
static bool says_no_body(struct slice method)
{
    return slice_is(method, "PUT") || slice_is(method, "POST") || slice_is(method, "PATCH");
}

/** What is wrong with a request by its form alone; all zero: nothing. */
struct wrong {
    int status;
    const char *code;
    const char *reason;
};

/** What the headers say of it. They have been found well-formed. */
static struct wrong read_size(const struct front_site *site, const struct http_request *request,
                              struct front_names *names, struct arena *arena)
{
    uint64_t size = 0;
    struct slice method = request->message.method;
    struct slice length = http_header(request, "content-length");
    names->size = TRANSFER_NO_BODY;
    names->expect = headers_expect_continue(request->message.headers, request->message.header_count);
    if (length.data != NULL && (!text_parse_unsigned(slice_trim(length), &size) || size > INT64_MAX))
        return (struct wrong){400, "MalformedRequest", "The request's content-length is malformed"};
    if (http_header(request, "transfer-encoding").data != NULL)
        names->size = TRANSFER_SIZE_UNKNOWN;
    else if (length.data != NULL && (size > 0 || says_no_body(method)))
        names->size = (int64_t)size;
    if (size > site->body_max)
        return (struct wrong){
            413, "RequestTooLarge",
            arena_format(arena, "The request's body is larger than %llu bytes", (unsigned long long)site->body_max)};
    if (names->size != TRANSFER_NO_BODY && slice_is(method, "HEAD"))
        return (struct wrong){400, "MalformedRequest", "A HEAD request has no body"};
    return (struct wrong){0};
}

// ------------------------------------------------------------------ what is sent

/** The path behind the repository as the gate has read it, and decided on. */
static struct slice join_rest(const struct gate_place *place, struct arena *arena)
{
    BUFFER_AUTO rest = {0};
    for (size_t i = 0; i < place->part_count; i++) {
        if (i > 0)
            buffer_append_char(&rest, '/');
        buffer_append_slice(&rest, place->parts[i]);
    }
    if (place->folder && place->part_count > 0)
        buffer_append_char(&rest, '/');
    return (struct slice){arena_copy(arena, buffer_text(&rest), rest.size), rest.size};
}

static struct slice make_target(const struct upstream *upstream, struct slice rest, struct slice query,
                                struct arena *arena)
{
    const struct slice parts[] = {upstream->address.base, SLICE("/"), rest, query.data == NULL ? SLICE("") : SLICE("?"),
                                  query};
    return slice_of(arena_join(arena, parts, sizeof parts / sizeof *parts));
}

/** Where the client sees the root of the upstream: what stands before REST in the path. */
static struct slice find_prefix(struct slice path, struct slice rest)
{
    struct slice prefix = slice_part(path, 0, path.size - (rest.size < path.size ? rest.size : path.size));
    while (slice_ends_with(prefix, SLICE("/")))
        prefix.size--;
    return prefix;
}

/** As the client sees the service: by the address that was said, else by what the client said and how it came. */
static void read_public(const struct front_site *site, const struct http_request *request, struct headers_said *said)
{
    struct slice base = slice_of(site->public_base);
    struct slice mark = SLICE("://");
    size_t colon = slice_find(base, ':', 0);
    said->scheme = request->tls ? SLICE("https") : SLICE("http");
    said->host = slice_trim(http_header(request, "host"));
    if (base.size == 0 || !slice_starts_with(slice_part(base, colon, base.size), mark))
        return;
    struct slice rest = slice_part(base, colon + mark.size, base.size);
    said->scheme = slice_part(base, 0, colon);
    said->host = slice_part(rest, 0, slice_find(rest, '/', 0));
}

static void write_order(const struct front_site *site, const struct http_request *request,
                        const struct gate_place *place, const struct upstream *upstream,
                        const struct http_response *identity, struct transfer_order *order)
{
    struct arena *arena = site->worker->arena;
    BUFFER_AUTO headers = {0};
    struct slice rest = join_rest(place, arena);
    struct headers_said said = {
        .authority = upstream->address.authority,
        .authorization = upstream->credentials[UPSTREAM_AUTHORIZATION],
        .api_key = upstream->credentials[UPSTREAM_API_KEY],
        .client = slice_of(request->client),
        .prefix = find_prefix(request->message.path, rest),
        .names = buffer_slice(&identity->fields),
    };
    read_public(site, request, &said);
    headers_write_request(request->message.headers, request->message.header_count, &said, &headers);
    order->upstream = upstream;
    order->method = request->message.method;
    order->target = make_target(upstream, rest, place->query, arena);
    order->headers = (struct slice){arena_copy(arena, headers.data, headers.size), headers.size};
    order->prefix = said.prefix;
}

// ------------------------------------------------------------------ the whole

static void keep_names(const struct gate_answer *answer, struct front_names *names)
{
    names->action = answer->access.actions[0];
    buffer_append_slice(&names->caller, slice_of(answer->caller));
    buffer_append_slice(&names->resource, slice_of(answer->resource));
    buffer_append_slice(&names->token, answer->token);
}

bool front_request_prepare(const struct front_site *site, const struct http_request *request, struct front_names *names,
                           struct transfer_order *order, struct http_response *response)
{
    struct worker *worker = site->worker;
    struct gate_answer answer;
    struct wrong wrong = read_size(site, request, names, worker->arena);
    if (!worker_ask_front(worker, request, &answer, response))
        return false;
    const struct gate_place *place = &answer.place;
    const struct upstream *upstream =
        upstream_table_find(site->upstreams, place->format, place->owner, place->domain, place->repository);
    if (wrong.status == 0 && upstream == NULL)
        wrong = (struct wrong){404, "NoUpstream", "No server is set up for this repository and format"};
    if (wrong.status != 0) {
        worker_refuse_front(worker, request, &answer, wrong.status, wrong.code, wrong.reason, response);
        return false;
    }
    write_order(site, request, place, upstream, response, order);
    order->size = names->size;
    order->expect = names->expect;
    keep_names(&answer, names);
    return true;
}
