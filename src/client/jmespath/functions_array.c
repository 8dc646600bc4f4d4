// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** JMESPath's functions of lists and objects. */
#include "base/memory.h"
#include "client/jmespath/function.h"
#include "client/jmespath/value.h"

/** The first of the greatest, or of the smallest when SIGN is -1; null when there is none. */
static json_t *extreme(const json_t *list, int sign)
{
    json_t *best = json_array_get(list, 0);
    for (size_t i = 1; i < json_array_size(list); i++)
        if (value_compare(json_array_get(list, i), best) * sign > 0)
            best = json_array_get(list, i);
    return best != NULL ? json_incref(best) : json_null();
}

json_t *function_max(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    return extreme(arguments[0].value, 1);
}

json_t *function_min(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    return extreme(arguments[0].value, -1);
}

json_t *function_keys(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    json_t *object = arguments[0].value;
    json_t *keys = json_array();
    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at))
        (void)json_array_append_new(keys, json_stringn(json_object_iter_key(at), json_object_iter_key_len(at)));
    return keys;
}

json_t *function_values(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    json_t *object = arguments[0].value;
    json_t *values = json_array();
    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at))
        (void)json_array_append(values, json_object_iter_value(at));
    return values;
}
