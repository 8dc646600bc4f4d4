// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/own_command.h"
#include "client/completion/completion.h"

static const char head[] = "#compdef jeton\n"
                           "# Completion of jeton for zsh, made by `jeton completion zsh`.\n"
                           "_jeton() {\n"
                           "    local service operation option=${words[CURRENT - 1]} i\n"
                           "    local -a options commands\n"
                           "    if [[ ${words[CURRENT]} == --*=* ]]; then\n"
                           "        option=${words[CURRENT]%%=*}\n"
                           "        compset -P '*='\n"
                           "    fi\n"
                           "    for ((i = 2; i < CURRENT; i++)); do\n"
                           "        case ${words[i]} in\n";

static const char tail[] = "    if [[ ${words[CURRENT]} == -* ]]; then\n"
                           "        _describe -o option options\n"
                           "    else\n"
                           "        _describe command commands\n"
                           "    fi\n"
                           "}\n"
                           "if [[ ${funcstack[1]} == _jeton ]]; then _jeton \"$@\"; else compdef _jeton jeton; fi\n";

static void write_value(struct buffer *out, const char *operation, const struct option_row *row)
{
    static const char *const actions[] = {
        [COMPLETION_ANYTHING] = "",
        [COMPLETION_FILE] = "_files; ",
        [COMPLETION_PROFILE] = "compadd -- ${(f)\"$(jeton completion profiles 2>/dev/null)\"}; ",
    };
    enum completion_value value = completion_value_of(row);
    if (value == COMPLETION_NONE)
        return;
    buffer_append_format(out, "    %s:%s) ", operation, row->name);
    if (value == COMPLETION_CHOICE) {
        buffer_append_text(out, "compadd -- ");
        completion_join(out, row->choices, " ");
        buffer_append_text(out, "; ");
    } else {
        buffer_append_text(out, actions[value]);
    }
    buffer_append_text(out, "return ;;\n");
}

/** `'NAME:TEXT'`, as _describe takes it. */
static void write_described(struct buffer *out, const char *name, const char *text)
{
    buffer_append_format(out, " '%s:", name);
    for (const char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            buffer_append_text(out, "'\\''");
        else
            buffer_append_format(out, "%s%c", *at == ':' ? "\\" : "", *at);
    buffer_append_char(out, '\'');
}

static void write_rows(struct buffer *out, const struct option_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        write_described(out, rows[i].name, rows[i].text);
}

static void write_operations(struct buffer *out, const struct api_service *service)
{
    for (const struct api_operation *const *at = service->operations; *at != NULL; at++)
        write_described(out, (*at)->cli_name, (*at)->text);
}

/** The own commands, all of them or a service's. */
static void write_own(struct buffer *out, const char *service)
{
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        if (own_command_find(slice_of((*at)->name), service, false) != NULL)
            write_described(out, (*at)->name, (*at)->text);
}

static void write_commands(struct buffer *out)
{
    buffer_append_text(out, "    case $service in\n");
    for (const struct api_service *const *at = api_services; *at != NULL; at++) {
        buffer_append_format(out, "    %s) commands=(", (*at)->cli_name);
        write_operations(out, *at);
        write_own(out, (*at)->cli_name);
        buffer_append_text(out, " 'help:What there is') ;;\n");
    }
    buffer_append_text(out, "    *) commands=(");
    for (const struct api_service *const *at = api_services; *at != NULL; at++) {
        write_described(out, (*at)->cli_name, (*at)->text);
        write_operations(out, *at);
    }
    write_own(out, NULL);
    buffer_append_text(out, " 'help:What there is') ;;\n    esac\n    case $operation in\n    '') ;;\n");
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        if ((*at)->words != NULL) {
            buffer_append_format(out, "    %s) commands=(", (*at)->name);
            completion_join(out, (*at)->words, " ");
            buffer_append_text(out, ") ;;\n");
        }
    buffer_append_text(out, "    *) commands=() ;;\n    esac\n");
}

/** What one command has: its options, and their values. */
static void write_command(struct buffer *options, struct buffer *values, const char *name,
                          const struct option_row *rows, size_t count)
{
    buffer_append_format(options, "    %s) options+=(", name);
    write_rows(options, rows, count);
    buffer_append_text(options, ") ;;\n");
    for (size_t i = 0; i < count; i++)
        write_value(values, name, &rows[i]);
}

void completion_write_zsh(struct buffer *out, struct arena *arena)
{
    size_t count;
    const struct option_row *rows = option_list_globals(arena, &count);
    BUFFER_AUTO values = {0};
    BUFFER_AUTO options = {0};
    buffer_append_text(&options, "    options=(");
    write_rows(&options, rows, count);
    buffer_append_text(&options, " '--help:What there is')\n    case $operation in\n");
    for (size_t i = 0; i < count; i++)
        write_value(&values, "*", &rows[i]);
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        for (const struct api_operation *const *operation = (*at)->operations; *operation != NULL; operation++) {
            rows = option_list_operation(api_widest(*operation), arena, &count);
            write_command(&options, &values, (*operation)->cli_name, rows, count);
        }
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        write_command(&options, &values, (*at)->name, (*at)->options, (*at)->option_count);
    buffer_append_text(out, head);
    buffer_append_text(out, "        ");
    completion_join_services(out, " | ");
    buffer_append_text(out, ") service=${service:-${words[i]}} ;;\n        ");
    completion_join_commands(out, NULL, " | ");
    buffer_append_text(out, ") operation=${operation:-${words[i]}} ;;\n        esac\n    done\n"
                            "    case $operation:$option in\n");
    buffer_append_slice(out, buffer_slice(&values));
    buffer_append_text(out, "    esac\n");
    buffer_append_slice(out, buffer_slice(&options));
    buffer_append_text(out, "    esac\n");
    write_commands(out);
    buffer_append_text(out, tail);
}
