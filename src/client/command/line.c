// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/line.h"
#include "base/text.h"
#include "client/cli/encoding.h"
#include "client/cli/globals.h"
#include "client/cli/help.h"
#include "client/cli/own_command.h"
#include "client/command/alias.h"
#include "client/command/dispatch.h"
#include "client/command/terminal.h"
#include "client/command/version.h"

#include <string.h>
#include <strings.h>

bool line_is_aws(const struct line *line)
{
    return strcmp(line->program, "aws") == 0;
}

void line_page_help(struct line *line)
{
    const char *pager = line->environment("MANPAGER");
    if (pager == NULL)
        pager = line->environment("PAGER");
    if (words_contain(line->words, "--no-cli-pager"))
        return;
    line->pager = terminal_pager(pager != NULL ? pager : "less -R", line->arena);
    line->pager_is_optional = true;
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

/** Takes the words that are another program's command line off ours, before anything looks at them. */
static void split_line(struct line *line)
{
    size_t at = 0;
    while (at < line->words.count && strcmp(line->words.items[at], "--") != 0)
        at++;
    if (line_is_aws(line) || at == line->words.count)
        return;
    struct options ignored = {0};
    struct words rest;
    const char *command = NULL;
    const struct words head = {line->words.items, at};
    ERROR_AUTO wrong = {0};
    if (!globals_take(head, NULL, line->arena, &ignored, &command, &rest, &wrong) || command == NULL)
        return;
    const struct own_command *own = own_command_find(slice_of(command), NULL, false);
    if (own == NULL || !own->runs_command)
        return;
    line->behind = (struct words){line->words.items + at + 1, line->words.count - at - 1};
    line->words = head;
}

static bool wants_prompt(const struct line *line)
{
    const char *wanted = line->environment("AWS_CLI_AUTO_PROMPT");
    return words_contain(line->words, "--cli-auto-prompt") || (wanted != NULL && strcasecmp(wanted, "on") == 0);
}

/** The prompt is decided before the line is parsed, by the whole words alone. */
static bool check_prompt(const struct line *line, struct error *error)
{
    bool unwanted = words_contain(line->words, "--no-cli-auto-prompt");
    if (unwanted && words_contain(line->words, "--cli-auto-prompt"))
        return error_set(error, ERROR_PARAMETER, NULL,
                         "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.");
    if (unwanted || words_contain(line->words, "help") || words_contain(line->words, "--version") ||
        !wants_prompt(line))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "There is no prompt here, which --cli-auto-prompt or AWS_CLI_AUTO_PROMPT asks for: give the "
                     "parameters on the command line");
}

static bool is_broken_file(const struct error *error)
{
    static const char broken[] = "Unable to parse config file";
    return error->message != NULL && strncmp(error->message, broken, sizeof broken - 1) == 0;
}

/** The AWS CLI reads its files even for --version, and a broken one breaks it. */
static bool check_files(const struct line *line, struct error *error)
{
    struct settings settings;
    ERROR_AUTO found = {0};
    const struct options none = {0};
    if (settings_begin(&none, line->environment, line->arena, &settings, &found))
        settings_free(&settings);
    return !is_broken_file(&found) || error_move(error, &found);
}

static bool run_line(struct line *line, struct options *options, struct buffer *out, struct error *error)
{
    const char *command;
    struct words rest;
    if (!encoding_check(line->environment(ENCODING_VARIABLE), error) || !check_words(line, error) ||
        !check_prompt(line, error))
        return false;
    if (!line_is_aws(line) && help_is_asked(line->words)) {
        help_write(out, line->program, line->words);
        return true;
    }
    ALIASES_AUTO aliases = {0};
    if (!aliases_load(&aliases, line->environment, line->arena, error))
        return false;
    struct dispatch dispatch = {.line = line, .options = options, .aliases = &aliases};
    const char *const *commands = dispatch_list_commands(&dispatch);
    if (!globals_parse(line->words, commands, line->arena, options, &command, &rest, error))
        return false;
    if (command != NULL)
        return dispatch_run(&dispatch, command, rest, out, error);
    if (line_is_aws(line) && !check_files(line, error))
        return false;
    version_write(out, line_is_aws(line), line->environment("AWS_EXECUTION_ENV"));
    return true;
}

/**
 * How to tell of an error that came before the settings: by the options as far as they were read, and the files. A
 * broken file is told of before anything that is wrong with the line, but for its early look.
 */
static void find_error_format(struct line *line, const struct options *options, struct error *error)
{
    const struct options read = {.profile = options->profile, .cli_error_format = options->cli_error_format};
    struct settings settings;
    ERROR_AUTO unread = {0};
    if (line->error_format != NULL)
        return;
    (void)settings_begin(&read, line->environment, line->arena, &settings, &unread);
    line->error_format = settings.error_format;
    settings_free(&settings);
    if (is_broken_file(&unread) && (error->code == NULL || strcmp(error->code, "FirstPass") != 0))
        (void)error_move(error, &unread);
}

bool line_run(struct line *line, struct buffer *out, struct error *error)
{
    struct options options = {0};
    line->error_format = NULL;
    line->pager = NULL;
    line->trailer = "";
    split_line(line);
    bool good = run_line(line, &options, out, error);
    if (!good)
        find_error_format(line, &options, error);
    line->error_style = terminal_style(options.color, true);
    return good;
}
