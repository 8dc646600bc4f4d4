// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** JMESPath's functions that order a list, and those that apply an expression to its elements. */
#include "base/json.h"
#include "base/memory.h"
#include "client/jmespath/evaluate.h"
#include "client/jmespath/function.h"
#include "client/jmespath/value.h"

#include <stdlib.h>

json_t *function_map(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    const json_t *list = arguments[1].value;
    JSON_AUTO *mapped = json_array();
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *result = evaluate_node(arguments[0].expression, json_array_get(list, i), error);
        if (result == NULL)
            return NULL;
        (void)json_array_append_new(mapped, result);
    }
    return json_incref(mapped);
}

// ------------------------------------------------------------------ sorting

/** An element and what it is sorted by (owned). */
struct entry {
    json_t *key;
    json_t *element;
    size_t position;
};

struct entries {
    struct entry *items;
    size_t count;
};

static void entries_free(struct entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        json_decref(entries->items[i].key);
    free(entries->items);
}

#define ENTRIES_AUTO __attribute__((cleanup(entries_free))) struct entries

/** Equal keys stay in the order of the list. */
static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    int found = value_compare(x->key, y->key);
    return found != 0 ? found : (x->position > y->position) - (x->position < y->position);
}

/** Takes KEY over. */
static void add_entry(struct entries *entries, json_t *key, json_t *element)
{
    entries->items[entries->count] = (struct entry){key, element, entries->count};
    entries->count++;
}

static json_t *sorted(struct entries *entries)
{
    json_t *list = json_array();
    if (entries->count > 0)
        qsort(entries->items, entries->count, sizeof *entries->items, compare_entries);
    for (size_t i = 0; i < entries->count; i++)
        (void)json_array_append(list, entries->items[i].element);
    return list;
}

json_t *function_sort(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    const json_t *list = arguments[0].value;
    ENTRIES_AUTO entries = {.items = memory_new(json_array_size(list) + 1, sizeof *entries.items)};
    for (size_t i = 0; i < json_array_size(list); i++)
        add_entry(&entries, json_incref(json_array_get(list, i)), json_array_get(list, i));
    return sorted(&entries);
}

/** Evaluates the key of an element, which has to be what is wanted. @return a new reference, or NULL. */
static json_t *find_key(const char *function, const struct node *expression, json_t *element, const enum wanted *wanted,
                        struct error *error)
{
    json_t *key = evaluate_node(expression, element, error);
    for (size_t i = 0; key != NULL && wanted[i] != WANTED_NOTHING; i++)
        if (wanted[i] == WANTED_STRING ? json_is_string(key) : json_is_number(key))
            return key;
    const struct argument refused = {.value = key};
    if (key != NULL)
        (void)function_refuse(function, &refused, wanted, value_type(key), error);
    json_decref(key);
    return NULL;
}

/** What all keys have to be, by the first; that one is blamed by the whole element, as Python's jmespath does. */
static bool find_key_type(const struct argument *arguments, enum wanted *out, struct error *error)
{
    static const enum wanted any[] = {WANTED_STRING, WANTED_NUMBER, WANTED_NOTHING};
    const struct argument first = {.value = json_array_get(arguments[0].value, 0)};
    JSON_AUTO *key = evaluate_node(arguments[1].expression, first.value, error);
    if (key == NULL)
        return false;
    if (!json_is_string(key) && !json_is_number(key))
        return function_refuse("sort_by", &first, any, value_type(key), error);
    *out = json_is_string(key) ? WANTED_STRING : WANTED_NUMBER;
    return true;
}

json_t *function_sort_by(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    json_t *list = arguments[0].value;
    enum wanted wanted[2] = {WANTED_NOTHING, WANTED_NOTHING};
    if (json_array_size(list) == 0)
        return json_incref(list);
    if (!find_key_type(arguments, &wanted[0], error))
        return NULL;
    ENTRIES_AUTO entries = {.items = memory_new(json_array_size(list) + 1, sizeof *entries.items)};
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *element = json_array_get(list, i);
        json_t *key = find_key("sort_by", arguments[1].expression, element, wanted, error);
        if (key == NULL)
            return NULL;
        add_entry(&entries, key, element);
    }
    return sorted(&entries);
}

// ------------------------------------------------------------------ extremes

/** Which of two a function keeps. */
struct preference {
    const char *function;
    const char *sign; /**< In Python's words when two cannot be compared. */
    int direction;
};

/** The first of those whose key is preferred; a key that cannot be compared is told when it is reached. */
static json_t *extreme_by(const struct preference *preference, const struct argument *arguments, struct error *error)
{
    static const enum wanted wanted[] = {WANTED_NUMBER, WANTED_STRING, WANTED_NOTHING};
    const json_t *list = arguments[0].value;
    json_t *best = json_null();
    JSON_AUTO *best_key = NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *element = json_array_get(list, i);
        JSON_AUTO *key = find_key(preference->function, arguments[1].expression, element, wanted, error);
        if (key == NULL)
            return NULL;
        if (best_key != NULL && !value_is_comparable(key, best_key))
            return value_refuse_order(key, preference->sign, best_key, error);
        if (best_key != NULL && value_compare(key, best_key) * preference->direction <= 0)
            continue;
        json_decref(best_key);
        best_key = json_incref(key);
        best = element;
    }
    return json_incref(best);
}

json_t *function_max_by(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    return extreme_by(&(const struct preference){"max_by", ">", 1}, arguments, error);
}

json_t *function_min_by(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    return extreme_by(&(const struct preference){"min_by", "<", -1}, arguments, error);
}

// ------------------------------------------------------------------ objects

json_t *function_merge(const struct argument *arguments, size_t count, struct error *error)
{
    (void)error;
    json_t *merged = json_object();
    for (size_t i = 0; i < count; i++)
        (void)json_object_update(merged, arguments[i].value);
    return merged;
}
