// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/memory.h"
#include "client/jmespath/function.h"
#include "client/jmespath/value.h"
#include "client/python.h"

#define PARAMETERS_MAX 2
#define WANTED_MAX 3

struct function {
    const char *name;
    function_body *body;
    size_t count;  /**< How many arguments; with `variadic` at least so many. */
    bool variadic; /**< More are like the last one. */
    enum wanted parameters[PARAMETERS_MAX][WANTED_MAX + 1]; /**< One alternative is enough; none: anything. */
};

static const struct function functions[] = {
    {"abs", function_abs, 1, false, {{WANTED_NUMBER}}},
    {"avg", function_avg, 1, false, {{WANTED_ARRAY_OF_NUMBERS}}},
    {"ceil", function_ceil, 1, false, {{WANTED_NUMBER}}},
    {"contains", function_contains, 2, false, {{WANTED_ARRAY, WANTED_STRING}}},
    {"ends_with", function_ends_with, 2, false, {{WANTED_STRING}, {WANTED_STRING}}},
    {"floor", function_floor, 1, false, {{WANTED_NUMBER}}},
    {"join", function_join, 2, false, {{WANTED_STRING}, {WANTED_ARRAY_OF_STRINGS}}},
    {"keys", function_keys, 1, false, {{WANTED_OBJECT}}},
    {"length", function_length, 1, false, {{WANTED_STRING, WANTED_ARRAY, WANTED_OBJECT}}},
    {"map", function_map, 2, false, {{WANTED_EXPRESSION}, {WANTED_ARRAY}}},
    {"max", function_max, 1, false, {{WANTED_ARRAY_OF_NUMBERS, WANTED_ARRAY_OF_STRINGS}}},
    {"max_by", function_max_by, 2, false, {{WANTED_ARRAY}, {WANTED_EXPRESSION}}},
    {"merge", function_merge, 1, true, {{WANTED_OBJECT}}},
    {"min", function_min, 1, false, {{WANTED_ARRAY_OF_NUMBERS, WANTED_ARRAY_OF_STRINGS}}},
    {"min_by", function_min_by, 2, false, {{WANTED_ARRAY}, {WANTED_EXPRESSION}}},
    {"not_null", function_not_null, 1, true, {{WANTED_NOTHING}}},
    {"reverse", function_reverse, 1, false, {{WANTED_ARRAY, WANTED_STRING}}},
    {"sort", function_sort, 1, false, {{WANTED_ARRAY_OF_STRINGS, WANTED_ARRAY_OF_NUMBERS}}},
    {"sort_by", function_sort_by, 2, false, {{WANTED_ARRAY}, {WANTED_EXPRESSION}}},
    {"starts_with", function_starts_with, 2, false, {{WANTED_STRING}, {WANTED_STRING}}},
    {"sum", function_sum, 1, false, {{WANTED_ARRAY_OF_NUMBERS}}},
    {"to_array", function_to_array, 1, false, {{WANTED_NOTHING}}},
    {"to_number", function_to_number, 1, false, {{WANTED_NOTHING}}},
    {"to_string", function_to_string, 1, false, {{WANTED_NOTHING}}},
    {"type", function_type, 1, false, {{WANTED_NOTHING}}},
    {"values", function_values, 1, false, {{WANTED_OBJECT}}},
};

static const struct {
    const char *name;    /**< In error texts. */
    const char *type;    /**< As value_type() says it. */
    const char *element; /**< The type of a list's elements, if it matters. */
} kinds[WANTED_KINDS] = {
    [WANTED_NUMBER] = {"number", "number", NULL},
    [WANTED_STRING] = {"string", "string", NULL},
    [WANTED_ARRAY] = {"array", "array", NULL},
    [WANTED_OBJECT] = {"object", "object", NULL},
    [WANTED_EXPRESSION] = {"expref", "expref", NULL},
    [WANTED_ARRAY_OF_NUMBERS] = {"array-number", "array", "number"},
    [WANTED_ARRAY_OF_STRINGS] = {"array-string", "array", "string"},
};

static const char *type_of(const struct argument *argument)
{
    return argument->expression != NULL ? "expref" : value_type(argument->value);
}

bool function_refuse(const char *function, const struct argument *argument, const enum wanted *wanted,
                     const char *received, struct error *error)
{
    BUFFER_AUTO value = {0};
    BUFFER_AUTO types = {0};
    if (argument->expression != NULL)
        buffer_append_text(&value, "an expression reference");
    else
        python_write_text(&value, argument->value);
    for (size_t i = 0; wanted[i] != WANTED_NOTHING; i++)
        buffer_append_format(&types, "%s'%s'", i > 0 ? ", " : "", kinds[wanted[i]].name);
    return error_set(error, ERROR_INTERNAL, NULL,
                     "In function %s(), invalid type for value: %s, expected one of: [%s], received: \"%s\"", function,
                     buffer_text(&value), buffer_text(&types), received);
}

static bool is_type(const char *type, const char *other)
{
    return slice_is(slice_of(type), other);
}

/** The type that all elements must have: the one that is asked for, or of two the first element's. */
static const char *element_type(const enum wanted *wanted, const json_t *first)
{
    if (wanted[1] == WANTED_NOTHING)
        return kinds[wanted[0]].element;
    for (size_t i = 0; wanted[i] != WANTED_NOTHING; i++)
        if (is_type(kinds[wanted[i]].element, value_type(first)))
            return kinds[wanted[i]].element;
    return "";
}

static bool check_elements(const char *function, const json_t *list, const enum wanted *wanted, struct error *error)
{
    if (json_array_size(list) == 0)
        return true;
    const char *type = element_type(wanted, json_array_get(list, 0));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const struct argument element = {.value = json_array_get(list, i)};
        if (!is_type(value_type(element.value), type))
            return function_refuse(function, &element, wanted, python_type_name(element.value), error);
    }
    return true;
}

static bool check_argument(const char *function, const struct argument *argument, const enum wanted *wanted,
                           struct error *error)
{
    if (wanted[0] == WANTED_NOTHING)
        return true;
    for (size_t i = 0; wanted[i] != WANTED_NOTHING; i++)
        if (is_type(kinds[wanted[i]].type, type_of(argument)))
            return kinds[wanted[i]].element == NULL || check_elements(function, argument->value, wanted, error);
    return function_refuse(function, argument, wanted, type_of(argument), error);
}

static bool check_count(const struct function *function, size_t count, struct error *error)
{
    if (function->variadic ? count >= function->count : count == function->count)
        return true;
    return error_set(error, ERROR_INTERNAL, NULL, "Expected %s%zu argument%s for function %s(), received %zu",
                     function->variadic ? "at least " : "", function->count, function->count == 1 ? "" : "s",
                     function->name, count);
}

static const struct function *find(struct slice name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (slice_is(name, functions[i].name))
            return &functions[i];
    return NULL;
}

json_t *function_call(struct slice name, const struct argument *arguments, size_t count, struct error *error)
{
    const struct function *function = find(name);
    if (function == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "Unknown function: %.*s()", SLICE_ARGS(name));
        return NULL;
    }
    if (!check_count(function, count, error))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t parameter = i < function->count ? i : function->count - 1;
        if (!check_argument(function->name, &arguments[i], function->parameters[parameter], error))
            return NULL;
    }
    return function->body(arguments, count, error);
}
