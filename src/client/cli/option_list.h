// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The options as a person is shown them, in help, manual pages and completion: one list, from the tables. */
#ifndef JETON_CLIENT_CLI_OPTION_LIST_H
#define JETON_CLIENT_CLI_OPTION_LIST_H

#include "api/api.h"
#include "base/memory.h"

/** One option. */
struct option_row {
    const char *name;           /**< "--domain" */
    const char *value;          /**< What stands for its value: "VALUE"; NULL for a flag. */
    const char *text;           /**< One line of help. */
    const char *const *choices; /**< What the value may be, NULL-terminated; NULL: anything. */
    bool required;
    bool many; /**< Any number of values may follow. */
};

/** The flag of operations that the token cache may answer, under our own name alone. */
#define CACHED_OPTION "--cached"

/** The options of an operation, in the order of its table; in the arena. */
const struct option_row *option_list_operation(const struct api_operation *operation, struct arena *arena,
                                               size_t *count);

/** The global options; in the arena. */
const struct option_row *option_list_globals(struct arena *arena, size_t *count);

#endif
