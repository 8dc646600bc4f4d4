// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/own_command.h"
#include "client/completion/completion.h"

static const char head[] =
    "# Completion of jeton for bash, made by `jeton completion bash`.\n"
    "# Offers the lines of standard input that begin with $1. Nothing in them is ever expanded by the shell.\n"
    "_jeton_offer() {\n"
    "    local line\n"
    "    while IFS= read -r line; do\n"
    "        if [[ $line == \"$1\"* ]]; then COMPREPLY+=(\"$(printf %q \"$line\")\"); fi\n"
    "    done\n"
    "}\n"
    "\n"
    "_jeton() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} service= operation= i\n"
    "    COMPREPLY=()\n"
    "    # bash parts --option=value at the sign.\n"
    "    if [[ $word == = ]]; then\n"
    "        word=\n"
    "    elif [[ $before == = && COMP_CWORD -gt 1 ]]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n";

static const char tail[] = "    if [[ $word == -* ]]; then\n"
                           "        _jeton_offer \"$word\" <<<\"${options// /$'\\n'}\"\n"
                           "    else\n"
                           "        _jeton_offer \"$word\" <<<\"${words// /$'\\n'}\"\n"
                           "    fi\n"
                           "}\n"
                           "complete -F _jeton jeton\n";

/** One branch of the `case` over "OPERATION:OPTION". */
static void write_value(struct buffer *out, const char *operation, const struct option_row *row)
{
    static const char *const actions[] = {
        [COMPLETION_ANYTHING] = "",
        [COMPLETION_FILE] = "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); ",
        [COMPLETION_PROFILE] = "_jeton_offer \"$word\" < <(jeton completion profiles 2>/dev/null); ",
    };
    enum completion_value value = completion_value_of(row);
    if (value == COMPLETION_NONE)
        return;
    buffer_append_format(out, "    %s:%s) ", operation, row->name);
    if (value == COMPLETION_CHOICE) {
        buffer_append_text(out, "_jeton_offer \"$word\" <<<$'");
        completion_join(out, row->choices, "\\n");
        buffer_append_text(out, "'; ");
    } else {
        buffer_append_text(out, actions[value]);
    }
    buffer_append_text(out, "return ;;\n");
}

static void write_names(struct buffer *out, const struct option_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_append_format(out, "%s%s", i > 0 ? " " : "", rows[i].name);
}

static void write_words(struct buffer *out)
{
    buffer_append_text(out, "    local words='");
    completion_join_services(out, " ");
    buffer_append_char(out, ' ');
    completion_join_commands(out, NULL, " ");
    buffer_append_text(out, " help'\n    case $service in\n");
    for (const struct api_service *const *at = api_services; *at != NULL; at++) {
        buffer_append_format(out, "    %s) words='", (*at)->cli_name);
        completion_join_commands(out, *at, " ");
        buffer_append_text(out, " help' ;;\n");
    }
    buffer_append_text(out, "    esac\n    case $operation in\n    '') ;;\n");
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        if ((*at)->words != NULL) {
            buffer_append_format(out, "    %s) words='", (*at)->name);
            completion_join(out, (*at)->words, " ");
            buffer_append_text(out, "' ;;\n");
        }
    buffer_append_text(out, "    *) words= ;;\n    esac\n");
}

/** What one command has: its options, and their values. */
static void write_command(struct buffer *options, struct buffer *values, const char *name,
                          const struct option_row *rows, size_t count)
{
    buffer_append_format(options, "    %s) options+=' ", name);
    write_names(options, rows, count);
    buffer_append_text(options, "' ;;\n");
    for (size_t i = 0; i < count; i++)
        write_value(values, name, &rows[i]);
}

void completion_write_bash(struct buffer *out, struct arena *arena)
{
    size_t count;
    const struct option_row *rows = option_list_globals(arena, &count);
    BUFFER_AUTO values = {0};
    BUFFER_AUTO options = {0};
    buffer_append_text(&options, "    local options='");
    write_names(&options, rows, count);
    buffer_append_text(&options, " --help'\n    case $operation in\n");
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
    buffer_append_text(out, ") service=${service:-${COMP_WORDS[i]}} ;;\n        ");
    completion_join_commands(out, NULL, " | ");
    buffer_append_text(out, ") operation=${operation:-${COMP_WORDS[i]}} ;;\n        esac\n    done\n"
                            "    case $operation:$before in\n");
    buffer_append_slice(out, buffer_slice(&values));
    buffer_append_text(out, "    esac\n");
    buffer_append_slice(out, buffer_slice(&options));
    buffer_append_text(out, "    esac\n");
    write_words(out);
    buffer_append_text(out, tail);
}
