// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "sigv4/parts.h"

#include "base/text.h"

#include <stdlib.h>

const struct sigv4_options sigv4_default_options = {.normalize_path = true, .encode_path = true};

static void append_path_part(struct buffer *out, struct slice part, const struct sigv4_options *options)
{
    if (options->encode_path)
        text_percent_encode(out, part, "/");
    else
        buffer_append_slice(out, part);
}

/** Takes the last segment, and the slash before it, off what stands after START. */
static void drop_segment(struct buffer *out, size_t start)
{
    size_t end = out->size;
    while (end > start && out->data[end - 1] != '/')
        end--;
    buffer_cut(out, end > start ? end - 1 : start);
}

/**
 * Unlike RFC 3986 section 5.2.4, runs of slashes count as one, and a path that ends in a dot segment does
 * not end in a slash: so botocore (auth.py, utils.py) and AWS do it.
 */
static void append_path(struct buffer *out, struct slice path, const struct sigv4_options *options)
{
    if (path.size == 0)
        path = SLICE("/");
    if (!options->normalize_path) {
        append_path_part(out, path, options);
        return;
    }
    size_t before = out->size;
    if (path.data[0] == '/')
        buffer_append_char(out, '/');
    size_t start = out->size;
    struct slice rest = path;
    struct slice segment;
    while (slice_cut(&rest, '/', &segment)) {
        if (segment.size == 0 || slice_is(segment, "."))
            continue;
        if (slice_is(segment, "..")) {
            drop_segment(out, start);
            continue;
        }
        if (out->size > start)
            buffer_append_char(out, '/');
        append_path_part(out, segment, options);
    }
    if (out->size == before || (out->size > start && path.data[path.size - 1] == '/'))
        buffer_append_char(out, '/');
}

/** By name, then by value: `domain` before `domain-owner`, which sorting the joined texts would not give. */
static int compare_parameters(const void *left, const void *right)
{
    const struct sigv4_parameter *a = left;
    const struct sigv4_parameter *b = right;
    int order = slice_compare(a->name, b->name);
    return order != 0 ? order : slice_compare(a->value, b->value);
}

static void append_query(struct buffer *out, struct slice query)
{
    SIGV4_PARAMETERS_AUTO parameters;
    sigv4_parameters_read(&parameters, query);
    if (parameters.count > 1)
        qsort(parameters.items, parameters.count, sizeof *parameters.items, compare_parameters);
    bool first = true;
    for (size_t i = 0; i < parameters.count; i++) {
        if (slice_is(parameters.items[i].name, "X-Amz-Signature"))
            continue;
        if (!first)
            buffer_append_char(out, '&');
        buffer_append_slice(out, parameters.items[i].name);
        buffer_append_char(out, '=');
        buffer_append_slice(out, parameters.items[i].value);
        first = false;
    }
}

static void append_lower(struct buffer *out, struct slice text)
{
    buffer_reserve(out, text.size);
    for (size_t i = 0; i < text.size; i++)
        out->data[out->size++] = text_lower(text.data[i]);
    out->data[out->size] = '\0';
}

void sigv4_canonical_request(const struct sigv4_request *request, const struct slice *signed_headers,
                             size_t signed_count, struct slice payload_hash, const struct sigv4_options *options,
                             struct buffer *out)
{
    buffer_reserve(out, 768 + request->path.size + request->query.size);
    buffer_append_slice(out, request->method);
    buffer_append_char(out, '\n');
    append_path(out, request->path, options);
    buffer_append_char(out, '\n');
    append_query(out, request->query);
    buffer_append_char(out, '\n');
    for (size_t i = 0; i < signed_count; i++) {
        append_lower(out, signed_headers[i]);
        buffer_append_char(out, ':');
        sigv4_append_header(request, signed_headers[i], out);
        buffer_append_char(out, '\n');
    }
    buffer_append_char(out, '\n');
    for (size_t i = 0; i < signed_count; i++) {
        if (i > 0)
            buffer_append_char(out, ';');
        append_lower(out, signed_headers[i]);
    }
    buffer_append_char(out, '\n');
    buffer_append_slice(out, payload_hash);
}
