// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/decode.h"

#include "base/json.h"
#include "base/text.h"
#include "service/http/decode_form.h"
#include "service/http/findings.h"

#include <string.h>

// ------------------------------------------------------------------ failures

bool decode_refuse(struct error *error, const char *what, const char *name)
{
    (void)error_set(error, ERROR_PARAMETER, "ValidationError", "The request could not be parsed: %s%s%s%s", what,
                    name == NULL ? "" : " '", name == NULL ? "" : name, name == NULL ? "" : "'");
    if (error != NULL)
        error->details = json_pack("{s:s}", "reason", "CANNOT_PARSE");
    return false;
}

static bool failed(const struct error *error)
{
    return error->class != ERROR_NONE;
}

// ------------------------------------------------------------------ parameters

/** Whether the encoded NAME of a parameter is WANTED. Almost all names come unescaped. */
static bool is_named(struct slice name, const char *wanted, bool is_form)
{
    if (slice_is(name, wanted))
        return true;
    if (slice_find(name, '%', 0) == name.size)
        return false;
    BUFFER_AUTO decoded = {0};
    return text_percent_decode(&decoded, name, is_form) && slice_is(buffer_slice(&decoded), wanted);
}

bool decode_parameter(struct slice parameters, const char *name, bool is_form, struct buffer *value,
                      struct error *error)
{
    bool found = false;
    struct slice pair;
    while (slice_cut(&parameters, '&', &pair)) {
        size_t equals = slice_find(pair, '=', 0);
        if (!is_named(slice_part(pair, 0, equals), name, is_form))
            continue;
        if (found)
            return decode_refuse(error, "there is more than one parameter", name);
        found = true;
        struct slice encoded = slice_part(pair, equals + 1, pair.size);
        if (!text_percent_decode(value, encoded, is_form) || text_utf8_valid(buffer_slice(value)) != value->size)
            return decode_refuse(error, "broken escapes or characters in the parameter", name);
    }
    return found;
}

json_t *decode_text(const struct api_shape *shape, struct slice text)
{
    int64_t number;
    switch (shape->type) {
    case API_STRING:
        return slice_find(text, '\0', 0) < text.size ? NULL : json_stringn(text.data, text.size);
    case API_INTEGER:
    case API_LONG:
    case API_TIMESTAMP:
        return text_parse_integer(text, &number) ? json_integer(number) : NULL;
    case API_BOOLEAN:
        return slice_is(text, "true") ? json_true() : slice_is(text, "false") ? json_false() : NULL;
    case API_LIST:
    case API_STRUCTURE:
        break;
    }
    return NULL;
}

static bool add_text(json_t *input, const struct api_member *member, struct slice text, struct error *error)
{
    json_t *value = decode_text(member->shape, text);
    if (value == NULL)
        return decode_refuse(error, "wrong type of the value of", member->name);
    (void)json_object_set_new_nocheck(input, member->name, value);
    return true;
}

static bool add_parameter(json_t *input, const struct api_member *member, struct slice parameters, bool is_form,
                          struct error *error)
{
    BUFFER_ROOM(value, 256);
    if (decode_parameter(parameters, api_wire_name(member), is_form, &value, error))
        return add_text(input, member, buffer_slice(&value), error);
    return !failed(error);
}

static bool add_header(json_t *input, const struct api_member *member, const struct http_request *request,
                       struct error *error)
{
    struct slice value = http_header(request, api_wire_name(member));
    return value.data == NULL || add_text(input, member, slice_trim(value), error);
}

// ------------------------------------------------------------------ JSON body

static json_t *prune(const struct api_shape *shape, json_t *value);

/** The structure's members only, in model order, without nulls. */
static json_t *prune_structure(const struct api_shape *shape, const json_t *value)
{
    json_t *pruned = json_object();
    for (size_t i = 0; i < shape->member_count; i++) {
        json_t *member = json_object_get(value, shape->members[i].name);
        if (member != NULL && !json_is_null(member))
            (void)json_object_set_new(pruned, shape->members[i].name, prune(shape->members[i].shape, member));
    }
    return pruned;
}

/**
 * VALUE without what its shape does not know; of a wrong type it stays as it is, for the validation to say so.
 * A text with U+0000 counts as no text: nothing here has a use for it, and C strings would cut it.
 */
static json_t *prune(const struct api_shape *shape, json_t *value)
{
    if (json_is_string(value) && strlen(json_string_value(value)) != json_string_length(value))
        return json_null();
    if (shape->type == API_STRUCTURE && json_is_object(value))
        return prune_structure(shape, value);
    if (shape->type != API_LIST || !json_is_array(value))
        return json_incref(value);
    json_t *pruned = json_array();
    for (size_t i = 0; i < json_array_size(value); i++)
        (void)json_array_append_new(pruned, prune(shape->element, json_array_get(value, i)));
    return pruned;
}

static bool has_body_members(const struct api_shape *shape)
{
    for (size_t i = 0; i < shape->member_count; i++)
        if (shape->members[i].location == API_BODY)
            return true;
    return false;
}

static bool add_json_body(json_t *input, const struct api_shape *shape, struct slice body, struct error *error)
{
    if (slice_trim(body).size == 0 || !has_body_members(shape))
        return true;
    ERROR_AUTO reason = {0};
    JSON_AUTO *value = json_parse(body, &reason);
    if (value == NULL)
        return decode_refuse(error, reason.message, NULL);
    if (!json_is_object(value))
        return decode_refuse(error, "the body is not a JSON object", NULL);
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        json_t *given = json_object_get(value, api_wire_name(member));
        if (member->location == API_BODY && given != NULL && !json_is_null(given))
            (void)json_object_set_new_nocheck(input, member->name, prune(member->shape, given));
    }
    return true;
}

// ------------------------------------------------------------------ the whole

static bool add_rest(json_t *input, const struct api_shape *shape, const struct http_request *request,
                     struct error *error)
{
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        if (member->location == API_QUERY && !add_parameter(input, member, request->message.query, false, error))
            return false;
        if (member->location == API_HEADER && !add_header(input, member, request, error))
            return false;
    }
    return add_json_body(input, shape, request->message.body, error);
}

struct slice decode_query_parameters(const struct http_request *request, bool *is_form)
{
    *is_form = slice_is(request->message.method, "POST");
    return *is_form ? request->message.body : request->message.query;
}

static bool add_form(json_t *input, const struct api_shape *shape, const struct http_request *request,
                     struct error *error)
{
    bool is_form;
    struct slice parameters = decode_query_parameters(request, &is_form);
    return decode_form(input, shape, parameters, is_form, error);
}

json_t *decode_input(const struct api_operation *operation, const struct http_request *request, struct error *error)
{
    json_t *input = json_object();
    bool read = operation->service->protocol == API_REST_JSON ? add_rest(input, operation->input, request, error)
                                                              : add_form(input, operation->input, request, error);
    if (read && findings_check(operation->input, input, error))
        return input;
    json_decref(input);
    return NULL;
}
