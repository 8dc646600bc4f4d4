// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/integer.h"
#include "client/cli/shorthand.h"

#include <strings.h>

/** A scalar's text as the shape's type: a new reference, the same one when it stays, NULL on failure. */
static json_t *typed_scalar(json_t *value, enum api_type type, struct error *error)
{
    if (!json_is_string(value) || (type != API_INTEGER && type != API_LONG && type != API_BOOLEAN))
        return json_incref(value);
    struct slice text = {json_string_value(value), json_string_length(value)};
    if (type == API_BOOLEAN)
        return strcasecmp(text.data, "true") == 0    ? json_true()
               : strcasecmp(text.data, "false") == 0 ? json_false()
                                                     : json_incref(value);
    BUFFER_AUTO decimal = {0};
    if (!integer_require(text, &decimal, error))
        return NULL;
    json_t *number = integer_json(buffer_slice(&decimal));
    return number != NULL ? number : json_incref(value);
}

/** The typed form of VALUE; a new reference, NULL on failure. */
static json_t *typed(json_t *value, const struct api_shape *shape, struct error *error)
{
    if (shape->type == API_LIST && !json_is_array(value))
        return json_pack("[O]", value);
    if (shape->type == API_LIST || shape->type == API_STRUCTURE)
        return shorthand_apply_types(value, shape, error) ? json_incref(value) : NULL;
    return typed_scalar(value, shape->type, error);
}

bool shorthand_apply_types(json_t *parsed, const struct api_shape *shape, struct error *error)
{
    for (size_t i = 0; shape->type == API_LIST && i < json_array_size(parsed); i++) {
        json_t *element = typed(json_array_get(parsed, i), shape->element, error);
        if (element == NULL || json_array_set_new(parsed, i, element) != 0)
            return false;
    }
    for (size_t i = 0; shape->type == API_STRUCTURE && i < shape->member_count; i++) {
        json_t *member = json_object_get(parsed, shape->members[i].name);
        json_t *changed = member != NULL ? typed(member, shape->members[i].shape, error) : NULL;
        if (member != NULL && (changed == NULL || json_object_set_new(parsed, shape->members[i].name, changed) != 0))
            return false;
    }
    return true;
}
