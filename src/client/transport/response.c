// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/response.h"
#include "base/json.h"
#include "base/text.h"
#include "client/transport/body.h"
#include "client/transport/xml_tree.h"

// ------------------------------------------------------------------ JSON

static bool shape_json(const struct api_shape *shape, json_t *value, json_t **out, struct error *error);

static bool shape_json_structure(const struct api_shape *shape, json_t *value, json_t **out, struct error *error)
{
    if (!json_is_object(value))
        return body_refuse_type(value, error);
    JSON_AUTO *shaped = json_object();
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        json_t *given = json_object_get(value, api_wire_name(member));
        if (given == NULL || json_is_null(given))
            continue;
        json_t *part;
        if (!shape_json(member->shape, given, &part, error))
            return false;
        (void)json_object_set_new(shaped, member->name, part);
    }
    *out = json_incref(shaped);
    return true;
}

static bool shape_json_list(const struct api_shape *shape, json_t *value, json_t **out, struct error *error)
{
    if (!json_is_array(value))
        return error_set(error, ERROR_TRANSPORT, NULL, "the answer has something else where a list should be");
    JSON_AUTO *shaped = json_array();
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *part;
        if (!shape_json(shape->element, json_array_get(value, i), &part, error))
            return false;
        (void)json_array_append_new(shaped, part);
    }
    *out = json_incref(shaped);
    return true;
}

/** Scalars stay as they came: a number in a string member is printed as a number. */
static bool shape_json(const struct api_shape *shape, json_t *value, json_t **out, struct error *error)
{
    if (json_is_null(value)) {
        *out = json_null();
        return true;
    }
    switch (shape->type) {
    case API_STRUCTURE:
        return shape_json_structure(shape, value, out, error);
    case API_LIST:
        return shape_json_list(shape, value, out, error);
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

static bool parse_json(const struct api_operation *operation, struct slice body, json_t **output, struct error *error)
{
    json_t *read;
    if (!body_read(body, &read, error))
        return false;
    if (read == NULL && !body_check_limits(body, error))
        return false;
    JSON_AUTO *value = read == NULL ? json_object() : read;
    if (json_is_null(value))
        return error_set(error, ERROR_TRANSPORT, NULL, "'NoneType' object is not iterable");
    return shape_json(operation->output, value, output, error);
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
static bool parse_xml(const struct api_operation *operation, struct slice body, json_t **output, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    const struct xml_node *root = xml_tree_parse(body, arena);
    if (root == NULL)
        return error_set(error, ERROR_TRANSPORT, NULL, "Unable to parse the answer of %s: it is no XML",
                         operation->name);
    const struct xml_node *result = xml_tree_find(root, arena_format(arena, "%sResult", operation->name));
    if (result == NULL && operation->output->member_count > 0)
        return error_set(error, ERROR_TRANSPORT, NULL, "Unable to parse the answer of %s: it has no %sResult",
                         operation->name, operation->name);
    *output = shape_xml_structure(operation->output, result);
    return true;
}

bool response_parse(const struct api_operation *operation, struct slice body, json_t **output, struct error *error)
{
    if (operation->service->protocol == API_QUERY_XML)
        return parse_xml(operation, body, output, error);
    return parse_json(operation, body, output, error);
}
