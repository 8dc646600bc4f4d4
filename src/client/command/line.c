// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/line.h"
#include "api/api.h"
#include "base/text.h"
#include "client/cli/encoding.h"
#include "client/cli/globals.h"
#include "client/cli/help.h"
#include "client/cli/query.h"
#include "client/command/operation.h"
#include "client/command/terminal.h"
#include "client/command/version.h"

#include <string.h>

/** Words that the table of commands needs beside the services and operations: `help` and the end. */
#define OTHER_COMMANDS 2

static bool is_aws(const struct line *line)
{
    return strcmp(line->program, "aws") == 0;
}

/** Adds an operation's command names to LIST. */
static size_t add_operations(const char **list, size_t count, const struct api_service *service)
{
    for (const struct api_operation *const *at = service->operations; *at != NULL; at++)
        list[count++] = (*at)->cli_name;
    return count;
}

static size_t count_commands(void)
{
    size_t count = OTHER_COMMANDS;
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        for (const struct api_operation *const *operation = (*at)->operations; *operation != NULL; operation++)
            count++;
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        count++;
    return count;
}

/** What the first word may be: a service, `help`, and under our own name an operation. */
static const char *const *list_commands(const struct line *line)
{
    const char **list = arena_allocate(line->arena, count_commands(), sizeof *list);
    size_t count = 0;
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        list[count++] = (*at)->cli_name;
    for (const struct api_service *const *at = api_services; !is_aws(line) && *at != NULL; at++)
        count = add_operations(list, count, *at);
    list[count++] = "help";
    list[count] = NULL;
    return list;
}

static const struct api_operation *find_bare(struct slice name)
{
    const struct api_operation *operation = NULL;
    for (const struct api_service *const *at = api_services; operation == NULL && *at != NULL; at++)
        operation = api_find_operation(*at, name);
    return operation;
}

/** The operation after a service's name; NULL with HELP set when `help` stands there. */
static bool find_operation(const struct line *line, const struct api_service *service, struct words *rest,
                           const struct api_operation **out, struct error *error)
{
    const char **choices = arena_allocate(line->arena, count_commands(), sizeof *choices);
    size_t count = add_operations(choices, 0, service);
    choices[count++] = "help";
    choices[count] = NULL;
    struct argument table[] = {{.name = "operation", .choices = choices, .required = true}};
    if (!arguments_parse(table, 1, *rest, line->arena, rest, error))
        return false;
    *out = api_find_operation(service, slice_of(argument_value(table)));
    return true;
}

static bool run_operation(struct line *line, const struct options *options, const struct query *query,
                          const struct api_operation *operation, struct words rest, struct buffer *out,
                          struct error *error)
{
    struct operation_options parsed;
    if (!operation_options_parse(operation, rest, line->arena, &parsed, error))
        return false;
    if (parsed.help) {
        help_write_operation(out, line->program, operation);
        return true;
    }
    struct operation_call call = {.options = options,
                                  .query = query,
                                  .operation = &parsed,
                                  .environment = line->environment,
                                  .arena = line->arena,
                                  .error_format = line->error_format};
    bool good = operation_run(&call, out, error);
    line->error_format = call.error_format;
    line->pager = call.pager;
    return good;
}

static bool run_command(struct line *line, const struct options *options, const char *command, struct words rest,
                        struct buffer *out, struct error *error)
{
    if (strcmp(command, "help") == 0) {
        help_write(out, line->program, rest);
        return true;
    }
    QUERY_AUTO *query = NULL;
    if (options->query != NULL && (query = query_compile(options->query, error)) == NULL)
        return false;
    const struct api_service *service = api_find_service(slice_of(command));
    const struct api_operation *operation = service == NULL ? find_bare(slice_of(command)) : NULL;
    if (service != NULL && !find_operation(line, service, &rest, &operation, error))
        return false;
    if (operation == NULL) {
        help_write_service(out, line->program, service);
        return true;
    }
    return run_operation(line, options, query, operation, rest, out, error);
}

/** Python decodes the words at once; what is not UTF-8 it cannot send. */
static bool check_words(const struct line *line, struct error *error)
{
    for (size_t i = 0; i < line->words.count; i++) {
        struct slice word = slice_of(line->words.items[i]);
        size_t valid = text_utf8_valid(word);
        if (valid < word.size)
            return error_set(error, ERROR_INTERNAL, NULL,
                             "'utf-8' codec can't encode character '\\udc%02x' in word %zu: surrogates not allowed",
                             (unsigned char)word.data[valid], i + 1);
    }
    return true;
}

/** The prompt is decided before the line is parsed, by the whole words alone. */
static bool check_prompt(const struct line *line, struct error *error)
{
    if (!words_contain(line->words, "--cli-auto-prompt"))
        return true;
    if (words_contain(line->words, "--no-cli-auto-prompt"))
        return error_set(error, ERROR_PARAMETER, NULL,
                         "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.");
    return error_set(error, ERROR_INTERNAL, NULL,
                     "--cli-auto-prompt is not supported: there is no prompt; give the parameters on the command line");
}

/** The AWS CLI reads its files even for --version, and a broken one breaks it. */
static bool check_files(const struct line *line, struct error *error)
{
    static const char broken[] = "Unable to parse config file";
    struct settings settings;
    ERROR_AUTO found = {0};
    const struct options none = {0};
    if (settings_resolve(&none, "", line->environment, line->arena, &settings, &found))
        settings_free(&settings);
    else if (strncmp(found.message, broken, sizeof broken - 1) == 0)
        return error_move(error, &found);
    return true;
}

static bool run_line(struct line *line, struct options *options, struct buffer *out, struct error *error)
{
    const char *command;
    struct words rest;
    if (!encoding_check(line->environment(ENCODING_VARIABLE), error) || !check_words(line, error) ||
        !check_prompt(line, error))
        return false;
    if (!is_aws(line) && help_is_asked(line->words)) {
        help_write(out, line->program, line->words);
        return true;
    }
    if (!globals_parse(line->words, list_commands(line), line->arena, options, &command, &rest, error))
        return false;
    if (command != NULL)
        return run_command(line, options, command, rest, out, error);
    if (is_aws(line) && !check_files(line, error))
        return false;
    version_write(out, is_aws(line), line->environment("AWS_EXECUTION_ENV"));
    return true;
}

/** How to tell of an error that came before the settings: by the options as far as they were read, and the files. */
static void find_error_format(struct line *line, const struct options *options)
{
    const struct options read = {.profile = options->profile, .cli_error_format = options->cli_error_format};
    struct settings settings;
    ERROR_AUTO unread = {0};
    if (line->error_format != NULL)
        return;
    (void)settings_resolve(&read, "", line->environment, line->arena, &settings, &unread);
    line->error_format = settings.error_format;
    settings_free(&settings);
}

bool line_run(struct line *line, struct buffer *out, struct error *error)
{
    struct options options = {0};
    line->error_format = NULL;
    line->pager = NULL;
    bool good = run_line(line, &options, out, error);
    if (!good)
        find_error_format(line, &options);
    line->error_style = terminal_style(options.color, true);
    return good;
}
