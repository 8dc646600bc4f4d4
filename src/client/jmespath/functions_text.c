// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** JMESPath's functions of strings, and of values of any type. */
#include "base/json.h"
#include "client/jmespath/function.h"
#include "client/jmespath/value.h"
#include "client/python.h"

json_t *function_starts_with(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    return json_boolean(slice_starts_with(value_text(arguments[0].value), value_text(arguments[1].value)));
}

json_t *function_ends_with(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    return json_boolean(slice_ends_with(value_text(arguments[0].value), value_text(arguments[1].value)));
}

json_t *function_join(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    BUFFER_AUTO joined = {0};
    for (size_t i = 0; i < json_array_size(arguments[1].value); i++) {
        if (i > 0)
            buffer_append_slice(&joined, value_text(arguments[0].value));
        buffer_append_slice(&joined, value_text(json_array_get(arguments[1].value, i)));
    }
    return json_stringn(buffer_text(&joined), joined.size);
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/** By characters. */
static json_t *reverse_text(struct slice text)
{
    BUFFER_AUTO reversed = {0};
    buffer_reserve(&reversed, text.size);
    for (size_t end = text.size; end > 0;) {
        size_t start = end - 1;
        while (start > 0 && is_continuation(text.data[start]))
            start--;
        buffer_append(&reversed, text.data + start, end - start);
        end = start;
    }
    return json_stringn(buffer_text(&reversed), reversed.size);
}

json_t *function_reverse(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    const json_t *value = arguments[0].value;
    if (json_is_string(value))
        return reverse_text(value_text(value));
    json_t *reversed = json_array();
    for (size_t i = json_array_size(value); i > 0; i--)
        (void)json_array_append(reversed, json_array_get(value, i - 1));
    return reversed;
}

json_t *function_length(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    const json_t *value = arguments[0].value;
    if (!json_is_string(value))
        return json_integer((json_int_t)(json_is_array(value) ? json_array_size(value) : json_object_size(value)));
    struct slice text = value_text(value);
    json_int_t characters = 0;
    for (size_t i = 0; i < text.size; i++)
        characters += !is_continuation(text.data[i]);
    return json_integer(characters);
}

static json_t *contains_text(struct slice text, const struct argument *wanted, struct error *error)
{
    if (wanted->expression == NULL && json_is_string(wanted->value)) {
        struct slice part = value_text(wanted->value);
        return json_boolean(part.size == 0 || memmem(text.data, text.size, part.data, part.size) != NULL);
    }
    (void)error_set(error, ERROR_INTERNAL, NULL, "'in <string>' requires string as left operand, not %s",
                    wanted->expression != NULL ? "an expression reference" : python_type_name(wanted->value));
    return NULL;
}

json_t *function_contains(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    const json_t *value = arguments[0].value;
    if (json_is_string(value))
        return contains_text(value_text(value), &arguments[1], error);
    for (size_t i = 0; arguments[1].expression == NULL && i < json_array_size(value); i++)
        if (value_is_same(json_array_get(value, i), arguments[1].value))
            return json_true();
    return json_false();
}

/** An expression has no type, says Python's jmespath. */
json_t *function_type(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    return arguments[0].expression != NULL ? json_null() : json_string(value_type(arguments[0].value));
}

static json_t *give(const char *function, const struct argument *argument, struct error *error)
{
    if (argument->expression == NULL)
        return json_incref(argument->value);
    (void)error_set(error, ERROR_INTERNAL, NULL, "In function %s(), an expression reference (&) is no value", function);
    return NULL;
}

json_t *function_not_null(const struct argument *arguments, size_t count, struct error *error)
{
    for (size_t i = 0; i < count; i++)
        if (arguments[i].expression != NULL || !json_is_null(arguments[i].value))
            return give("not_null", &arguments[i], error);
    return json_null();
}

json_t *function_to_array(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    json_t *value = give("to_array", &arguments[0], error);
    if (value == NULL || json_is_array(value))
        return value;
    json_t *list = json_array();
    (void)json_array_append_new(list, value);
    return list;
}

json_t *function_to_string(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    JSON_AUTO *value = give("to_string", &arguments[0], error);
    if (value == NULL || json_is_string(value))
        return json_incref(value);
    BUFFER_AUTO json = {0};
    json_write_python_minified(&json, value);
    return json_stringn(buffer_text(&json), json.size);
}
