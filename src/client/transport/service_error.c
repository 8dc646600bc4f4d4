// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/service_error.h"
#include "base/json.h"
#include "base/text.h"
#include "client/python.h"
#include "client/transport/body.h"
#include "client/transport/no_answer.h"
#include "client/transport/xml_tree.h"

#include <string.h>

/** The standard reason phrases of server errors (Python's http.client.responses). */
static const struct {
    long status;
    const char *phrase;
} phrases[] = {
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {506, "Variant Also Negotiates"},
    {507, "Insufficient Storage"},
    {508, "Loop Detected"},
    {510, "Not Extended"},
    {511, "Network Authentication Required"},
};

bool service_error_is(long status)
{
    return status >= 300;
}

/** A server error whose body was made by something in between: empty, or a page. */
static bool is_generic(const struct http_answer *answer)
{
    struct slice body = slice_trim(buffer_slice(&answer->body));
    return answer->status >= 500 && (body.size == 0 || slice_starts_with(body, SLICE("<html>")));
}

/** A page of HTML in any spelling. The AWS CLI lets every XML pass for an error of that status, most pages with it. */
static bool is_page(struct slice body)
{
    static const struct slice starts[] = {{"<!DOCTYPE", 9}, {"<html", 5}};
    body = slice_trim(body);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (slice_equal_nocase(slice_part(body, 0, starts[i].size), starts[i]))
            return true;
    return false;
}

static void read_generic(const struct http_answer *answer, struct service_error *out)
{
    buffer_append_format(&out->code, "%ld", answer->status);
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].status == answer->status)
            buffer_append_text(&out->message, phrases[i].phrase);
}

/** Cuts "namespace#Code:http://..." down to the code. */
static void set_code(struct buffer *out, struct slice code)
{
    code = slice_part(code, 0, slice_find(code, ':', 0));
    for (size_t hash = slice_find(code, '#', 0); hash < code.size; hash = slice_find(code, '#', 0))
        code = slice_part(code, hash + 1, code.size);
    buffer_clear(out);
    buffer_append_slice(out, slice_trim(code));
}

static const json_t *first_of(const json_t *body, const char *one, const char *other)
{
    const json_t *value = json_object_get(body, one);
    return value != NULL ? value : json_object_get(body, other);
}

/** In the order of botocore/parsers.py: the header, `code` or `Code`, `__type`, the status. */
static void read_code(const struct http_answer *answer, const json_t *body, struct buffer *out)
{
    const json_t *code = first_of(body, "code", "Code");
    if (code == NULL || json_is_null(code))
        code = json_object_get(body, "__type");
    if (answer->error_type != NULL) {
        set_code(out, slice_of(answer->error_type));
    } else if (code != NULL && !json_is_null(code)) {
        BUFFER_AUTO text = {0};
        python_write_text(&text, code);
        set_code(out, buffer_slice(&text));
    } else {
        buffer_append_format(out, "%ld", answer->status);
    }
}

/** The one modelled error member that stands in a header. */
static json_t *retry_after(const struct http_answer *answer)
{
    int64_t seconds;
    if (answer->retry_after == NULL)
        return NULL;
    if (text_parse_integer(slice_of(answer->retry_after), &seconds))
        return json_integer(seconds);
    return json_string(answer->retry_after);
}

static void read_details(const struct api_operation *operation, const struct http_answer *answer, const json_t *body,
                         struct service_error *out)
{
    const struct api_error *model = api_find_error(operation, buffer_text(&out->code));
    JSON_AUTO *details = json_object();
    for (const char *const *name = model == NULL ? NULL : model->members; name != NULL && *name != NULL; name++) {
        json_t *value =
            strcmp(*name, "retryAfterSeconds") == 0 ? retry_after(answer) : json_incref(json_object_get(body, *name));
        if (value != NULL && !json_is_null(value))
            (void)json_object_set(details, *name, value);
        json_decref(value);
    }
    if (json_object_size(details) > 0)
        out->details = json_incref(details);
}

static bool read_json(const struct api_operation *operation, const struct http_answer *answer,
                      struct service_error *out, struct error *error)
{
    BUFFER_AUTO reason = {0};
    struct slice text = buffer_slice(&answer->body);
    JSON_AUTO *body = body_read(text, &reason);
    if (body == NULL && text_utf8_valid(text) == text.size) {
        // What is no JSON is the message, whole.
        buffer_append_slice(&out->message, text);
        read_code(answer, NULL, &out->code);
        return true;
    }
    if (body != NULL && !json_is_object(body))
        body_refuse_type(body, &reason);
    if (reason.size > 0)
        return no_answer_report(operation, answer, buffer_text(&reason), error);
    read_code(answer, body, &out->code);
    const json_t *message = first_of(body, "message", "Message");
    if (message != NULL)
        python_write_text(&out->message, message);
    read_details(operation, answer, body, out);
    return true;
}

static bool refuse_no_xml(const struct api_operation *operation, const struct http_answer *answer, struct error *error)
{
    bool empty = slice_trim(buffer_slice(&answer->body)).size == 0;
    return no_answer_report(operation, answer, empty ? "it is empty" : "it is no XML", error);
}

/** An empty element has no text for the AWS CLI, and that it prints as Python does. */
static struct slice text_or_none(struct slice text)
{
    return text.size > 0 ? text : SLICE("None");
}

/** <ErrorResponse><Error><Code>..</Code><Message>..</Message></Error></ErrorResponse> */
static bool read_xml(const struct api_operation *operation, const struct http_answer *answer, struct service_error *out,
                     struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct slice body = buffer_slice(&answer->body);
    const struct xml_node *root = xml_tree_parse(body, arena);
    if (root == NULL && answer->status >= 500 && is_page(body)) {
        read_generic(answer, out);
        return true;
    }
    if (root == NULL)
        return refuse_no_xml(operation, answer, error);
    // Some services wrap the error once more.
    const struct xml_node *outer = xml_tree_find(root, "Errors");
    const struct xml_node *inner = xml_tree_find(outer != NULL ? outer : root, "Error");
    const struct xml_node *code = xml_tree_find(inner, "Code");
    const struct xml_node *message = xml_tree_find(inner, "Message");
    buffer_append_slice(&out->code, code == NULL ? SLICE("Unknown") : text_or_none(code->text));
    buffer_append_slice(&out->message, message == NULL ? SLICE("Unknown") : text_or_none(message->text));
    return true;
}

/** Whether the body is XML with the operation's result in it, whatever that holds. */
static bool check_result(const struct api_operation *operation, const struct http_answer *answer, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    const struct xml_node *root = xml_tree_parse(buffer_slice(&answer->body), arena);
    const char *name = arena_format(arena, "%sResult", operation->name);
    if (root == NULL)
        return refuse_no_xml(operation, answer, error);
    return operation->output->member_count == 0 || xml_tree_find(root, name) != NULL ||
           no_answer_report(operation, answer, arena_format(arena, "its XML has no %s", name), error);
}

bool service_error_read(const struct api_operation *operation, const struct http_answer *answer,
                        struct service_error *out, struct error *error)
{
    if (answer->status == 300) {
        // botocore parses only what is above 300 as an error, and then misses one.
        if (operation->service->protocol == API_QUERY_XML && !check_result(operation, answer, error))
            return false;
        buffer_append_text(&out->code, "Unknown");
        buffer_append_text(&out->message, "Unknown");
        return true;
    }
    if (is_generic(answer)) {
        read_generic(answer, out);
        return true;
    }
    if (operation->service->protocol == API_QUERY_XML)
        return read_xml(operation, answer, out, error);
    return read_json(operation, answer, out, error);
}

bool service_error_report(const struct api_operation *operation, struct service_error *from, long retries,
                          struct error *error)
{
    BUFFER_AUTO reached = {0};
    if (retries >= 0)
        buffer_append_format(&reached, " (reached max retries: %ld)", retries);
    (void)error_set(error, ERROR_SERVICE, buffer_text(&from->code),
                    "An error occurred (%s) when calling the %s operation%s: %s", buffer_text(&from->code),
                    operation->name, buffer_text(&reached), buffer_text(&from->message));
    if (error != NULL)
        error->details = json_incref(from->details);
    return false;
}

void service_error_free(struct service_error *service_error)
{
    buffer_free(&service_error->code);
    buffer_free(&service_error->message);
    json_decref(service_error->details);
    service_error->details = NULL;
}
