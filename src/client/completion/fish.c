// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/own_command.h"
#include "client/completion/completion.h"

static const char head[] = "# Completion of jeton for fish, made by `jeton completion fish`.\n"
                           "function __jeton_among\n"
                           "    for word in (commandline -opc)[2..-1]\n"
                           "        contains -- $word $argv; and return\n"
                           "    end\n"
                           "    return 1\n"
                           "end\n"
                           "complete -c jeton -f\n"
                           "complete -c jeton -l help -d 'What there is'\n";

static void write_quoted(struct buffer *out, const char *text)
{
    buffer_append_char(out, '\'');
    for (const char *at = text; *at != '\0'; at++)
        buffer_append_format(out, "%s%c", *at == '\'' || *at == '\\' ? "\\" : "", *at);
    buffer_append_char(out, '\'');
}

/** One option; CONDITION may be empty. */
static void write_option(struct buffer *out, const char *condition, const struct option_row *row)
{
    static const char *const actions[] = {
        [COMPLETION_NONE] = "",
        [COMPLETION_ANYTHING] = " -x",
        [COMPLETION_FILE] = " -r -F",
        [COMPLETION_PROFILE] = " -x -a '(jeton completion profiles 2>/dev/null)'",
    };
    enum completion_value value = completion_value_of(row);
    buffer_append_format(out, "complete -c jeton%s -l %s", condition, row->name + 2);
    if (value == COMPLETION_CHOICE) {
        buffer_append_text(out, " -x -a '");
        completion_join(out, row->choices, " ");
        buffer_append_char(out, '\'');
    } else {
        buffer_append_text(out, actions[value]);
    }
    buffer_append_text(out, " -d ");
    write_quoted(out, row->text);
    buffer_append_char(out, '\n');
}

static void write_word(struct buffer *out, const char *condition, const char *word, const char *text)
{
    buffer_append_format(out, "complete -c jeton -n '%s' -a %s -d ", condition, word);
    write_quoted(out, text);
    buffer_append_char(out, '\n');
}

/** The own commands: of the first place, or behind a service's name as well. */
static void write_own(struct buffer *out, const char *none, const char *services)
{
    for (const struct own_command *const *at = own_commands; *at != NULL; at++) {
        BUFFER_AUTO condition = {0};
        buffer_append_text(&condition, services);
        if ((*at)->service != NULL) {
            buffer_clear(&condition);
            buffer_append_format(&condition, "%s; and begin; __jeton_among %s; or %s; end", none, (*at)->service,
                                 services);
        }
        write_word(out, buffer_text(&condition), (*at)->name, (*at)->text);
        if ((*at)->words == NULL)
            continue;
        buffer_append_format(out, "complete -c jeton -n '__jeton_among %s' -a '", (*at)->name);
        completion_join(out, (*at)->words, " ");
        buffer_append_text(out, "'\n");
    }
}

/** The words of the first place and of the one behind a service's name. */
static void write_words(struct buffer *out, const char *none, const char *services)
{
    write_word(out, none, "help", "What there is");
    write_own(out, none, services);
    for (const struct api_service *const *at = api_services; *at != NULL; at++) {
        BUFFER_AUTO condition = {0};
        write_word(out, services, (*at)->cli_name, (*at)->text);
        buffer_append_format(&condition, "%s; and begin; __jeton_among %s; or %s; end", none, (*at)->cli_name,
                             services);
        for (const struct api_operation *const *operation = (*at)->operations; *operation != NULL; operation++)
            write_word(out, buffer_text(&condition), (*operation)->cli_name, (*operation)->text);
    }
}

static void write_options(struct buffer *out, const char *name, const struct option_row *rows, size_t count,
                          struct arena *arena)
{
    const char *condition = arena_format(arena, " -n '__jeton_among %s'", name);
    for (size_t i = 0; i < count; i++)
        write_option(out, condition, &rows[i]);
}

void completion_write_fish(struct buffer *out, struct arena *arena)
{
    BUFFER_AUTO none = {0};
    BUFFER_AUTO services = {0};
    size_t count;
    buffer_append_text(&none, "not __jeton_among ");
    completion_join_commands(&none, NULL, " ");
    buffer_append_slice(&services, buffer_slice(&none));
    buffer_append_char(&services, ' ');
    completion_join_services(&services, " ");
    buffer_append_text(out, head);
    write_words(out, buffer_text(&none), buffer_text(&services));
    const struct option_row *rows = option_list_globals(arena, &count);
    for (size_t i = 0; i < count; i++)
        write_option(out, "", &rows[i]);
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        for (const struct api_operation *const *operation = (*at)->operations; *operation != NULL; operation++) {
            rows = option_list_operation(api_widest(*operation), arena, &count);
            write_options(out, (*operation)->cli_name, rows, count, arena);
        }
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        write_options(out, (*at)->name, (*at)->options, (*at)->option_count, arena);
}
