// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/jmespath/value.h"
#include "client/python.h"

#include <stdint.h>

const char *value_type(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "object";
    case JSON_ARRAY:
        return "array";
    case JSON_STRING:
        return "string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "boolean";
    case JSON_NULL:
        break;
    }
    return "null";
}

bool value_is_false(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return json_object_size(value) == 0;
    case JSON_ARRAY:
        return json_array_size(value) == 0;
    case JSON_STRING:
        return json_string_length(value) == 0;
    case JSON_FALSE:
    case JSON_NULL:
        return true;
    case JSON_INTEGER:
    case JSON_REAL:
    case JSON_TRUE:
        break;
    }
    return false;
}

/** A number, or a boolean as one. A long double holds every 64-bit integer and every double. */
static long double number_of(const json_t *value)
{
    if (json_is_boolean(value))
        return json_is_true(value) ? 1 : 0;
    return json_is_integer(value) ? (long double)json_integer_value(value) : (long double)json_real_value(value);
}

static bool is_numeric(const json_t *value)
{
    return json_is_number(value) || json_is_boolean(value);
}

static bool same_arrays(const json_t *a, const json_t *b)
{
    size_t count = json_array_size(a);
    if (count != json_array_size(b))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!value_is_same(json_array_get(a, i), json_array_get(b, i)))
            return false;
    return true;
}

static bool same_objects(const json_t *a, const json_t *b)
{
    if (json_object_size(a) != json_object_size(b))
        return false;
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)a;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        const json_t *other = json_object_getn(b, json_object_iter_key(at), json_object_iter_key_len(at));
        if (other == NULL || !value_is_same(json_object_iter_value(at), other))
            return false;
    }
    return true;
}

bool value_is_same(const json_t *a, const json_t *b)
{
    if (a == b)
        return true;
    if (is_numeric(a) && is_numeric(b))
        return number_of(a) == number_of(b);
    if (json_typeof(a) != json_typeof(b))
        return false;
    if (json_is_string(a))
        return slice_equal(value_text(a), value_text(b));
    return json_is_array(a) ? same_arrays(a, b) : json_is_object(a) ? same_objects(a, b) : true;
}

bool value_is_equal(const json_t *a, const json_t *b)
{
    return json_is_boolean(a) == json_is_boolean(b) && value_is_same(a, b);
}

bool value_is_comparable(const json_t *a, const json_t *b)
{
    return (json_is_number(a) && json_is_number(b)) || (json_is_string(a) && json_is_string(b));
}

int value_compare(const json_t *a, const json_t *b)
{
    // UTF-8 sorts as its characters do.
    if (json_is_string(a))
        return slice_compare(value_text(a), value_text(b));
    long double x = number_of(a);
    long double y = number_of(b);
    return (x > y) - (x < y);
}

json_t *value_refuse_order(const json_t *a, const char *sign, const json_t *b, struct error *error)
{
    (void)error_set(error, ERROR_INTERNAL, NULL, "'%s' not supported between instances of '%s' and '%s'", sign,
                    python_type_name(a), python_type_name(b));
    return NULL;
}
