// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/manual.h"
#include "base/memory.h"
#include "base/text.h"
#include "client/cli/option_list.h"

/** When the pages last changed, as in doc/jeton.1. */
#define MANUAL_DATE "2026-11-23"

/** Appends TEXT so that roff takes none of it for a request or an escape. */
static void write_text(struct buffer *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        buffer_append_text(out, "\\&");
    for (const char *at = text; *at != '\0'; at++)
        if (*at == '\\')
            buffer_append_text(out, "\\e");
        else
            buffer_append_format(out, "%s%c", *at == '-' ? "\\" : "", *at);
}

/** Appends one line of its own. */
static void write_line(struct buffer *out, const char *text)
{
    write_text(out, text);
    buffer_append_char(out, '\n');
}

/** A paragraph, each sentence on a line of its own, as man(7) wants it. */
static void write_paragraph(struct buffer *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        BUFFER_AUTO sentence = {0};
        while (*at != '\0' && !(at > text && at[-1] == '.' && *at == ' '))
            buffer_append_char(&sentence, *at++);
        write_line(out, buffer_text(&sentence));
        if (*at == '\0')
            break;
    }
}

static void write_head(struct buffer *out, const char *name, const char *one_line)
{
    buffer_append_text(out, ".\\\" Made from the tables of operations and commands.\n.TH JETON\\-");
    for (const char *at = name; *at != '\0'; at++)
        buffer_append_format(out, "%s%c", *at == '-' ? "\\" : "", *at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
    buffer_append_text(out, " 1 " MANUAL_DATE " \"jeton " JETON_VERSION "\" \"User Commands\"\n.SH NAME\njeton\\-");
    write_text(out, name);
    buffer_append_text(out, " \\- ");
    // A description in the list of pages is no sentence: small at its start, without a point.
    struct slice text = slice_of(one_line);
    BUFFER_AUTO phrase = {0};
    buffer_append_char(&phrase, text_lower(text.data[0]));
    buffer_append_slice(&phrase, slice_part(text, 1, text.size - (slice_ends_with(text, SLICE(".")) ? 2 : 1)));
    write_line(out, buffer_text(&phrase));
}

static void write_synopsis(struct buffer *out, const char *service, const char *name, const struct option_row *rows,
                           size_t count)
{
    buffer_append_text(out, ".SH SYNOPSIS\n.B jeton\n.RI [ \"global options\" ]\n");
    if (service != NULL) {
        buffer_append_text(out, ".RB [ ");
        write_text(out, service);
        buffer_append_text(out, " ]\n");
    }
    buffer_append_text(out, ".B ");
    write_line(out, name);
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(out, rows[i].required ? ".BI \"" : ".RB [ \"");
        write_text(out, rows[i].name);
        buffer_append_text(out, rows[i].required && rows[i].value != NULL ? " \" \"" : "");
        if (rows[i].required && rows[i].value != NULL)
            write_text(out, rows[i].value);
        buffer_append_text(out, rows[i].required ? "\"\n" : "\" ]\n");
    }
}

/** REQUIRED: what is said of an option that has to be given. */
static void write_options(struct buffer *out, const struct option_row *rows, size_t count, const char *required)
{
    buffer_append_text(out, ".SH OPTIONS\n");
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(out, ".TP\n.BI \"");
        write_text(out, rows[i].name);
        buffer_append_text(out, rows[i].value != NULL ? " \" \"" : "");
        write_text(out, rows[i].value != NULL ? rows[i].value : "");
        buffer_append_text(out, "\"\n");
        write_paragraph(out, rows[i].text);
        if (rows[i].required)
            buffer_append_text(out, required);
        for (size_t at = 0; rows[i].choices != NULL && rows[i].choices[at] != NULL; at++) {
            buffer_append_text(out, at == 0 ? "One of\n.BR " : ".BR ");
            write_text(out, rows[i].choices[at]);
            buffer_append_text(out, rows[i].choices[at + 1] != NULL ? " ,\n" : " .\n");
        }
    }
}

static void write_result(struct buffer *out, const struct api_shape *output)
{
    buffer_append_text(out, ".SH RESULT\n");
    for (size_t i = 0; i < output->member_count; i++) {
        buffer_append_text(out, ".TP\n.B ");
        write_line(out, output->members[i].name);
        write_paragraph(out, output->members[i].text);
    }
}

static void write_errors(struct buffer *out, const struct api_operation *operation)
{
    if (operation->errors == NULL || operation->errors[0] == NULL)
        return;
    buffer_append_text(out,
                       ".SH ERRORS\nThe service refuses, which is exit code 254, with one of these, among others:\n");
    for (const struct api_error *const *at = operation->errors; *at != NULL; at++) {
        buffer_append_text(out, ".br\n.B ");
        write_line(out, (*at)->code);
    }
}

void manual_write(struct buffer *out, const struct api_operation *operation)
{
    ARENA_AUTO *arena = arena_new();
    size_t count;
    const struct option_row *rows = option_list_operation(api_widest(operation), arena, &count);
    write_head(out, operation->cli_name, operation->text);
    write_synopsis(out, operation->service->cli_name, operation->cli_name, rows, count);
    buffer_append_text(out, ".SH DESCRIPTION\n");
    write_paragraph(out, operation->text);
    if (operation->detail != NULL) {
        buffer_append_text(out, ".PP\n");
        write_paragraph(out, operation->detail);
    }
    buffer_append_text(out, ".PP\nIt asks the service\n.B ");
    write_line(out, operation->service->name);
    buffer_append_text(out, "for\n.BR ");
    write_text(out, operation->name);
    buffer_append_text(out, " .\n");
    write_options(out, rows, count, "Required, unless a document or a skeleton lifts that.\n");
    buffer_append_text(out, ".PP\nThe global options, the environment, the files and the exit codes stand in\n"
                            ".BR jeton (1).\n");
    if (operation->output->member_count > 0)
        write_result(out, api_widest(operation)->output);
    write_errors(out, operation);
    buffer_append_text(out, ".SH SEE ALSO\n.BR jeton (1)\n");
}

void manual_write_own(struct buffer *out, const struct own_command *command)
{
    write_head(out, command->name, command->text);
    write_synopsis(out, command->service, command->name, command->options, command->option_count);
    if (command->usage != NULL) {
        buffer_append_text(out, ".B ");
        write_line(out, command->usage);
    }
    buffer_append_text(out, ".SH DESCRIPTION\n");
    write_paragraph(out, command->text);
    if (command->detail != NULL) {
        buffer_append_text(out, ".PP\n");
        write_paragraph(out, command->detail);
    }
    if (command->option_count > 0)
        write_options(out, command->options, command->option_count, "Required.\n");
    buffer_append_text(out, ".PP\nThe global options, the environment, the files and the exit codes stand in\n"
                            ".BR jeton (1).\n.SH SEE ALSO\n.BR jeton (1)\n");
}
