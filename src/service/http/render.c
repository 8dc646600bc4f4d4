// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/render.h"

#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "base/xml.h"

#include <string.h>

#define CONTENT_TYPE_JSON "application/json"
#define CONTENT_TYPE_XML "text/xml"

// ------------------------------------------------------------------ results

static void write_element(struct buffer *out, const char *name, const struct api_shape *shape, const json_t *value);

/** What stands inside the element of a value. */
static void write_content(struct buffer *out, const struct api_shape *shape, const json_t *value)
{
    switch (shape->type) {
    case API_STRING:
        xml_text(out, (struct slice){json_string_value(value), json_string_length(value)});
        return;
    case API_TIMESTAMP:
        timestamp_format_utc(out, (int64_t)(json_number_value(value) * (double)TIMESTAMP_SECOND), false);
        return;
    case API_LIST:
        for (size_t i = 0; i < json_array_size(value); i++)
            write_element(out, "member", shape->element, json_array_get(value, i));
        return;
    case API_STRUCTURE:
        for (size_t i = 0; i < shape->member_count; i++)
            write_element(out, shape->members[i].name, shape->members[i].shape,
                          json_object_get(value, shape->members[i].name));
        return;
    case API_INTEGER:
    case API_LONG:
    case API_BOOLEAN:
        json_write(out, value, 0);
        return;
    }
}

static void write_element(struct buffer *out, const char *name, const struct api_shape *shape, const json_t *value)
{
    if (value == NULL)
        return;
    xml_open(out, name);
    write_content(out, shape, value);
    xml_close(out, name);
}

/** An operation's name with what stands before and behind it. */
static void write_named(struct buffer *out, const char *before, const char *name, const char *behind)
{
    buffer_append_text(out, before);
    buffer_append_text(out, name);
    buffer_append_text(out, behind);
}

static void write_xml_result(const struct api_operation *operation, const json_t *output,
                             struct http_response *response)
{
    struct buffer *out = &response->body;
    write_named(out, "<", operation->name, "Response xmlns=\"");
    write_named(out, "", operation->service->xml_namespace, "\">");
    if (!operation->bare) {
        write_named(out, "<", operation->name, "Result>");
        write_content(out, operation->output, output);
        write_named(out, "</", operation->name, "Result>");
    }
    xml_open(out, "ResponseMetadata");
    xml_element(out, "RequestId", slice_of(response->request_id));
    write_named(out, "</ResponseMetadata></", operation->name, "Response>");
}

void render_result(const struct api_operation *operation, const json_t *output, struct http_response *out)
{
    out->status = 200;
    out->content_type = CONTENT_TYPE_JSON;
    if (json_is_null(output))
        return;
    buffer_clear(&out->body);
    if (operation->service->protocol == API_QUERY_XML) {
        out->content_type = CONTENT_TYPE_XML;
        write_xml_result(operation, output, out);
        return;
    }
    json_write(&out->body, output, 0);
}

// ------------------------------------------------------------------ errors

struct render_code render_find_code(const struct api_operation *operation, enum api_protocol protocol,
                                    const struct error *error)
{
    const char *code = error->code == NULL || error->class == ERROR_INTERNAL ? "InternalFailure" : error->code;
    const char *message = error->message == NULL ? "" : error->message;
    const struct api_error *declared = operation == NULL ? NULL : api_find_error(operation, code);
    if (declared != NULL)
        return (struct render_code){declared->code, declared->status, message};
    const struct api_common_error *common = api_find_common_error(code);
    if (common == NULL || strcmp(common->code, "InternalFailure") == 0) {
        common = api_find_common_error("InternalFailure");
        message = "The request could not be served because of a failure inside the service.";
    }
    if (protocol == API_QUERY_XML)
        return (struct render_code){common->query_code, common->query_status, message};
    return (struct render_code){common->rest_code, common->rest_status, message};
}

static void write_xml_error(const struct render_code *code, const char *xml_namespace, struct http_response *response)
{
    struct buffer *out = &response->body;
    buffer_append_format(out, "<ErrorResponse xmlns=\"%s\"><Error>", xml_namespace);
    xml_element(out, "Type", code->status < 500 ? SLICE("Sender") : SLICE("Receiver"));
    xml_element(out, "Code", slice_of(code->code));
    xml_element(out, "Message", slice_of(code->message));
    buffer_append_text(out, "</Error>");
    xml_element(out, "RequestId", slice_of(response->request_id));
    buffer_append_text(out, "</ErrorResponse>");
}

/** Appends what an error says, which may quote what a client sent: bytes that are not UTF-8 become U+FFFD. */
static void write_json_text(struct buffer *out, struct slice text)
{
    BUFFER_AUTO clean = {0};
    text_append_utf8(&clean, text, "\xef\xbf\xbd");
    json_write_string(out, buffer_slice(&clean));
}

static void write_json_error(const struct render_code *code, const struct error *error, struct buffer *out)
{
    buffer_append_text(out, "{\"message\":");
    write_json_text(out, slice_of(code->message));
    const char *name;
    json_t *value;
    json_object_foreach(error->details, name, value)
    {
        buffer_append_char(out, ',');
        json_write_string(out, slice_of(name));
        buffer_append_char(out, ':');
        json_write(out, value, 0);
    }
    buffer_append_char(out, '}');
}

void render_error(const struct render_code *code, enum api_protocol protocol, const char *xml_namespace,
                  const struct error *error, struct http_response *out)
{
    out->status = code->status;
    buffer_clear(&out->body);
    if (protocol == API_QUERY_XML) {
        out->content_type = CONTENT_TYPE_XML;
        write_xml_error(code, xml_namespace, out);
        return;
    }
    out->content_type = CONTENT_TYPE_JSON;
    out->error_type = code->code;
    write_json_error(code, error, &out->body);
}
