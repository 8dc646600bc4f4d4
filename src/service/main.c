// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** jetond: picks the subcommand, and maps a failure to an exit code. */
#include "base/json_memory.h"
#include "base/secret.h"
#include "service/command/command.h"

#include <stdio.h>
#include <string.h>

#define EXIT_FAILED 1
#define EXIT_USAGE 2

static const char usage[] = "usage: jetond init --data DIR [options]\n"
                            "       jetond serve --data DIR [options]\n"
                            "       jetond export --data DIR\n"
                            "       jetond import --data DIR FILE [options]\n"
                            "       jetond check --data DIR\n"
                            "       jetond backup --data DIR FILE [options]\n"
                            "       jetond revoke --data DIR [options]\n"
                            "       jetond tokens --data DIR [options]\n"
                            "       jetond completion bash|zsh|fish\n"
                            "       jetond --version\n"
                            "\n"
                            "Issues the authorization tokens of package domains of one's own, over the API of AWS\n"
                            "CodeArtifact. \"jetond SUBCOMMAND --help\" tells the options.\n";

/** A subcommand. */
struct subcommand {
    const char *name;
    bool (*run)(int argc, char **argv, struct error *error);
};

static const struct subcommand subcommands[] = {
    {"init", command_init},     {"serve", command_serve},   {"export", command_export},
    {"import", command_import}, {"check", command_check},   {"backup", command_backup},
    {"revoke", command_revoke}, {"tokens", command_tokens}, {"completion", command_completion},
};

static int report(const struct error *error)
{
    (void)fprintf(stderr, "jetond: %s\n", error->message == NULL ? "failed" : error->message);
    return error->class == ERROR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

static int run(const struct subcommand *subcommand, int argc, char **argv)
{
    ERROR_AUTO error = {0};
    if (!subcommand->run(argc, argv, &error))
        return report(&error);
    if (fflush(stdout) == 0)
        return 0;
    (void)error_set(&error, ERROR_CONFIGURATION, NULL, "standard output cannot be written");
    return report(&error);
}

/** What can stand first, for completion. */
static int list(void)
{
    for (size_t i = 0; i < sizeof subcommands / sizeof subcommands[0]; i++)
        (void)printf("%s\n", subcommands[i].name);
    (void)printf("--help\n--version\n");
    return 0;
}

int main(int argc, char **argv)
{
    secret_protect_process();
    json_memory_install();
    const char *word = argc < 2 ? "" : argv[1];
    for (size_t i = 0; i < sizeof subcommands / sizeof subcommands[0]; i++)
        if (strcmp(word, subcommands[i].name) == 0)
            return run(&subcommands[i], argc - 2, argv + 2);
    if (strcmp(word, "--version") == 0) {
        (void)printf("jetond %s\n", JETON_VERSION);
        return 0;
    }
    if (strcmp(word, "--options") == 0)
        return list();
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        (void)fputs(usage, stdout);
        return 0;
    }
    ERROR_AUTO error = {0};
    if (word[0] == '\0')
        (void)error_set(&error, ERROR_USAGE, NULL, "a subcommand is missing\n%s", usage);
    else
        (void)error_set(&error, ERROR_USAGE, NULL, "there is no subcommand \"%s\"; see jetond --help", word);
    return report(&error);
}
