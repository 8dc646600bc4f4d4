// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Commands that a person has made out of others, in ~/.aws/cli/alias: `[toplevel]` for words of the first place,
 * `[command SERVICE]` for those behind a service's name, `[command SERVICE OPERATION]` for those among the words of
 * an operation.
 */
#ifndef JETON_CLIENT_COMMAND_ALIAS_H
#define JETON_CLIENT_COMMAND_ALIAS_H

#include "base/error.h"
#include "base/memory.h"
#include "client/cli/arguments.h"
#include "client/cli/options.h"
#include "client/profile/ini.h"
#include "client/variables.h"

/** The file. Names and values stand in its text, which aliases_free() ends. */
struct aliases {
    struct buffer text;
    struct ini file;
};

/** Where aliases stand: all zero is the first place of a line. */
struct alias_place {
    const char *service;
    const char *operation;
};

/** One alias, as the file has it. */
struct alias {
    const char *name;
    const char *value; /**< NULL: there is no such alias. */
};

/**
 * Reads the file; a missing one holds no aliases. aliases_free() ends it, after a failure too.
 * @param error ERROR_INTERNAL, in the words for a broken configuration file.
 */
bool aliases_load(struct aliases *out, environment_function *environment, struct arena *arena, struct error *error);

/** Wipes and frees the text. */
void aliases_free(struct aliases *aliases);
#define ALIASES_AUTO __attribute__((cleanup(aliases_free))) struct aliases

/** The alias NAME of a place. */
struct alias aliases_find(const struct aliases *aliases, struct alias_place place, const char *name,
                          struct arena *arena);

/** How many there are, at most, for the room that aliases_list() needs. */
size_t aliases_count(const struct aliases *aliases);

/** Appends the names to LIST, from COUNT on. @return the new count. */
size_t aliases_list(const struct aliases *aliases, struct alias_place place, const char **list, size_t count);

/** The shell's command of an alias that begins with `!`, or NULL. */
const char *alias_shell(const struct alias *alias);

/**
 * Splits the value into the words that it stands for.
 * @param error ERROR_INTERNAL when a quote is open.
 */
bool alias_split(const struct alias *alias, struct arena *arena, struct words *out, struct error *error);

/**
 * Takes the global options of an alias over those of the line.
 * @param error ERROR_INTERNAL for the two that no alias may hold.
 */
bool alias_merge(const struct alias *alias, const struct options *given, struct options *into, struct error *error);

/** FIRST and then SECOND, in the arena. */
struct words words_join(struct words first, struct words second, struct arena *arena);

#endif
