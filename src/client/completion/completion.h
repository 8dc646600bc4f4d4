// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a shell completes when a person types `jeton ...`: one script a shell, from the tables of options. */
#ifndef JETON_CLIENT_COMPLETION_COMPLETION_H
#define JETON_CLIENT_COMPLETION_COMPLETION_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "client/cli/arguments.h"
#include "client/cli/option_list.h"
#include "client/variables.h"

/** The shells that there are scripts for, NULL-terminated. */
extern const char *const completion_shells[];

/**
 * `completion WORD`: the script of the shell that WORD names, or for `profiles`, which the scripts call, the names of
 * the profiles, a line each.
 * @param error ERROR_USAGE for other words; for `profiles` that of a broken file.
 */
bool completion_run(struct words words, environment_function *environment, struct arena *arena, struct buffer *out,
                    struct error *error);

/** Appends the script of a shell; false when there is none of that name. */
bool completion_write(struct buffer *out, const char *shell);

/** Each appends its shell's script. */
void completion_write_bash(struct buffer *out, struct arena *arena);
void completion_write_zsh(struct buffer *out, struct arena *arena);
void completion_write_fish(struct buffer *out, struct arena *arena);

/** How an option's value is completed. */
enum completion_value {
    COMPLETION_NONE,     /**< It takes none. */
    COMPLETION_ANYTHING, /**< Nobody can guess it. */
    COMPLETION_CHOICE,
    COMPLETION_FILE,
    COMPLETION_PROFILE,
};

/** What a row's value is. */
enum completion_value completion_value_of(const struct option_row *row);

/**
 * Appends the names of all operations and own commands, or of those of a service, and the names of the services, with
 * SEPARATOR between them.
 */
void completion_join_commands(struct buffer *out, const struct api_service *service, const char *separator);
void completion_join_services(struct buffer *out, const char *separator);

/** Appends the words of a NULL-terminated list with SEPARATOR between them. */
void completion_join(struct buffer *out, const char *const *words, const char *separator);

#endif
