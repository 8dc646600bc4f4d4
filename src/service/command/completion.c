// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** `jetond completion`: scripts that ask the program itself what it takes, so that they are right for any version. */
#include "service/command/arguments.h"
#include "service/command/command.h"

#include <stdio.h>
#include <string.h>

static const char bash[] =
    "# Completion of jetond for bash, made by `jetond completion bash`.\n"
    "_jetond() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} subcommand=${COMP_WORDS[1]}\n"
    "    local option value words= kind=none\n"
    "    COMPREPLY=()\n"
    "    if ((COMP_CWORD == 1)); then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$(jetond --options 2>/dev/null)\" -- \"$word\")\n"
    "        return\n"
    "    fi\n"
    "    # bash parts --option=value at the sign.\n"
    "    if [[ $word == = ]]; then\n"
    "        word=\n"
    "    elif [[ $before == = ]]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    while read -r option value; do\n"
    "        if [[ $option == \"$before\" && -n $value ]] || [[ $option == - && $word != -* && $kind == none ]]; then\n"
    "            kind=$value\n"
    "        fi\n"
    "        if [[ $option != - ]]; then words+=\" $option\"; fi\n"
    "    done < <(jetond \"$subcommand\" --options 2>/dev/null)\n"
    "    case $kind in\n"
    "    none) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\") ;;\n"
    "    DIR) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$word\") ;;\n"
    "    FILE) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n"
    "    *'|'*) mapfile -t COMPREPLY < <(compgen -W \"${kind//|/ }\" -- \"$word\") ;;\n"
    "    esac\n"
    "}\n"
    "complete -F _jetond jetond\n";

static const char zsh[] = "#compdef jetond\n"
                          "# Completion of jetond for zsh, made by `jetond completion zsh`.\n"
                          "_jetond() {\n"
                          "    local line option kind=none before=$words[CURRENT-1]\n"
                          "    local -a names\n"
                          "    if [[ $words[CURRENT] == --*=* ]]; then\n"
                          "        before=${words[CURRENT]%%=*}\n"
                          "        compset -P '*='\n"
                          "    fi\n"
                          "    if ((CURRENT == 2)); then\n"
                          "        compadd -- ${(f)\"$(jetond --options 2>/dev/null)\"}\n"
                          "        return\n"
                          "    fi\n"
                          "    for line in ${(f)\"$(jetond $words[2] --options 2>/dev/null)\"}; do\n"
                          "        option=${line%% *}\n"
                          "        if [[ $option == $before && $line == *' '* ]] ||\n"
                          "            [[ $option == - && $words[CURRENT] != -* && $kind == none ]]; then\n"
                          "            kind=${line#* }\n"
                          "        fi\n"
                          "        if [[ $option != - ]]; then names+=($option); fi\n"
                          "    done\n"
                          "    case $kind in\n"
                          "    none) compadd -- $names ;;\n"
                          "    DIR) _files -/ ;;\n"
                          "    FILE) _files ;;\n"
                          "    *'|'*) compadd -- ${(s:|:)kind} ;;\n"
                          "    esac\n"
                          "}\n"
                          "if [[ ${funcstack[1]} == _jetond ]]; then _jetond \"$@\"; else compdef _jetond jetond; fi\n";

static const char fish[] =
    "# Completion of jetond for fish, made by `jetond completion fish`.\n"
    "function __jetond_offer\n"
    "    set -l words (commandline -opc)\n"
    "    set -l word (commandline -ct)\n"
    "    set -l kind none\n"
    "    set -l names\n"
    "    if test (count $words) -lt 2\n"
    "        jetond --options 2>/dev/null\n"
    "        return\n"
    "    end\n"
    "    for line in (jetond $words[2] --options 2>/dev/null)\n"
    "        set -l parts (string split -m 1 ' ' -- $line)\n"
    "        if test \"$parts[1]\" = \"$words[-1]\"; and set -q parts[2]\n"
    "            set kind $parts[2]\n"
    "        else if test \"$parts[1]\" = -; and test $kind = none; and not string match -q -- '-*' $word\n"
    "            set kind $parts[2]\n"
    "        end\n"
    "        if test \"$parts[1]\" != -\n"
    "            set -a names $parts[1]\n"
    "        end\n"
    "    end\n"
    "    switch $kind\n"
    "        case none\n"
    "            printf '%s\\n' $names\n"
    "        case DIR\n"
    "            __fish_complete_directories $word ''\n"
    "        case FILE\n"
    "            __fish_complete_path $word ''\n"
    "        case '*|*'\n"
    "            string split '|' -- $kind\n"
    "    end\n"
    "end\n"
    "complete -c jetond -f -a '(__jetond_offer)'\n";

static const struct {
    const char *shell;
    const char *script;
} scripts[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

bool command_completion(int argc, char **argv, struct error *error)
{
    const char *shell = NULL;
    bool help = false;
    const struct argument_command command = {
        .name = "jetond completion",
        .summary = "Prints what makes a shell complete jetond's command lines:\n"
                   "    source <(jetond completion bash)\n"
                   "    source <(jetond completion zsh)\n"
                   "    jetond completion fish | source",
        .word = "bash|zsh|fish",
        .word_text = &shell,
    };
    if (!arguments_read(&command, argc, argv, &help, error) || help)
        return help;
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (strcmp(shell, scripts[i].shell) == 0)
            return fputs(scripts[i].script, stdout) >= 0;
    return error_set(error, ERROR_USAGE, NULL, "there is no completion for \"%s\"; give bash, zsh or fish", shell);
}
