// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_call.h"

#include <stdlib.h>

static enum argument_arity arity_of(const struct option_row *row)
{
    if (row->value == NULL)
        return ARGUMENT_NONE;
    return row->many ? ARGUMENT_MANY : ARGUMENT_ONE;
}

static bool is_among(const char *const *names, const char *name)
{
    while (names != NULL && *names != NULL && !slice_is(slice_of(name), *names))
        names++;
    return names != NULL && *names != NULL;
}

/** The AWS CLI tells of what it does not know otherwise for the commands that it adds to a service. */
static bool refuse_rest(struct words rest, bool is_aws, struct error *error)
{
    BUFFER_AUTO words = {0};
    for (size_t i = 0; i < rest.count; i++)
        buffer_append_format(&words, "%s%s", i == 0 ? "" : is_aws ? "," : ", ", rest.items[i]);
    return error_set(error, is_aws ? ERROR_PARAMETER : ERROR_USAGE, is_aws ? NULL : "UnknownOptions",
                     "Unknown options: %s", buffer_text(&words));
}

bool own_call_read(struct own_call *call, struct error *error)
{
    const struct own_command *command = call->command;
    struct arena *arena = call->line->arena;
    size_t count = command->option_count;
    call->table = arena_allocate(arena, count + 1, sizeof *call->table);
    for (size_t i = 0; i < count; i++) {
        const struct option_row *row = &command->options[i];
        call->table[i] =
            (struct argument){.name = row->name,
                              .arity = arity_of(row),
                              .choices = row->choices,
                              .required = row->required,
                              .repeats = !line_is_aws(call->line) && is_among(command->repeated, row->name)};
    }
    if (command->words != NULL)
        call->table[count++] = (struct argument){.name = "word", .choices = command->words, .required = true};
    struct words rest;
    if (!arguments_parse(call->table, count, call->words, arena, &rest, error))
        return false;
    if (command->words != NULL)
        call->word = argument_value(&call->table[count - 1]);
    return rest.count == 0 || refuse_rest(rest, command->is_aws, error);
}

const struct argument *own_call_option(const struct own_call *call, const char *name)
{
    const struct argument *found = arguments_find(call->table, call->command->option_count, name);
    if (found == NULL)
        abort(); // no row of that name: a slip of the command's own file
    return found;
}

const char *own_call_value(const struct own_call *call, const char *name)
{
    return argument_value(own_call_option(call, name));
}
