// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/response.h"
#include "base/json.h"
#include "base/text.h"
#include "client/transport/body.h"
#include "client/transport/no_answer.h"
#include "client/transport/xml_tree.h"

// ------------------------------------------------------------------ JSON

static bool shape_json(const struct api_shape *shape, json_t *value, json_t **out, struct buffer *reason);

static bool shape_json_structure(const struct api_shape *shape, json_t *value, json_t **out, struct buffer *reason)
{
    if (!json_is_object(value)) {
        body_refuse_type(value, reason);
        return false;
    }
    JSON_AUTO *shaped = json_object();
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        json_t *given = json_object_get(value, api_wire_name(member));
        if (given == NULL || json_is_null(given))
            continue;
        json_t *part;
        if (!shape_json(member->shape, given, &part, reason))
            return false;
        (void)json_object_set_new(shaped, member->name, part);
    }
    *out = json_incref(shaped);
    return true;
}

static bool shape_json_list(const struct api_shape *shape, json_t *value, json_t **out, struct buffer *reason)
{
    if (!json_is_array(value)) {
        buffer_append_text(reason, "there is something else in its JSON where a list should be");
        return false;
    }
    JSON_AUTO *shaped = json_array();
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *part;
        if (!shape_json(shape->element, json_array_get(value, i), &part, reason))
            return false;
        (void)json_array_append_new(shaped, part);
    }
    *out = json_incref(shaped);
    return true;
}

/** Scalars stay as they came: a number in a string member is printed as a number. */
static bool shape_json_part(const struct api_shape *shape, json_t *value, json_t **out, struct buffer *reason)
{
    switch (shape->type) {
    case API_STRUCTURE:
        return shape_json_structure(shape, value, out, reason);
    case API_LIST:
        return shape_json_list(shape, value, out, reason);
    case API_STRING:
    case API_INTEGER:
    case API_LONG:
    case API_BOOLEAN:
    case API_TIMESTAMP:
        break;
    }
    *out = json_incref(value);
    return true;
}

static bool shape_json(const struct api_shape *shape, json_t *value, json_t **out, struct buffer *reason)
{
    if (!json_is_null(value))
        return shape_json_part(shape, value, out, reason);
    *out = json_null();
    return true;
}

/** A service says nothing where it has nothing to say: to an operation without output, and with these statuses. */
static bool may_be_empty(const struct api_operation *operation, long status)
{
    return operation->output->member_count == 0 || status == 204 || status == 205;
}

static json_t *parse_json(const struct api_operation *operation, const struct http_answer *answer,
                          struct buffer *reason)
{
    struct slice body = buffer_slice(&answer->body);
    json_t *output = NULL;
    if (slice_trim(body).size == 0 && may_be_empty(operation, answer->status))
        return json_object();
    JSON_AUTO *value = body_read(body, reason);
    return value != NULL && shape_json_structure(operation->output, value, &output, reason) ? output : NULL;
}

// ------------------------------------------------------------------ XML

static json_t *shape_xml(const struct api_shape *shape, const struct xml_node *node);

static json_t *shape_xml_structure(const struct api_shape *shape, const struct xml_node *node)
{
    json_t *shaped = json_object();
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct xml_node *child = xml_tree_find(node, api_wire_name(&shape->members[i]));
        if (child != NULL)
            (void)json_object_set_new(shaped, shape->members[i].name, shape_xml(shape->members[i].shape, child));
    }
    return shaped;
}

static json_t *shape_xml_list(const struct api_shape *shape, const struct xml_node *node)
{
    json_t *shaped = json_array();
    for (const struct xml_node *at = node->child; at != NULL; at = at->next)
        (void)json_array_append_new(shaped, shape_xml(shape->element, at));
    return shaped;
}

static json_t *shape_xml(const struct api_shape *shape, const struct xml_node *node)
{
    int64_t number;
    switch (shape->type) {
    case API_STRUCTURE:
        return shape_xml_structure(shape, node);
    case API_LIST:
        return shape_xml_list(shape, node);
    case API_BOOLEAN:
        return json_boolean(slice_is(slice_trim(node->text), "true"));
    case API_INTEGER:
    case API_LONG:
        if (text_parse_integer(slice_trim(node->text), &number))
            return json_integer(number);
        break;
    case API_STRING:
    case API_TIMESTAMP:
        break;
    }
    return json_stringn_nocheck(node->text.data == NULL ? "" : node->text.data, node->text.size);
}

/** <GetCallerIdentityResponse><GetCallerIdentityResult>the members: the query protocol's form. */
static json_t *parse_xml(const struct api_operation *operation, const struct http_answer *answer, struct buffer *reason)
{
    ARENA_AUTO *arena = arena_new();
    struct slice body = buffer_slice(&answer->body);
    const struct xml_node *root = xml_tree_parse(body, arena);
    const char *name = arena_format(arena, "%sResult", operation->name);
    const struct xml_node *result = xml_tree_find(root, name);
    if (root == NULL)
        buffer_append_text(reason, slice_trim(body).size == 0 ? "it is empty" : "it is no XML");
    else if (result == NULL && operation->output->member_count > 0)
        buffer_append_format(reason, "its XML has no %s", name);
    return reason->size > 0 ? NULL : shape_xml_structure(operation->output, result);
}

// ------------------------------------------------------------------ both

/** What the operation is for has to be there. */
static bool is_whole(const struct api_operation *operation, const json_t *output, struct buffer *reason)
{
    const struct api_shape *shape = operation->output;
    for (size_t i = 0; i < shape->member_count && reason->size == 0; i++)
        if (shape->members[i].required && json_object_get(output, shape->members[i].name) == NULL)
            buffer_append_format(reason, "it has no %s", api_wire_name(&shape->members[i]));
    return reason->size == 0;
}

bool response_parse(const struct api_operation *operation, const struct http_answer *answer, json_t **output,
                    struct error *error)
{
    BUFFER_AUTO reason = {0};
    JSON_AUTO *parsed = operation->service->protocol == API_QUERY_XML ? parse_xml(operation, answer, &reason)
                                                                      : parse_json(operation, answer, &reason);
    if (parsed == NULL || !is_whole(operation, parsed, &reason))
        return no_answer_report(operation, answer, buffer_text(&reason), error);
    *output = json_incref(parsed);
    return true;
}
