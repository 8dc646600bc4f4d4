// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/paging_choice.h"
#include "client/cli/integer.h"

#include <string.h>

#define LEFT_OVER "PaginationConfig"

/** Whether NAME is a member by which the service's own paging is steered. */
static bool is_paging_member(const struct api_paginator *paginator, const char *name)
{
    return strcmp(name, paginator->input_token) == 0 ||
           (paginator->limit_key != NULL && strcmp(name, paginator->limit_key) == 0);
}

static bool pages_by_options(const struct operation_options *options)
{
    const struct api_shape *input = options->operation->input;
    for (size_t i = 0; i < input->member_count; i++)
        if (is_paging_member(options->operation->paginator, input->members[i].name) && options->members[i].set->given)
            return true;
    return false;
}

/** Python takes an empty text and the number 0 for not given. */
static bool counts(const struct argument *argument, bool is_number)
{
    const char *value = argument_value(argument);
    if (value == NULL || !is_number)
        return value != NULL && *value != '\0';
    BUFFER_AUTO digits = {0};
    return !integer_read(slice_of(value), &digits) || strcmp(buffer_text(&digits), "0") != 0;
}

bool paging_choose_by_options(const struct operation_options *options, bool no_paginate, bool *paged,
                              struct error *error)
{
    const struct {
        const struct argument *argument;
        bool is_number;
    } rows[] = {{options->starting_token, false}, {options->page_size, true}, {options->max_items, true}};
    BUFFER_AUTO names = {0};
    *paged = options->operation->paginator != NULL && !no_paginate && !pages_by_options(options);
    if (*paged || options->operation->paginator == NULL)
        return true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (counts(rows[i].argument, rows[i].is_number))
            buffer_append_format(&names, "%s%s", names.size > 0 ? ", " : "", rows[i].argument->name);
    if (names.size == 0)
        return true;
    return error_set(error, ERROR_PARAMETER, NULL, "Cannot specify --no-paginate along with pagination arguments: %s",
                     buffer_text(&names));
}

void paging_choose_by_input(const struct operation_options *options, json_t *values, bool *paged)
{
    const struct api_paginator *paginator = options->operation->paginator;
    if (paginator == NULL)
        return;
    for (void *at = json_object_iter(values); at != NULL; at = json_object_iter_next(values, at))
        *paged = *paged && !is_paging_member(paginator, json_object_iter_key(at));
    const struct argument *const rows[] = {options->starting_token, options->page_size, options->max_items};
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !*paged; i++)
        if (argument_value(rows[i]) != NULL)
            (void)json_object_set_new(values, LEFT_OVER, json_object());
}
