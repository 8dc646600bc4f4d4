// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The commands that are no operations of a service, as data: jeton's own ones, and those that the AWS CLI adds to a
 * service. From the table come the words that the command line may hold, the help, the manual pages and what shells
 * complete. To add one: a file in client/command/ with the row and its function, and the row's name in
 * client/command/own_commands.c.
 */
#ifndef JETON_CLIENT_CLI_OWN_COMMAND_H
#define JETON_CLIENT_CLI_OWN_COMMAND_H

#include "base/error.h"
#include "client/cli/option_list.h"

/** A line on its way to such a command: client/command/own_call.h. */
struct own_call;

struct own_command {
    const char *name;
    /** The service behind whose name it also stands: "codeartifact"; NULL: it stands alone. */
    const char *service;
    bool is_aws;        /**< The AWS CLI has it too, behind the service's name: it is there under the name `aws`. */
    const char *text;   /**< One line of help, with a point. */
    const char *detail; /**< More for its own help and manual page; NULL: nothing. */
    const char *usage;  /**< What follows the name, but for options: "list|clear"; NULL: nothing. */
    /** The words that may follow the name, NULL-terminated, of which there has to be one; NULL: no such word. */
    const char *const *words;
    const struct option_row *options;
    size_t option_count;
    /**
     * The options of which each repetition adds a value, NULL-terminated; NULL: none. Under the AWS CLI's name the last
     * one wins, as there.
     */
    const char *const *repeated;
    /** The words behind `--` are a command line of another program: they are looked at by nobody before. */
    bool runs_command;
    /**
     * Does it.
     * @param out   what goes to standard output.
     * @param error why not.
     */
    bool (*run)(struct own_call *call, struct buffer *out, struct error *error);
};

/** All of them, by name; NULL-terminated. */
extern const struct own_command *const own_commands[];

/**
 * The command of that name, or NULL.
 * @param service behind whose name it stands; NULL: at the first place, where all may be.
 * @param is_aws  only what the AWS CLI has as well, and where it has it.
 */
const struct own_command *own_command_find(struct slice name, const char *service, bool is_aws);

/** Appends the names to LIST, from COUNT on, of what own_command_find() would find. @return the new count. */
size_t own_command_list(const char *service, bool is_aws, const char **list, size_t count);

#endif
