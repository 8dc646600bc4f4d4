// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What `exec` and `env` have in common: their options, and the environment that these ask for. */
#ifndef JETON_CLIENT_COMMAND_OWN_ENVIRONMENT_H
#define JETON_CLIENT_COMMAND_OWN_ENVIRONMENT_H

#include "client/command/own_call.h"
#include "client/packagers/environment.h"

/** The rows of the options, for a table. */
#define OWN_ENVIRONMENT_OPTIONS                                                                                        \
    {"--domain", "NAME", "The domain.", NULL, false, false},                                                           \
        {"--domain-owner", "ACCOUNT", "The account that owns the domain, if not the caller's.", NULL, false, false},   \
        {"--repository", "NAME", "The repository; without it there is the token alone.", NULL, false, false},          \
        {"--tool",                                                                                                     \
         "NAME",                                                                                                       \
         "For whom; several times for several. Else the one that the command is, or all.",                             \
         environment_tool_names,                                                                                       \
         false,                                                                                                        \
         false},                                                                                                       \
        {"--namespace", "NAME", "npm and its like: for this scope alone.", NULL, false, false},                        \
        {"--source", "NAME", "What the project calls the repository, if not by its name.", NULL, false, false},        \
        {"--duration-seconds", "NUMBER", "How long the token lives; 0: as long as the session.", NULL, false, false},  \
    {                                                                                                                  \
        "--endpoint-type", "TYPE", "The addresses that the endpoint shall have: dualstack or ipv4.", NULL, false,      \
            false                                                                                                      \
    }
/** Those that may be repeated. */
extern const char *const own_environment_repeated[];

/**
 * Reads the options, gets the token and the endpoints, and puts together what the tools read.
 * @param command the command that is run, which says the tool when no option does; NULL: none.
 * @param out     its arena is set.
 * @param error   as live_token_get(); ERROR_USAGE when a domain is lacking.
 */
bool own_environment_make(struct own_call *call, const char *command, struct environment *out, struct error *error);

/** How a tool is told of a file. */
struct own_environment_file {
    const char *variable; /**< That names it. */
    bool beside;          /**< A list of files: those that the variable named before stay in front, with `:` between. */
    /**
     * The whole of it: the lines of the repository, with what the person has in the file that it takes the place of.
     * @return in the arena; NULL when that file cannot be read.
     */
    const char *(*content)(const struct own_call *call, const struct environment *environment, struct error *error);
};

/** By enum environment_file. */
extern const struct own_environment_file own_environment_files[ENVIRONMENT_FILE_COUNT];

#endif
