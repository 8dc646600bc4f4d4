// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/help.h"
#include "base/memory.h"
#include "client/cli/globals.h"
#include "client/cli/option_list.h"

#include <string.h>

/** Where the explanations begin; longer names put theirs on the next line. */
#define COLUMN 30
/** What the narrowest terminal shows of a line. */
#define WIDTH 80

/** Appends TEXT, broken at blanks, from column AT on; further lines begin at INDENT. Ends the line. */
static void write_wrapped(struct buffer *out, struct slice text, size_t at, size_t indent)
{
    struct slice word;
    bool begun = false;
    while (slice_cut(&text, ' ', &word)) {
        if (begun && at + 1 + word.size > WIDTH) {
            buffer_append_format(out, "\n%*s", (int)indent, "");
            at = indent;
            begun = false;
        }
        if (begun)
            buffer_append_char(out, ' ');
        buffer_append_slice(out, word);
        at += word.size + (begun ? 1 : 0);
        begun = true;
    }
    buffer_append_char(out, '\n');
}

static void write_row(struct buffer *out, const char *name, const char *value, const char *text, const char *note)
{
    size_t start = out->size;
    buffer_append_format(out, "  %s%s%s", name, value != NULL ? " " : "", value != NULL ? value : "");
    size_t width = out->size - start;
    if (width + 1 > COLUMN) {
        buffer_append_char(out, '\n');
        width = 0;
    }
    buffer_append_format(out, "%*s", (int)(COLUMN - width), "");
    BUFFER_AUTO whole = {0};
    buffer_append_format(&whole, "%s%s", text, note);
    write_wrapped(out, buffer_slice(&whole), COLUMN, COLUMN);
}

/** The names alone: with a line for each there would be no room for the options on one screen. */
static void write_services(struct buffer *out)
{
    for (const struct api_service *const *service = api_services; *service != NULL; service++) {
        buffer_append_format(out, "\n%s: %s\n  ", (*service)->cli_name, (*service)->text);
        BUFFER_AUTO names = {0};
        for (const struct api_operation *const *at = (*service)->operations; *at != NULL; at++)
            buffer_append_format(&names, "%s%s", names.size == 0 ? "" : ", ", (*at)->cli_name);
        write_wrapped(out, buffer_slice(&names), 2, 2);
    }
}

/** Whether we were called by the AWS CLI's name, and have no more commands than it. */
static bool is_aws(const char *program)
{
    return strcmp(program, "aws") == 0;
}

static void write_own_names(struct buffer *out, const char *program)
{
    BUFFER_AUTO names = {0};
    for (const struct own_command *const *at = own_commands; !is_aws(program) && *at != NULL; at++)
        buffer_append_format(&names, "%s%s", names.size == 0 ? "" : ", ", (*at)->name);
    if (names.size == 0)
        return;
    buffer_append_format(out, "\n%s itself:\n  ", program);
    write_wrapped(out, buffer_slice(&names), 2, 2);
}

static void write_globals(struct buffer *out)
{
    buffer_append_text(out, "global options (anywhere on the line, as --option VALUE or --option=VALUE):\n");
    for (size_t i = 0; i < global_option_count; i++)
        write_row(out, global_options[i].name, global_options[i].value, global_options[i].text, "");
    write_row(out, "--help, -h", NULL, "Print this, or more of a command.", "");
}

void help_write_program(struct buffer *out, const char *program)
{
    buffer_append_format(out,
                         "%s gets CodeArtifact authorization tokens, as the AWS CLI does.\n\n"
                         "usage: %s [options] <service> <command> [parameters]\n"
                         "       %s [options] <command> [parameters]\n",
                         program, program, program);
    write_services(out);
    write_own_names(out, program);
    buffer_append_char(out, '\n');
    write_globals(out);
    buffer_append_format(out, "\n%s <service> --help says what its commands do, <command> --help more of one.\n",
                         program);
}

void help_write_service(struct buffer *out, const char *program, const struct api_service *service)
{
    buffer_append_format(out, "%s\n\nusage: %s %s <command> [parameters]\n\ncommands:\n", service->text, program,
                         service->cli_name);
    for (const struct api_operation *const *at = service->operations; *at != NULL; at++)
        write_row(out, (*at)->cli_name, NULL, (*at)->text, "");
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        if (own_command_find(slice_of((*at)->name), service->cli_name, is_aws(program)) != NULL)
            write_row(out, (*at)->name, NULL, (*at)->text, "");
    buffer_append_format(out, "\n%s --help lists the global options.\n", program);
}

static void write_options(struct buffer *out, const struct option_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        write_row(out, rows[i].name, rows[i].value, rows[i].text, rows[i].required ? " (required)" : "");
}

void help_write_operation(struct buffer *out, const char *program, const struct api_operation *operation)
{
    write_wrapped(out, slice_of(operation->text), 0, 0);
    if (operation->detail != NULL)
        write_wrapped(out, slice_of(operation->detail), 0, 0);
    buffer_append_format(out, "\nusage: %s %s %s [parameters]\n\nparameters:\n", program, operation->service->cli_name,
                         operation->cli_name);
    ARENA_AUTO *arena = arena_new();
    size_t count;
    const struct api_operation *offered = is_aws(program) ? operation : api_widest(operation);
    const struct option_row *rows = option_list_operation(offered, arena, &count);
    write_options(out, rows, count);
    buffer_append_format(out, "\nresult:\n");
    for (size_t i = 0; i < offered->output->member_count; i++)
        write_row(out, offered->output->members[i].name, NULL, offered->output->members[i].text, "");
    buffer_append_format(out, "\n%s --help lists the global options.\n", program);
}

/** An option with what it may be: the commands of our own have no page of the service's that says it. */
static void write_own_option(struct buffer *out, const struct option_row *row)
{
    BUFFER_AUTO note = {0};
    buffer_append_text(&note, row->required ? " (required)" : "");
    for (size_t i = 0; row->choices != NULL && row->choices[i] != NULL; i++)
        buffer_append_format(&note, "%s%s", i == 0 ? " One of " : ", ", row->choices[i]);
    write_row(out, row->name, row->value, row->text, buffer_text(&note));
}

void help_write_own(struct buffer *out, const char *program, const struct own_command *command)
{
    write_wrapped(out, slice_of(command->text), 0, 0);
    if (command->detail != NULL)
        write_wrapped(out, slice_of(command->detail), 0, 0);
    buffer_append_format(out, "\nusage: %s %s%s%s%s%s%s\n", program, command->service != NULL ? command->service : "",
                         command->service != NULL ? " " : "", command->name,
                         command->option_count > 0 ? " [options]" : "", command->usage != NULL ? " " : "",
                         command->usage != NULL ? command->usage : "");
    if (command->option_count > 0)
        buffer_append_text(out, "\noptions:\n");
    for (size_t i = 0; i < command->option_count; i++)
        write_own_option(out, &command->options[i]);
    buffer_append_format(out, "\n%s --help lists the global options.\n", program);
}

bool help_is_asked(struct words words)
{
    for (size_t i = 0; i < words.count && strcmp(words.items[i], "--") != 0; i++)
        if (strcmp(words.items[i], "--help") == 0 || strcmp(words.items[i], "-h") == 0)
            return true;
    return false;
}

static const struct api_operation *find_anywhere(struct slice name)
{
    const struct api_operation *operation = NULL;
    for (const struct api_service *const *at = api_services; operation == NULL && *at != NULL; at++)
        operation = api_find_operation(*at, name);
    return operation;
}

void help_write(struct buffer *out, const char *program, struct words words)
{
    const struct api_service *service = NULL;
    for (size_t i = 0; i < words.count; i++) {
        struct slice word = slice_of(words.items[i]);
        const struct api_operation *operation =
            service != NULL ? api_find_operation(service, word) : find_anywhere(word);
        if (operation != NULL) {
            help_write_operation(out, program, operation);
            return;
        }
        const struct own_command *own =
            own_command_find(word, service != NULL ? service->cli_name : NULL, is_aws(program));
        if (own != NULL) {
            help_write_own(out, program, own);
            return;
        }
        if (service == NULL)
            service = api_find_service(word);
    }
    if (service != NULL)
        help_write_service(out, program, service);
    else
        help_write_program(out, program);
}
