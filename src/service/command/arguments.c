// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/arguments.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Where the text of an option starts in the help. */
#define HELP_COLUMN 26

static const struct argument_option *find_option(const struct argument_command *command, struct slice name)
{
    for (size_t i = 0; i < command->option_count; i++) {
        if (slice_is(name, command->options[i].name))
            return &command->options[i];
    }
    return NULL;
}

static bool fail(const struct argument_command *command, struct error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(const struct argument_command *command, struct error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    MEMORY_AUTO char *problem = memory_format_list(format, arguments);
    va_end(arguments);
    return error_set(error, ERROR_USAGE, NULL, "%s; see %s --help", problem, command->name);
}

void argument_list_free(struct argument_list *list)
{
    free((void *)list->items);
    *list = (struct argument_list){0};
}

static bool take_value(const struct argument_command *command, const struct argument_option *option, const char *value,
                       struct error *error)
{
    if (value == NULL || value[0] == '\0')
        return fail(command, error, "--%s needs a value: --%s %s", option->name, option->name, option->value);
    if (option->list != NULL) {
        option->list->items = memory_resize(option->list->items, option->list->count + 1, sizeof *option->list->items);
        option->list->items[option->list->count++] = value;
        return true;
    }
    *option->text = value;
    return true;
}

/** Reads the option at argv[*AT], and its value, and moves *AT to the last word used. */
static bool read_option(const struct argument_command *command, int argc, char *const *argv, int *at, bool *seen,
                        struct error *error)
{
    struct slice rest = slice_of(argv[*at]);
    if (!slice_starts_with(rest, SLICE("--")) || rest.size == 2)
        return fail(command, error, "\"%s\" is not an option", argv[*at]);
    rest = slice_part(rest, 2, rest.size);
    size_t equals = slice_find(rest, '=', 0);
    struct slice name = slice_part(rest, 0, equals);
    const char *attached = equals < rest.size ? rest.data + equals + 1 : NULL;

    const struct argument_option *option = find_option(command, name);
    if (option == NULL)
        return fail(command, error, "there is no option --%.*s", SLICE_ARGS(name));
    size_t index = (size_t)(option - command->options);
    if (seen[index] && option->list == NULL)
        return fail(command, error, "--%s is given twice", option->name);
    seen[index] = true;
    if (option->flag != NULL) {
        if (attached != NULL)
            return fail(command, error, "--%s takes no value", option->name);
        *option->flag = true;
        return true;
    }
    if (attached != NULL)
        return take_value(command, option, attached, error);
    if (*at + 1 >= argc || strncmp(argv[*at + 1], "--", 2) == 0)
        return take_value(command, option, NULL, error);
    *at += 1;
    return take_value(command, option, argv[*at], error);
}

static bool take_word(const struct argument_command *command, const char *word, struct error *error)
{
    if (word[0] == '\0' || (word[0] == '-' && word[1] != '\0'))
        return fail(command, error, "\"%s\" is not an option", word);
    if (*command->word_text != NULL)
        return fail(command, error, "\"%s\" is one word too many", word);
    *command->word_text = word;
    return true;
}

static bool asks_for_help(int argc, char *const *argv)
{
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    }
    return false;
}

bool arguments_parse(const struct argument_command *command, int argc, char *const *argv, bool *help,
                     struct error *error)
{
    *help = asks_for_help(argc, argv);
    if (*help)
        return true;
    MEMORY_AUTO bool *seen = memory_new(command->option_count + 1, sizeof *seen);
    for (int i = 0; i < argc; i++) {
        bool option = strncmp(argv[i], "--", 2) == 0 || command->word == NULL;
        if (option ? !read_option(command, argc, argv, &i, seen, error) : !take_word(command, argv[i], error))
            return false;
    }
    if (command->word != NULL && *command->word_text == NULL)
        return fail(command, error, "%s is missing", command->word);
    for (size_t i = 0; i < command->option_count; i++) {
        const struct argument_option *option = &command->options[i];
        if (!option->required || seen[i])
            continue;
        return fail(command, error, "--%s %s is missing", option->name, option->value);
    }
    return true;
}

static void append_spaces(struct buffer *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_append_char(out, ' ');
}

static void append_option(struct buffer *out, const char *name, const char *value, const char *help)
{
    size_t start = out->size;
    buffer_append_format(out, "  --%s%s%s", name, value == NULL ? "" : " ", value == NULL ? "" : value);
    struct slice rest = slice_of(help);
    struct slice line;
    while (slice_cut(&rest, '\n', &line)) {
        size_t used = out->size - start;
        append_spaces(out, used < HELP_COLUMN ? HELP_COLUMN - used : 1);
        buffer_append_slice(out, line);
        buffer_append_char(out, '\n');
        start = out->size;
    }
}

void arguments_help(const struct argument_command *command, struct buffer *out)
{
    buffer_append_format(out, "usage: %s", command->name);
    for (size_t i = 0; i < command->option_count; i++) {
        const struct argument_option *option = &command->options[i];
        if (option->required)
            buffer_append_format(out, " --%s %s", option->name, option->value);
    }
    if (command->word != NULL)
        buffer_append_format(out, " %s", command->word);
    buffer_append_format(out, " [options]\n\n%s\n\n", command->summary);
    for (size_t i = 0; i < command->option_count; i++) {
        const struct argument_option *option = &command->options[i];
        append_option(out, option->name, option->value, option->help);
    }
    append_option(out, "help", NULL, "Show this.");
}

void arguments_list(const struct argument_command *command, struct buffer *out)
{
    for (size_t i = 0; i < command->option_count; i++) {
        const struct argument_option *option = &command->options[i];
        buffer_append_format(out, "--%s%s%s\n", option->name, option->value == NULL ? "" : " ",
                             option->value == NULL ? "" : option->value);
    }
    buffer_append_text(out, "--help\n");
    if (command->word != NULL)
        buffer_append_format(out, "- %s\n", command->word);
}

bool arguments_read(const struct argument_command *command, int argc, char *const *argv, bool *help,
                    struct error *error)
{
    BUFFER_AUTO text = {0};
    if (argc == 1 && strcmp(argv[0], "--options") == 0) {
        *help = true;
        arguments_list(command, &text);
    } else if (!arguments_parse(command, argc, argv, help, error)) {
        return false;
    } else if (*help) {
        arguments_help(command, &text);
    }
    (void)fputs(buffer_text(&text), stdout);
    return true;
}
