// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the reading of the query protocol's parameters.
 *
 * The first byte of the input says whether `+` is a blank, the rest is the form; its Action names the operation. What
 * is read must have the shape of that operation's input, and a refusal must be one that can be told.
 */
#include "api/iam.h"
#include "api/sts.h"
#include "base/json.h"
#include "base/text.h"
#include "service/http/decode.h"
#include "service/http/decode_form.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition)
{
    if (!condition)
        abort();
}

static const struct api_operation *find_operation(struct slice action)
{
    const struct api_operation *found = api_find_operation_by_name(&api_iam, action);
    return found != NULL ? found : api_find_operation_by_name(&api_sts, action);
}

static bool is_text(struct slice text)
{
    return text_utf8_valid(text) == text.size && slice_find(text, '\0', 0) == text.size;
}

static void check_value(const struct api_shape *shape, const json_t *value);

static void check_members(const struct api_shape *shape, const json_t *value)
{
    must(json_is_object(value) && json_object_size(value) <= shape->member_count);
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, name, member)
    {
        const struct api_member *known = api_find_member(shape, slice_of(name));
        must(known != NULL);
        check_value(known->shape, member);
    }
}

static void check_value(const struct api_shape *shape, const json_t *value)
{
    switch (shape->type) {
    case API_STRING:
        must(json_is_string(value) && is_text((struct slice){json_string_value(value), json_string_length(value)}));
        return;
    case API_INTEGER:
    case API_LONG:
    case API_TIMESTAMP:
        must(json_is_integer(value));
        return;
    case API_BOOLEAN:
        must(json_is_boolean(value));
        return;
    case API_LIST:
        must(json_is_array(value));
        for (size_t i = 0; i < json_array_size(value); i++)
            check_value(shape->element, json_array_get(value, i));
        return;
    case API_STRUCTURE:
        check_members(shape, value);
        return;
    }
}

static void check_refusal(const struct error *error)
{
    must(error->class == ERROR_PARAMETER && error->code != NULL && strcmp(error->code, "ValidationError") == 0);
    must(error->message != NULL && is_text(slice_of(error->message)));
}

static const struct api_operation *read_action(struct slice form, bool is_form)
{
    BUFFER_AUTO action = {0};
    ERROR_AUTO error = {0};
    if (decode_parameter(form, "Action", is_form, &action, &error)) {
        must(text_utf8_valid(buffer_slice(&action)) == action.size && error.class == ERROR_NONE);
        return find_operation(buffer_slice(&action));
    }
    if (error.class != ERROR_NONE)
        check_refusal(&error);
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    bool is_form = (data[0] & 1) == 0;
    struct slice form = {(const char *)data + 1, size - 1};
    const struct api_operation *operation = read_action(form, is_form);
    if (operation == NULL)
        return 0;
    JSON_AUTO *input = json_object();
    ERROR_AUTO error = {0};
    if (decode_form(input, operation->input, form, is_form, &error)) {
        must(error.class == ERROR_NONE);
        check_members(operation->input, input);
    } else {
        check_refusal(&error);
    }
    return 0;
}
