// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/replies.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 1024

/** One answer, by all that differs among them. */
struct reply {
    struct MHD_Response *response; /**< NULL: the place is free. */
    struct buffer fields;
    const char *content_type; /**< One of few literals. */
};

struct replies {
    struct reply places[PLACES];
};

static void empty(struct reply *reply)
{
    if (reply->response != NULL)
        MHD_destroy_response(reply->response);
    buffer_free(&reply->fields);
    reply->response = NULL;
}

struct replies *replies_new(void)
{
    return memory_new(1, sizeof(struct replies));
}

void replies_free(struct replies *replies)
{
    if (replies == NULL)
        return;
    for (size_t i = 0; i < PLACES; i++)
        empty(&replies->places[i]);
    free(replies);
}

/** By words: a collision costs no more than the making of an answer. */
static size_t place_of(struct slice text)
{
    uint64_t hash = text.size;
    for (size_t i = 0; i + sizeof hash <= text.size; i += sizeof hash) {
        uint64_t word;
        memcpy(&word, text.data + i, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return (size_t)(hash % PLACES);
}

void replies_add_fields(const struct http_response *response, struct MHD_Response *out)
{
    for (size_t at = 0; at < response->fields.size;) {
        const char *name = response->fields.data + at;
        const char *value = name + strlen(name) + 1;
        (void)MHD_add_response_header(out, name, value);
        at = (size_t)(value - response->fields.data) + strlen(value) + 1;
    }
}

static void fill(struct reply *reply, const struct http_response *response)
{
    static char nothing[1];
    empty(reply);
    reply->response = MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT);
    if (reply->response == NULL)
        return;
    (void)MHD_add_response_header(reply->response, "Content-Type", response->content_type);
    (void)MHD_add_response_header(reply->response, "Cache-Control", "no-store");
    replies_add_fields(response, reply->response);
    buffer_append_slice(&reply->fields, buffer_slice(&response->fields));
    reply->content_type = response->content_type;
}

struct MHD_Response *replies_find(struct replies *replies, const struct http_response *response)
{
    const struct slice fields = buffer_slice(&response->fields);
    struct reply *reply = &replies->places[place_of(fields)];
    if (reply->response == NULL || reply->content_type != response->content_type ||
        !slice_equal(buffer_slice(&reply->fields), fields))
        fill(reply, response);
    return reply->response;
}
