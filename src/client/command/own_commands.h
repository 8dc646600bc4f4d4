// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The rows of the table of own commands, each in a file of its own. What a row says: client/cli/own_command.h. */
#ifndef JETON_CLIENT_COMMAND_OWN_COMMANDS_H
#define JETON_CLIENT_COMMAND_OWN_COMMANDS_H

#include "client/cli/own_command.h"

/** Lists or clears the token cache. */
extern const struct own_command own_cache;
/** Prints what makes a shell complete jeton's lines. */
extern const struct own_command own_completion;
/** Prints what own_exec would set. */
extern const struct own_command own_env;
/** Runs a command with the token in its environment. */
extern const struct own_command own_exec;
/** Tells package managers of a repository, and takes that out again. */
extern const struct own_command own_login;
extern const struct own_command own_logout;

/** Answers a package manager in its own protocol: client/helpers/. */
extern const struct own_command own_credential_helper;

/** Says why a tool is not let in. */
extern const struct own_command own_doctor;

#endif
