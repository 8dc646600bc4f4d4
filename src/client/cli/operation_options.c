// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/operation_options.h"

#include <string.h>

static const char *const skeleton_choices[] = {"input", "output", "yaml-input", NULL};

/** Rows beside those of the members: paging, the documents, the skeleton, `help`. */
#define OTHER_ROWS 7

struct build {
    struct argument *table;
    size_t count;
    struct arena *arena;
};

static struct argument *add(struct build *build, struct argument row)
{
    build->table[build->count] = row;
    return &build->table[build->count++];
}

static const char *option_name(struct arena *arena, const char *prefix, const char *member)
{
    BUFFER_AUTO name = {0};
    buffer_append_text(&name, prefix);
    api_option_name(&name, member);
    return arena_copy(arena, name.data, name.size);
}

static enum argument_arity arity_of(enum api_type type)
{
    switch (type) {
    case API_LIST:
        return ARGUMENT_MANY;
    case API_BOOLEAN:
        return ARGUMENT_NONE;
    case API_STRING:
    case API_INTEGER:
    case API_LONG:
    case API_TIMESTAMP:
    case API_STRUCTURE:
        break;
    }
    return ARGUMENT_ONE;
}

static void add_members(struct build *build, struct operation_options *out, bool lift_required)
{
    const struct api_shape *input = out->operation->input;
    for (size_t i = 0; i < input->member_count; i++) {
        const struct api_member *member = &input->members[i];
        enum api_type type = member->shape->type;
        out->members[i].set = add(build, (struct argument){.name = option_name(build->arena, "--", member->name),
                                                           .arity = arity_of(type),
                                                           .integer = type == API_LONG,
                                                           .required = member->required && !lift_required});
        if (type == API_BOOLEAN)
            out->members[i].unset =
                add(build, (struct argument){.name = option_name(build->arena, "--no-", member->name),
                                             .arity = ARGUMENT_NONE});
    }
}

static void add_paging(struct build *build, struct operation_options *out)
{
    const struct api_paginator *paginator = out->operation->paginator;
    if (paginator == NULL)
        return;
    out->starting_token = add(build, (struct argument){.name = "--starting-token"});
    if (paginator->limit_key != NULL)
        out->page_size = add(build, (struct argument){.name = "--page-size", .integer = true});
    out->max_items = add(build, (struct argument){.name = "--max-items", .integer = true});
}

/**
 * A document or a skeleton lifts "required", but only when its option is written out as a word of its own, and
 * not for the output skeleton, which checks the input (section 4 of the reference).
 */
static bool lifts_required(struct words line)
{
    if (words_contain(line, "--cli-input-json") || words_contain(line, "--cli-input-yaml"))
        return true;
    for (size_t i = 0; i < line.count; i++)
        if (strcmp(line.items[i], "--generate-cli-skeleton") == 0)
            return i + 1 == line.count || strcmp(line.items[i + 1], "output") != 0;
    return false;
}

static bool refuse_unknown(struct words rest, const char *stray, struct error *error)
{
    BUFFER_AUTO names = {0};
    for (size_t i = 0; i < rest.count; i++)
        buffer_append_format(&names, "%s%s", i > 0 ? ", " : "", rest.items[i]);
    if (stray != NULL)
        buffer_append_format(&names, "%s%s", rest.count > 0 ? ", " : "", stray);
    return error_set(error, ERROR_USAGE, "UnknownOptions", "Unknown options: %s", buffer_text(&names));
}

static bool is_help(struct words line)
{
    return line.count == 1 && strcmp(line.items[0], "help") == 0;
}

/** The rows of an operation, with room for one positional. */
static struct build build_rows(struct operation_options *out, bool lift_required, struct arena *arena)
{
    size_t members = out->operation->input->member_count;
    struct build build = {.arena = arena};
    build.table = arena_allocate(arena, 2 * members + OTHER_ROWS, sizeof *build.table);
    out->members = arena_allocate(arena, members + 1, sizeof *out->members);
    add_members(&build, out, lift_required);
    add_paging(&build, out);
    out->input_json = add(&build, (struct argument){.name = "--cli-input-json"});
    out->input_yaml = add(&build, (struct argument){.name = "--cli-input-yaml"});
    out->skeleton = add(&build, (struct argument){.name = "--generate-cli-skeleton",
                                                  .arity = ARGUMENT_OPTIONAL,
                                                  .choices = skeleton_choices,
                                                  .constant = "input"});
    return build;
}

bool operation_options_need_wider(const struct api_operation *operation, struct words line)
{
    const struct api_shape *wider = api_widest(operation)->input;
    for (size_t m = operation->input->member_count; m < wider->member_count; m++) {
        BUFFER_AUTO name = {0};
        buffer_append_text(&name, "--");
        api_option_name(&name, wider->members[m].name);
        for (size_t i = 0; i < line.count; i++) {
            struct slice word = slice_of(line.items[i]);
            if (slice_equal(slice_part(word, 0, slice_find(word, '=', 0)), buffer_slice(&name)))
                return true;
        }
    }
    return false;
}

bool operation_options_find_word(const struct api_operation *operation, struct words line, const char *const *choices,
                                 struct arena *arena, const char **word, struct error *error)
{
    struct operation_options ignored = {.operation = operation};
    struct words rest;
    *word = NULL;
    if (is_help(line))
        return true;
    struct build build = build_rows(&ignored, true, arena);
    const struct argument *found =
        add(&build, (struct argument){.name = "subcommand", .arity = ARGUMENT_OPTIONAL, .choices = choices});
    if (!arguments_parse(build.table, build.count, line, arena, &rest, error))
        return false;
    *word = argument_value(found);
    return true;
}

bool operation_options_parse(const struct api_operation *operation, struct words line, struct arena *arena,
                             struct operation_options *out, struct error *error)
{
    *out = (struct operation_options){.operation = operation};
    out->help = is_help(line);
    if (out->help)
        return true;
    struct build build = build_rows(out, lifts_required(line), arena);
    struct argument *help = add(&build, (struct argument){.name = "help", .arity = ARGUMENT_OPTIONAL});
    struct words rest;
    if (!arguments_parse(build.table, build.count, line, arena, &rest, error))
        return false;
    const char *stray = argument_value(help);
    // Python takes an empty word for none.
    if (stray != NULL && stray[0] == '\0')
        stray = NULL;
    out->help = stray != NULL && strcmp(stray, "help") == 0;
    if (!out->help && (stray != NULL || rest.count > 0))
        return refuse_unknown(rest, stray, error);
    return true;
}
