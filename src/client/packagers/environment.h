// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What each package manager reads of a repository from its environment: for those that ask no helper, and for a
 * command that shall leave nothing behind. One table; a row is a variable. Pure.
 * Source: ../shared/reference/package-managers.md, sections 3 to 8 and 12.5.
 */
#ifndef JETON_CLIENT_PACKAGERS_ENVIRONMENT_H
#define JETON_CLIENT_PACKAGERS_ENVIRONMENT_H

#include "base/memory.h"

#include <stdint.h>

/** A repository, as its endpoint gives it, and what opens it. The strings are borrowed. */
struct environment_repository {
    const char *endpoint; /**< "https://host/npm/repo/"; NULL: no repository, and the token alone. */
    const char *scheme;   /**< "https" */
    const char *netloc;   /**< Host, and port if there is one. */
    const char *host;     /**< Without port. */
    const char *path;     /**< "/npm/repo/" */
    const char *token;
    const char *domain;         /**< The token's: "demo", or "demo-111122223333"; NULL: not known. */
    const char *source;         /**< What the project calls the repository, for tools that go by that. */
    const char *scope;          /**< "@scope" of npm; NULL: for all packages. */
    const char *gradle_options; /**< GRADLE_OPTS as it is already; NULL: not set. */
    /** How many settings git has from the environment already (GIT_CONFIG_COUNT); ours stand behind them. */
    uint64_t git_settings;
};

/** A variable. In the arena. */
struct environment_variable {
    const char *name;
    const char *value;
    bool secret; /**< The token stands in it. */
};

/** Files that some read in the place of one of the person's, or beside it. */
enum environment_file {
    ENVIRONMENT_NPMRC, /**< npm's and its like's configuration of the user. */
    ENVIRONMENT_NETRC, /**< .netrc */
    ENVIRONMENT_GEMRC, /**< Settings of RubyGems that go before the user's. */
    ENVIRONMENT_FILE_COUNT
};

/** A set of them; room for more is made as needed, in the arena. */
struct environment {
    struct arena *arena;
    struct environment_variable *variables;
    size_t count;
    const char *files[ENVIRONMENT_FILE_COUNT]; /**< The lines of the repository for each; NULL: nobody reads it. */
};

/** A package manager. */
struct environment_tool {
    const char *name;            /**< "npm" */
    const char *format;          /**< Of the endpoint; NULL: it takes the token alone. */
    const char *const *programs; /**< The commands that are it, NULL-terminated. */
};

/** All of them, by name; their number; and their names, NULL-terminated. */
extern const struct environment_tool environment_tools[];
extern const size_t environment_tool_count;
extern const char *const environment_tool_names[];

/** The tool that a command is, by the last part of its name; NULL: none. */
const struct environment_tool *environment_find_program(const char *command);

/** Adds what TOOL reads. */
void environment_add(struct environment *environment, const struct environment_tool *tool,
                     const struct environment_repository *repository);

/** Whether what TOOL reads depends on MARK: "{scope}", or "{source}" and "{SOURCE}". */
bool environment_has_mark(const struct environment_tool *tool, const char *mark);

/** Adds a variable, in the place of one of that name. */
void environment_set(struct environment *environment, const char *name, const char *value, bool secret);

/** Whether a POSIX shell can export a variable of that name. */
bool environment_is_word(const char *name);

#endif
