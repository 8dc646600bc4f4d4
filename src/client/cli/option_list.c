// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/option_list.h"
#include "client/cli/globals.h"

#include <string.h>

static const char *const skeleton_choices[] = {"input", "yaml-input", "output", NULL};

static const struct option_row paging_rows[] = {
    {"--max-items", "NUMBER", "Stop after so many entries; NextToken then tells where.", NULL, false, false},
    {"--page-size", "NUMBER", "How many entries to ask for in one call.", NULL, false, false},
    {"--starting-token", "VALUE", "Go on from an earlier NextToken.", NULL, false, false},
};
#define PAGING_ROWS (sizeof paging_rows / sizeof *paging_rows)

static const struct option_row document_rows[] = {
    {"--cli-input-json", "JSON", "All parameters as one JSON text, or file://PATH.", NULL, false, false},
    {"--cli-input-yaml", "YAML", "The same as YAML.", NULL, false, false},
    {"--generate-cli-skeleton", "[input|yaml-input|output]", "Print an example of the parameters or the result.",
     skeleton_choices, false, false},
};
#define DOCUMENT_ROWS (sizeof document_rows / sizeof *document_rows)

static const struct option_row cached_row = {
    CACHED_OPTION, NULL,  "Answer from the token cache while its token lives, and keep a new one there.",
    NULL,          false, false};

/** What stands for a member's value. */
static const char *value_word(const struct api_shape *shape)
{
    switch (shape->type) {
    case API_INTEGER:
    case API_LONG:
        return "NUMBER";
    case API_BOOLEAN:
        return NULL;
    case API_LIST:
        return shape->element->type == API_STRUCTURE ? "NAME=VALUE,... ..." : "VALUE ...";
    case API_STRUCTURE:
        return "NAME=VALUE,...";
    case API_STRING:
    case API_TIMESTAMP:
        break;
    }
    return "VALUE";
}

static const char *option_name(const char *prefix, const struct api_member *member, struct arena *arena)
{
    BUFFER_AUTO name = {0};
    buffer_append_text(&name, prefix);
    api_option_name(&name, member->name);
    return arena_copy(arena, name.data, name.size);
}

static size_t add_member(struct option_row *rows, size_t count, const struct api_member *member, struct arena *arena)
{
    const struct api_shape *shape = member->shape;
    rows[count++] = (struct option_row){option_name("--", member, arena),
                                        value_word(shape),
                                        member->text,
                                        shape->type == API_STRING ? shape->values : NULL,
                                        member->required,
                                        false};
    if (shape->type == API_BOOLEAN)
        rows[count++] =
            (struct option_row){option_name("--no-", member, arena), NULL, "The opposite.", NULL, false, false};
    return count;
}

const struct option_row *option_list_operation(const struct api_operation *operation, struct arena *arena,
                                               size_t *count)
{
    const struct api_shape *input = operation->input;
    struct option_row *rows =
        arena_allocate(arena, 2 * input->member_count + PAGING_ROWS + DOCUMENT_ROWS + 1, sizeof *rows);
    size_t used = 0;
    for (size_t i = 0; i < input->member_count; i++)
        used = add_member(rows, used, &input->members[i], arena);
    for (size_t i = 0; operation->paginator != NULL && i < PAGING_ROWS; i++)
        if (operation->paginator->limit_key != NULL || strcmp(paging_rows[i].name, "--page-size") != 0)
            rows[used++] = paging_rows[i];
    for (size_t i = 0; i < DOCUMENT_ROWS; i++)
        rows[used++] = document_rows[i];
    if (operation->is_cached)
        rows[used++] = cached_row;
    *count = used;
    return rows;
}

const struct option_row *option_list_globals(struct arena *arena, size_t *count)
{
    struct option_row *rows = arena_allocate(arena, global_option_count, sizeof *rows);
    for (size_t i = 0; i < global_option_count; i++) {
        const struct global_option *option = &global_options[i];
        rows[i] = (struct option_row){option->name, option->value, option->text, option->choices, false, false};
    }
    *count = global_option_count;
    return rows;
}
