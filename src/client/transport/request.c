// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/request.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"
#include "client/python.h"

#include <stdint.h>
#include <stdlib.h>

/** Depth of the values that a form body can hold. */
#define DEPTH_MAX 16

static void begin_pair(struct buffer *out, const char *name)
{
    if (out->size > 0)
        buffer_append_char(out, '&');
    text_percent_encode(out, slice_of(name), "");
    buffer_append_char(out, '=');
}

static void write_pair(struct buffer *out, const char *name, struct slice value)
{
    begin_pair(out, name);
    text_percent_encode(out, value, "");
}

/** As write_pair(), but a blank is a plus, as in every form. */
static void write_form_pair(struct buffer *out, const char *name, struct slice value)
{
    begin_pair(out, name);
    struct slice word;
    for (bool more = true, first = true; more; first = false) {
        more = slice_find(value, ' ', 0) < value.size;
        if (!first)
            buffer_append_char(out, '+');
        (void)slice_cut(&value, ' ', &word);
        text_percent_encode(out, word, "");
    }
}

/** A value in the query, as Python's str() writes it: `True` for true. */
static void write_query_value(struct buffer *query, const char *name, const json_t *value)
{
    BUFFER_AUTO text = {0};
    python_write_text(&text, value);
    write_pair(query, name, buffer_slice(&text));
}

/** A value in a header, likewise; line breaks in it are refused when it is sent. */
static void add_header(struct request *request, const char *name, const json_t *value)
{
    BUFFER_AUTO text = {0};
    python_write_text(&text, value);
    request->headers[request->header_count++] = (struct request_header){name, memory_copy(text.data, text.size)};
}

static bool has_body_members(const struct api_shape *input)
{
    for (size_t i = 0; i < input->member_count; i++)
        if (input->members[i].location == API_BODY)
            return true;
    return false;
}

static void build_rest(const struct api_operation *operation, const json_t *input, struct request *out)
{
    JSON_AUTO *body = json_object();
    out->headers = memory_new(operation->input->member_count + 1, sizeof *out->headers);
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)input;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        const struct api_member *member = api_find_member(operation->input, slice_of(json_object_iter_key(at)));
        if (member == NULL)
            continue;
        if (member->location == API_QUERY)
            write_query_value(&out->query, api_wire_name(member), json_object_iter_value(at));
        else if (member->location == API_HEADER)
            add_header(out, api_wire_name(member), json_object_iter_value(at));
        else
            (void)json_object_set(body, api_wire_name(member), json_object_iter_value(at));
    }
    // An operation that could have a body sends `{}` when it has none to send (botocore/serialize.py).
    if (!has_body_members(operation->input))
        return;
    json_write_python(&out->body, body);
    out->content_type = "application/json";
}

static void write_form_value(struct buffer *form, const char *name, const json_t *value, unsigned depth)
{
    BUFFER_AUTO path = {0};
    if (depth > DEPTH_MAX)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            buffer_clear(&path);
            buffer_append_format(&path, "%s.member.%zu", name, i + 1);
            write_form_value(form, buffer_text(&path), json_array_get(value, i), depth + 1);
        }
    } else if (json_is_object(value)) {
        json_t *iterated = (json_t *)(uintptr_t)value;
        for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
            buffer_clear(&path);
            buffer_append_format(&path, "%s.%s", name, json_object_iter_key(at));
            write_form_value(form, buffer_text(&path), json_object_iter_value(at), depth + 1);
        }
    } else if (json_is_boolean(value)) {
        write_form_pair(form, name, json_is_true(value) ? SLICE("true") : SLICE("false"));
    } else {
        python_write_text(&path, value);
        write_form_pair(form, name, buffer_slice(&path));
    }
}

/** The query protocol: everything is a form, named values beneath each other by dots. */
static void build_form(const struct api_operation *operation, const json_t *input, struct request *out)
{
    write_form_pair(&out->body, "Action", slice_of(operation->name));
    write_form_pair(&out->body, "Version", slice_of(operation->service->version));
    json_t *iterated = (json_t *)(uintptr_t)input;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        const struct api_member *member = api_find_member(operation->input, slice_of(json_object_iter_key(at)));
        if (member != NULL)
            write_form_value(&out->body, api_wire_name(member), json_object_iter_value(at), 0);
    }
    out->content_type = "application/x-www-form-urlencoded; charset=utf-8";
}

void request_build(const struct api_operation *operation, const json_t *input, struct request *out)
{
    if (operation->service->protocol == API_QUERY_XML)
        build_form(operation, input, out);
    else
        build_rest(operation, input, out);
}

void request_free(struct request *request)
{
    buffer_free(&request->query);
    buffer_free(&request->body);
    for (size_t i = 0; i < request->header_count; i++)
        secret_free(request->headers[i].value);
    free(request->headers);
    *request = (struct request){0};
}
