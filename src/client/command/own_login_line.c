// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/integer.h"
#include "client/cli/paramfile.h"
#include "client/command/own_login.h"
#include "client/debug.h"
#include "client/packagers/packager.h"

/** A value may name a file, as for operations. */
static bool expand(struct own_call *call, const char *name, const char **value, struct error *error)
{
    BUFFER_AUTO text = {0};
    enum paramfile_kind kind;
    if (*value == NULL)
        return true;
    if (!paramfile_read(name, *value, call->line->environment, &text, &kind, error))
        return false;
    if (kind == PARAMFILE_BYTES)
        return error_set(error, ERROR_PARAMETER, NULL, "%s takes text, and %s is a file of bytes; write file://", name,
                         *value);
    *value = arena_copy(call->line->arena, buffer_text(&text), text.size);
    return true;
}

/** The value of an option, expanded. */
static bool take(struct own_call *call, const char *name, const char **out, struct error *error)
{
    *out = own_call_value(call, name);
    return expand(call, name, out, error);
}

static bool take_all(struct own_call *call, const char *name, const struct argument **out, struct error *error)
{
    struct argument *row = arguments_find(call->table, call->command->option_count, name);
    const char **values = arena_allocate(call->line->arena, row->value_count + 1, sizeof *values);
    for (size_t i = 0; i < row->value_count; i++) {
        values[i] = row->values[i];
        if (!expand(call, name, &values[i], error))
            return false;
    }
    row->values = values;
    *out = row;
    return true;
}

static bool take_duration(struct own_call *call, const char **out, struct error *error)
{
    const char *text = own_call_value(call, "--duration-seconds");
    BUFFER_AUTO decimal = {0};
    if (text == NULL)
        return true;
    if (!integer_require(slice_of(text), &decimal, error))
        return false;
    *out = arena_copy(call->line->arena, decimal.data, decimal.size);
    return true;
}

static size_t add_tool(const struct packager **tools, size_t count, const struct packager *tool)
{
    for (size_t i = 0; i < count; i++)
        if (tools[i] == tool)
            return count;
    tools[count] = tool;
    return count + 1;
}

/** The option that a tool knows nothing of; NULL: it can do what is asked. */
static const char *cannot_do(const struct login_line *line, const struct packager *tool)
{
    if (line->namespaces->value_count > 0 && !tool->takes_namespace)
        return "--namespace";
    if (line->extra_index && !tool->takes_extra)
        return "--extra-index";
    return line->helper && !tool->takes_helper ? "--helper" : NULL;
}

/** Whether the project in the current folder uses a tool, which can do what is asked: another is told of. */
static bool is_found(const struct login_line *line, const struct packager *tool, struct arena *arena)
{
    if (!packager_is_used(tool, "."))
        return false;
    const char *option = cannot_do(line, tool);
    if (option != NULL)
        debug_warn(
            arena_format(arena, "%s, which this project uses, is passed over: it knows no %s", tool->name, option));
    return option == NULL;
}

/** The tools that were named, or that the project in the current folder uses. */
static bool take_tools(struct own_call *call, struct login_line *out, struct error *error)
{
    const struct argument *row = own_call_option(call, "--tool");
    size_t all = 0;
    size_t count = 0;
    while (packagers[all] != NULL)
        all++;
    out->tools = arena_allocate(call->line->arena, all + 1, sizeof *out->tools);
    for (size_t i = 0; i < row->value_count; i++) {
        const struct packager *named = packager_find(row->values[i]);
        for (size_t k = 0; k < all; k++)
            if (named == packagers[k] || (named == NULL && is_found(out, packagers[k], call->line->arena)))
                count = add_tool(out->tools, count, packagers[k]);
    }
    return count > 0 || error_set(error, ERROR_PARAMETER, NULL,
                                  "No file in this folder says which package managers its project uses, or none of "
                                  "them can do this; name them with --tool");
}

/** One namespace serves all repositories, or each has its own. */
static bool check_namespaces(const struct login_line *line, struct error *error)
{
    size_t count = line->namespaces->value_count;
    size_t repositories = line->repositories->value_count;
    return count <= 1 || repositories == 1 || count == repositories ||
           error_set(error, ERROR_PARAMETER, NULL,
                     "There are %zu namespaces for %zu repositories: give one for each repository, in their order",
                     count, repositories);
}

bool login_line_read(struct own_call *call, struct login_calls *calls, struct login_line *out, struct error *error)
{
    if (!own_call_read(call, error) || !take(call, "--domain", &calls->domain, error) ||
        !take(call, "--domain-owner", &calls->domain_owner, error) ||
        !take_all(call, "--namespace", &out->namespaces, error) || !take_duration(call, &calls->duration, error) ||
        !take_all(call, "--repository", &out->repositories, error) ||
        !take(call, "--endpoint-type", &calls->endpoint_type, error))
        return false;
    // An empty one counts as none for the AWS CLI.
    if (calls->domain_owner != NULL && *calls->domain_owner == '\0')
        calls->domain_owner = NULL;
    if (calls->endpoint_type != NULL && *calls->endpoint_type == '\0')
        calls->endpoint_type = NULL;
    out->dry_run = own_call_option(call, "--dry-run")->given;
    out->helper = own_call_option(call, "--helper")->given;
    out->extra_index = own_call_option(call, "--extra-index")->given;
    return take_tools(call, out, error) && check_namespaces(out, error);
}
