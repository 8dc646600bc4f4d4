// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a request does to a repository, by one table a format of methods and paths: the actions that AWS asks for, and
 * the package where the URL says it. Pure.
 *
 * Every read is codeartifact:ReadFromRepository on the repository: AWS knows no reading of single packages
 * ("Repository policies" of the CodeArtifact User Guide). All else is asked for the package.
 */
#ifndef JETON_SERVICE_GATE_ACTION_H
#define JETON_SERVICE_GATE_ACTION_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "service/gate/path.h"

#include <stdbool.h>
#include <stddef.h>

/** One request can need two permissions. */
#define GATE_ACTIONS_MAX 2
/** Asked for the repository; all other actions for the package. */
#define GATE_READ "codeartifact:ReadFromRepository"

/** What is done. Slices are decoded, of the URL or in the arena. */
struct gate_access {
    const char *actions[GATE_ACTIONS_MAX]; /**< NULL where there is none. */
    struct slice namespace;                /**< npm's scope without its @, Maven's group with dots; or empty. */
    struct slice package;                  /**< Its name; empty when the URL does not say it. */
    struct slice version;                  /**< Likewise. */
};

/**
 * Finds the row of the table.
 * @param error ERROR_PARAMETER "UnknownAction": no client of the format does such a thing.
 */
bool gate_find_access(const struct gate_place *place, struct slice method, struct arena *arena, struct gate_access *out,
                      struct error *error);

/**
 * The ARN that an action of ACCESS is asked for, in the arena. The name of a package that the URL does not say is `*`,
 * which a policy must take for any_name (policy.h).
 */
const char *gate_resource_arn(const struct gate_place *place, const struct gate_access *access, const char *action,
                              struct slice region, struct arena *arena);

#endif
