// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/metadata.h"
#include "base/memory.h"
#include "base/text.h"
#include "client/transport/xml_tree.h"

static void set_text(json_t *object, const char *name, struct slice text)
{
    (void)json_object_set_new(object, name, json_stringn_nocheck(text.data == NULL ? "" : text.data, text.size));
}

/** The query protocol has it in the body, the others in a header. */
static void set_request_id(json_t *metadata, const struct http_answer *answer, enum api_protocol protocol)
{
    if (protocol != API_QUERY_XML) {
        if (answer->request_id != NULL)
            set_text(metadata, "RequestId", slice_of(answer->request_id));
        return;
    }
    ARENA_AUTO *arena = arena_new();
    const struct xml_node *root = xml_tree_parse(buffer_slice(&answer->body), arena);
    const struct xml_node *id = xml_tree_find(xml_tree_find(root, "ResponseMetadata"), "RequestId");
    if (id != NULL)
        set_text(metadata, "RequestId", id->text);
}

static void add_header(json_t *headers, struct slice name, struct slice value)
{
    BUFFER_AUTO key = {0};
    BUFFER_AUTO text = {0};
    for (size_t i = 0; i < name.size; i++)
        buffer_append_char(&key, text_lower(name.data[i]));
    const json_t *before = json_object_get(headers, buffer_text(&key));
    if (before != NULL)
        buffer_append_format(&text, "%s, ", json_string_value(before));
    buffer_append_slice(&text, value);
    set_text(headers, buffer_text(&key), buffer_slice(&text));
}

static json_t *read_headers(const struct http_answer *answer)
{
    json_t *headers = json_object();
    struct slice rest = buffer_slice(&answer->head);
    struct slice line;
    while (slice_cut(&rest, '\n', &line)) {
        size_t colon = slice_find(line, ':', 0);
        if (colon < line.size)
            add_header(headers, slice_trim(slice_part(line, 0, colon)),
                       slice_trim(slice_part(line, colon + 1, line.size)));
    }
    return headers;
}

json_t *metadata_read(const struct http_answer *answer, enum api_protocol protocol, long attempts, long max_attempts)
{
    json_t *metadata = json_object();
    set_request_id(metadata, answer, protocol);
    (void)json_object_set_new(metadata, "HTTPStatusCode", json_integer(answer->status));
    (void)json_object_set_new(metadata, "HTTPHeaders", read_headers(answer));
    // Beside the first attempt of one, too.
    if (attempts >= max_attempts)
        (void)json_object_set_new(metadata, "MaxAttemptsReached", json_true());
    (void)json_object_set_new(metadata, "RetryAttempts", json_integer(attempts - 1));
    return metadata;
}
