// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the way of a request through the service: routing, caller, decoding, permission, operation, rendering.
 *
 * The first byte of the input says who signs it: 0 nobody, then the keys of the fixture; its upper half says for
 * which service. The rest is a line with method, blank and target, lines of headers ("name:value") when nobody
 * signs or of the content type otherwise, an empty line, and the body. A signed request must be answered without
 * an internal failure; an unsigned one must be refused.
 */
#include "base/json.h"
#include "base/memory.h"
#include "service/http/fixture.h"
#include "service/http/worker.h"

#include <stdlib.h>

#define HEADERS_MAX 16

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const keys[] = {NULL,           KEY_ADMIN,  KEY_ROOT,     KEY_READER,
                                   KEY_BEARERLESS, KEY_DENIED, KEY_INACTIVE, KEY_STRANGER};
static const char *const services[] = {"codeartifact", "sts", "iam"};

/** One for the whole run: a store costs more to make than a request to answer. */
struct stage {
    struct fixture fixture;
    struct log_sink sink;
    struct worker worker;
    struct http_response response;
};

static struct stage *stage_of(struct stage *given)
{
    static struct stage *stage;
    if (given != NULL)
        stage = given;
    return stage;
}

static void close_stage(void)
{
    struct stage *stage = stage_of(NULL);
    worker_close(&stage->worker);
    log_sink_close(&stage->sink);
    buffer_free(&stage->response.fields);
    buffer_free(&stage->response.body);
    fixture_close(&stage->fixture);
    free(stage);
}

static struct stage *open_stage(void)
{
    struct stage *stage = stage_of(NULL);
    if (stage != NULL)
        return stage;
    stage = stage_of(memory_new(1, sizeof *stage));
    fixture_open(&stage->fixture);
    log_sink_open(&stage->sink, -1);
    if (!worker_open(&stage->worker, stage->fixture.site, "http://127.0.0.1:4480", NULL, &stage->sink, NULL) ||
        atexit(close_stage) != 0)
        abort();
    return stage;
}

/** The input, taken apart; all in the arena. */
struct input {
    const char *method;
    const char *path;
    const char *query;
    const char *body;
    const char *content_type;
    struct sigv4_header headers[HEADERS_MAX];
    size_t header_count;
};

static const char *copy(struct arena *arena, struct slice text)
{
    return arena_copy(arena, text.data, text.size);
}

static void parse_input(struct slice rest, struct arena *arena, struct input *out)
{
    struct slice line = {0};
    *out = (struct input){0};
    (void)slice_cut(&rest, '\n', &line);
    size_t blank = slice_find(line, ' ', 0);
    struct slice target = slice_part(line, blank + 1, line.size);
    size_t mark = slice_find(target, '?', 0);
    out->method = copy(arena, slice_part(line, 0, blank));
    out->path = copy(arena, slice_part(target, 0, mark));
    out->query = copy(arena, slice_part(target, mark + 1, target.size));
    while (slice_cut(&rest, '\n', &line) && line.size > 0) {
        size_t colon = slice_find(line, ':', 0);
        if (colon == line.size || out->header_count == HEADERS_MAX)
            continue;
        const struct sigv4_header header = {slice_part(line, 0, colon), slice_part(line, colon + 1, line.size)};
        out->headers[out->header_count++] = header;
        if (slice_equal_nocase(header.name, SLICE("content-type")))
            out->content_type = copy(arena, slice_trim(header.value));
    }
    out->body = copy(arena, rest);
}

static struct http_request make_request(const struct input *input, unsigned who, struct arena *arena)
{
    const char *key = keys[(who & 15) % (sizeof keys / sizeof keys[0])];
    const struct fixture_request what = {
        .key = key,
        .method = input->method,
        .path = input->path,
        .query = input->query,
        .body = input->body,
        .content_type = input->content_type,
        .service = services[(who >> 4) % (sizeof services / sizeof services[0])],
    };
    if (key != NULL)
        return fixture_sign(&what, arena);
    return (struct http_request){.message = {.method = slice_of(input->method),
                                             .path = slice_of(input->path),
                                             .query = slice_of(input->query),
                                             .headers = input->headers,
                                             .header_count = input->header_count,
                                             .body = slice_of(input->body)},
                                 .client = "192.0.2.1",
                                 .now = FIXTURE_NOW};
}

static void must(bool condition)
{
    if (!condition)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stage *stage = open_stage();
    if (size == 0)
        return 0;
    ARENA_AUTO *arena = arena_new();
    struct input input;
    parse_input((struct slice){(const char *)data + 1, size - 1}, arena, &input);
    const struct http_request request = make_request(&input, data[0], arena);
    struct http_response *response = &stage->response;
    buffer_clear(&response->body);
    (void)worker_handle(&stage->worker, &request, NULL, response);
    must(response->status >= 200 && response->status < 500 && response->body.size > 0);
    bool is_signed = request.message.headers != input.headers;
    must(is_signed || response->status >= 400 || slice_is(request.message.path, "/healthz"));
    if (slice_is(slice_of(response->content_type), "application/json")) {
        JSON_AUTO *body = json_parse(buffer_slice(&response->body), NULL);
        must(json_is_object(body));
    }
    return 0;
}
