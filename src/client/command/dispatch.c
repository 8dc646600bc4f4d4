// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/dispatch.h"
#include "api/api.h"
#include "client/cli/globals.h"
#include "client/cli/help.h"
#include "client/command/operation.h"
#include "client/command/own_call.h"
#include "client/command/shell.h"
#include "client/command/version.h"
#include "client/debug.h"

#include <string.h>

/** Words that the table of commands needs beside services, operations, own commands and aliases: help and the end. */
#define OTHER_COMMANDS 2
/** An alias that leads to itself has no end. */
#define DEEPEST 100

/** Adds an operation's command names to LIST. */
static size_t add_operations(const char **list, size_t count, const struct api_service *service)
{
    for (const struct api_operation *const *at = service->operations; *at != NULL; at++)
        list[count++] = (*at)->cli_name;
    return count;
}

static const char **new_list(const struct dispatch *dispatch)
{
    size_t count = OTHER_COMMANDS + aliases_count(dispatch->aliases);
    for (const struct api_service *const *at = api_services; *at != NULL; at++) {
        count++;
        for (const struct api_operation *const *operation = (*at)->operations; *operation != NULL; operation++)
            count++;
    }
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        count++;
    return arena_allocate(dispatch->line->arena, count, sizeof(char *));
}

const char *const *dispatch_list_commands(const struct dispatch *dispatch)
{
    const char **list = new_list(dispatch);
    size_t count = 0;
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        list[count++] = (*at)->cli_name;
    for (const struct api_service *const *at = api_services; !line_is_aws(dispatch->line) && *at != NULL; at++)
        count = add_operations(list, count, *at);
    count = own_command_list(NULL, line_is_aws(dispatch->line), list, count);
    list[count++] = "help";
    (void)aliases_list(dispatch->aliases, (struct alias_place){0}, list, count);
    return list;
}

/** What the second place may hold, behind a service's name. */
static const char *const *list_operations(const struct dispatch *dispatch, const struct api_service *service)
{
    const char **list = new_list(dispatch);
    size_t count = add_operations(list, 0, service);
    count = own_command_list(service->cli_name, line_is_aws(dispatch->line), list, count);
    count = aliases_list(dispatch->aliases, (struct alias_place){.service = service->cli_name}, list, count);
    list[count] = "help";
    return list;
}

static const struct api_operation *find_bare(const struct dispatch *dispatch, struct slice name)
{
    const struct api_operation *operation = NULL;
    for (const struct api_service *const *at = api_services;
         !line_is_aws(dispatch->line) && operation == NULL && *at != NULL; at++)
        operation = api_find_operation(*at, name);
    return operation;
}

/** What the AWS CLI does as soon as it has read global options, be they the line's or an alias's. */
static bool take_options(struct dispatch *dispatch, const struct options *given, struct error *error)
{
    struct query *query = given->query == NULL ? NULL : query_compile(given->query, error);
    if (given->query != NULL && query == NULL)
        return false;
    if (query != NULL) {
        query_free(dispatch->query);
        dispatch->query = query;
    }
    return settings_check_options(given, error);
}

// ------------------------------------------------------------------ aliases

/** An alias taken apart: the word of the first place in it, and what is left. */
struct expansion {
    const char *command; // NULL: --version stands in it
    struct words rest;
};

/** WORDS but for the first that is WORD. */
static struct words words_without(struct words words, const char *word, struct arena *arena)
{
    size_t at = 0;
    while (at < words.count && strcmp(words.items[at], word) != 0)
        at++;
    struct words head = {words.items, at};
    struct words tail = {words.items + at + 1, at < words.count ? words.count - at - 1 : 0};
    return words_join(head, tail, arena);
}

static bool go_deeper(struct dispatch *dispatch, const struct alias *alias, struct error *error)
{
    return dispatch->depth++ < DEEPEST ||
           error_set(error, ERROR_INTERNAL, NULL, "The alias \"%s\" leads to itself, and so never to a command",
                     alias->name);
}

/** Tells --debug of an alias that is taken; the line's own options are read by then. */
static void tell(const struct dispatch *dispatch, const struct alias *alias)
{
    const struct settings settings = {.debug = dispatch->options->debug};
    debug_line(&settings, "alias %s: %s", alias->name, alias->value);
}

/** Takes the global options out of an alias's words. Those behind a service's name stand behind that name again. */
static bool expand(struct dispatch *dispatch, const struct alias *alias, bool behind_service, struct expansion *out,
                   struct error *error)
{
    struct arena *arena = dispatch->line->arena;
    struct words words;
    struct options given = {0};
    const struct words name = {&dispatch->command, 1};
    if (!go_deeper(dispatch, alias, error) || !alias_split(alias, arena, &words, error))
        return false;
    if (behind_service)
        words = words_join(name, words, arena);
    return globals_take(words, dispatch_list_commands(dispatch), arena, &given, &out->command, &out->rest, error) &&
           alias_merge(alias, &given, dispatch->options, error) && take_options(dispatch, &given, error);
}

static bool write_version(const struct dispatch *dispatch, struct buffer *out)
{
    const struct line *line = dispatch->line;
    version_write(out, line_is_aws(line), line->environment("AWS_EXECUTION_ENV"));
    return true;
}

// ------------------------------------------------------------------ the places of a line

static bool run_operation(struct dispatch *dispatch, const struct api_operation *operation, struct words rest,
                          struct buffer *out, struct error *error);
static bool run_service(struct dispatch *dispatch, const struct api_service *service, struct words rest,
                        struct buffer *out, struct error *error);

/** Takes --cached out of an operation's words, where it is one of its options. */
static bool take_cached(const struct dispatch *dispatch, const struct api_operation *operation, struct words *rest)
{
    const char **kept = arena_allocate(dispatch->line->arena, rest->count + 1, sizeof *kept);
    size_t count = 0;
    bool behind = false;
    if (line_is_aws(dispatch->line) || !api_widest(operation)->is_cached)
        return false;
    for (size_t i = 0; i < rest->count; i++) {
        behind = behind || strcmp(rest->items[i], "--") == 0;
        if (behind || strcmp(rest->items[i], CACHED_OPTION) != 0)
            kept[count++] = rest->items[i];
    }
    bool taken = count < rest->count;
    *rest = (struct words){kept, count};
    return taken;
}

/** The operation itself, with no alias among its words. */
static bool call_operation(struct dispatch *dispatch, const struct api_operation *operation, struct words rest,
                           struct buffer *out, struct error *error)
{
    struct line *line = dispatch->line;
    struct operation_options parsed;
    bool cached = take_cached(dispatch, operation, &rest);
    if (!operation_options_parse(operation, rest, line->arena, &parsed, error))
        return false;
    if (parsed.help) {
        help_write_operation(out, line->program, operation);
        line_page_help(line);
        return true;
    }
    struct operation_call call = {.options = dispatch->options,
                                  .query = dispatch->query,
                                  .operation = &parsed,
                                  .environment = line->environment,
                                  .arena = line->arena,
                                  .cached = cached,
                                  .error_format = line->error_format};
    bool good = operation_run(&call, out, error);
    line->error_format = call.error_format;
    line->pager = call.pager;
    line->trailer = call.trailer != NULL ? call.trailer : "";
    return good;
}

/** What an alias among an operation's words stands for: more of them. */
static bool run_operation_alias(struct dispatch *dispatch, const struct api_operation *operation,
                                const struct alias *alias, struct words rest, struct buffer *out, struct error *error)
{
    struct expansion expansion;
    tell(dispatch, alias);
    if (alias_shell(alias) != NULL)
        return shell_run(alias_shell(alias), rest, &dispatch->line->exit_code, error);
    if (!expand(dispatch, alias, true, &expansion, error))
        return false;
    if (expansion.command == NULL)
        return write_version(dispatch, out);
    return run_operation(dispatch, operation, words_join(expansion.rest, rest, dispatch->line->arena), out, error);
}

/** A command of our own, or one that the AWS CLI adds to a service. */
static bool run_own(struct dispatch *dispatch, const struct own_command *command, struct words rest, struct buffer *out,
                    struct error *error)
{
    struct line *line = dispatch->line;
    if (rest.count == 1 && strcmp(rest.items[0], "help") == 0) {
        help_write_own(out, line->program, command);
        line_page_help(line);
        return true;
    }
    struct own_call call = {.command = command,
                            .line = line,
                            .options = dispatch->options,
                            .query = dispatch->query,
                            .words = rest,
                            .behind = line->behind};
    return command->run(&call, out, error);
}

/** `OPERATION WORD ...` */
static bool run_operation(struct dispatch *dispatch, const struct api_operation *operation, struct words rest,
                          struct buffer *out, struct error *error)
{
    struct arena *arena = dispatch->line->arena;
    if (!line_is_aws(dispatch->line) && operation_options_need_wider(operation, rest))
        operation = api_widest(operation);
    const struct alias_place place = {operation->service->cli_name, operation->cli_name};
    const char **names = new_list(dispatch);
    const char *word = NULL;
    if (aliases_list(dispatch->aliases, place, names, 0) > 0 &&
        !operation_options_find_word(operation, rest, names, arena, &word, error))
        return false;
    if (word == NULL)
        return call_operation(dispatch, operation, rest, out, error);
    struct alias alias = aliases_find(dispatch->aliases, place, word, arena);
    return run_operation_alias(dispatch, operation, &alias, words_without(rest, word, arena), out, error);
}

/** What an alias behind a service's name stands for. One that has an operation's name only adds to it. */
static bool run_service_alias(struct dispatch *dispatch, const struct api_service *service, const struct alias *alias,
                              struct words rest, struct buffer *out, struct error *error)
{
    struct expansion expansion;
    tell(dispatch, alias);
    if (alias_shell(alias) != NULL)
        return shell_run(alias_shell(alias), rest, &dispatch->line->exit_code, error);
    if (!expand(dispatch, alias, true, &expansion, error))
        return false;
    if (expansion.command == NULL)
        return write_version(dispatch, out);
    rest = words_join(expansion.rest, rest, dispatch->line->arena);
    const struct api_operation *operation = api_find_operation(service, slice_of(alias->name));
    if (operation == NULL)
        return run_service(dispatch, service, rest, out, error);
    // The first of the words is taken for the operation's own name, whatever it is.
    struct words tail = {rest.items + (rest.count > 0 ? 1 : 0), rest.count - (rest.count > 0 ? 1 : 0)};
    return run_operation(dispatch, operation, tail, out, error);
}

/** `SERVICE WORD ...` */
static bool run_service(struct dispatch *dispatch, const struct api_service *service, struct words rest,
                        struct buffer *out, struct error *error)
{
    struct argument table[] = {{.name = "operation", .choices = list_operations(dispatch, service), .required = true}};
    struct arena *arena = dispatch->line->arena;
    if (!arguments_parse(table, 1, rest, arena, &rest, error))
        return false;
    const char *word = argument_value(table);
    if (strcmp(word, "help") == 0) {
        help_write_service(out, dispatch->line->program, service);
        line_page_help(dispatch->line);
        return true;
    }
    struct alias alias =
        aliases_find(dispatch->aliases, (struct alias_place){.service = service->cli_name}, word, arena);
    if (alias.value != NULL)
        return run_service_alias(dispatch, service, &alias, rest, out, error);
    const struct own_command *own = own_command_find(slice_of(word), service->cli_name, line_is_aws(dispatch->line));
    if (own != NULL)
        return run_own(dispatch, own, rest, out, error);
    return run_operation(dispatch, api_find_operation(service, slice_of(word)), rest, out, error);
}

/** A command that is built in. */
static bool run_built_in(struct dispatch *dispatch, const char *command, struct words rest, struct buffer *out,
                         struct error *error)
{
    const struct api_service *service = api_find_service(slice_of(command));
    if (service != NULL)
        return run_service(dispatch, service, rest, out, error);
    const struct api_operation *operation = find_bare(dispatch, slice_of(command));
    if (operation != NULL)
        return run_operation(dispatch, operation, rest, out, error);
    const struct own_command *own = own_command_find(slice_of(command), NULL, line_is_aws(dispatch->line));
    if (own != NULL)
        return run_own(dispatch, own, rest, out, error);
    help_write(out, dispatch->line->program, rest);
    line_page_help(dispatch->line);
    return true;
}

static bool is_other(const struct dispatch *dispatch, const char *command)
{
    return strcmp(command, "help") == 0 ||
           own_command_find(slice_of(command), NULL, line_is_aws(dispatch->line)) != NULL;
}

/** What an alias of the first place stands for: another alias, or what is built in under its own name. */
static bool run_alias(struct dispatch *dispatch, struct alias alias, struct words rest, struct buffer *out,
                      struct error *error)
{
    bool shadowed = false;
    while (alias.value != NULL && !shadowed) {
        struct expansion expansion;
        tell(dispatch, &alias);
        if (alias_shell(&alias) != NULL)
            return shell_run(alias_shell(&alias), rest, &dispatch->line->exit_code, error);
        if (!expand(dispatch, &alias, false, &expansion, error))
            return false;
        if (expansion.command == NULL)
            return write_version(dispatch, out);
        rest = words_join(expansion.rest, rest, dispatch->line->arena);
        dispatch->command = expansion.command;
        bool built_in = api_find_service(slice_of(alias.name)) != NULL ||
                        find_bare(dispatch, slice_of(alias.name)) != NULL || is_other(dispatch, alias.name);
        shadowed = built_in && strcmp(alias.name, expansion.command) == 0;
        alias = aliases_find(dispatch->aliases, (struct alias_place){0}, expansion.command, dispatch->line->arena);
    }
    return run_built_in(dispatch, dispatch->command, rest, out, error);
}

bool dispatch_run(struct dispatch *dispatch, const char *command, struct words rest, struct buffer *out,
                  struct error *error)
{
    dispatch->command = command;
    struct alias alias = aliases_find(dispatch->aliases, (struct alias_place){0}, command, dispatch->line->arena);
    bool good = take_options(dispatch, dispatch->options, error);
    if (good && alias.value == NULL)
        good = run_built_in(dispatch, command, rest, out, error);
    else if (good)
        good = run_alias(dispatch, alias, rest, out, error);
    query_free(dispatch->query);
    dispatch->query = NULL;
    return good;
}
