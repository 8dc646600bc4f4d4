// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The tables behind environment.h: what each package manager reads, a variable a row. `{...}` in a name, a value or a
 * line stands for what environment.c's marks[] say.
 */
#ifndef JETON_CLIENT_PACKAGERS_ENVIRONMENT_ROWS_H
#define JETON_CLIENT_PACKAGERS_ENVIRONMENT_ROWS_H

#include "client/packagers/environment.h"

/** Whether a row is for a scope of npm. */
enum environment_scoped { ENVIRONMENT_ALWAYS, ENVIRONMENT_WITHOUT_SCOPE, ENVIRONMENT_WITH_SCOPE };

/** A variable of a tool. A value with the token in it is secret. */
struct environment_row {
    const char *tool;
    const char *name;
    const char *value;
    enum environment_scoped scoped;
};

extern const struct environment_row environment_rows[];
extern const size_t environment_row_count;

/** The lines of a file, for who reads one. */
struct environment_file_row {
    const char *tool;
    enum environment_file file;
    const char *for_all;
    const char *for_scope; /**< NULL: the tool knows no scopes. */
};

extern const struct environment_file_row environment_file_rows[];
extern const size_t environment_file_row_count;

#endif
