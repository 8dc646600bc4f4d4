// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/jmespath/evaluate.h"
#include "base/json.h"
#include "client/jmespath/function.h"
#include "client/jmespath/jmespath.h"
#include "client/jmespath/value.h"

#include <stdlib.h>

/** Every function here gives a new reference, or NULL with the error. */
typedef json_t *evaluator(const struct node *node, json_t *value, struct error *error);

static json_t *evaluate_identity(const struct node *node, json_t *value, struct error *error)
{
    (void)node, (void)error;
    return json_incref(value);
}

static json_t *evaluate_field(const struct node *node, json_t *value, struct error *error)
{
    (void)error;
    json_t *member = json_object_getn(value, node->text.data, node->text.size);
    return member != NULL ? json_incref(member) : json_null();
}

static json_t *evaluate_literal(const struct node *node, json_t *value, struct error *error)
{
    (void)value, (void)error;
    return json_incref(node->literal);
}

static json_t *evaluate_sequence(const struct node *node, json_t *value, struct error *error)
{
    json_t *result = json_incref(value);
    for (const struct node *child = node->first; child != NULL && result != NULL; child = child->next) {
        json_t *next = evaluate_node(child, result, error);
        json_decref(result);
        result = next;
    }
    return result;
}

// ------------------------------------------------------------------ parts of lists

static json_t *evaluate_index(const struct node *node, json_t *value, struct error *error)
{
    (void)error;
    if (!json_is_array(value))
        return json_null();
    json_int_t count = (json_int_t)json_array_size(value);
    json_int_t index = node->index < 0 ? node->index + count : node->index;
    return index >= 0 && index < count ? json_incref(json_array_get(value, (size_t)index)) : json_null();
}

/** A slice's start or end within 0..COUNT, or one less when it goes downward. */
static int64_t clamp(struct node_bound bound, int64_t otherwise, int64_t count, bool downward)
{
    if (!bound.given)
        return otherwise;
    int64_t lowest = downward ? -1 : 0;
    int64_t number = bound.number < 0 ? bound.number + count : bound.number;
    return number < lowest ? lowest : number > count + lowest ? count + lowest : number;
}

static json_t *evaluate_slice(const struct node *node, json_t *value, struct error *error)
{
    if (!json_is_array(value))
        return json_null();
    int64_t count = (int64_t)json_array_size(value);
    int64_t step = node->bounds[2].given ? node->bounds[2].number : 1;
    if (step == 0) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "slice step cannot be zero");
        return NULL;
    }
    int64_t start = clamp(node->bounds[0], step < 0 ? count - 1 : 0, count, step < 0);
    int64_t end = clamp(node->bounds[1], step < 0 ? -1 : count, count, step < 0);
    json_t *part = json_array();
    // The distance left is compared, so that no step, however long, can overflow.
    while (step > 0 ? start < end : start > end) {
        (void)json_array_append(part, json_array_get(value, (size_t)start));
        if (step > 0 ? step >= end - start : step <= end - start)
            break;
        start += step;
    }
    return part;
}

static json_t *evaluate_flatten(const struct node *node, json_t *value, struct error *error)
{
    JSON_AUTO *base = evaluate_node(node->first, value, error);
    if (base == NULL)
        return NULL;
    if (!json_is_array(base))
        return json_null();
    json_t *merged = json_array();
    for (size_t i = 0; i < json_array_size(base); i++) {
        json_t *element = json_array_get(base, i);
        if (json_is_array(element))
            (void)json_array_extend(merged, element);
        else
            (void)json_array_append(merged, element);
    }
    return merged;
}

// ------------------------------------------------------------------ projections

/** Adds what the projection makes of ELEMENT; nothing for null, or when the condition (if any) is not true. */
static bool project(const struct node *node, json_t *element, json_t *collected, struct error *error)
{
    const struct node *projected = node->first->next;
    if (projected->next != NULL) {
        JSON_AUTO *wanted = evaluate_node(projected->next, element, error);
        if (wanted == NULL)
            return false;
        if (value_is_false(wanted))
            return true;
    }
    json_t *result = evaluate_node(projected, element, error);
    if (result == NULL)
        return false;
    if (json_is_null(result))
        json_decref(result);
    else
        (void)json_array_append_new(collected, result);
    return true;
}

static json_t *project_elements(const struct node *node, const json_t *base, struct error *error)
{
    JSON_AUTO *collected = json_array();
    for (size_t i = 0; i < json_array_size(base); i++)
        if (!project(node, json_array_get(base, i), collected, error))
            return NULL;
    return json_incref(collected);
}

static json_t *project_members(const struct node *node, json_t *base, struct error *error)
{
    JSON_AUTO *collected = json_array();
    for (void *at = json_object_iter(base); at != NULL; at = json_object_iter_next(base, at))
        if (!project(node, json_object_iter_value(at), collected, error))
            return NULL;
    return json_incref(collected);
}

static json_t *evaluate_projection(const struct node *node, json_t *value, struct error *error)
{
    bool members = node->kind == NODE_VALUE_PROJECTION;
    JSON_AUTO *base = evaluate_node(node->first, value, error);
    if (base == NULL)
        return NULL;
    if (members ? !json_is_object(base) : !json_is_array(base))
        return json_null();
    return members ? project_members(node, base, error) : project_elements(node, base, error);
}

// ------------------------------------------------------------------ what is put together

static json_t *evaluate_list(const struct node *node, json_t *value, struct error *error)
{
    if (json_is_null(value))
        return json_null();
    JSON_AUTO *list = json_array();
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        json_t *element = evaluate_node(child, value, error);
        if (element == NULL)
            return NULL;
        (void)json_array_append_new(list, element);
    }
    return json_incref(list);
}

static json_t *evaluate_hash(const struct node *node, json_t *value, struct error *error)
{
    if (json_is_null(value))
        return json_null();
    JSON_AUTO *hash = json_object();
    for (const struct node *member = node->first; member != NULL; member = member->next) {
        json_t *result = evaluate_node(member->first, value, error);
        if (result == NULL)
            return NULL;
        (void)json_object_setn_new_nocheck(hash, member->text.data, member->text.size, result);
    }
    return json_incref(hash);
}

static bool evaluate_arguments(const struct node *node, json_t *value, struct argument *out, struct error *error)
{
    for (const struct node *child = node->first; child != NULL; child = child->next, out++) {
        if (child->kind == NODE_EXPRESSION)
            out->expression = child->first;
        else if ((out->value = evaluate_node(child, value, error)) == NULL)
            return false;
    }
    return true;
}

static json_t *evaluate_function(const struct node *node, json_t *value, struct error *error)
{
    size_t count = 0;
    for (const struct node *child = node->first; child != NULL; child = child->next)
        count++;
    struct argument *arguments = memory_new(count + 1, sizeof *arguments);
    json_t *result = NULL;
    if (evaluate_arguments(node, value, arguments, error))
        result = function_call(node->text, arguments, count, error);
    for (size_t i = 0; i < count; i++)
        json_decref(arguments[i].value);
    free(arguments);
    return result;
}

/** Where there is no function to take it, it has no meaning, and no form in which it could be printed. */
static json_t *evaluate_expression(const struct node *node, json_t *value, struct error *error)
{
    (void)node, (void)value;
    (void)error_set(error, ERROR_INTERNAL, NULL,
                    "An expression reference (&) is no value; it can only be the argument of a function");
    return NULL;
}

// ------------------------------------------------------------------ operators

static json_t *evaluate_choice(const struct node *node, json_t *value, struct error *error)
{
    json_t *left = evaluate_node(node->first, value, error);
    if (left == NULL || value_is_false(left) == (node->kind == NODE_AND))
        return left;
    json_decref(left);
    return evaluate_node(node->first->next, value, error);
}

static json_t *evaluate_not(const struct node *node, json_t *value, struct error *error)
{
    JSON_AUTO *operand = evaluate_node(node->first, value, error);
    return operand == NULL ? NULL : json_boolean(value_is_false(operand));
}

static bool is_ordered(const json_t *value)
{
    return json_is_number(value) || json_is_string(value);
}

static json_t *order(enum node_kind kind, const json_t *left, const json_t *right, struct error *error)
{
    static const char *const signs[NODE_KINDS] = {
        [NODE_LESS] = "<", [NODE_LESS_OR_EQUAL] = "<=", [NODE_GREATER] = ">", [NODE_GREATER_OR_EQUAL] = ">="};
    if (!is_ordered(left) || !is_ordered(right))
        return json_null();
    if (!value_is_comparable(left, right))
        return value_refuse_order(left, signs[kind], right, error);
    int found = value_compare(left, right);
    bool or_equal = kind == NODE_LESS_OR_EQUAL || kind == NODE_GREATER_OR_EQUAL;
    bool less = kind == NODE_LESS || kind == NODE_LESS_OR_EQUAL;
    return json_boolean((found == 0 && or_equal) || (less ? found < 0 : found > 0));
}

static json_t *evaluate_comparison(const struct node *node, json_t *value, struct error *error)
{
    JSON_AUTO *left = evaluate_node(node->first, value, error);
    if (left == NULL)
        return NULL;
    JSON_AUTO *right = evaluate_node(node->first->next, value, error);
    if (right == NULL)
        return NULL;
    if (node->kind == NODE_EQUAL || node->kind == NODE_UNEQUAL)
        return json_boolean(value_is_equal(left, right) == (node->kind == NODE_EQUAL));
    return order(node->kind, left, right, error);
}

static evaluator *const evaluators[NODE_KINDS] = {
    [NODE_IDENTITY] = evaluate_identity,
    [NODE_FIELD] = evaluate_field,
    [NODE_INDEX] = evaluate_index,
    [NODE_SLICE] = evaluate_slice,
    [NODE_LITERAL] = evaluate_literal,
    [NODE_SUBEXPRESSION] = evaluate_sequence,
    [NODE_INDEX_EXPRESSION] = evaluate_sequence,
    [NODE_PIPE] = evaluate_sequence,
    [NODE_OR] = evaluate_choice,
    [NODE_AND] = evaluate_choice,
    [NODE_NOT] = evaluate_not,
    [NODE_EQUAL] = evaluate_comparison,
    [NODE_UNEQUAL] = evaluate_comparison,
    [NODE_LESS] = evaluate_comparison,
    [NODE_LESS_OR_EQUAL] = evaluate_comparison,
    [NODE_GREATER] = evaluate_comparison,
    [NODE_GREATER_OR_EQUAL] = evaluate_comparison,
    [NODE_PROJECTION] = evaluate_projection,
    [NODE_VALUE_PROJECTION] = evaluate_projection,
    [NODE_FILTER_PROJECTION] = evaluate_projection,
    [NODE_FLATTEN] = evaluate_flatten,
    [NODE_LIST] = evaluate_list,
    [NODE_HASH] = evaluate_hash,
    [NODE_MEMBER] = NULL, // evaluate_hash() goes past it
    [NODE_FUNCTION] = evaluate_function,
    [NODE_EXPRESSION] = evaluate_expression,
};

json_t *evaluate_node(const struct node *node, json_t *value, struct error *error)
{
    return evaluators[node->kind](node, value, error);
}

json_t *jmespath_search(const struct jmespath *expression, json_t *value, struct error *error)
{
    return evaluate_node(expression->root, value, error);
}
