// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The tables of action.h: what each format's clients do by which method at which path. Only for this room. */
#ifndef JETON_SERVICE_GATE_ROUTES_H
#define JETON_SERVICE_GATE_ROUTES_H

#include "base/bytes.h"
#include "service/gate/action.h"

/** Methods, as a set. */
enum {
    GATE_GET = 1,
    GATE_HEAD = 2,
    GATE_PUT = 4,
    GATE_POST = 8,
    GATE_DELETE = 16,
};

/**
 * One row. The path is that behind the repository: words stand for themselves (with a star behind them for all that
 * start so), `{}` for any one part, `{namespace}`, `{package}` and `{version}` for a part that is one, `{npm}` for a
 * package's name of npm, `{group}` for one of Maven's with slashes, `{snapshot}` for a version that ends in -SNAPSHOT,
 * `**` for all that is left. The first row that fits counts.
 */
struct gate_route {
    unsigned methods; /**< 0 ends a table. */
    const char *path;
    const char *query;                     /**< The parameters that may be there; NULL: any. */
    const char *actions[GATE_ACTIONS_MAX]; /**< All are needed. */
};

/** The table of a format, or NULL when there is no such format. */
const struct gate_route *gate_find_routes(struct slice format);

#endif
